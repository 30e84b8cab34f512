package tabulate_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// A month is the rows of a delivery as a test draws them, faults included:
// cells by column, to be written in any order, format and number of files.
type month struct {
	manifest       extract.Manifest
	devices, usage table
}

type table struct {
	columns []string
	rows    [][]string
}

// often draws the first value in most cases.
func often(t *rapid.T, name, usual string, odd ...string) string {
	if rapid.IntRange(0, 11).Draw(t, name+"?") > 0 {
		return usual
	}
	return rapid.SampledFrom(odd).Draw(t, name)
}

var idShapes = []func(i int) string{
	func(i int) string { return fmt.Sprintf("%016x", uint64(i+1)*0x9e3779b97f4a7c15) },
	func(i int) string { return fmt.Sprint("d", i) },
	func(i int) string { return fmt.Sprintf("a-device-with-a-long-name-%d", i) },
	func(i int) string { return fmt.Sprint("设备", i) },
	func(i int) string { return fmt.Sprintf("%024d", i) },
}

func drawMonth(t *rapid.T) month {
	grain := rapid.SampledFrom([]string{"day", "month"}).Draw(t, "grain")
	m := month{manifest: manifest(grain, 1)}
	m.manifest.MinSecondsValid = rapid.SampledFrom([]int{0, 0, 3, 60}).Draw(t, "min seconds")
	id := rapid.SampledFrom(idShapes).Draw(t, "ids")
	n := rapid.IntRange(1, 60).Draw(t, "devices")
	m.devices = drawDevices(t, id, n)
	m.usage = drawUsage(t, grain, id, n)
	return m
}

func drawDevices(t *rapid.T, id func(int) string, n int) table {
	out := table{columns: []string{"device_id", "weight", "strata", "province", "gender", "occupation_tags"}}
	groups := rapid.Bool().Draw(t, "groups")
	if groups {
		out.columns = append(out.columns, "rep_group")
	}
	for i := range n {
		row := []string{
			id(i), often(t, "weight", fmt.Sprintf("%d.%04d", 100+i, i), "0", "-3", "x", "1,234.5", "0.1", "7"),
			rapid.SampledFrom([]string{"A", "A", "B", "C"}).Draw(t, "stratum"),
			often(t, "province", "山东", "北京", "四川", "", "内蒙", "Atlantis"),
			often(t, "gender", "女", "男", "", " 男 "),
			often(t, "tags", "白领", "白领;学生", "公职人员；白领", ""),
		}
		if groups {
			row = append(row, often(t, "group", fmt.Sprint(1+i%7), "80", "1", "81", "x"))
		}
		out.rows = append(out.rows, row)
		if rapid.IntRange(0, 9).Draw(t, "twice") == 0 {
			again := slices.Clone(row)
			again[1] = often(t, "weight again", row[1], "99")
			out.rows = append(out.rows, again)
		}
	}
	out.rows = append(out.rows, []string{"solid", "12.5", "A", "山东", "女", "白领", "5"}[:len(out.columns)])
	return out
}

func drawUsage(t *rapid.T, grain string, id func(int) string, n int) table {
	out := table{columns: []string{"day", "device_id", "app_id", "uses", "seconds"}}
	if grain == "month" {
		out.columns = []string{"active_days", "device_id", "app_id", "uses", "seconds", "month"}
	}
	for range rapid.IntRange(0, 150).Draw(t, "rows") {
		when := often(t, "day", fmt.Sprintf("2023-12-%02d", rapid.IntRange(1, 31).Draw(t, "day")), "2023-12-32", "2023-11-30", "20231205", "", "x")
		if grain == "month" {
			when = often(t, "days", fmt.Sprint(rapid.IntRange(1, 3).Draw(t, "days")), "0", "32", "31", "")
		}
		row := []string{
			when, often(t, "device", id(rapid.IntRange(0, n-1).Draw(t, "device")), "orphan", "", " "+id(0)+" "),
			often(t, "app", rapid.SampledFrom(someApps).Draw(t, "app"), "nobody", " geshui", ""),
			often(t, "uses", fmt.Sprint(rapid.IntRange(3, 9).Draw(t, "uses")), "4294967295", "5000", "1", "0", "-1", "1.5", "1,234", "７", ""),
			often(t, "seconds", fmt.Sprint(rapid.IntRange(0, 90).Draw(t, "seconds")), "86400", "86401", "-5", "9999999999", "x"),
		}
		if grain == "month" {
			row = append(row, often(t, "month", "202312", "2023-12", "2023年12月", "202311"))
		}
		out.rows = append(out.rows, row)
		for range rapid.IntRange(0, 14).Draw(t, "again") / 13 {
			again := slices.Clone(row)
			again[4] = often(t, "seconds again", row[4], "7")
			out.rows = append(out.rows, again)
		}
	}
	out.rows = append(out.rows, []string{"2023-12-03", "solid", "geshui", "5", "70"})
	if grain == "month" {
		out.rows[len(out.rows)-1] = []string{"2", "solid", "geshui", "5", "70", "202312"}
	}
	return out
}

