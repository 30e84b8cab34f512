package extract

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// deepest is how many folders below the source a delivery may lie, such as
// 2023-12/r1.
const deepest = 3

// Find looks for the deliveries of a source in dir and up to three folders
// below it, in order of month and revision. Folders that have a manifest but
// no _SUCCESS yet are named in unfinished. A delivery whose manifest is at
// fault is left out and reported by a *DataError; err may join several.
func Find(source, dir string) (found []Delivery, unfinished []string, err error) {
	folders, err := manifests(dir, deepest)
	if err != nil {
		return nil, nil, fmt.Errorf("look for deliveries of %s: %w", source, err)
	}
	var faults []error
	for _, folder := range folders {
		switch complete, err := exists(filepath.Join(folder, SuccessName)); {
		case err != nil:
			faults = append(faults, err)
			continue
		case !complete:
			unfinished = append(unfinished, folder)
			continue
		}
		d, err := open(source, dir, folder)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		found = append(found, d)
	}
	slices.SortStableFunc(found, func(a, b Delivery) int {
		return cmp.Or(cmp.Compare(a.Manifest.Month, b.Manifest.Month),
			cmp.Compare(a.Manifest.Revision, b.Manifest.Revision))
	})
	return found, unfinished, errors.Join(faults...)
}

// manifests returns dir and the folders below it that hold a manifest, in
// order of path. A delivery has no deliveries inside; names that begin with a
// dot are not looked at.
func manifests(dir string, depth int) ([]string, error) {
	here, err := exists(filepath.Join(dir, ManifestName))
	if err != nil {
		return nil, err
	}
	if here {
		return []string{dir}, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil || depth == 0 {
		return nil, err
	}
	var folders []string
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if strings.HasPrefix(e.Name(), ".") || !isFolder(path) {
			continue
		}
		below, err := manifests(path, depth-1)
		if err != nil {
			return nil, err
		}
		folders = append(folders, below...)
	}
	return folders, nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path) // follows links, as mounted volumes use them
	return err == nil && info.IsDir()
}

func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// open reads the manifest in folder; faults name it relative to dir.
func open(source, dir, folder string) (Delivery, error) {
	path := filepath.Join(folder, ManifestName)
	text, err := readManifest(path)
	if err != nil {
		return Delivery{}, err
	}
	name, err := filepath.Rel(dir, path)
	if err != nil {
		name = path
	}
	m, err := ParseManifest(filepath.ToSlash(name), text)
	if err != nil {
		return Delivery{}, err
	}
	d := Delivery{Source: source, Dir: folder, Manifest: m, Content: contentOf(m)}
	d.Identity = identity(m, d.Content)
	return d, nil
}

// Open reads the manifest of the delivery in folder, finished or not.
func Open(source, folder string) (Delivery, error) { return open(source, folder, folder) }

func identity(m Manifest, content string) string {
	return digest(fmt.Sprintf("%s %d %s\n", m.Month, m.Revision, content))
}

// contentOf is Delivery.Content. What a later version of Manifest adds and a
// delivery leaves empty does not change it.
func contentOf(m Manifest) string {
	m.Revision, m.Supersedes, m.DeliveredAt = 0, 0, time.Time{}
	m.Files = slices.Clone(m.Files)
	for i := range m.Files {
		m.Files[i].Name, m.Files[i].SHA256 = "", strings.ToLower(m.Files[i].SHA256)
	}
	slices.SortFunc(m.Files, func(a, b File) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.SHA256, b.SHA256))
	})
	text, err := json.Marshal(m)
	if err != nil {
		panic(err) // plain structs always marshal
	}
	return digest(string(text))
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
