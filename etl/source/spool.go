package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
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
		out, err := f.root.OpenFile(w.part(), os.O_WRONLY|os.O_APPEND, 0o644)
		return out, spoolError(err)
	}
	err := errors.Join(f.remove(w.part()), f.remove(w.partNote()))
	if err == nil {
		err = f.root.WriteFile(w.partNote(), []byte(in.Version), 0o644)
	}
	if err != nil {
		return nil, spoolError(err)
	}
	out, err := f.root.OpenFile(w.part(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
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

// A memory is what polls leave for the next.
type memory struct {
	Seen  map[string]seen `json:"seen,omitempty"`  // files not known to be finished
	Loose map[string]seen `json:"loose,omitempty"` // loose files, as they are in the spool
}

// seen is what a poll saw of a file.
type seen struct {
	Size    int64  `json:"size"`
	Version string `json:"version"`
}

// recall reads the memory. One that cannot be read is an empty one: at worst
// something is fetched again.
func (f files) recall() (m memory, err error) {
	text, err := f.root.ReadFile(memoryFile)
	if err == nil && json.Unmarshal(text, &m) != nil {
		m = memory{}
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if m.Loose == nil {
		m.Loose = map[string]seen{}
	}
	return m, spoolError(err)
}

// remember changes the memory and keeps it.
func (m *mirror) remember(change func(*memory)) error {
	change(&m.memory)
	if len(m.memory.Seen)+len(m.memory.Loose) == 0 {
		return m.spool.remove(memoryFile)
	}
	text, err := json.MarshalIndent(m.memory, "", " ")
	if err != nil {
		return err
	}
	if err := m.spool.root.MkdirAll(growing, 0o755); err != nil {
		return spoolError(err)
	}
	unfinished := path.Join(growing, memoryFile)
	if err := m.spool.root.WriteFile(unfinished, append(text, '\n'), 0o644); err != nil {
		return spoolError(err)
	}
	return spoolError(m.spool.root.Rename(unfinished, memoryFile))
}

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
