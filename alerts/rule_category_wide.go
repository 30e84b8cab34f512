package alerts

import (
	"fmt"
	"math"
	"slices"

	"panelwatch/etl/panel"
)

var categoryWide = Rule{
	Name:  "category_wide",
	Zh:    "同一类别的应用多数在同一侧偏离预期：整体告知一次，各应用只就其自身的偏离告知",
	En:    "Most apps of a category leave their expectation on one side: told once for all, and each app only for what it does besides.",
	Lasts: saidAgain,
	Check: func(h History, k Knowledge, p Params) (out []Finding) {
		for _, name := range h.categories() {
			if f, ok := judgeCategory(name, h.Month, k, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// judgeCategory tells a wave in the month in which it begins.
func judgeCategory(name string, m panel.Month, k Knowledge, p Params) (f Finding, ok bool) {
	common, moved := k.categories.wave(name, m, "")
	if !moved {
		return Finding{}, false
	}
	f = about("category_wide", m, Subject{List: name, Segment: panel.All}, p)
	f = f.because(waveFact(common, k.categories.of(name, m)))
	if before, lasts := k.categories.wave(name, m-1, ""); lasts && before*common > 0 {
		return f.lasting(toldIn(m - 1)), true
	}
	return f, true
}

func waveFact(common float64, of []deviation) Fact {
	var z []float64
	side := 0
	for _, d := range of {
		z = append(z, d.z)
		if d.log*common > 0 {
			side++
		}
	}
	slices.Sort(z)
	zh, en := "高于", "above"
	if common < 0 {
		zh, en = "低于", "below"
	}
	by := percent(math.Abs(math.Expm1(common)))
	middle := panel.Decimal(z[(len(z)-1)/2], 0, 1)
	return Fact{
		fmt.Sprintf("类别整体%s预期 %s：%d 个应用中 %d 个%s预期，z 中位数 %s", zh, by, len(of), side, zh, middle),
		fmt.Sprintf("the whole category is %s %s expectation: %d of %d apps, median z %s", by, en, side, len(of), middle),
	}
}

// categories are those of the apps that have devices, sorted.
func (h History) categories() []string {
	var out []string
	for _, s := range h.totals() {
		if s.Category != "" && !slices.Contains(out, s.Category) {
			out = append(out, s.Category)
		}
	}
	slices.Sort(out)
	return out
}
