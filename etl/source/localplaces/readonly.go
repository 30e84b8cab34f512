package localplaces

import (
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/pkg/sftp"
)

// readOnly shows a folder as the root of an SFTP server.
type readOnly struct {
	folder string
	rename func(string) string
}

func inside(r *sftp.Request) string {
	return path.Join(".", strings.TrimPrefix(path.Clean("/"+r.Filepath), "/"))
}

func (h readOnly) Fileread(r *sftp.Request) (io.ReaderAt, error) {
	root, err := os.OpenRoot(h.folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(inside(r))
}

func (h readOnly) Filewrite(*sftp.Request) (io.WriterAt, error) { return nil, os.ErrPermission }

func (h readOnly) Filecmd(*sftp.Request) error { return os.ErrPermission }

func (h readOnly) Filelist(r *sftp.Request) (sftp.ListerAt, error) {
	root, err := os.OpenRoot(h.folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	switch r.Method {
	case "List":
		entries, err := fs.ReadDir(root.FS(), inside(r))
		var all infos
		for _, e := range entries {
			info, err := e.Info()
			switch {
			case err != nil: // taken away meanwhile
			case h.rename != nil:
				all = append(all, renamed{info, h.rename(e.Name())})
			default:
				all = append(all, info)
			}
		}
		return all, err
	case "Stat":
		info, err := root.Stat(inside(r))
		return infos{info}, err
	case "Readlink":
		return nil, os.ErrPermission
	}
	return nil, sftp.ErrSSHFxOpUnsupported
}

// renamed is a file under another name.
type renamed struct {
	fs.FileInfo
	name string
}

func (r renamed) Name() string { return r.name }

// Lstat does not follow links.
func (h readOnly) Lstat(r *sftp.Request) (sftp.ListerAt, error) {
	root, err := os.OpenRoot(h.folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Lstat(inside(r))
	return infos{info}, err
}

// infos are answers of a listing.
type infos []fs.FileInfo

// ListAt is sftp.ListerAt.
func (all infos) ListAt(to []os.FileInfo, from int64) (int, error) {
	if from >= int64(len(all)) {
		return 0, io.EOF
	}
	n := copy(to, all[from:])
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}
