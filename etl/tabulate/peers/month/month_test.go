package month_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"panelwatch/etl/extract"
	"panelwatch/etl/tabulate"
	"panelwatch/etl/tabulate/peers/month"
)

func small(faults bool) month.Spec {
	s := month.Reference
	s.Devices, s.Faults = 2000, faults
	return s
}

func write(t *testing.T, s month.Spec, form month.Form) extract.Delivery {
	t.Helper()
	dir := t.TempDir()
	if _, err := month.Write(dir, s, form); err != nil {
		t.Fatal(err)
	}
	d, _, err := month.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func lines(t *testing.T, d extract.Delivery) (all []string) {
	t.Helper()
	for _, f := range d.Manifest.Files {
		text, err := os.ReadFile(filepath.Join(d.Dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		own := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		if len(own) != 1+f.Rows {
			t.Errorf("%s: %d lines, %d rows", f.Name, len(own), f.Rows)
		}
		all = append(all, own[1:]...)
	}
	return all
}

// However it is laid out, a month has the same rows; the same spec gives the
// same bytes.
func TestEveryFormHasTheSameRows(t *testing.T) {
	for _, faults := range []bool{false, true} {
		sorted := write(t, small(faults), month.Form{})
		want := lines(t, sorted)
		if n := len(want); n < 2000*38 || n > 2000*44 {
			t.Errorf("%d rows, want some 41 a device", n)
		}
		if again := write(t, small(faults), month.Form{}); again.Manifest.Files[1].SHA256 != sorted.Manifest.Files[1].SHA256 {
			t.Error("the same spec gave other bytes")
		}
		slices.Sort(want)
		for _, form := range []month.Form{{Shuffled: true}, {ByDay: true}} {
			d := write(t, small(faults), form)
			got := lines(t, d)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%+v: other rows", form)
			}
			if err := d.Verify(t.Context()); err != nil {
				t.Error(err)
			}
		}
	}
}

// A month with faults has rows of every ledger, and its universe is the
// weight of the devices that count.
func TestFaultsAreFound(t *testing.T) {
	d := write(t, small(true), month.Form{Shuffled: true, Compression: month.Gzip})
	_, cat, err := month.Open(d.Dir)
	if err != nil {
		t.Fatal(err)
	}
	got, err := tabulate.Extract(t.Context(), d, cat, tabulate.Options{Dimensions: month.Dimensions, MaxRejects: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range got.Ledgers {
		if l.Rejected == 0 || l.Ignored == 0 || !l.Balanced() {
			t.Errorf("%s: %+v", d.Manifest.Files[i].Name, l)
		}
	}
	rules := map[string]bool{}
	for _, r := range got.Rejects {
		rules[r.Rule] = true
	}
	for _, rule := range []string{"duplicate", "orphan_device", "unknown_app", "other_month", "negative", "out_of_range", "not_a_number", "unknown_member", "not_positive"} {
		if !rules[rule] {
			t.Errorf("no row is rejected as %s: %v", rule, rules)
		}
	}
}

func TestDrainReadsWhatWasWritten(t *testing.T) {
	for _, compression := range []string{month.Plain, month.Gzip, month.Zstd} {
		d := write(t, small(false), month.Form{Compression: compression})
		for _, f := range d.Manifest.Files {
			if err := month.Drain(filepath.Join(d.Dir, f.Name)); err != nil {
				t.Error(err)
			}
		}
	}
	if err := month.Drain(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no error for a missing file")
	}
}
