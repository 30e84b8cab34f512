package extract

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
	return Delivery{Source: source, Dir: folder, Manifest: m, Identity: identity(m)}, nil
}

// identity is Delivery.Identity: one line for month and revision, one for
// each file.
func identity(m Manifest) string {
	files := slices.Clone(m.Files)
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	h := sha256.New()
	fmt.Fprintf(h, "%s %d\n", m.Month, m.Revision)
	for _, f := range files {
		fmt.Fprintf(h, "%s %s\n", f.Table, strings.ToLower(f.SHA256))
	}
	return hex.EncodeToString(h.Sum(nil))
}
