package chart

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestAnyBars: whatever the rows and parts, their labels stay inside the frame
// and apart.
func TestAnyBars(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for name, c := range anyBars(t) {
			p, err := c.draw()
			if err != nil {
				t.Fatal(err)
			}
			checkBoxes(t.Fatalf, name, p.boxes)
			if p.err != nil || c.Alt() == "" {
				t.Fatalf("%s: %v, alt %q", name, p.err, c.Alt())
			}
		}
	})
}

func anyHead(t *rapid.T) Head {
	return Head{
		Language: rapid.SampledFrom([]string{Chinese, English}).Draw(t, "language"),
		Numerals: rapid.SampledFrom([]string{"", InWan, InMillion}).Draw(t, "numerals"),
		Title:    strings.Repeat("铁路12306：is high ", rapid.IntRange(1, 12).Draw(t, "title")),
		Subtitle: strings.Repeat("月独立设备数 ", rapid.IntRange(0, 20).Draw(t, "subtitle")), Source: "来源",
	}
}

func anyError(t *rapid.T, v float64) float64 {
	return rapid.SampledFrom([]float64{0, 0.01 * v, 2 * v, math.NaN()}).Draw(t, "error")
}

func anyRows(t *rapid.T) RankBars {
	b := RankBars{Head: anyHead(t), Unit: Devices}
	magnitude := math.Pow(10, rapid.Float64Range(0, 14).Draw(t, "magnitude"))
	for i := range rapid.IntRange(1, 40).Draw(t, "rows") {
		v := magnitude * rapid.Float64Range(0, 1).Draw(t, "value")
		b.Rows = append(b.Rows, Row{
			Rank: i + 1, Name: strings.Repeat("内蒙古12333 ", rapid.IntRange(1, 5).Draw(t, "name")),
			Note: rapid.SampledFrom([]string{"", "内蒙古", "黑龙江-齐齐哈尔 "}).Draw(t, "note"), Value: v, SE: anyError(t, v),
			Low: max(1, i-rapid.IntRange(0, 3).Draw(t, "low")), High: i + 1 + rapid.IntRange(0, 90).Draw(t, "high"),
			Tied: rapid.Bool().Draw(t, "tied"), Marked: rapid.Bool().Draw(t, "marked"),
			Move: Move{Known: true, Places: rapid.IntRange(-99, 99).Draw(t, "places"), From: rapid.IntRange(0, 100).Draw(t, "from")},
		})
	}
	return b
}

func anyParts(t *rapid.T) Parts {
	c := Parts{
		Head: anyHead(t), Unit: rapid.SampledFrom([]Unit{Ratio, Index, Devices}).Draw(t, "unit"),
		Before: rapid.SampledFrom([]string{"", "2022-01 至 2022-12", strings.Repeat("before ", 40)}).Draw(t, "before"), Now: "2023-01 至 2023-12",
		Limit: rapid.SampledFrom([]float64{0, 0.5, 130, math.NaN()}).Draw(t, "limit"),
	}
	for range rapid.IntRange(1, 30).Draw(t, "parts") {
		before, now := rapid.Float64Range(0, 300).Draw(t, "then"), rapid.Float64Range(0, 300).Draw(t, "now")
		c.Parts = append(c.Parts, Part{
			Name: strings.Repeat("新一线城市 ", rapid.IntRange(1, 6).Draw(t, "name")), Before: before, BeforeSE: anyError(t, before),
			Now: now, SE: anyError(t, now), Marked: rapid.Bool().Draw(t, "marked"),
		})
	}
	return c
}

// TestAnyDay: labels find a place off the lines, whatever the day.
func TestAnyDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := Hours{Head: anyHead(t), UsualName: "过去一年中位数", NowName: "2023-12", From: rapid.IntRange(0, 23).Draw(t, "from")}
		h.To = (h.From + rapid.IntRange(1, 23).Draw(t, "to")) % 24
		level, swing := rapid.Float64Range(0.01, 0.08).Draw(t, "level"), rapid.Float64Range(0, 1).Draw(t, "swing")
		for hour := range hoursOfDay {
			x := 2 * math.Pi * float64(hour-h.From) / hoursOfDay
			h.Usual[hour] = level * (1 + swing*math.Cos(x))
			h.Now[hour] = level * (1 + swing*math.Cos(x-2*math.Pi*float64(h.To-h.From)/hoursOfDay))
		}
		p, err := h.draw()
		if err != nil {
			t.Fatal(err)
		}
		checkBoxes(t.Fatalf, "day", p.boxes)
		if p.err != nil {
			t.Fatal(p.err)
		}
	})
}

func TestPartsAndHoursRefuse(t *testing.T) {
	bad := busyHour()
	bad.Now[3] = math.NaN()
	outside := busyHour()
	outside.To = 24
	for want, c := range map[string]drawn{
		"no part to draw":            Parts{},
		"甲: value -1 is negative":    Parts{Parts: []Part{{Name: "甲", Now: -1}}},
		"甲: value 1e+16 is beyond":   Parts{Parts: []Part{{Name: "甲", Before: 1e16}}},
		"hour 3: no share of a day":  bad,
		"hours 10 and 24 are not of": outside,
	} {
		if _, err := c.PNG(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func anyBars(t *rapid.T) map[string]drawn {
	if rapid.Bool().Draw(t, "of a list") {
		return map[string]drawn{"rows": anyRows(t)}
	}
	return map[string]drawn{"parts": anyParts(t)}
}
