package alerts

import (
	"fmt"
	"math"
	"strings"

	"panelwatch/alerts/expect"
)

// A part of an expectation has a name and a factor minus one.
type part struct {
	zh, en string
	factor float64
}

// visible are the parts that do not round to nothing, in their order.
func visible(p expect.Parts) (out []part) {
	for _, x := range []part{
		{"趋势", "trend", p.Trend},
		{"季节", "season", p.Season},
		{"节假日", "holidays", p.Holiday},
		{"类别整体", "category", p.Category},
	} {
		if math.Abs(x.factor) >= 0.0005 {
			out = append(out, x)
		}
	}
	return out
}

// decompositionZh reads: 水平 9812.3万 × 季节 +12.3% × 节假日 +9.1%. The parts
// multiply to the expectation.
func decompositionZh(p expect.Parts) string {
	unit := scaleZh(p.Level)
	text := []string{"水平 " + unit.number(p.Level) + unit.suffix}
	for _, x := range visible(p) {
		text = append(text, fmt.Sprintf("%s %s", x.zh, signed(x.factor)))
	}
	return strings.Join(text, " × ")
}

func decompositionEn(p expect.Parts) string {
	unit := scaleEn(p.Level)
	text := []string{"level " + unit.number(p.Level) + unit.suffix}
	for _, x := range visible(p) {
		text = append(text, fmt.Sprintf("%s %s", x.en, signed(x.factor)))
	}
	return strings.Join(text, " × ")
}
