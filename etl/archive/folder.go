package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// unfinished is the folder of files that are being written; a finished one is
// renamed out of it.
const unfinished = "unfinished"

// A Folder is a Place on a local or mounted disk. It is made when it is first
// written to.
type Folder struct{ Dir string }

func (f Folder) path(name string) string { return filepath.Join(f.Dir, filepath.FromSlash(name)) }

// Put writes to a temporary name, and renames once all bytes are on disk.
func (f Folder) Put(_ context.Context, name string, r io.Reader, size int64) error {
	return f.fault(f.put(name, r, size))
}

func (f Folder) put(name string, r io.Reader, size int64) (err error) {
	for _, dir := range []string{f.path(unfinished), filepath.Dir(f.path(name))} {
		if err := os.MkdirAll(dir, 0o750); err != nil {
			return err
		}
	}
	out, err := os.CreateTemp(f.path(unfinished), filepath.Base(f.path(name))+".*.part")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(out.Name()))
		}
	}()
	n, err := io.Copy(out, r)
	if err == nil && n != size {
		err = fmt.Errorf("%w: %d bytes, want %d", ErrDamaged, n, size)
	}
	if err == nil {
		err = out.Sync()
	}
	if err = errors.Join(err, out.Chmod(0o640), out.Close()); err != nil {
		return err
	}
	return os.Rename(out.Name(), f.path(name))
}

// Get opens a file.
func (f Folder) Get(_ context.Context, name string) (io.ReadCloser, error) {
	in, err := os.Open(f.path(name))
	if err != nil {
		return nil, f.fault(err)
	}
	return in, nil
}

// Size looks at a file.
func (f Folder) Size(_ context.Context, name string) (int64, bool, error) {
	info, err := os.Stat(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, f.fault(err)
	}
	return info.Size(), true, nil
}

// Names walks the folder below prefix, which ends in a slash.
func (f Folder) Names(_ context.Context, prefix string) (names []string, err error) {
	err = filepath.WalkDir(f.path(prefix), func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(f.Dir, path)
		names = append(names, filepath.ToSlash(name))
		return err
	})
	slices.SortFunc(names, strings.Compare)
	return names, f.fault(err)
}

// Remove removes a file.
func (f Folder) Remove(_ context.Context, name string) error {
	err := os.Remove(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return f.fault(err)
}

// Clean removes unfinished files.
func (f Folder) Clean(context.Context) error { return f.fault(os.RemoveAll(f.path(unfinished))) }

// fault says which of the package's errors it is.
func (f Folder) fault(err error) error {
	switch {
	case err == nil, errors.Is(err, ErrDamaged), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrDenied, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}
