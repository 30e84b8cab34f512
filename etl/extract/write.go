package extract

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// WriteDelivery writes a delivery that Find accepts: folder dir, the files,
// their manifest and, last, the _SUCCESS that tells readers it is complete.
// contents[i] belongs to m.Files[i], whose Name, Table and Rows the caller
// sets; Bytes and SHA256 are filled in. A _SUCCESS of an earlier delivery in
// the same folder is taken away first.
func WriteDelivery(dir string, m Manifest, contents [][]byte) error {
	if len(contents) != len(m.Files) {
		return fmt.Errorf("write delivery %s: %d contents for %d files", dir, len(contents), len(m.Files))
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write delivery: %w", err)
	}
	success := filepath.Join(dir, SuccessName)
	if err := os.RemoveAll(success); err != nil {
		return fmt.Errorf("write delivery: %w", err)
	}
	m.Files = slices.Clone(m.Files)
	for i, content := range contents {
		sum := sha256.Sum256(content)
		m.Files[i].Bytes, m.Files[i].SHA256 = int64(len(content)), hex.EncodeToString(sum[:])
		if err := os.WriteFile(filepath.Join(dir, m.Files[i].Name), content, 0o644); err != nil {
			return fmt.Errorf("write delivery: %w", err)
		}
	}
	if err := writeManifest(filepath.Join(dir, ManifestName), m); err != nil {
		return err
	}
	return os.WriteFile(success, nil, 0o644)
}

// writeManifest writes indented JSON with a trailing newline, <, > and & as
// they are.
func writeManifest(path string, m Manifest) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.WriteFile(path, text.Bytes(), 0o644)
}
