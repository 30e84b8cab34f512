package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// folder is a local or mounted folder.
type folder struct{ dir string }

func newFolder(s Settings) (Place, error) {
	if s.Folder == "" {
		return nil, errors.New("folder is missing")
	}
	return folder{s.Folder}, nil
}

func (f folder) List(ctx context.Context) (all []Entry, err error) {
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return nil, fileError(err)
	}
	defer root.Close()
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != ".":
			return nil // taken away while we looked
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case len(all) > mostFiles:
			return errTooMany
		case d.Type()&fs.ModeSymlink != 0:
			all = append(all, Entry{Name: name, Size: Unknown, Link: true})
		case d.Type().IsRegular():
			info, err := d.Info()
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			} else if err != nil {
				return err
			}
			all = append(all, entryOf(name, info))
		}
		return nil
	})
	return all, fileError(err)
}

var errTooMany = fmt.Errorf("more than %d files: name a smaller part of the place", mostFiles)

func entryOf(name string, info fs.FileInfo) Entry {
	return Entry{Name: name, Size: info.Size(), Version: fmt.Sprintf("%d-%d", info.Size(), info.ModTime().UnixNano())}
}

// fileError gives an error of the file system the meaning it has for a place.
func fileError(err error) error {
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", ErrGone, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrDenied, err)
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

func (f folder) Stat(_ context.Context, name string) (Entry, error) {
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return Entry{}, fileError(err)
	}
	defer root.Close()
	info, err := root.Lstat(name)
	if err != nil {
		return Entry{}, fileError(err)
	}
	e := entryOf(name, info)
	e.Link = info.Mode()&fs.ModeSymlink != 0
	return e, nil
}

func (f folder) Open(ctx context.Context, name string, offset int64, version string) (*Content, error) {
	e, err := f.Stat(ctx, name)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return nil, fileError(err)
	}
	defer root.Close()
	in, err := root.Open(name) // does not follow a link out of the folder
	if err != nil {
		return nil, fileError(err)
	}
	if e.Link {
		in.Close()
		return nil, fmt.Errorf("%w: %s became a symbolic link", ErrChanged, name)
	}
	if e.Version != version {
		offset = 0
	}
	if _, err := in.Seek(offset, io.SeekStart); err != nil {
		in.Close()
		return nil, fileError(err)
	}
	steady := &steadyFile{ctx: ctx, in: in, entry: e, stat: f.Stat, meaning: fileError}
	return &Content{ReadCloser: steady, Offset: offset, Size: e.Size, Version: e.Version}, nil
}

func (f folder) Close() error { return nil }

// A steadyFile asks at its end whether the file under its name still is the
// one that was opened.
type steadyFile struct {
	ctx   context.Context
	in    io.ReadCloser
	entry Entry
	stat  func(context.Context, string) (Entry, error)
	// meaning of an error of in, if it has none yet.
	meaning func(error) error
}

func (s *steadyFile) Read(p []byte) (int, error) {
	n, err := s.in.Read(p)
	if err == nil || !errors.Is(err, io.EOF) {
		return n, s.meaning(err)
	}
	now, err := s.stat(s.ctx, s.entry.Name)
	switch {
	case errors.Is(err, ErrGone), err == nil && now != s.entry:
		return n, ErrChanged
	case err != nil:
		return n, err
	}
	return n, io.EOF
}

func (s *steadyFile) Close() error { return s.in.Close() }
