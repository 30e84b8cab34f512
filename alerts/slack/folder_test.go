package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
)

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestFolder(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	var screen bytes.Buffer
	dir := t.TempDir()
	w.sender.Poster = Folder{Dir: dir, Out: &screen}
	report, err := w.deliver()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Report{Sent: 3, Charts: 2}, report); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	want := []string{
		"2023-09/00-digest.json",
		"2023-09/01-record_high-tielu12306.json", "2023-09/01-record_high-tielu12306.png",
		"2023-09/02-filing_season-geshui.json", "2023-09/02-filing_season-geshui.png",
	}
	if diff := cmp.Diff(want, files(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	for _, part := range []string{"#C0PANELWATCH", "示例数据", "闽政通", "  │ 🔴 铁路12306", "▤ "} {
		if !strings.Contains(screen.String(), part) {
			t.Errorf("the screen lacks %q:\n%s", part, &screen)
		}
	}
	if strings.Contains(screen.String(), "\x1b") {
		t.Error("colours on a screen that has none")
	}
}

// TestFolderHoldsWhatSlackTakes reads a file back and posts it.
func TestFolderHoldsWhatSlackTakes(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	messages := sampleMessages(t, channel)
	ts, err := f.Post(context.Background(), messages[0])
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(f.Dir, ts+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var got stored
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	fake := startFake(t, slackfake.Options{})
	client := NewClient(ClientOptions{Token: slackfake.Token, APIURL: fake.APIURL(), Sleep: noSleep})
	if _, err := client.Post(context.Background(), alerts.Message{Channel: got.Channel, Text: got.Text, Blocks: got.Blocks}); err != nil {
		t.Error(err)
	}
}

func TestFolderKeepsItsNames(t *testing.T) {
	ctx, f := context.Background(), Folder{Dir: t.TempDir(), Out: &bytes.Buffer{}, Color: true}
	messages := sampleMessages(t, channel)
	other := messages[0]
	other.Channel = "C0OTHER"
	for _, m := range []alerts.Message{messages[0], messages[1], other, messages[1], messages[0]} {
		ts, err := f.Post(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		if found, ok, err := f.Find(ctx, m, september.Start()); err != nil || !ok || found != (Found{ts, m.Hash}) {
			t.Errorf("Find(%s) = %v, %v, %v, want %q", Key(m), found, ok, err, ts)
		}
	}
	want := []string{"2023-09/00-digest.json", "2023-09/01-record_high-tielu12306.json", "2023-09/02-digest.json"}
	if diff := cmp.Diff(want, files(t, f.Dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if _, ok, err := f.Find(ctx, messages[2], september.Start()); ok || err != nil {
		t.Errorf("found a message that was never posted: %v", err)
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.sender.Poster = Folder{Dir: file}
	report, err := w.deliver()
	if !errors.Is(err, ErrUndelivered) || report.Pending != 3 {
		t.Errorf("report %+v, error %v, want 3 pending", report, err)
	}
}

func TestColumns(t *testing.T) {
	for text, want := range map[string]int{"": 0, "12306": 5, "闽政通": 6, "内蒙古12333": 11, "（万台）": 8, "4 ≈": 3} {
		if got := columns(text); got != want {
			t.Errorf("columns(%q) = %d, want %d", text, got, want)
		}
	}
}
