package extract

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// typed is a row of columns of every type that tables come in.
type typed struct {
	App     string    `parquet:"应用名称,dict"`
	Month   int32     `parquet:"月份,date"`
	Devices int64     `parquet:"月独立设备数(台),decimal(1:18)"`
	MoM     *float64  `parquet:"环比增幅(%),optional"`
	Mean    float32   `parquet:"日均独立设备数(万台)"`
	Hours   uint32    `parquet:"月度总有效时长(小时)"`
	Uses    int64     `parquet:"月总使用次数(次)"`
	At      time.Time `parquet:"一级分类,timestamp"`
	Flag    bool      `parquet:"二级分类"`
}

func parquetOf[T any](t testing.TB, rows ...T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := parquet.Write(&out, rows); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestParquetTypes holds what values of each type are as text.
func TestParquetTypes(t *testing.T) {
	growth := -1.6
	day := time.Date(2023, 12, 1, 0, 0, 0, 0, time.UTC)
	content := parquetOf(t,
		typed{"闽政通", int32(day.Unix() / secondsPerDay), 179680005, &growth, 239.6, 1 << 31, 7, day, true},
		typed{"浙里办", int32(day.Unix() / secondsPerDay), -5, nil, 0.1, 0, -1, day.Add(time.Hour), false})
	b := fileOf(t, t.TempDir(), TableAppMonth, content)
	s, err := b.open(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	want := []map[string]string{
		{
			"app": "闽政通", "month": "2023-12-01", "devices": "17968000.5", "mom": "-1.6", "dau_avg": "239.6",
			"total_hours": "2147483648", "total_uses": "7", "category_l1": "2023-12-01", "category_l2": "true",
		},
		{
			"app": "浙里办", "month": "2023-12-01", "devices": "-0.5", "mom": "", "dau_avg": "0.1",
			"total_hours": "0", "total_uses": "-1", "category_l1": "2023-12-01T01:00:00Z", "category_l2": "false",
		},
	}
	for i, w := range want {
		r, f, err := s.next()
		if err != nil || f != nil || r.line != i+1 {
			t.Fatal(r.line, f, err)
		}
		got := map[string]string{}
		for _, c := range r.columns {
			got[c.name] = r.cell(c.name)
		}
		if diff := cmp.Diff(w, got); diff != "" {
			t.Errorf("row %d: want -, got +:\n%s", i+1, diff)
		}
	}
	if _, _, err := s.next(); !errors.Is(err, io.EOF) {
		t.Error("no end", err)
	}
}

// TestParquetIsFlat refuses columns that hold more than one value.
func TestParquetIsFlat(t *testing.T) {
	content := parquetOf(t, struct {
		App  string   `parquet:"app"`
		Tags []string `parquet:"tags"`
	}{"a", []string{"x"}})
	_, err := fileOf(t, t.TempDir(), TableAppMonth, content).open(t.Context(), 0)
	if err == nil || !isDataError(err) || !strings.Contains(err.Error(), "is nested") {
		t.Error(err)
	}
}

// TestParquetCodecs refuses what cannot be read within bounds.
func TestParquetCodecs(t *testing.T) {
	content := parquetOf(t, struct {
		App     string  `parquet:"app,lz4"`
		Month   string  `parquet:"month"`
		Devices float64 `parquet:"devices"`
	}{"闽政通", "2023-12", 1})
	_, err := fileOf(t, t.TempDir(), TableAppMonth, content).open(t.Context(), 0)
	if err == nil || !isDataError(err) || !strings.Contains(err.Error(), "column app: is compressed by LZ4") {
		t.Error(err)
	}
}

// FuzzParquet damages a file: reading it ends in an error of the data.
func FuzzParquet(f *testing.F) {
	type small struct {
		App     string  `parquet:"app,dict,zstd"`
		Month   string  `parquet:"month,snappy"`
		Devices float64 `parquet:"devices"`
	}
	sound := parquetOf(f, small{"闽政通", "2023-12", 1}, small{"浙里办", "2023-12", 2})
	f.Add(uint16(len(sound)), uint16(40), byte(1))
	f.Add(uint16(9), uint16(60), byte(7))
	f.Fuzz(func(t *testing.T, cut, at uint16, with byte) {
		content := bytes.Clone(sound)
		content[4+int(at)%(len(content)-4)] ^= with
		if int(cut) < len(content) && cut >= 4 {
			content = append(content[:cut], sound[len(sound)-8:]...)
		}
		drain(t, fileOf(t, t.TempDir(), TableAppMonth, content))
	})
}
