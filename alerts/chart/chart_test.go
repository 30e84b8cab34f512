package chart

import (
	"bytes"
	"image/png"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"

	"panelwatch/etl/panel"
)

// TestLabelsKeepTheirDistance looks at the boxes of all texts: inside the
// frame, and no two of them on top of each other.
func TestLabelsKeepTheirDistance(t *testing.T) {
	for name, c := range samples {
		p, err := c.draw()
		if err != nil {
			t.Fatal(err)
		}
		checkBoxes(t.Errorf, name, p.boxes)
	}
}

func checkBoxes(report func(string, ...any), name string, boxes []box) {
	for i, b := range boxes {
		if b.Min.X < 0 || b.Min.Y < 0 || b.Max.X > width || b.Max.Y > height {
			report("%s: %s %q at %v leaves the frame", name, b.role, b.text, b.Rectangle)
		}
		for _, o := range boxes[:i] {
			if overlap(b.Rectangle, o.Rectangle) {
				report("%s: %s %q lies on %s %q", name, b.role, b.text, o.role, o.text)
			}
		}
	}
}

func overlap(a, b vg.Rectangle) bool {
	const touch = 0.5 // points: line boxes may touch
	return a.Min.X+touch < b.Max.X && b.Min.X+touch < a.Max.X && a.Min.Y+touch < b.Max.Y && b.Min.Y+touch < a.Max.Y
}

func TestMissingMonthBreaksTheLine(t *testing.T) {
	g, err := withGaps().geometry()
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPage()
	if err != nil {
		t.Fatal(err)
	}
	g.frame(p, 330)
	var lengths []int
	for _, run := range g.lines() {
		lengths = append(lengths, len(run))
	}
	// 2021-03 and -04 are absent, 2022-07 is NaN.
	if diff := cmp.Diff([]int{14, 14, 17}, lengths); diff != "" {
		t.Errorf("stretches (-want +got):\n%s", diff)
	}
}

func TestMarkKeepsOffTheLine(t *testing.T) {
	for _, l := range []Line{recordHigh(), withGaps(), growth(), placesLine()} {
		g, err := l.geometry()
		if err != nil {
			t.Fatal(err)
		}
		p, err := newPage()
		if err != nil {
			t.Fatal(err)
		}
		g.frame(p, p.head(l.Head))
		g.drawMark(p, l.Mark)
		i := slices.IndexFunc(p.boxes, func(b box) bool { return b.role == "mark" })
		if i < 0 {
			t.Fatalf("%s: no mark", l.Title)
		}
		if g.crossed(p.boxes[i].Rectangle) {
			t.Errorf("%s: the line runs through %q", l.Title, p.boxes[i].text)
		}
	}
}

func TestRefused(t *testing.T) {
	month := panel.MustMonth("2023-09")
	for name, tc := range map[string]struct {
		chart drawn
		want  string
	}{
		"no value":        {Line{Head: head("x", "", ""), Points: []Point{{Month: month, Value: math.NaN()}}}, "no month has a value"},
		"absurd value":    {Line{Points: []Point{{Month: month, Value: 1e16}}}, "2023-09: value 1e+16 is beyond"},
		"absurd band":     {Line{Points: []Point{{Month: month, Value: 1}}, Band: []Band{{month, -1e16, 2}}}, "2023-09: value -1e+16 is beyond"},
		"missing glyph":   {Line{Head: head("上海𠮷祥办", "", ""), Points: []Point{{Month: month, Value: 1}}}, `no glyph for '𠮷' (U+20BB7)`},
		"no row":          {RankBars{}, "no row"},
		"negative row":    {RankBars{Rows: []Row{{Rank: 1, Name: "甲", Value: -1}}}, "甲: value -1 is negative"},
		"missing in name": {RankBars{Rows: []Row{{Rank: 1, Name: "甲𠮷", Value: 1}}}, "U+20BB7"},
	} {
		if _, err := tc.chart.PNG(); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, tc.want)
		}
	}
}

// TestBoldFallsBack: 圳 is only in Regular by GB2312, but an app's name has
// it, so that both weights do; 蓥 is level 2 and only Regular has it.
func TestBoldFallsBack(t *testing.T) {
	f, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	for s, bold := range map[string]bool{"深圳 12306 +9.3% ▲▼": true, "深圳蓥": false} {
		got, err := f.face(style{size: 12, bold: true}, s)
		if err != nil {
			t.Fatal(err)
		}
		if (got.Face == f.bold) != bold {
			t.Errorf("%q set in bold: %v, want %v", s, !bold, bold)
		}
	}
}

