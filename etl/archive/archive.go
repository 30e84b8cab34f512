// Package archive keeps the raw bytes of deliveries under their SHA-256, so
// that any month can be rebuilt and any number traced to its line. It knows
// neither database nor clock and must not import them, nor configuration.
package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"panelwatch/etl/extract"
)

// Errors by which callers tell what to do.
var (
	// ErrUnavailable says that the place cannot be reached or written; a later
	// try may succeed.
	ErrUnavailable = errors.New("archive unavailable")
	// ErrDenied says that the place refuses who asks.
	ErrDenied = errors.New("archive denies access")
	// ErrDamaged says that kept bytes are not those that were put there.
	ErrDamaged = errors.New("archive damaged")
	// ErrAbsent says that the archive has no such delivery or object.
	ErrAbsent = errors.New("not in the archive")
)

// A Place keeps named bytes: a folder, or a bucket. Names have slashes. Every
// error wraps ErrUnavailable, ErrDenied or ErrAbsent.
type Place interface {
	// Put keeps size bytes of r under a name, all of them or none: it fails
	// when r does.
	Put(ctx context.Context, name string, r io.Reader, size int64) error
	Get(ctx context.Context, name string) (io.ReadCloser, error)
	// Size is the number of bytes under a name, ok false when there are none.
	Size(ctx context.Context, name string) (size int64, ok bool, err error)
	// Names lists the names that begin with prefix, sorted.
	Names(ctx context.Context, prefix string) ([]string, error)
	// Remove takes what is under a name away; nothing there is no error.
	Remove(ctx context.Context, name string) error
	// Clean takes away what an interrupted Put left. Nobody else may be
	// writing.
	Clean(ctx context.Context) error
}

// An Archive keeps deliveries in a Place: their files as objects under
// objects/ab/cd/<sha256>, and a record of each delivery that names them.
type Archive struct{ place Place }

// New is an archive in a place.
func New(p Place) *Archive { return &Archive{p} }

// Clean takes away what an interrupted run left unfinished.
func (a *Archive) Clean(ctx context.Context) error { return a.place.Clean(ctx) }

// probe is the name under which Check writes.
const probe = "doctor"

// Check writes a byte under the name doctor and looks for it, so that it is
// known before a delivery comes whether the place can be written and read.
func (a *Archive) Check(ctx context.Context) error {
	if err := a.place.Put(ctx, probe, strings.NewReader("\n"), 1); err != nil {
		return err
	}
	_, there, err := a.place.Size(ctx, probe)
	if err == nil && !there {
		err = fmt.Errorf("%w: what was written is not there", ErrUnavailable)
	}
	return err
}

// Scratch makes a folder of its own to restore into, which Clean takes away if
// its maker does not.
func (a *Archive) Scratch() (string, error) {
	f, local := a.place.(Folder)
	if !local {
		return os.MkdirTemp("", "panelwatch-archive-")
	}
	if err := os.MkdirAll(f.path(unfinished), 0o750); err != nil {
		return "", f.fault(err)
	}
	return os.MkdirTemp(f.path(unfinished), "restored-")
}

// Keep puts a delivery into the archive as it lies in its folder, whether its
// files are what the manifest says or not; files that are missing are left
// out. Bytes that are there already are not written again.
func (a *Archive) Keep(ctx context.Context, d extract.Delivery) (Record, error) {
	r := Record{
		Source: d.Source, Month: d.Manifest.Month, Revision: d.Manifest.Revision,
		Identity: d.Identity, Folder: d.Dir,
	}
	var err error
	if r.Manifest, err = a.keep(ctx, d.Dir, extract.ManifestName); err != nil {
		return r, err
	}
	for _, f := range d.Manifest.Files {
		o, err := a.keep(ctx, d.Dir, f.Name)
		if errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrAbsent) {
			continue
		}
		if err != nil {
			return r, err
		}
		r.Files = append(r.Files, o)
	}
	return a.enter(ctx, r)
}

// keep puts one file of a folder.
func (a *Archive) keep(ctx context.Context, dir, name string) (o Object, err error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return o, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, reading{ctx, f})
	if err != nil {
		return o, fmt.Errorf("archive %s: %w", name, err)
	}
	o = Object{Name: name, SHA256: hex.EncodeToString(h.Sum(nil)), Bytes: n}
	if size, there, err := a.place.Size(ctx, o.key()); err != nil || there && size == n {
		return o, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return o, fmt.Errorf("archive %s: %w", name, err)
	}
	if err := a.place.Put(ctx, o.key(), newVerified(reading{ctx, f}, o), n); err != nil {
		return o, fmt.Errorf("archive %s: %w", name, err)
	}
	return o, nil
}

// Open reads an object. The Read that would end it fails with ErrDamaged when
// the bytes do not have the hash they are kept under.
func (a *Archive) Open(ctx context.Context, o Object) (io.ReadCloser, error) {
	in, err := a.place.Get(ctx, o.key())
	if err != nil {
		return nil, fmt.Errorf("archive: %s: %w", o.Name, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{newVerified(in, o), in}, nil
}

// A verified reader passes bytes on and checks at their end what they were.
type verified struct {
	in     io.Reader
	object Object
	sum    hash.Hash
	n      int64
}

func newVerified(in io.Reader, o Object) *verified {
	return &verified{in: in, object: o, sum: sha256.New()}
}

func (v *verified) Read(p []byte) (int, error) {
	n, err := v.in.Read(p)
	v.sum.Write(p[:n])
	v.n += int64(n)
	if errors.Is(err, io.EOF) && (v.n != v.object.Bytes || hex.EncodeToString(v.sum.Sum(nil)) != v.object.SHA256) {
		return n, fmt.Errorf("%w: %s: %d bytes that are not those of sha256 %s", ErrDamaged, v.object.Name, v.n, v.object.SHA256)
	}
	return n, err
}

// reading stops when its context is done.
type reading struct {
	ctx context.Context
	in  io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(p)
}
