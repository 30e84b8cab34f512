package tabulate_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// A generated month: devices that use about 11 of 100 apps each, 75,000 of
// them unless the command line says otherwise.
var benchDevices = flag.Int("devices", 75_000, "devices of the generated months")

const benchApps = 100

func benchCatalogue(b *testing.B) *panel.Catalogue {
	cat := &panel.Catalogue{Dimensions: catalogue.Dimensions}
	for i := range benchApps {
		cat.Apps = append(cat.Apps, panel.App{ID: panel.AppID(fmt.Sprintf("app%03d", i)), Name: fmt.Sprint("应用", i), Category: fmt.Sprint(i % 5)})
	}
	if err := cat.Index(); err != nil {
		b.Fatal(err)
	}
	return cat
}

func benchRows(shuffled bool) (devices []byte, usage [][]byte) {
	r := rand.New(rand.NewPCG(1, 2))
	var text bytes.Buffer
	text.WriteString("device_id,weight,province,city_tier,gender,age_band,marital,occupation_tags\n")
	pick := func(dimension string) string {
		members := catalogue.Dimensions[dimension]
		return members[r.IntN(len(members))]
	}
	for i := range *benchDevices {
		id := fmt.Sprintf("%016x", uint64(i+1)*0x9e3779b97f4a7c15)
		fmt.Fprintf(&text, "%s,%.9f,%s,%s,%s,%s,%s,%s\n", id, 1e4/float64(*benchDevices), pick(panel.Province), pick(panel.CityTier),
			pick(panel.Gender), pick(panel.AgeBand), pick(panel.Marital), pick(panel.Occupation))
		for app := range benchApps {
			for day := 1; day <= 31 && r.IntN(100) < 11; day += 1 + r.IntN(16) {
				usage = append(usage, fmt.Appendf(nil, "2023-12-%02d,%s,app%03d,%d,%d\n", day, id, app, 1+r.IntN(20), r.IntN(5000)))
			}
		}
	}
	if shuffled {
		r.Shuffle(len(usage), func(i, j int) { usage[i], usage[j] = usage[j], usage[i] })
	}
	return text.Bytes(), usage
}

func benchMonth(b *testing.B, packing string, shuffled bool) extract.Delivery {
	devices, rows := benchRows(shuffled)
	usage := pack(append([]byte("day,device_id,app_id,uses,seconds\n"), bytes.Join(rows, nil)...), packing)
	m := manifest("day", 1)
	m.Files = []extract.File{
		{Name: "devices.csv", Table: extract.TableDevices, Rows: *benchDevices},
		{Name: "usage.csv", Table: extract.TableUsage, Rows: len(rows)},
	}
	d := extract.Delivery{Dir: b.TempDir(), Manifest: m}
	if err := extract.WriteDelivery(d.Dir, m, [][]byte{devices, usage}); err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkExtract tabulates a month of about 1,000,000 rows; rows/op and
// allocs/op together tell that no row allocates.
func BenchmarkExtract(b *testing.B) {
	cat := benchCatalogue(b)
	for _, packing := range []string{"", "gzip", "zstd"} {
		for _, order := range []string{"sorted", "shuffled"} {
			d := benchMonth(b, packing, order == "shuffled")
			b.Run("csv"+packing+"/"+order, func(b *testing.B) { extractBench(b, d, cat) })
		}
	}
}

// A benchUse is a row of usage in Parquet.
type benchUse struct {
	Day     int32  `parquet:"day,date"`
	Device  string `parquet:"device_id,dict"`
	App     string `parquet:"app_id,dict"`
	Uses    int32  `parquet:"uses"`
	Seconds int32  `parquet:"seconds"`
}

// BenchmarkParquet tabulates the same months with their usage in Parquet.
func BenchmarkParquet(b *testing.B) {
	cat := benchCatalogue(b)
	for _, order := range []string{"sorted", "shuffled"} {
		devices, rows := benchRows(order == "shuffled")
		m := manifest("day", 1)
		m.Files = []extract.File{
			{Name: "devices.csv", Table: extract.TableDevices, Rows: *benchDevices},
			{Name: "usage.parquet", Table: extract.TableUsage, Rows: len(rows)},
		}
		d := extract.Delivery{Dir: b.TempDir(), Manifest: m}
		if err := extract.WriteDelivery(d.Dir, m, [][]byte{devices, benchParquet(b, rows)}); err != nil {
			b.Fatal(err)
		}
		b.Run(order, func(b *testing.B) { extractBench(b, d, cat) })
	}
}

func benchParquet(b *testing.B, rows [][]byte) []byte {
	var out bytes.Buffer
	w := parquet.NewGenericWriter[benchUse](&out, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(120_000))
	first := int32(panel.MustMonth("2023-12").Start().Unix() / 86_400)
	for _, row := range rows {
		var u benchUse
		cells := bytes.Split(bytes.TrimSpace(row), []byte(","))
		u.Device, u.App = string(cells[1]), string(cells[2])
		if _, err := fmt.Sscanf(string(cells[0])+" "+string(cells[3])+" "+string(cells[4]), "2023-12-%d %d %d", &u.Day, &u.Uses, &u.Seconds); err != nil {
			b.Fatal(err)
		}
		u.Day += first - 1
		if _, err := w.Write([]benchUse{u}); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkReplicates tells what the 80 replicates cost: the same month with
// them and without.
func BenchmarkReplicates(b *testing.B) {
	cat, d := benchCatalogue(b), benchMonth(b, "", false)
	o := tabulate.Options{Dimensions: benchDimensions}
	run := func(name string, do func(context.Context, extract.Delivery, *panel.Catalogue, tabulate.Options) (*tabulate.Tables, error)) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := do(context.Background(), d, cat, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("80", tabulate.Extract)
	run("none", tabulate.ExtractWhole)
}

var benchDimensions = []string{panel.Province, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital, panel.Occupation}

func extractBench(b *testing.B, d extract.Delivery, cat *panel.Catalogue) {
	b.ReportAllocs()
	o := tabulate.Options{Dimensions: benchDimensions}
	for b.Loop() {
		if _, err := tabulate.Extract(context.Background(), d, cat, o); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(d.Rows())*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(d.Rows()), "rows/op")
}

// BenchmarkFloor reads and inflates the same files, and does no more.
func BenchmarkFloor(b *testing.B) {
	for _, packing := range []string{"", "gzip", "zstd"} {
		d := benchMonth(b, packing, false)
		b.Run("csv"+packing, func(b *testing.B) {
			for b.Loop() {
				floor(b, d, packing)
			}
			b.ReportMetric(float64(d.Rows())*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func floor(b *testing.B, d extract.Delivery, packing string) {
	buffer := make([]byte, 1<<20)
	for i, f := range d.Manifest.Files {
		in, err := os.Open(filepath.Join(d.Dir, f.Name))
		if err != nil {
			b.Fatal(err)
		}
		var r io.Reader = in
		if i > 0 {
			r = inflate(b, in, packing)
		}
		for err == nil {
			_, err = r.Read(buffer)
		}
		if err != io.EOF {
			b.Fatal(err)
		}
		in.Close()
	}
}

func inflate(b *testing.B, in io.Reader, packing string) io.Reader {
	switch packing {
	case "gzip":
		r, err := gzip.NewReader(in)
		if err != nil {
			b.Fatal(err)
		}
		return r
	case "zstd":
		r, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(r.Close)
		return r
	}
	return in
}