// shuffled returns the table with rows and columns in another order.
func (x table) shuffled(t *rapid.T, rows bool) table {
	places := make([]int, len(x.columns))
	for i := range places {
		places[i] = i
	}
	places = rapid.Permutation(places).Draw(t, "columns")
	pick := func(row []string) (out []string) {
		for _, p := range places {
			out = append(out, row[p])
		}
		return out
	}
	y := table{columns: pick(x.columns)}
	for _, r := range x.rows {
		y.rows = append(y.rows, pick(r))
	}
	if rows {
		y.rows = rapid.Permutation(y.rows).Draw(t, "order")
	}
	return y
}

// A form is how rows become bytes.
type form struct {
	quote, crlf, blank, gb bool
	packing                string
}

func drawForm(t *rapid.T) form {
	return form{
		rapid.Bool().Draw(t, "quotes"), rapid.Bool().Draw(t, "crlf"), rapid.Bool().Draw(t, "blank lines"),
		rapid.IntRange(0, 3).Draw(t, "gb18030") == 0,
		rapid.SampledFrom([]string{"", "gzip", "zstd", "zip"}).Draw(t, "packing"),
	}
}

// bytes writes the table as CSV.
func (f form) bytes(x table) []byte {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.UseCRLF = f.crlf
	for i, row := range append([][]string{x.columns}, x.rows...) {
		if f.quote {
			for j := range row {
				fmt.Fprintf(&text, "%s%q", strings.Repeat(",", min(j, 1)), row[j])
			}
			text.WriteString("\n")
		} else {
			_ = w.Write(row)
			w.Flush()
		}
		if f.blank && i%3 == 2 {
			text.WriteString("\n")
		}
	}
	encoded := text.Bytes()
	if f.gb {
		encoded, _ = simplifiedchinese.GB18030.NewEncoder().Bytes(encoded)
	}
	return pack(encoded, f.packing)
}

func pack(text []byte, packing string) []byte {
	var out bytes.Buffer
	switch packing {
	case "zip":
		return zipOf(text)
	case "gzip":
		w := gzip.NewWriter(&out)
		_, _ = w.Write(text)
		_ = w.Close()
	case "zstd":
		w, _ := zstd.NewWriter(&out)
		_, _ = w.Write(text)
		_ = w.Close()
	default:
		return text
	}
	return out.Bytes()
}

// deliver writes the month, its usage in so many files.
func (m month) deliver(t T, dir string, f form, files int) extract.Delivery {
	t.Helper()
	out := m.manifest
	contents := [][]byte{f.bytes(m.devices)}
	out.Files = []extract.File{{Name: "devices.csv", Table: extract.TableDevices, Rows: len(m.devices.rows)}}
	for i := range files {
		from, to := i*len(m.usage.rows)/files, (i+1)*len(m.usage.rows)/files
		if from == to {
			continue
		}
		contents = append(contents, f.bytes(table{m.usage.columns, m.usage.rows[from:to]}))
		out.Files = append(out.Files, extract.File{Name: fmt.Sprintf("usage%d.csv", i), Table: extract.TableUsage, Rows: to - from})
	}
	if err := extract.WriteDelivery(dir, out, contents); err != nil {
		t.Fatal(err)
	}
	return extract.Delivery{Dir: dir, Manifest: out}
}

// withUniverse sets the control total to what the valid devices weigh.
func (m *month) withUniverse(t T, dir string) {
	m.manifest.UniverseWan = 1e9
	_, err := reference(m.deliver(t, dir, form{}, 1), tabulate.Options{})
	var fault *extract.DataError
	if !errors.As(err, &fault) {
		t.Fatal("no fault with an impossible universe", err)
	}
	var sum float64
	_, rest, _ := strings.Cut(fault.Msg, "sum to ")
	if _, err := fmt.Sscanf(rest, "%f", &sum); err != nil {
		t.Fatal(fault.Msg, err)
	}
	m.manifest.UniverseWan = sum / 1e4
}

