package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"time"
)

// bufferSize lets SFTP have eight requests under way at once.
const bufferSize = 256 << 10

// mostLoose bounds a file of which nobody says how long it is.
const mostLoose = 64 << 30

// A want is one file to bring.
type want struct {
	name    string // at the place
	folder  string // of the spool, where it grows
	size    int64  // as promised, or Unknown
	version string // as listed, "" if it was not
	sum     string // SHA-256 in hexadecimal, "" if nobody promised one
}

func (w want) file() string     { return path.Join(w.folder, path.Base(w.name)) }
func (w want) part() string     { return path.Join(w.folder, "."+path.Base(w.name)+".part") }
func (w want) partNote() string { return path.Join(w.folder, "."+path.Base(w.name)+".version") }

// promised is what a file must be when no list, but a manifest, describes it.
func (w want) promised() bool { return w.sum != "" }

// errOther says that a file is not what was promised.
type errOther struct {
	msg   string
	short bool // and might become it
}

func (e errOther) Error() string { return e.msg }

// fetch brings a file, whole and as promised, to want.file. An earlier part of
// the same version is gone on with. A file that turns out to be another is
// fetched once more from its beginning, for it may have been the transfer.
func (m *mirror) fetch(ctx context.Context, w want) error {
	if w.promised() && m.spool.check(ctx, w.file(), w) == nil {
		return nil
	}
	if err := m.spool.root.MkdirAll(w.folder, 0o750); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	err := m.fetchOnce(ctx, w)
	if other := (errOther{}); errors.As(err, &other) {
		m.spool.drop(w.part(), w.partNote())
		err = m.fetchOnce(ctx, w)
	}
	if other := (errOther{}); errors.As(err, &other) {
		m.spool.drop(w.part(), w.partNote())
	}
	return err
}

func (m *mirror) fetchOnce(ctx context.Context, w want) error {
	err := m.patience.insist(ctx, func() (int64, error) { return m.pull(ctx, w) })
	if err != nil {
		return err
	}
	if err := m.spool.check(ctx, w.part(), w); err != nil {
		return err
	}
	if err := m.spool.root.Rename(w.part(), w.file()); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	return m.spool.remove(w.partNote())
}

// pull reads on where the part ends and returns how long it now is.
func (m *mirror) pull(ctx context.Context, w want) (have int64, err error) {
	have, version := m.spool.partial(w)
	if have > 0 && have == w.size {
		return have, nil
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	idle := time.AfterFunc(m.patience.Idle, func() {
		cancel(fmt.Errorf("%w: no byte in %s", ErrUnavailable, m.patience.Idle))
	})
	defer idle.Stop()
	in, err := m.place.Open(ctx, w.name, have, version)
	if err != nil {
		return have, fmt.Errorf("open %s: %w", w.name, err)
	}
	defer in.Close()
	if err := w.compare(in); err != nil {
		return have, err
	}
	out, err := m.spool.grow(w, in)
	if err != nil {
		return have, err
	}
	have, err = m.copy(ctx, w, out, in, func() { idle.Reset(m.patience.Idle) })
	return have, errors.Join(err, spoolError(out.Close()))
}

// compare checks what is opened against what was promised or listed.
func (w want) compare(in *Content) error {
	if w.size == Unknown || in.Size == Unknown || in.Size == w.size {
		return nil
	}
	if w.promised() {
		return errOther{fmt.Sprintf("has %d bytes, the manifest says %d", in.Size, w.size), in.Size < w.size}
	}
	return fmt.Errorf("%s: %w: %d bytes, %d when it was listed", w.name, ErrChanged, in.Size, w.size)
}

// copy appends content to the part, and syncs it to disk at the end.
func (m *mirror) copy(ctx context.Context, w want, out *os.File, in *Content, alive func()) (have int64, err error) {
	have = in.Offset
	most, total := int64(mostLoose), in.Size
	if w.size != Unknown {
		most, total = w.size, w.size
	}
	buffer := make([]byte, bufferSize)
	for {
		n, err := in.Read(buffer)
		if n > 0 {
			alive()
			if _, err := out.Write(buffer[:n]); err != nil {
				return have, spoolError(err)
			}
			have += int64(n)
			m.report.Bytes += int64(n)
		}
		if m.options.Progress != nil {
			m.options.Progress(w.name, have, total)
		}
		switch {
		case have > most:
			return have, errOther{msg: fmt.Sprintf("has more than %d bytes", most)}
		case errors.Is(err, io.EOF) && in.Size != Unknown && have < in.Size:
			return have, fmt.Errorf("%s: %w: broken off after %d of %d bytes", w.name, ErrUnavailable, have, in.Size)
		case errors.Is(err, io.EOF):
			return have, spoolError(out.Sync())
		case err != nil:
			return have, m.broken(ctx, w, err)
		}
	}
}

// broken is the error of a transfer. What is there of a file that changed is
// of no use.
func (m *mirror) broken(ctx context.Context, w want, err error) error {
	if errors.Is(err, ErrChanged) {
		m.spool.drop(w.part(), w.partNote())
	}
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	return fmt.Errorf("read %s: %w", w.name, err)
}

func spoolError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("spool: %w", err)
}
