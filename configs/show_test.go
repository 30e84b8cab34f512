package configs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// What is shown can be read again, anywhere, and gives the same settings.
func TestEffectiveSettingsAreAConfiguration(t *testing.T) {
	environment := map[string]string{"PANELWATCH_INBOX": "/data/inbox", "SLACK_CHANNEL": "C0ELSEWHERE", "PANELWATCH_DELIVER_FROM": "2023-10"}
	c, err := Load("", func(name string) string { return environment[name] })
	if err != nil {
		t.Fatal(err)
	}
	text, err := c.Effective()
	if err != nil {
		t.Fatal(err)
	}
	own := t.TempDir()
	if err := os.WriteFile(filepath.Join(own, "panelwatch.yaml"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := Load(own, func(string) string { return "" })
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if diff := cmp.Diff(c.Settings, again.Settings, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("settings, want (-), got (+):\n%s", diff)
	}
	files, err := Files(own)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		want := "shipped"
		if f.Name == "panelwatch.yaml" {
			want = own
		}
		if f.From != want || len(f.SHA256) != 64 {
			t.Errorf("%+v, want from %s", f, want)
		}
	}
	if len(files) < 10 {
		t.Errorf("only %d files", len(files))
	}
}

func TestUserInfoOfURLsIsNotShown(t *testing.T) {
	c, err := Load("", func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	c.Sources[0].URL = "https://reader:pass-word@data.example.com/x"
	text, err := c.Effective()
	if err != nil || strings.Contains(string(text), "pass-word") || !strings.Contains(string(text), "https://[secret]@data.example.com/x") {
		t.Errorf("%v: %s", err, text)
	}
}
