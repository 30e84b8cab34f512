package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"panelwatch/alerts"
)

// A Folder is a Poster for rehearsals and for life without Slack. It writes
// each message as JSON, and its chart, into a folder per month, such as
// 2023-09/00-digest.json and 2023-09/01-record_high-tielu12306.png, and shows
// on Out what a reader would see. Sent again, a message replaces its file.
type Folder struct {
	Dir   string
	Out   io.Writer // nil shows nothing
	Color bool      // ANSI colours on Out
	Brief bool      // no details and charts on Out; they go to their files
	Gone  bool      // the folder does not stay: Out names charts without it
}

// A stored message is a file of the folder: what chat.postMessage would get.
type stored struct {
	Channel  string          `json:"channel"`
	ThreadTS string          `json:"thread_ts,omitempty"`
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks,omitempty"`
	Metadata struct {
		EventType    string         `json:"event_type"`
		EventPayload map[string]any `json:"event_payload"`
	} `json:"metadata"`
}

func storedOf(m alerts.Message) stored {
	s := stored{Channel: m.Channel, ThreadTS: m.ThreadTS, Text: m.Text, Blocks: m.Blocks}
	s.Metadata.EventType, s.Metadata.EventPayload = eventType, metadata(m)
	return s
}

// Post writes a message. Its timestamp is the file's name without ending.
func (f Folder) Post(_ context.Context, m alerts.Message) (string, error) {
	ts, err := f.name(m)
	if err != nil {
		return "", f.failed(err)
	}
	data, err := json.MarshalIndent(storedOf(m), "", "  ")
	if err != nil {
		return "", f.failed(err)
	}
	if err := f.write(ts+".json", append(data, '\n')); err != nil {
		return "", f.failed(err)
	}
	if !f.shows(m) {
		return ts, nil
	}
	if err := render(f.Out, m, f.Color); err != nil {
		return "", f.failed(fmt.Errorf("show %s: %w", Key(m), err))
	}
	return ts, nil
}

// Edit writes the message's file anew.
func (f Folder) Edit(ctx context.Context, m alerts.Message) error {
	_, err := f.Post(ctx, m)
	return err
}

func (f Folder) shows(m alerts.Message) bool {
	return f.Out != nil && (!f.Brief || !m.Threaded())
}

// Find looks for the message's file.
func (f Folder) Find(_ context.Context, m alerts.Message, _ time.Time) (Found, bool, error) {
	ts, hash, _, err := f.look(m)
	return Found{ts, hash}, ts != "", f.failed(err)
}

// Share writes a file beside its message.
func (f Folder) Share(_ context.Context, m alerts.Message, file File) error {
	name := m.TS + path.Ext(file.Name)
	if err := f.write(name, file.Data); err != nil {
		return f.failed(err)
	}
	if file.Part == PartChart && f.shows(m) {
		shown := filepath.Join(f.Dir, name)
		if f.Gone {
			shown = file.Name
		}
		return f.failed(renderChart(f.Out, shown, m.Alt, f.Color))
	}
	return nil
}

// Shared compares the file beside the message.
func (f Folder) Shared(_ context.Context, m alerts.Message, file File) (bool, error) {
	had, err := os.ReadFile(filepath.Join(f.Dir, m.TS+path.Ext(file.Name)))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return bytes.Equal(had, file.Data), f.failed(err)
}

// name is the message's file, without ending: the one it has, or the next
// number of its month.
func (f Folder) name(m alerts.Message) (string, error) {
	ts, _, count, err := f.look(m)
	if err != nil || ts != "" {
		return ts, err
	}
	name := []rune(path.Join(m.Month.String(), fmt.Sprintf("%02d-%s", count, slug(m))))
	return strings.TrimRight(string(name[:min(len(name), longestTS)]), "-"), nil
}

// longestTS is the room that the outbox has for a timestamp, in characters.
const longestTS = 64

// look finds the message by channel and key among the files of its month,
// with the hash of what it shows, and counts them.
func (f Folder) look(m alerts.Message) (ts, hash string, count int, err error) {
	files, err := filepath.Glob(filepath.Join(f.Dir, m.Month.String(), "*.json"))
	if err != nil {
		return "", "", 0, err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", "", 0, err
		}
		var had stored
		if err := json.Unmarshal(data, &had); err != nil {
			return "", "", 0, fmt.Errorf("%s: %w", file, err)
		}
		if had.Channel == m.Channel && had.Metadata.EventPayload["key"] == Key(m) {
			hash, _ = had.Metadata.EventPayload["hash"].(string)
			return path.Join(m.Month.String(), strings.TrimSuffix(filepath.Base(file), ".json")), hash, len(files), nil
		}
	}
	return "", "", len(files), nil
}

// write replaces a file as a whole, so that a crash leaves no half of one.
func (f Folder) write(name string, data []byte) error {
	file := filepath.Join(f.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return err
	}
	if err := os.WriteFile(file+".part", data, 0o640); err != nil {
		return err
	}
	return os.Rename(file+".part", file)
}

// failed makes a Failure of a file system's error: nothing was shown.
func (f Folder) failed(err error) error {
	if err == nil {
		return nil
	}
	return &Failure{Class: Unreachable, Code: "folder " + f.Dir, Detail: err.Error()}
}
