package seriesfile_test

import (
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/alerts/seriesfile"
	"panelwatch/etl/panel"
)

var profiles = []string{"none", "rail"}

func TestRead(t *testing.T) {
	const text = "value,Month,SERIES,remark,se,profile\n2,2023-02,云闪付,x,0.5,rail\n1,2023-01-01,云闪付,,,\n-,2023-01,b,,,\n"
	nan := math.NaN()
	january := panel.MustMonth("2023-01")
	want := []expect.Subject{
		{Name: "云闪付", Profile: "rail", Points: []expect.Point{{Month: january, Value: 1, SE: nan}, {Month: january + 1, Value: 2, SE: 0.5}}},
		{Name: "b", Profile: "none", Points: []expect.Point{{Month: january, Value: nan, SE: nan}}},
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, as := range map[string]string{"utf-8": text, "with a mark": "\ufeff" + text, "gb18030": gb, "windows lines": strings.ReplaceAll(text, "\n", "\r\n")} {
		got, err := seriesfile.Read(strings.NewReader(as), "f.csv", profiles)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s, want (-), got (+):\n%s", name, diff)
		}
	}
}

// nines is a text without an end.
type nines struct{}

func (nines) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '9'
	}
	return len(p), nil
}

func TestFilesWithoutAnEndAreRefused(t *testing.T) {
	_, err := seriesfile.Read(nines{}, "f.csv", profiles)
	var fault *seriesfile.Fault
	if !errors.As(err, &fault) || fault.Error() != "f.csv: is longer than 67108864 bytes; divide it by series" {
		t.Errorf("got %v", err)
	}
}

// TestAnySeriesIsJudgedOrSaysWhyNot: whatever numbers a file holds, there is
// no panic, and either a reason or a class with numbers that are some.
func TestAnySeriesIsJudgedOrSaysWhyNot(t *testing.T) {
	table, err := calendar.Load(os.DirFS("../../configs/calendar"))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		judged := expect.Newest(expect.Structural{Calendar: table}, rapid.SliceOfN(anySeries, 1, 3).Draw(t, "series"))
		for _, v := range judged {
			if v.Reason != "" {
				continue
			}
			f := v.Forecast
			for name, x := range map[string]float64{"expected": f.Expected, "z": f.Z(v.Newest.Value), "p": f.P(v.Newest.Value)} {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					t.Fatalf("%s of %+v is %v", name, v, x)
				}
			}
			product := f.Parts.Level * (1 + f.Parts.Trend) * (1 + f.Parts.Season) * (1 + f.Parts.Holiday)
			if v.Class == "" || math.Abs(product/f.Expected-1) > 1e-3 {
				t.Fatalf("class %q, parts multiply to %v of %v", v.Class, product, f.Expected)
			}
		}
	})
}

var anySeries = rapid.Custom(func(t *rapid.T) expect.Subject {
	n := rapid.SampledFrom([]int{0, 1, 13, 26, 30, 36, 40}).Draw(t, "months")
	s := expect.Subject{Name: "s", Profile: rapid.SampledFrom(profiles).Draw(t, "profile")}
	level := math.Exp(rapid.Float64Range(-40, 40).Draw(t, "level"))
	wild := rapid.Float64Range(0, 3).Draw(t, "wild")
	m := panel.MustMonth("2019-01")
	for range n {
		m += panel.Month(rapid.SampledFrom([]int{1, 1, 1, 1, 1, 1, 1, 2, 2, 5}).Draw(t, "step"))
		p := expect.Point{Month: m, Value: level * math.Exp(wild*rapid.Float64Range(-1, 1).Draw(t, "x")), SE: math.NaN()}
		switch rapid.IntRange(0, 30).Draw(t, "odd") {
		case 0:
			p.Value = rapid.SampledFrom([]float64{0, math.NaN(), math.MaxFloat64, math.SmallestNonzeroFloat64, -1}).Draw(t, "value")
		case 1:
			p.SE = p.Value * rapid.SampledFrom([]float64{0, 0.01, 10}).Draw(t, "se")
		}
		s.Points = append(s.Points, p)
	}
	return s
})

func FuzzRead(f *testing.F) {
	f.Add([]byte("series,month,value\na,2023-12,5\n"))
	f.Add([]byte("\ufeffseries,month,value,se,profile\na,2023-12,NaN,1,rail\na,2023-12,\"1\",,\n"))
	f.Add([]byte("series,month,value\n\xb9\xfa,2023-12,1e999\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		series, err := seriesfile.Read(strings.NewReader(string(text)), "f.csv", profiles)
		var fault *seriesfile.Fault
		if err != nil && (!errors.As(err, &fault) || fault.What == "") {
			t.Errorf("%v says nothing of the file", err)
		}
		for _, s := range series {
			for i, p := range s.Points {
				if s.Name == "" || i > 0 && p.Month <= s.Points[i-1].Month || math.IsInf(p.Value, 0) {
					t.Errorf("%+v", s)
				}
			}
		}
	})
}