// TestFontsCoverConfigs fails when configs/ uses a character that the subset
// lacks: run fonts/subset.sh.
func TestFontsCoverConfigs(t *testing.T) {
	f, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	configs := os.DirFS("../../configs")
	err = fs.WalkDir(configs, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yaml") && !strings.HasSuffix(path, ".csv") {
			return err
		}
		text, err := fs.ReadFile(configs, path)
		if err != nil {
			return err
		}
		for _, word := range strings.Fields(string(text)) {
			if r, ok := missing(f.regular, word); !ok {
				t.Errorf("configs/%s: %q: no glyph for %q", path, word, r)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAlt(t *testing.T) {
	for want, c := range map[string]drawn{
		"铁路12306：2023年9月 1.19亿台，创 2022 年以来新高，高于预测区间。2023-09：1.19亿，预期 7689.3万 至 8670.9万，国庆预售 9/15 起 +9.3%。": recordHigh(),
		"State banks: the first two cannot be told apart. 1 Agricultural Bank of China 202.1M, 2 ICBC 198.0M, " +
			"3 China Construction Bank 171.0M, 4 Bank of China 98.0M, 5 Postal Savings Bank of China 71.0M, and 1 more.": six(),
	} {
		if diff := cmp.Diff(want, c.Alt()); diff != "" {
			t.Errorf("alt (-want +got):\n%s", diff)
		}
	}
}

// TestAnySeries: whatever the months and values, a PNG comes out, its labels
// inside the frame and apart.
func TestAnySeries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLine(t)
		p, err := l.draw()
		if err != nil {
			t.Fatal(err)
		}
		checkBoxes(t.Fatalf, "any", p.boxes)
		if rapid.IntRange(0, 9).Draw(t, "encode") > 0 {
			return // encoding takes ten times as long as drawing
		}
		data, err := p.png()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.DecodeConfig(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	})
}

func anyLine(t *rapid.T) Line {
	magnitude := math.Pow(10, rapid.Float64Range(-3, 14.5).Draw(t, "magnitude"))
	value := rapid.OneOf(rapid.Float64Range(-1, 1), rapid.Float64Range(0, 1),
		rapid.SampledFrom([]float64{0, 1, math.NaN(), math.Inf(1)}))
	l := Line{
		Unit: rapid.SampledFrom([]Unit{Devices, Ratio, Points, Places}).Draw(t, "unit"),
		Head: Head{
			Language: rapid.SampledFrom([]string{Chinese, English}).Draw(t, "language"),
			Title:    strings.Repeat("铁路12306：is high ", rapid.IntRange(0, 12).Draw(t, "title")),
			Subtitle: "月独立设备数", Source: "来源",
		},
	}
	first, months := rapid.IntRange(24000, 24300).Draw(t, "first"), rapid.IntRange(1, 200).Draw(t, "months")
	l.Points = append(l.Points, Point{Month: panel.Month(first), Value: 0.5 * magnitude})
	for i := 1; i < months; i += rapid.IntRange(1, 3).Draw(t, "gap") {
		m := panel.Month(first + i)
		v := value.Draw(t, "value") * magnitude
		l.Points = append(l.Points, Point{Month: m, Value: v})
		if rapid.Bool().Draw(t, "band") {
			l.Band = append(l.Band, Band{m, v * 0.8, v * 1.2})
		}
	}
	marked := l.Points[rapid.IntRange(0, len(l.Points)-1).Draw(t, "marked")]
	l.Mark = &Mark{Month: marked.Month, Label: strings.Repeat("国庆 +9% ", rapid.IntRange(0, 20).Draw(t, "label"))}
	return l
}

func TestFormat(t *testing.T) {
	for _, tc := range []struct {
		v        float64
		u        Unit
		language string
		want     string
	}{
		{1.19e8, Devices, Chinese, "1.19亿"},
		{17983000, Devices, Chinese, "1798.3万"},
		{99999500, Devices, Chinese, "1.00亿"},
		{99999400, Devices, Chinese, "9999.9万"},
		{9999.4, Devices, Chinese, "9999"},
		{5.253e6, Devices, English, "5.25M"},
		{1.39e9, Devices, English, "1.39B"},
		{0.144, Ratio, Chinese, "14.4%"},
		{-0.0301, Ratio, Chinese, "−3.0%"},
		{-0.00001, Ratio, Chinese, "0.0%"},
		{1.5, Points, Chinese, "1.5个百分点"},
		{1.5, Points, English, "1.5 pp"},
		{4, Places, Chinese, "第4名"},
		{math.NaN(), Devices, Chinese, "–"},
	} {
		if got := Format(tc.v, tc.u, tc.language); got != tc.want {
			t.Errorf("Format(%v, %s, %s) = %s, want %s", tc.v, tc.u, tc.language, got, tc.want)
		}
	}
}

func TestValueAxis(t *testing.T) {
	for _, tc := range []struct {
		low, high float64
		u         Unit
		want      []string
	}{
		{7e7, 1.19e8, Devices, []string{"0", "0.4亿", "0.8亿", "1.2亿"}},
		{0, 9.5e6, Devices, []string{"0", "200万", "400万", "600万", "800万", "1000万"}},
		{-0.04, 0.04, Ratio, []string{"−4%", "−2%", "0", "2%", "4%"}},
		{1, 20, Places, []string{"1", "4", "8", "12", "16", "20"}},
		{0, 0, Points, []string{"0", "0.2", "0.4", "0.6", "0.8", "1.0"}},
	} {
		s := newScale(tc.low, tc.high, tc.u)
		var got []string
		for _, v := range s.ticks {
			got = append(got, s.label(v, tc.u, Chinese))
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%v..%v %s (-want +got):\n%s", tc.low, tc.high, tc.u, diff)
		}
	}
}
