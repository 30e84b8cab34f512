package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"panelwatch/etl/extract"
)

// has tells whether the spool holds the delivery already.
func (f files) has(d *delivery, text []byte, manifest extract.Manifest) bool {
	have, err := f.root.ReadFile(path.Join(d.home(), extract.ManifestName))
	if err != nil || !bytes.Equal(have, text) || !f.exists(path.Join(d.home(), extract.SuccessName)) {
		return false
	}
	return !slices.ContainsFunc(manifest.Files, func(file extract.File) bool {
		info, err := f.root.Lstat(path.Join(d.home(), file.Name))
		return err != nil || !info.Mode().IsRegular() || info.Size() != file.Bytes
	})
}

// clash refuses a delivery that would hide another one of the spool, or be
// hidden by it.
func (f files) clash(d *delivery) error {
	for dir := path.Dir(d.home()); dir != "."; dir = path.Dir(dir) {
		if f.exists(path.Join(dir, extract.ManifestName)) {
			return &extract.DataError{File: d.dir, Msg: fmt.Sprintf("the spool has a delivery in %s, above it: move one of them away", dir)}
		}
	}
	if f.exists(d.home()) && !f.exists(path.Join(d.home(), extract.ManifestName)) {
		return &extract.DataError{File: d.dir, Msg: "the spool has a folder of this name that is no delivery: move one of them away"}
	}
	return nil
}

// finish completes what was collected and puts it in its place, _SUCCESS last.
func (f files) finish(d *delivery, text []byte, manifest extract.Manifest) error {
	if err := f.root.MkdirAll(d.nursery(), 0o750); err != nil {
		return spoolError(err)
	}
	if err := f.tidy(d, manifest); err != nil {
		return err
	}
	for _, file := range []struct {
		name string
		text []byte
	}{{extract.ManifestName, text}, {extract.SuccessName, nil}} {
		if err := f.root.WriteFile(path.Join(d.nursery(), file.name), file.text, 0o640); err != nil {
			return spoolError(err)
		}
	}
	return f.swap(d)
}

// tidy removes files of an earlier manifest from the nursery.
func (f files) tidy(d *delivery, manifest extract.Manifest) error {
	entries, err := fs.ReadDir(f.root.FS(), d.nursery())
	for _, e := range entries {
		if !slices.ContainsFunc(manifest.Files, func(file extract.File) bool { return file.Name == e.Name() }) {
			err = errors.Join(err, f.root.RemoveAll(path.Join(d.nursery(), e.Name())))
		}
	}
	return spoolError(err)
}

// swap replaces the delivery of the same folder, if there is one, by what has
// grown. Killed in between, what has grown is still there for the next run.
func (f files) swap(d *delivery) error {
	if err := f.root.RemoveAll(growingOld); err != nil {
		return spoolError(err)
	}
	if f.exists(d.home()) {
		if err := f.root.Rename(d.home(), growingOld); err != nil {
			return spoolError(err)
		}
	}
	if err := f.root.MkdirAll(path.Dir(d.home()), 0o750); err != nil {
		return spoolError(err)
	}
	if err := f.root.Rename(d.nursery(), d.home()); err != nil {
		return spoolError(err)
	}
	return spoolError(f.root.RemoveAll(growingOld))
}
