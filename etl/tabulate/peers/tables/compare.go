package tables

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Tolerance is how far two weighted sums may be apart, relative to the sum of
// the full sample: they were added in another order.
const Tolerance = 1e-9

// A Comparison counts what two folders of results have in common.
type Comparison struct {
	Table   string
	Figures int // rows
	Numbers int // counts and sums
	Worst   float64
}

// shown is how many differences an error names.
const shown = 5

// Compare holds every table of got against want: the same figures, counts
// equal, sums within Tolerance. The error names the first differences.
func Compare(want, got string) (all []Comparison, err error) {
	for _, t := range All {
		c, tableErr := t.compare(want, got)
		all = append(all, c)
		err = errors.Join(err, tableErr)
	}
	return all, err
}

// A figure is a row without its names.
type figure struct {
	counts []int
	sums   []float64
}

func (t Table) compare(want, got string) (c Comparison, err error) {
	c.Table = t.Name
	wanted := map[string]figure{}
	if err := t.read(want, func(key string, f figure) error {
		if _, twice := wanted[key]; twice {
			return fmt.Errorf("%s is there twice", key)
		}
		wanted[key] = f
		return nil
	}); err != nil {
		return c, err
	}
	whole := t.wholes(wanted)
	var differences []string
	err = t.read(got, func(key string, f figure) error {
		w, known := wanted[key]
		if !known {
			differences = append(differences, key+" is not wanted")
			return nil
		}
		delete(wanted, key)
		c.Figures++
		c.Numbers += len(f.counts) + len(f.sums)
		if d := t.differ(w, f, whole[t.without(key)], &c.Worst); d != "" {
			differences = append(differences, key+": "+d)
		}
		return nil
	})
	for key := range wanted {
		differences = append(differences, key+" is missing")
	}
	if err == nil && len(differences) > 0 {
		slices.Sort(differences)
		err = fmt.Errorf("%s: %d differences\n  %s", t.Name, len(differences), strings.Join(differences[:min(shown, len(differences))], "\n  "))
	}
	return c, err
}

// without cuts the replicate, the last key, off.
func (t Table) without(key string) string { return key[:strings.LastIndexByte(key, ' ')+1] }

// wholes are the sums of the full sample, by key without replicate.
func (t Table) wholes(figures map[string]figure) map[string][]float64 {
	whole := map[string][]float64{}
	for key, f := range figures {
		if strings.HasSuffix(key, " 0") {
			whole[t.without(key)] = f.sums
		}
	}
	return whole
}

// differ says where two figures differ, "" if nowhere.
func (t Table) differ(want, got figure, whole []float64, worst *float64) string {
	if !slices.Equal(want.counts, got.counts) {
		return fmt.Sprintf("%s: got %v, want %v", strings.Join(t.Counts, " "), got.counts, want.counts)
	}
	for i, w := range want.sums {
		if w == got.sums[i] {
			continue
		}
		off := math.Abs(got.sums[i]-w) / whole[i]
		*worst = max(*worst, off)
		if !(off <= Tolerance) {
			return fmt.Sprintf("%s: got %v, want %v", t.Sums[i], got.sums[i], w)
		}
	}
	return ""
}

// read visits the rows of a table's file.
func (t Table) read(dir string, visit func(key string, f figure) error) error {
	in, err := os.Open(t.Path(dir))
	if err != nil {
		return err
	}
	defer in.Close()
	r := csv.NewReader(in)
	r.ReuseRecord = true
	if header, err := r.Read(); err != nil || !slices.Equal(header, t.Header()) {
		return fmt.Errorf("%s: header %v (%v), want %v", t.Path(dir), header, err, t.Header())
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = t.visit(cells, visit)
		}
		if err != nil {
			line, _ := r.FieldPos(0)
			return fmt.Errorf("%s: line %d: %w", t.Path(dir), line, err)
		}
	}
}

func (t Table) visit(cells []string, visit func(key string, f figure) error) error {
	keys, cells := strings.Join(cells[:len(t.Keys)], " "), cells[len(t.Keys):]
	f := figure{counts: make([]int, len(t.Counts)), sums: make([]float64, len(t.Sums))}
	var err, fault error
	for i := range f.counts {
		f.counts[i], err = strconv.Atoi(cells[i])
		fault = errors.Join(fault, err)
	}
	for i := range f.sums {
		f.sums[i], err = strconv.ParseFloat(cells[len(t.Counts)+i], 64)
		fault = errors.Join(fault, err)
	}
	if fault != nil {
		return fault
	}
	return visit(keys, f)
}
