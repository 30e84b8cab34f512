package extract

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
)

// mostDirectory bounds the list of contents of a ZIP archive, which is kept
// in memory.
const mostDirectory = 8 << 20

// A zipped is an open ZIP archive, of which nothing is read that could lead
// out of it.
type zipped struct {
	*zip.Reader
	size int64 // of the archive
}

// openZip reads the list of contents and refuses names that lead out of the
// archive, links, and encrypted entries.
func openZip(in io.ReaderAt, size int64) (*zipped, error) {
	list := &limitedAt{in: io.NewSectionReader(in, 0, size), left: mostDirectory} // a damaged list may point before the beginning
	var system *fs.PathError
	r, err := zip.NewReader(list, size)
	switch {
	case list.left < 0:
		return nil, &DataError{Msg: fmt.Sprintf("is a ZIP archive whose list of contents is longer than %d bytes; deliver one data file in it", mostDirectory)}
	case errors.As(err, &system):
		return nil, err
	case err != nil:
		return nil, &DataError{Msg: "is a damaged ZIP archive (" + err.Error() + "); fetch the file again"}
	}
	list.left = 1 << 62
	r.RegisterDecompressor(zip.Deflate, func(in io.Reader) io.ReadCloser { return flate.NewReader(in) })
	for _, f := range r.File {
		if complaint := entryFault(f); complaint != "" {
			return nil, &DataError{Msg: fmt.Sprintf("the entry %.200q of the ZIP archive %s", f.Name, complaint)}
		}
	}
	return &zipped{r, size}, nil
}

// entryFault says why an entry must not be touched, "" if it may.
func entryFault(f *zip.File) string {
	const encrypted = 1
	switch {
	case leadsOut(f.Name):
		return "has a name that leads out of it; deliver plain file names"
	case f.Mode()&fs.ModeSymlink != 0:
		return "is a symbolic link; deliver the file itself"
	case f.Mode().Type() != 0 && !f.Mode().IsDir():
		return "is no regular file"
	case f.Flags&encrypted != 0:
		return "is encrypted; deliver it without a password"
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return fmt.Sprintf("is compressed by method %d; deliver it deflated", f.Method)
	}
	return ""
}

// leadsOut tells names that are no plain paths downwards. What is not UTF-8 is
// taken for GB18030, whose bytes may look like a backslash.
func leadsOut(name string) bool {
	if !utf8.ValidString(name) {
		text, _ := decodeGB18030([]byte(name))
		name = string(text)
	}
	name = strings.TrimSuffix(name, "/")
	return name == "." || !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00")
}

// workbookPart is what every XLSX workbook has.
const workbookPart = "xl/workbook.xml"

// part is the entry of a name, nil if there is none. Names differ in case
// between writers.
func (z *zipped) part(name string) *zip.File {
	for _, f := range z.File {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

// data is the one data file of the archive. What the Mac adds is no data.
func (z *zipped) data() (*zip.File, error) {
	var files []*zip.File
	var names []string
	for _, f := range z.File {
		if f.Mode().IsDir() || strings.HasPrefix(f.Name, "__MACOSX/") || path.Base(f.Name) == ".DS_Store" {
			continue
		}
		files = append(files, f)
		if len(names) < 5 {
			names = append(names, fmt.Sprintf("%.80q", f.Name))
		}
	}
	if len(files) != 1 {
		return nil, &DataError{Msg: fmt.Sprintf("is a ZIP archive of %d files %s; deliver each data file in an archive of its own",
			len(files), strings.Join(names, ", "))}
	}
	return files[0], nil
}

// A limitedAt reads so many bytes and no more.
type limitedAt struct {
	in   io.ReaderAt
	left int64
}

// ReadAt reads as io.ReaderAt does.
func (l *limitedAt) ReadAt(p []byte, off int64) (int, error) {
	if l.left -= int64(len(p)); l.left < 0 {
		return 0, io.ErrUnexpectedEOF
	}
	return l.in.ReadAt(p, off)
}
