package slack

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	slackgo "github.com/slack-go/slack"
)

func TestClassify(t *testing.T) {
	call := func(err error) error { return &url.Error{Op: "Post", URL: "https://slack.com/api/x", Err: err} }
	_, number := strconv.ParseInt("soon", 10, 64)
	for _, tc := range []struct {
		name string
		err  error
		want Class
	}{
		{"429", &slackgo.RateLimitedError{RetryAfter: time.Second}, Limited},
		{"429 bare", slackgo.StatusCodeError{Code: 429}, Limited},
		{"429 with a date", number, Limited},
		{"ratelimited", slackgo.SlackErrorResponse{Err: "ratelimited"}, Limited},
		{"no name", call(&net.DNSError{Err: "no such host"}), Unreachable},
		{"refused", call(&net.OpError{Op: "dial", Err: errors.New("connection refused")}), Unreachable},
		{"bad certificate", call(&tls.CertificateVerificationError{}), Unreachable},
		{"no TLS", call(tls.RecordHeaderError{}), Unreachable},
		{"reset", call(&net.OpError{Op: "read", Err: errors.New("connection reset by peer")}), Ambiguous},
		{"EOF", call(io.EOF), Ambiguous},
		{"timeout", call(context.DeadlineExceeded), Ambiguous},
		{"cancelled", call(context.Canceled), Ambiguous},
		{"half an answer", io.ErrUnexpectedEOF, Ambiguous},
		{"no JSON", &json.SyntaxError{}, Ambiguous},
		{"500", slackgo.StatusCodeError{Code: 500}, Ambiguous},
		{"503", slackgo.StatusCodeError{Code: 503}, Ambiguous},
		{"403 of a proxy", slackgo.StatusCodeError{Code: 403}, Refused},
		{"fatal_error", slackgo.SlackErrorResponse{Err: "fatal_error"}, Ambiguous},
		{"request_timeout", slackgo.SlackErrorResponse{Err: "request_timeout"}, Ambiguous},
		{"invalid_blocks", slackgo.SlackErrorResponse{Err: "invalid_blocks"}, Malformed},
		{"no_text", slackgo.SlackErrorResponse{Err: "no_text"}, Malformed},
		{"account_inactive", slackgo.SlackErrorResponse{Err: "account_inactive"}, Denied},
		{"missing_scope", slackgo.SlackErrorResponse{Err: "missing_scope", Needed: "chat:write"}, Denied},
		{"is_archived", slackgo.SlackErrorResponse{Err: "is_archived"}, BadChannel},
		{"a new code", slackgo.SlackErrorResponse{Err: "two_factor_setup_required"}, Refused},
	} {
		if got := failureOf(classify(tc.err, "")); got.Class != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestTheTokenIsTakenOut(t *testing.T) {
	const token = "xoxb-1-2-secret"
	err := classify(&url.Error{Op: "Post", URL: "https://proxy/?token=" + token, Err: io.EOF}, token)
	if diff := cmp.Diff(`broken answer (ambiguous): Post "https://proxy/?token=[token]": EOF`, err.Error()); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}
