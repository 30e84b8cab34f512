package source

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

// Names of our own in the spool; extract.Find looks at none that begins with
// a dot.
const (
	growing    = ".part"        // what is not whole yet
	growingOld = ".part/old"    // the delivery that is being replaced
	growingNew = ".part/new"    // deliveries
	growingOne = ".part/loose"  // loose files
	memoryFile = ".mirror.json" // what earlier polls saw
)

// files is the spool. Nothing in it leads out of it, not even links.
type files struct{ root *os.Root }

// partial is how much there is of a file, and of which version.
func (f files) partial(w want) (have int64, version string) {
	note, err := f.root.ReadFile(w.partNote())
	info, err2 := f.root.Lstat(w.part())
	version = string(note)
	if err != nil || err2 != nil || version == "" || !info.Mode().IsRegular() ||
		w.version != "" && w.version != version || w.size != Unknown && info.Size() > w.size {
		return 0, ""
	}
	return info.Size(), version
}

// grow opens the part for what content brings. The note of the version is
// written before the first byte, so that a part never has the wrong one.
func (f files) grow(w want, in *Content) (*os.File, error) {
	if in.Offset > 0 {
		out, err := f.root.OpenFile(w.part(), os.O_WRONLY|os.O_APPEND, 0o640)
		return out, spoolError(err)
	}
	err := errors.Join(f.remove(w.part()), f.remove(w.partNote()))
	if err == nil {
		err = f.root.WriteFile(w.partNote(), []byte(in.Version), 0o640)
	}
	if err != nil {
		return nil, spoolError(err)
	}
	out, err := f.root.OpenFile(w.part(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	return out, spoolError(err)
}

// check compares a file of the spool with what was promised of it.
func (f files) check(ctx context.Context, name string, w want) error {
	in, err := f.root.Open(name)
	if err != nil {
		return spoolError(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return spoolError(err)
	}
	if w.size != Unknown && info.Size() != w.size {
		return errOther{fmt.Sprintf("has %d bytes, the manifest says %d", info.Size(), w.size), info.Size() < w.size}
	}
	if w.sum == "" {
		return nil
	}
	h, buffer := sha256.New(), make([]byte, bufferSize)
	for err == nil && ctx.Err() == nil {
		var n int
		n, err = in.Read(buffer)
		h.Write(buffer[:n])
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !errors.Is(err, io.EOF) {
		return spoolError(err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, w.sum) {
		return errOther{msg: fmt.Sprintf("has sha256 %s, the manifest says %s", got, w.sum)}
	}
	return nil
}

// remove takes a file away, if it is there.
func (f files) remove(name string) error {
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return spoolError(err)
	}
	return nil
}

// drop takes files away that are of no use; the next run would do it too.
func (f files) drop(names ...string) {
	for _, name := range names {
		_ = f.root.Remove(name)
	}
}

func (f files) exists(name string) bool {
	_, err := f.root.Lstat(name)
	return err == nil
}
