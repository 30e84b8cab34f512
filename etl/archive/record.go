package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// A Record says which objects a delivery was.
type Record struct {
	Source   string      `json:"source"`
	Month    panel.Month `json:"month"`
	Revision int         `json:"revision"`
	Identity string      `json:"identity"` // extract.Delivery.Identity
	Arrival  int         `json:"arrival"`  // 1, 2, ... of the deliveries of a source's month
	Folder   string      `json:"folder"`   // where it lay
	Manifest Object      `json:"manifest"`
	Files    []Object    `json:"files"` // in the order of the manifest, those that were there
}

// An Object is one file as it arrived.
type Object struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

func (o Object) key() string { return path.Join("objects", o.SHA256[:2], o.SHA256[2:4], o.SHA256) }

// Sum is the hash under which a file of the delivery is kept, "" if it was
// not there.
func (r Record) Sum(name string) string {
	for _, o := range r.Files {
		if o.Name == name {
			return o.SHA256
		}
	}
	return ""
}

// arrived is the first digits of the hash of all bytes of the delivery.
func (r Record) arrived() string {
	h := sha256.New()
	for _, o := range append([]Object{r.Manifest}, r.Files...) {
		fmt.Fprintf(h, "%q %s\n", o.Name, o.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

func folderOf(source string, m panel.Month) string {
	return path.Join("deliveries", url.PathEscape(source), m.String()) + "/"
}

// enter writes the record of a delivery, once.
func (a *Archive) enter(ctx context.Context, r Record) (Record, error) {
	names, err := a.place.Names(ctx, folderOf(r.Source, r.Month))
	if err != nil {
		return r, err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "-"+r.arrived()+".json") {
			return a.record(ctx, name)
		}
	}
	r.Arrival = arrivals(names) + 1
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return r, fmt.Errorf("archive: record: %w", err)
	}
	name := fmt.Sprintf("%s%03d-r%d-%s.json", folderOf(r.Source, r.Month), r.Arrival, r.Revision, r.arrived())
	if err := a.place.Put(ctx, name, bytes.NewReader(text), int64(len(text))); err != nil {
		return r, fmt.Errorf("archive: record: %w", err)
	}
	return r, nil
}

// arrivals is the number of the last record, whatever was pruned before it.
func arrivals(names []string) (last int) {
	for _, name := range names {
		digits, _, _ := strings.Cut(path.Base(name), "-")
		if n, err := strconv.Atoi(digits); err == nil {
			last = max(last, n)
		}
	}
	return last
}

// longestRecord is how many bytes a record may have.
const longestRecord = 64 << 20

func (a *Archive) record(ctx context.Context, name string) (r Record, err error) {
	in, err := a.place.Get(ctx, name)
	if err != nil {
		return r, err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, longestRecord+1))
	if err != nil {
		return r, fmt.Errorf("archive: read %s: %w", name, err)
	}
	if len(text) > longestRecord {
		return r, fmt.Errorf("%w: %s is longer than %d bytes", ErrDamaged, name, longestRecord)
	}
	if r, err = parseRecord(text); err != nil {
		return r, fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
	}
	return r, nil
}

var hexSum = regexp.MustCompile(`^[0-9a-f]{64}$`)

// parseRecord reads a record. No name in it leads out of a folder, whoever
// wrote it.
func parseRecord(text []byte) (r Record, err error) {
	if err := json.Unmarshal(text, &r); err != nil {
		return r, err
	}
	if !filepath.IsLocal(r.Source) {
		return r, fmt.Errorf("%q is not the name of a source", r.Source)
	}
	for _, o := range append([]Object{r.Manifest}, r.Files...) {
		if !hexSum.MatchString(o.SHA256) || o.Bytes < 0 || !plainName(o.Name) {
			return r, fmt.Errorf("%q with sha256 %q is not a file", o.Name, o.SHA256)
		}
	}
	return r, nil
}

// plainName says whether a name is that of a file in a folder.
func plainName(name string) bool {
	return name != "." && filepath.IsLocal(name) && !strings.ContainsAny(name, "/\\\x00")
}

// Records lists the deliveries of a source, "" for all, and of a month, 0 for
// all, by source and month in the order in which they arrived.
func (a *Archive) Records(ctx context.Context, source string, m panel.Month) (found []Record, err error) {
	prefix := "deliveries/"
	if source != "" {
		prefix = path.Join(prefix, url.PathEscape(source)) + "/"
	}
	names, err := a.place.Names(ctx, prefix)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		r, err := a.record(ctx, name)
		if err != nil {
			return nil, err
		}
		if m == 0 || r.Month == m {
			found = append(found, r)
		}
	}
	return found, nil
}

// Restore writes a delivery into folder dir, which must not exist yet, so that
// extract.Find accepts it: every file as it arrived, verified, and _SUCCESS
// last.
func (a *Archive) Restore(ctx context.Context, r Record, dir string) error {
	if _, err := os.Lstat(dir); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("restore %s %s revision %d: %s is there already: %w", r.Source, r.Month, r.Revision, dir, os.ErrExist)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	for _, o := range append([]Object{r.Manifest}, r.Files...) {
		err := a.restore(ctx, o, dir)
		if errors.Is(err, ErrAbsent) {
			err = fmt.Errorf("%w: %w", ErrDamaged, err) // its record says it is there
		}
		if err != nil {
			return errors.Join(fmt.Errorf("restore %s %s revision %d: %w", r.Source, r.Month, r.Revision, err), os.RemoveAll(dir))
		}
	}
	return os.WriteFile(filepath.Join(dir, extract.SuccessName), nil, 0o640)
}

func (a *Archive) restore(ctx context.Context, o Object, dir string) error {
	if !plainName(o.Name) {
		return fmt.Errorf("%w: %q is not the name of a file", ErrDamaged, o.Name)
	}
	in, err := a.Open(ctx, o)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(filepath.Join(dir, o.Name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
