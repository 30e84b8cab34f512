package month

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/goccy/go-yaml"

	"panelwatch/etl/extract"
)

// A Form says how the rows of a month are laid out.
type Form struct {
	Shuffled    bool   // rows in random order; needs 16 bytes of memory a row
	ByDay       bool   // one file a day instead of one for all
	Compression string // Plain, Gzip or Zstd
}

// Write makes a delivery of the month in folder dir, with its catalogue
// apps.yaml beside the data, and tells how many rows of usage it has.
func Write(dir string, s Spec, form Form) (rows int, err error) {
	d, err := newDrawer(s)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	m, err := d.writeDevices(dir, form)
	if err != nil {
		return 0, err
	}
	files, err := d.writeUsage(dir, form)
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		m.Files = append(m.Files, f)
		rows += f.Rows
	}
	return rows, errors.Join(writeCatalogue(dir, s.Apps), Seal(dir, m))
}

// Seal writes the manifest and then the mark of a finished delivery.
func Seal(dir string, m extract.Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, extract.ManifestName), append(text, '\n'), 0o644),
		os.WriteFile(filepath.Join(dir, extract.SuccessName), nil, 0o644))
}

func writeCatalogue(dir string, apps int) error {
	cat, err := Catalogue(apps)
	if err != nil {
		return err
	}
	text, err := yaml.Marshal(cat)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "apps.yaml"), text, 0o644)
}

func (d *drawer) writeDevices(dir string, form Form) (m extract.Manifest, err error) {
	f, err := createFile(dir, "devices", extract.TableDevices, form.Compression)
	if err != nil {
		return m, err
	}
	var line []byte
	var universe float64
	f.WriteString(deviceHeader)
	for _, i := range order(d.spec, form.Shuffled) {
		var n int
		var weight float64
		line, n, weight = d.deviceLines(line[:0], i)
		f.Rows += n
		universe += weight
		f.Write(line) // an error stays with the writer and comes up in close
	}
	if err := f.close(); err != nil {
		return m, err
	}
	return d.manifest(f.File, universe), nil
}

// order is that of the lines of devices.
func order(s Spec, shuffled bool) []int {
	if shuffled {
		return rand.New(rand.NewPCG(s.Seed, ^uint64(0))).Perm(s.Devices)
	}
	all := make([]int, s.Devices)
	for i := range all {
		all[i] = i
	}
	return all
}

func (d *drawer) manifest(devices extract.File, universe float64) extract.Manifest {
	m := extract.Manifest{
		Vendor: "peers", Product: "synthetic month", Kind: extract.Microdata, Month: d.spec.Month, Revision: 1,
		DeliveredAt: (d.spec.Month + 1).Start().Add(12 * 24 * time.Hour), UsageGrain: "day",
		Encoding: "utf-8", UniverseWan: math.Round(universe) / 1e4, TierListYear: 2023, TGIBase: "all_network", DefinitionsVersion: "2023",
		Synthetic: fmt.Sprintf("drawn by etl/tabulate/peers from seed %d", d.spec.Seed), Files: []extract.File{devices},
	}
	if d.spec.Faults {
		m.MinSecondsValid = minSeconds
	}
	return m
}

func (d *drawer) writeUsage(dir string, form Form) (written []extract.File, err error) {
	files, err := usageFiles(dir, d.spec, form)
	if err != nil {
		return nil, err
	}
	lines := d.lines()
	var line []byte
	for r := range d.records(form.Shuffled) {
		to := files[0]
		if form.ByDay {
			to = files[r.day-1]
		}
		line = lines.append(line[:0], r)
		to.Rows++
		to.Write(line)
	}
	for _, f := range files {
		err = errors.Join(err, f.close())
		written = append(written, f.File)
	}
	return written, err
}

// records yields all rows, device after device or shuffled.
func (d *drawer) records(shuffled bool) func(yield func(record) bool) {
	inOrder := func(yield func(record) bool) {
		var own []record
		for i := range d.spec.Devices {
			own = d.usage(own[:0], i)
			for _, r := range own {
				if !yield(r) {
					return
				}
			}
		}
	}
	if !shuffled {
		return inOrder
	}
	return func(yield func(record) bool) {
		var all []record
		for r := range inOrder {
			all = append(all, r)
		}
		rand.New(rand.NewPCG(d.spec.Seed, 1)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, r := range all {
			if !yield(r) {
				return
			}
		}
	}
}

func usageFiles(dir string, s Spec, form Form) (files []*file, err error) {
	names := []string{"usage"}
	if form.ByDay {
		names = nil
		for day := range s.Month.Days() {
			names = append(names, fmt.Sprintf("usage-%02d", day+1))
		}
	}
	for _, name := range names {
		f, err := createFile(dir, name, extract.TableUsage, form.Compression)
		if err != nil {
			return nil, err
		}
		f.WriteString(usageHeader)
		files = append(files, f)
	}
	return files, nil
}
