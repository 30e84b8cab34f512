package chart

import (
	"math"
	"strings"

	"panelwatch/etl/panel"
)

// A Unit says how a value is written.
type Unit string

// Devices are counts (台), a Ratio of 0.144 is 14.4%, Points are percentage
// points, Places are ranks: the first place is drawn at the top.
const (
	Devices Unit = "devices"
	Ratio   Unit = "ratio"
	Points  Unit = "pp"
	Places  Unit = "rank"
	Index   Unit = "index" // 100 for the average
)

// A magnitude is a power of ten with a word for it.
type magnitude struct {
	size  float64
	shift int // size is 10 to the power of -shift
	word  string
}

var magnitudes = map[string][]magnitude{
	Chinese: {{1e8, -8, "亿"}, {1e4, -4, "万"}, {1, 0, ""}},
	English: {{1e9, -9, "B"}, {1e6, -6, "M"}, {1e3, -3, "K"}, {1, 0, ""}},
}

func inLanguage(language string) []magnitude {
	if m, ok := magnitudes[language]; ok {
		return m
	}
	return magnitudes[Chinese]
}

// magnitudeOf is the largest magnitude that makes v at least one, once v is
// rounded as it will be written: 9999.95万 is 1.00亿.
func magnitudeOf(v float64, language string) magnitude {
	all := inLanguage(language)
	for i, m := range all {
		if math.Abs(v) >= m.size {
			return m
		}
		if i+1 < len(all) {
			next := all[i+1].size
			if math.Round(math.Abs(v)/next*10)/10*next >= m.size {
				return m
			}
		}
	}
	return all[len(all)-1]
}

// Format writes a value as a label: 1.19亿, 1798.3万, 14.4%, 0.6个百分点.
func Format(v float64, u Unit, language string) string { return written(v, u, language, language) }

func written(v float64, u Unit, language, script string) string {
	switch {
	case !finite(v):
		return "–"
	case u == Ratio:
		return fixed(v, 2, 1) + "%"
	case u == Index:
		return fixed(v, 0, 0)
	case u == Points && language == English:
		return fixed(v, 0, 1) + " pp"
	case u == Points:
		return fixed(v, 0, 1) + "个百分点"
	case u == Places && language == English:
		return "No. " + fixed(v, 0, 0)
	case u == Places:
		return "第" + fixed(v, 0, 0) + "名"
	}
	m := magnitudeOf(v, script)
	return fixed(v, m.shift, decimals(m, v)) + m.word
}

// decimals: an 亿 or a B is a big step and gets two, as do a few M; a K is a
// small one.
func decimals(m magnitude, v float64) int {
	switch {
	case m.word == "" || m.word == "K":
		return 0
	case m.word == "亿", m.word == "B", m.word == "M" && math.Abs(v) < 9.995e6:
		return 2
	}
	return 1
}

// fixed writes v x 10^shift with so many places and a proper minus.
func fixed(v float64, shift, places int) string {
	return strings.Replace(panel.Decimal(v, shift, places), "-", "−", 1)
}
