package source

import (
	"errors"
	"io/fs"
	"path"
)

// sweep takes away what grew and will not be gone on with: parts of files that
// the place no longer has, and empty folders.
func (f files) sweep(found findings) error {
	still := map[string]bool{}
	for dir := range found.deliveries {
		still[path.Join(growingNew, dir)] = true
	}
	for _, e := range found.loose {
		w := looseWant(e)
		still[w.part()], still[w.partNote()] = true, true
	}
	_, err := f.sweepFolder(growing, still)
	return spoolError(err)
}

// sweepFolder tells whether the folder is gone.
func (f files) sweepFolder(dir string, still map[string]bool) (gone bool, err error) {
	entries, err := fs.ReadDir(f.root.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	left := 0
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case still[name]:
			left++
		case e.IsDir():
			gone, err := f.sweepFolder(name, still)
			if err != nil {
				return false, err
			}
			if !gone {
				left++
			}
		default:
			if err := f.remove(name); err != nil {
				return false, err
			}
		}
	}
	if err != nil || left > 0 {
		return false, err
	}
	return true, f.remove(dir)
}