// withControls adds control totals for the strata that devices are of.
func (m *month) withControls(t T, dir string) {
	d := m.deliver(t, dir, form{}, 1)
	p, err := extract.ReadPanel(context.Background(), d, catalogue, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	sum := 0.0
	for _, d := range p.Devices {
		if name := p.Strata[d.Stratum]; !seen[name] {
			seen[name] = true
			total := float64(1000 * (len(seen) + 1))
			m.manifest.ControlTotals = append(m.manifest.ControlTotals, extract.ControlTotal{Stratum: name, Devices: total})
			sum += total
		}
	}
	m.manifest.UniverseWan = sum / 1e4
}

var everything = []string{panel.Province, panel.Gender, panel.Occupation, panel.Category}

// The engine and the reference agree on everything: estimates, ledgers, and
// every reject with its place and reason.
func TestEngineAgreesWithReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "month")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := drawMonth(t)
		m.withUniverse(t, dir)
		if rapid.Bool().Draw(t, "control totals") {
			m.withControls(t, dir)
		}
		rows := rapid.Bool().Draw(t, "shuffle")
		m.devices, m.usage = m.devices.shuffled(t, rows), m.usage.shuffled(t, rows)
		f := drawForm(t)
		if f.gb && len(m.manifest.ControlTotals) == 0 {
			m.manifest.Encoding = rapid.SampledFrom([]string{"", "gb18030", "utf-8"}).Draw(t, "encoding")
		}
		d := m.deliver(t, dir, f, rapid.IntRange(1, 4).Draw(t, "files"))
		o := tabulate.Options{
			Dimensions: everything, MaxRejects: rapid.SampledFrom([]int{1000, 3}).Draw(t, "max rejects"),
			Workers: rapid.IntRange(1, 3).Draw(t, "workers"),
		}
		want, wantErr := reference(d, o)
		if rapid.Bool().Draw(t, "spill") {
			o = o.SpillAt(1)
		}
		got, err := tabulate.Extract(t.Context(), d, catalogue, o)
		if (err == nil) != (wantErr == nil) || err != nil && m.manifest.Encoding != "utf-8" {
			t.Fatalf("reference: %v\nengine: %v", wantErr, err)
		}
		if err != nil {
			return // GB18030 read as UTF-8 leaves too few devices
		}
		if diff := differences(want, got); diff != "" {
			t.Fatalf("reference -, engine +:\n%s", diff)
		}
	})
}

// differences compares counts exactly, and sums to 1e-9 of the estimate.
func differences(want, got *tabulate.Tables) string {
	nearly := cmp.Comparer(func(x, y panel.Estimate) bool {
		for g := range x {
			if math.Abs(x[g]-y[g]) > 1e-9*max(math.Abs(x[0]), math.Abs(x[g])) {
				return false
			}
		}
		return true
	})
	loosely := cmp.Comparer(func(x, y tabulate.LooseOverlap) bool {
		return x.Pair == y.Pair && x.N == y.N && math.Abs(x.Devices-y.Devices) <= 1e-9*math.Abs(x.Devices)
	})
	return cmp.Diff(want, got, nearly, loosely)
}

// Shards add up to the whole, to the last bit.
func TestShardsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "month")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := drawMonth(t)
		m.withUniverse(t, dir)
		d := m.deliver(t, dir, drawForm(t), rapid.IntRange(1, 3).Draw(t, "files"))
		o := tabulate.Options{Dimensions: everything, MaxRejects: rapid.SampledFrom([]int{1000, 3}).Draw(t, "max rejects"), Workers: 2}
		want, err := tabulate.Extract(t.Context(), d, catalogue, o)
		if err != nil {
			t.Fatal(err)
		}
		got, err := inShards(t, d, catalogue, o, rapid.SampledFrom([]int{1, 2, 2, 3, 3, 7}).Draw(t, "shards"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("whole -, merged +:\n%s", diff)
		}
	})
}

func inShards(t *rapid.T, d extract.Delivery, cat *panel.Catalogue, o tabulate.Options, n int) (*tabulate.Tables, error) {
	var names []string
	var parts []io.Reader
	for i := range n {
		var part bytes.Buffer
		o.Shard = tabulate.Shard{Index: i + 1, Of: n}
		if err := tabulate.WritePart(t.Context(), d, cat, o, &part); err != nil {
			return nil, err
		}
		names, parts = append(names, fmt.Sprint("part ", i+1)), append(parts, &part)
	}
	order := rapid.Permutation(parts).Draw(t, "order of parts")
	return tabulate.Merge(names, order)
}
