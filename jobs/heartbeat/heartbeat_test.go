package heartbeat_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"panelwatch/jobs/heartbeat"
)

func TestSend(t *testing.T) {
	var got []string
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Method+" "+r.URL.String())
		w.WriteHeader(status)
	}))
	defer server.Close()
	for _, s := range []heartbeat.Sign{heartbeat.Start, heartbeat.Success, heartbeat.Fail} {
		if err := heartbeat.Send(t.Context(), server.URL+"/uuid/?key=1", s); err != nil {
			t.Error(err)
		}
	}
	if want := "POST /uuid/start?key=1, POST /uuid?key=1, POST /uuid/fail?key=1"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	status = http.StatusNotFound
	if err := heartbeat.Send(t.Context(), server.URL+"/uuid", heartbeat.Start); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("%v, want the status", err)
	}
}

// The address is a secret.
func TestNoErrorNamesTheAddress(t *testing.T) {
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for name, address := range map[string]string{
		"nobody listens": "http://127.0.0.1:1/s3cret", "no address": "s3cret", "not even that": "http://s3cret:\x00",
	} {
		for _, ctx := range []context.Context{t.Context(), stopped} {
			err := heartbeat.Send(ctx, address, heartbeat.Start)
			if err == nil || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if err := heartbeat.Send(t.Context(), "s3cret", heartbeat.Start); !errors.Is(err, heartbeat.ErrNoAddress) {
		t.Errorf("%v, want ErrNoAddress", err)
	}
}
