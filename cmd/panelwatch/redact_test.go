package main

import (
	"bytes"
	"fmt"
	"testing"
)

func TestSecretsAreTakenOut(t *testing.T) {
	var r redactor
	for _, secret := range []string{
		"xoxb-1-token", "job:p@ss:word/1@tcp(db:3306)/panelwatch?tls=true", "-----BEGIN KEY-----\nMIIEvQIBADAN\n-----END KEY-----", "abc", "",
	} {
		r.learn(secret)
	}
	var out bytes.Buffer
	for text, want := range map[string]string{
		"token xoxb-1-token refused":           "token [secret] refused",
		"dial p@ss:word/1 at db":               "dial [secret] at db",
		"MIIEvQIBADAN is no key":               "[secret] is no key",
		"abc is too short to be taken for one": "abc is too short to be taken for one",
	} {
		out.Reset()
		if n, err := fmt.Fprint(r.writer(&out), text); err != nil || n != len(text) {
			t.Errorf("%q: wrote %d, %v", text, n, err)
		}
		if out.String() != want {
			t.Errorf("%q became %q, want %q", text, out.String(), want)
		}
	}
}
