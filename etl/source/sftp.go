package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sync"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// server is a folder of an SFTP server. It connects when it is first asked,
// and again after a broken connection.
type server struct {
	dial   func(context.Context) (*ssh.Client, error)
	prefix string

	mu      sync.Mutex
	conn    *ssh.Client
	session *sftp.Client
}

func newServer(s Settings) (Place, error) {
	dial, err := dialer(s)
	if err != nil {
		return nil, err
	}
	prefix := s.Prefix
	if prefix == "" {
		prefix = "."
	}
	return &server{dial: dial, prefix: prefix}, nil
}

// connect is the session in use, or a new one.
func (s *server) connect(ctx context.Context) (*sftp.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.session != nil {
		return s.session, nil
	}
	conn, err := s.dial(ctx)
	if err != nil {
		return nil, err
	}
	// The library takes no context: what hangs is hung up on.
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	session, err := sftp.NewClient(conn)
	stop()
	if err != nil {
		conn.Close()
		return nil, netError(ctx, fmt.Errorf("start sftp: %w", err))
	}
	s.conn, s.session = conn, session
	return session, nil
}

// hangUp ends the connection; the next question makes a new one.
func (s *server) hangUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.session != nil {
		s.conn.Close()
		s.session.Close()
	}
	s.conn, s.session = nil, nil
}

// with asks the server something, and hangs up when ctx ends or the server
// does not behave.
func (s *server) with(ctx context.Context, ask func(*sftp.Client) error) error {
	session, err := s.connect(ctx)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, s.hangUp)
	defer stop()
	return s.meaning(ctx, ask(session))
}

// meaning of an error; after one of the connection there is none any more.
func (s *server) meaning(ctx context.Context, err error) error {
	var says *sftp.StatusError
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.Is(err, errTooMany):
		return err
	case ctx.Err() != nil:
		s.hangUp()
		return context.Cause(ctx)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return fileError(err)
	case errors.As(err, &says):
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	s.hangUp()
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

func (s *server) List(ctx context.Context) (all []Entry, err error) {
	err = s.with(ctx, func(session *sftp.Client) error {
		folders := []string{""}
		for i := 0; i < len(folders); i++ {
			infos, err := session.ReadDirContext(ctx, path.Join(s.prefix, folders[i]))
			if i > 0 && errors.Is(err, fs.ErrNotExist) {
				continue // taken away while we looked
			} else if err != nil {
				return err
			}
			for _, info := range infos {
				e := secondsEntry(path.Join(folders[i], info.Name()), info)
				switch {
				case info.IsDir() && checkName(e.Name) == "" && !ignored(e.Name):
					folders = append(folders, e.Name)
				case info.Mode().IsRegular() || e.Link:
					all = append(all, e)
				}
			}
			if len(all)+len(folders) > mostFiles {
				return errTooMany
			}
		}
		return nil
	})
	return all, err
}

// secondsEntry is an entry whose time has the resolution of the protocol.
func secondsEntry(name string, info fs.FileInfo) Entry {
	return Entry{
		Name: name, Size: info.Size(), Version: fmt.Sprintf("%d-%d", info.Size(), info.ModTime().Unix()),
		Link: info.Mode()&fs.ModeSymlink != 0,
	}
}

func (s *server) Stat(ctx context.Context, name string) (e Entry, err error) {
	err = s.with(ctx, func(session *sftp.Client) error {
		info, err := session.Lstat(path.Join(s.prefix, name))
		if err == nil {
			e = secondsEntry(name, info)
		}
		return err
	})
	return e, err
}

func (s *server) Open(ctx context.Context, name string, offset int64, version string) (c *Content, err error) {
	e, err := s.Stat(ctx, name)
	if err != nil {
		return nil, err
	}
	if e.Link {
		return nil, fmt.Errorf("%w: %s became a symbolic link", ErrChanged, name)
	}
	if e.Version != version {
		offset = 0
	}
	err = s.with(ctx, func(session *sftp.Client) error {
		in, err := session.Open(path.Join(s.prefix, name))
		if err != nil {
			return err
		}
		if _, err := in.Seek(offset, io.SeekStart); err != nil {
			in.Close()
			return err
		}
		file := &serverFile{server: s, ctx: ctx, in: in}
		file.stop = context.AfterFunc(ctx, s.hangUp)
		steady := &steadyFile{ctx: ctx, in: file, entry: e, stat: s.Stat, meaning: func(err error) error { return err }}
		c = &Content{ReadCloser: steady, Offset: offset, Size: e.Size, Version: e.Version}
		return nil
	})
	return c, err
}

func (s *server) Close() error {
	s.hangUp()
	return nil
}

// A serverFile hangs up when its context ends.
type serverFile struct {
	server *server
	ctx    context.Context
	in     *sftp.File
	stop   func() bool
}

func (f *serverFile) Read(p []byte) (int, error) {
	n, err := f.in.Read(p)
	return n, f.server.meaning(f.ctx, err)
}

func (f *serverFile) Close() error {
	f.stop()
	return f.in.Close()
}
