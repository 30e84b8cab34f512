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
	"path/filepath"
	"slices"
	"strings"
	"time"

	"panelwatch/etl/panel"
)

// Loose says of files without a manifest what a manifest would say.
type Loose struct {
	Source          string // name of the source in the configuration
	Vendor, Product string
	Encoding        string
	UniverseWan     float64 // 0 when a universe table has it, or nobody
	PanelSize       int
	Deff            float64

	TierListYear       int
	TGIBase            string
	DefinitionsVersion string

	Contracts Contracts
	// Settled says whether a file is as it will stay: not being written.
	Settled func(fs.FileInfo) bool
	// Newest is the newest revision of a month that is known elsewhere, 0 for
	// none.
	Newest func(panel.Month) int
}

// An Assembly is what was made of loose files.
type Assembly struct {
	Made      []Delivery
	Unsettled []string // files still being written; their months wait
	Others    []string // files that no contract knows by name
}

// Assemble makes deliveries of the loose files in folder from: all files of
// one month are one delivery in folder to, as
// assembled/month/revision. Files that are
// those of a revision there make none; others make the next revision. A delivery appears whole or not at all. Files whose names mean two
// things are a *DataError, and do not keep the others.
func Assemble(ctx context.Context, from, to string, l Loose) (a Assembly, err error) {
	files, others, faults := looseFiles(from, l.Contracts)
	var data *DataError
	if faults != nil && !errors.As(faults, &data) {
		return a, fmt.Errorf("look for files of %s: %w", l.Source, faults)
	}
	a.Others = others
	if err := tidy(to); err != nil {
		return a, err
	}
	known, _, err := Find(l.Source, to)
	if err != nil && !errors.As(err, &data) {
		return a, err
	}
	for _, group := range byMonth(files) {
		if busy := l.unsettled(group); len(busy) > 0 {
			a.Unsettled = append(a.Unsettled, busy...)
			continue
		}
		d, made, err := l.assemble(ctx, to, group, known)
		switch {
		case errors.Is(err, errChanged):
			a.Unsettled = append(a.Unsettled, group[0].path)
		case err != nil:
			return a, fmt.Errorf("assemble %s %s: %w", l.Source, group[0].month, err)
		case made:
			a.Made = append(a.Made, d)
		}
	}
	return a, faults
}

func (l Loose) unsettled(files []looseFile) (busy []string) {
	for _, f := range files {
		if l.Settled != nil && !l.Settled(f.info) {
			busy = append(busy, f.path)
		}
	}
	return busy
}

// Where deliveries stand, apart from those that vendors made, and where they
// grow; the latter Find passes over.
const (
	assembled = "assembled"
	nursery   = ".assembling"
)

// tidy takes away what an interrupted run left.
func tidy(to string) error {
	if err := os.RemoveAll(filepath.Join(to, nursery)); err != nil {
		return fmt.Errorf("tidy %s: %w", to, err)
	}
	return nil
}

// assemble writes the delivery of one month, unless its files are known.
func (l Loose) assemble(ctx context.Context, to string, files []looseFile, known []Delivery) (d Delivery, made bool, err error) {
	m, err := l.manifest(ctx, files)
	if err != nil {
		return d, false, err
	}
	if l.Newest != nil {
		m.Revision = 1 + l.Newest(m.Month)
	}
	for _, k := range known {
		switch {
		case k.Manifest.Month != m.Month:
		case sameFiles(k.Manifest, m):
			return k, false, nil
		default:
			m.Revision = max(m.Revision, k.Manifest.Revision+1)
		}
	}
	m.Supersedes = m.Revision - 1
	grown := filepath.Join(to, nursery, m.Month.String())
	if err := grow(ctx, grown, m, files); err != nil {
		return d, false, err
	}
	home := filepath.Join(to, assembled, m.Month.String(), fmt.Sprintf("r%d", m.Revision))
	if err := os.MkdirAll(filepath.Dir(home), 0o750); err != nil {
		return d, false, err
	}
	if err := os.Rename(grown, home); err != nil {
		return d, false, err
	}
	if err := tidy(to); err != nil {
		return d, false, err
	}
	d, err = open(l.Source, to, home)
	return d, true, err
}

// sameFiles says whether two manifests are of the same bytes, read as the same
// tables.
func sameFiles(a, b Manifest) bool {
	return slices.EqualFunc(a.Files, b.Files, func(x, y File) bool {
		return x.Name == y.Name && x.Table == y.Table && x.Sheet == y.Sheet && x.SHA256 == y.SHA256 &&
			x.App == y.App && x.List == y.List && x.Dimension == y.Dimension
	})
}

// manifest says of the files what there is to say. It was delivered when the
// last of them was written.
func (l Loose) manifest(ctx context.Context, files []looseFile) (Manifest, error) {
	m := Manifest{
		Vendor: l.Vendor, Product: l.Product, Kind: Aggregate, Month: files[0].month, Revision: 1, Encoding: l.Encoding,
		UniverseWan: l.UniverseWan, PanelSize: l.PanelSize, Deff: l.Deff, TierListYear: l.TierListYear,
		TGIBase: l.TGIBase, DefinitionsVersion: l.DefinitionsVersion, Assembled: true,
	}
	for _, f := range files {
		if t := f.info.ModTime().UTC().Truncate(time.Second); t.After(m.DeliveredAt) {
			m.DeliveredAt = t
		}
		sum, size, err := copyFile(ctx, f.path, io.Discard)
		if err != nil {
			return m, err
		}
		for _, e := range f.entries {
			e.RowsUnknown, e.Bytes, e.SHA256 = true, size, sum
			m.Files = append(m.Files, e)
		}
	}
	if complaint := m.check(); complaint != "" {
		return m, &DataError{File: files[0].path, Msg: complaint}
	}
	return m, nil
}

// errChanged says that a file was written to while it was copied.
var errChanged = errors.New("changed while it was copied")

// grow writes files and manifest into a folder of their own, _SUCCESS last.
func grow(ctx context.Context, dir string, m Manifest, files []looseFile) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	for _, f := range files {
		if err := copyInto(ctx, dir, f, m); err != nil {
			return err
		}
	}
	if err := writeManifest(filepath.Join(dir, ManifestName), m); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, SuccessName), nil, 0o640)
}

func copyInto(ctx context.Context, dir string, f looseFile, m Manifest) error {
	name := filepath.Base(f.path)
	out, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	sum, _, err := copyFile(ctx, f.path, out)
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	if i := slices.IndexFunc(m.Files, func(e File) bool { return e.Name == name }); !strings.EqualFold(m.Files[i].SHA256, sum) {
		return fmt.Errorf("%s %w", f.path, errChanged)
	}
	return nil
}

// copyFile copies a file and tells its SHA-256 and size.
func copyFile(ctx context.Context, path string, to io.Writer) (sum string, size int64, err error) {
	in, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer in.Close()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(to, h), contextReader{ctx, in})
	return hex.EncodeToString(h.Sum(nil)), size, err
}
