package tabulate_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"panelwatch/etl/extract"
	"panelwatch/etl/tabulate"
)

const fuzzDevices = "device_id,weight,rep_group\nd1,2000,1\nd2,3000,2\n\"d,3\",1000,3\na-name-of-more-than-24-bytes,1500,2\n设备,2500,4\n"

// fuzzDelivery is a delivery of the given usage, of so many rows.
func fuzzDelivery(t *testing.T, usage []byte, rows int) extract.Delivery {
	m := manifest("day", 1)
	m.Files = []extract.File{
		{Name: "devices.csv", Table: extract.TableDevices, Rows: 5}, {Name: "usage.csv", Table: extract.TableUsage, Rows: rows},
	}
	d := extract.Delivery{Dir: t.TempDir(), Manifest: m}
	if err := extract.WriteDelivery(d.Dir, m, [][]byte{[]byte(fuzzDevices), usage}); err != nil {
		t.Fatal(err)
	}
	return d
}

// rowsOf is what the reference counts in a file of usage.
func rowsOf(t *testing.T, usage []byte) (n int) {
	var fault *extract.DataError
	if _, err := reference(fuzzDelivery(t, usage, 0), tabulate.Options{}); errors.As(err, &fault) {
		_, _ = fmt.Sscanf(fault.Msg, "has %d rows", &n)
	}
	return n
}

// FuzzCSV holds the engine to the reference, which reads with encoding/csv:
// both refuse a file, or both say the same of it.
func FuzzCSV(f *testing.F) {
	head := "day,device_id,app_id,uses,seconds\n"
	for _, rows := range []string{
		"2023-12-01,d1,geshui,1,2\n2023-12-01,d1,geshui,1,2\r\n", "\"2023-12-01\",\"d,3\",\"geshui\",\"1\",\"2\"\n",
		"2023-12-01,d1,geshui,1,2\r2023-12-02,d2,geshui,1,2", "\n\n2023-12-01,设备,geshui,1,2\n,,,,\n", "2023-12-01,d\"1,geshui,1,2\n2023-12-01,\"d1\"x,geshui,1,2\n",
		"2023-12-01,\"d\n1\",geshui,1,2\n", "2023-12-01,\"d1,geshui,1,2\n", "2023-12-01, d1 ,geshui,1,2,\n2023-12-01,d1,geshui,1\n", "\xff,d1,geshui,1,2\n",
		"2023-12-01,a-name-of-more-than-24-bytes,yunshanfu,4294967295,86400\n", "20231201,d1,geshui,01,１\n", "2023-12-01,\"d\"\"1\",geshui,1,2\n\x00\n",
	} {
		f.Add([]byte(head + rows))
	}
	f.Fuzz(func(t *testing.T, usage []byte) {
		if bytes.HasPrefix(usage, []byte("PAR1")) {
			return
		}
		d := fuzzDelivery(t, usage, rowsOf(t, usage))
		want, wantErr := reference(d, tabulate.Options{})
		got, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{Workers: 2})
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("reference: %v\nengine: %v", wantErr, err)
		}
		if err == nil {
			if diff := differences(want, got); diff != "" {
				t.Fatalf("reference -, engine +:\n%s", diff)
			}
		}
	})
}

// FuzzParquet writes rows of CSV as Parquet too, and holds the one to the
// other; then it damages a byte, and wants an answer or an error, no panic.
func FuzzParquet(f *testing.F) {
	f.Add("2023-12-01,d1,geshui,1,2\n2023-12-01,d1,geshui,1,2\n", uint16(0), byte(0))
	f.Add("2023-12-01,\"d,3\",yunshanfu,1,2\n2023-12-02,,geshui,,2\n2023-12-02,设备,geshui,x,2\n", uint16(40), byte(1))
	f.Add("2023-12-01,a-name-of-more-than-24-bytes,zhifubao,5000,86400\n", uint16(300), byte(255))
	f.Fuzz(func(t *testing.T, text string, at uint16, flip byte) {
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord = 5
		rows, err := r.ReadAll()
		if err != nil || len(rows) == 0 || slices.ContainsFunc(rows, unfit) {
			return
		}
		x := table{[]string{"day", "device_id", "app_id", "uses", "seconds"}, rows}
		file := stringsAsParquet(t, x, flip%2 == 0)
		want, err := reference(fuzzDelivery(t, form{}.bytes(x), len(rows)), tabulate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := tabulate.Extract(t.Context(), fuzzDelivery(t, file, len(rows)), catalogue, tabulate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		want.Rejects, got.Rejects, want.Notes, got.Notes = nil, nil, nil, nil
		if diff := differences(want, got); diff != "" {
			t.Fatalf("CSV -, Parquet +:\n%s", diff)
		}
		file[int(at)%len(file)] ^= flip
		_, _ = tabulate.Extract(t.Context(), fuzzDelivery(t, file, len(rows)), catalogue, tabulate.Options{})
	})
}

// unfit are rows that CSV and Parquet do not have in common: blank ones, and
// cells that CSV spells otherwise.
func unfit(row []string) bool {
	return strings.TrimSpace(strings.Join(row, "")) == "" ||
		slices.ContainsFunc(row, func(c string) bool { return strings.Contains(c, "\r") || strings.Contains(c, "\ufffd") || !isUTF8(c) })
}

func isUTF8(s string) bool { return strings.ToValidUTF8(s, "?") == s }

func stringsAsParquet(t *testing.T, x table, dictionary bool) []byte {
	fields := parquet.Group{}
	for _, name := range x.columns {
		node := parquet.Optional(parquet.String())
		if dictionary {
			node = parquet.Encoded(node, &parquet.RLEDictionary)
		}
		fields[name] = node
	}
	text := func(c string) parquet.Value { return parquet.ByteArrayValue([]byte(c)) }
	schema := parquet.NewSchema("rows", fields)
	var out bytes.Buffer
	w := parquet.NewWriter(&out, schema)
	for _, row := range x.rows {
		if _, err := w.WriteRows([]parquet.Row{parquetRow(schema, x.columns, row, slices.Repeat([]func(string) parquet.Value{text}, 5))}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
