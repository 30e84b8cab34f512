package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// Verify compares every file with the manifest's size and SHA-256. A file
// that is missing or differs is a *DataError; err joins those of all files.
// Row counts are compared when the rows are read.
func (d Delivery) Verify(ctx context.Context) error {
	var faults []error
	for i := range d.Manifest.Files {
		if err := d.verify(ctx, i); err != nil {
			faults = append(faults, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return errors.Join(faults...)
}

func (d Delivery) verify(ctx context.Context, file int) error {
	f := d.Manifest.Files[file]
	in, err := d.open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return fmt.Errorf("verify %s: %w", f.Name, err)
	}
	if info.Size() != f.Bytes {
		return &DataError{File: f.Name, Msg: fmt.Sprintf("has %d bytes, %s says %d: the transfer was cut off or the file replaced; fetch the delivery again",
			info.Size(), ManifestName, f.Bytes)}
	}
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx, in}); err != nil {
		return fmt.Errorf("verify %s: %w", f.Name, err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, f.SHA256) {
		return &DataError{File: f.Name, Msg: fmt.Sprintf("has sha256 %s, %s says %s: the content changed after the manifest was written; fetch the delivery again or ask for a new revision",
			got, ManifestName, f.SHA256)}
	}
	return nil
}

// open opens a file of the manifest; a missing one is a fault of the delivery,
// and so is a link that leads out of its folder.
func (d Delivery) open(file int) (*os.File, error) {
	name := d.Manifest.Files[file].Name
	root, err := os.OpenRoot(d.Dir)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer root.Close()
	switch info, err := root.Stat(name); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &DataError{File: name, Msg: fmt.Sprintf("is named in %s but missing; deliver it, or a manifest without it", ManifestName)}
	case err != nil && isLink(root, name):
		return nil, &DataError{File: name, Msg: "is a link that leads out of the delivery's folder; deliver the file itself"}
	case err == nil && !info.Mode().IsRegular():
		return nil, &DataError{File: name, Msg: "is no regular file; deliver the file itself"}
	}
	return root.Open(name)
}

func isLink(root *os.Root, name string) bool {
	info, err := root.Lstat(name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// A contextReader stops reading when its context is done.
type contextReader struct {
	ctx context.Context
	in  io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(p)
}

// OpenFile opens a file of the delivery as it is, for a format that is not
// read row by row.
func (d Delivery) OpenFile(file int) (*os.File, error) { return d.open(file) }
