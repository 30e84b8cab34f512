package configs

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/goccy/go-yaml"
)

// A File is one file of a configuration, and where it came from.
type File struct {
	Name   string `json:"name"`
	From   string `json:"from"` // "shipped", or the folder that has it
	SHA256 string `json:"sha256"`
}

// Files lists what a configuration is read from.
func Files(folder string) (files []File, err error) {
	for _, name := range append(append([]string{"panelwatch.yaml"}, judging...), datasetFiles()...) {
		f := File{Name: name, From: "shipped"}
		text, err := fs.ReadFile(shipped, name)
		if folder != "" {
			own, ownErr := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
			switch {
			case ownErr == nil:
				f.From, text, err = folder, own, nil
			case !errors.Is(ownErr, fs.ErrNotExist):
				return nil, ownErr
			}
		}
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(text)
		f.SHA256 = hex.EncodeToString(sum[:])
		files = append(files, f)
	}
	return files, nil
}

// userinfo is what stands before the host of a URL.
var userinfo = regexp.MustCompile(`([a-zA-Z][a-zA-Z0-9+.-]*://)[^/@\s"']*@`)

// Effective are the settings in effect as a panelwatch.yaml, defaults and
// environment filled in, without what stands before the host of a URL.
func (c *Config) Effective() ([]byte, error) {
	text, err := yaml.MarshalWithOptions(c.Settings, yaml.Indent(2), yaml.IndentSequence(true))
	if err != nil {
		return nil, err
	}
	return bytes.TrimSpace(userinfo.ReplaceAll(text, []byte("${1}[secret]@"))), nil
}
