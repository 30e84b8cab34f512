package slackfake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// stateFile is what a workspace with a folder remembers, besides its files.
const stateFile = "workspace.json"

// A state is all that a restart must find again.
type state struct {
	LastTS   int64      `json:"last_ts"`
	Files    int        `json:"files"`
	Messages []*Message `json:"messages"`
	Uploads  []*File    `json:"uploads"`
}

// load reads the folder; a new one is made.
func (f *Fake) load() error {
	if err := os.MkdirAll(filepath.Join(f.options.Dir, "files"), 0o755); err != nil {
		return err
	}
	path := filepath.Join(f.options.Dir, stateFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var s state
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("%s: %w: remove the folder to begin anew", path, err)
	}
	f.lastTS, f.fileIDs, f.messages = s.LastTS, s.Files, s.Messages
	for _, file := range s.Uploads {
		if file.content, err = os.ReadFile(f.filePath(file)); err != nil {
			return err
		}
		file.received, file.completed = true, true
		f.files[file.ID] = file
	}
	return nil
}

// keep writes the workspace down, as a whole; it is called with f.mu held,
// before a call is answered. Uploads under way are not kept.
func (f *Fake) keep() error {
	if f.options.Dir == "" {
		return nil
	}
	s := state{LastTS: f.lastTS, Files: f.fileIDs, Messages: f.messages}
	for n := range f.fileIDs {
		file := f.files[fileID(n+1)]
		if file == nil || !file.completed {
			continue
		}
		s.Uploads = append(s.Uploads, file)
		if err := writeOnce(f.filePath(file), file.content); err != nil {
			return err
		}
	}
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := f.renderPage(&page); err != nil {
		return err
	}
	return errors.Join(
		writeWhole(filepath.Join(f.options.Dir, stateFile), append(data, '\n')),
		writeWhole(filepath.Join(f.options.Dir, "index.html"), page.Bytes()),
	)
}

// filePath is named by the id alone: names come from outside.
func (f *Fake) filePath(file *File) string {
	return filepath.Join(f.options.Dir, filepath.FromSlash(file.address()))
}

func writeOnce(path string, data []byte) error {
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(data)) {
		return nil
	}
	return writeWhole(path, data)
}

func writeWhole(path string, data []byte) error {
	if err := os.WriteFile(path+".part", data, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}
