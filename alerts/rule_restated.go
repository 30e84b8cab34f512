package alerts

import (
	"fmt"
	"math"

	"panelwatch/etl/panel"
)

// A Restatement is the monthly devices of an app in an earlier month that were
// told and are others now.
type Restatement struct {
	App     panel.AppID
	Name    string // as shown
	Month   panel.Month
	Was, Is float64 // Is is NaN where there is no such number any more
	SE      float64 // of the change, NaN when not known
	Others  int     // further numbers of the app and month that moved with it
}

var restated = Rule{
	Name: "restated",
	Zh:   "上次告知之后，此前某月的月独立设备数被更正，且超出抽样误差",
	En:   "Since the last month was told, the devices of an earlier month were corrected, beyond sampling error.",
	Data: true,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, x := range h.Restated {
			out = append(out, judgeRestated(h.Month, x, p))
		}
		return out
	},
}

// judgeRestated is about the month in which the correction is told; its value
// is the relative change of the month corrected.
func judgeRestated(m panel.Month, x Restatement, p Params) Finding {
	f := about("restated", m, Subject{App: x.App, Segment: panel.All}, p)
	f.Series = Series{App: x.App, Name: x.Name, Segment: panel.All}
	if math.IsNaN(x.Is) {
		return f.because(x.withdrawn())
	}
	f.Value, f.SE, f.Unit, f.Z = x.Is/x.Was-1, x.SE/x.Was, Ratio, (x.Is-x.Was)/x.SE
	f.Indicator, f.Of = MUD, x.Month
	f = f.because(x.moved())
	switch {
	case math.Abs(f.Z) <= z95:
		return f.unless(Noise, withinError)
	case math.Abs(f.Value) < p.MinEffect:
		return f.unless(Suppressed, tooSmall)
	case math.IsNaN(f.Z):
		return f.because(noError)
	}
	return f.because(Fact{"更正超出抽样误差", "beyond sampling error"})
}

func (x Restatement) moved() Fact {
	change := signed(x.Is/x.Was - 1)
	zh := fmt.Sprintf("%s 由 %s 更正为 %s（%s", x.Month, fineZh(x.Was), fineZh(x.Is), change)
	en := fmt.Sprintf("%s restated from %s to %s (%s", x.Month, devicesEn(x.Was), devicesEn(x.Is), change)
	if x.Others > 0 {
		zh += fmt.Sprintf("，该月另有 %d 个数变动", x.Others)
		en += fmt.Sprintf(", with %d further numbers of that month", x.Others)
	}
	return Fact{zh + "）", en + ")"}
}

func (x Restatement) withdrawn() Fact {
	return Fact{
		fmt.Sprintf("%s 曾告知 %s，更正后无此数", x.Month, fineZh(x.Was)),
		fmt.Sprintf("%s was told as %s and has no number since its correction", x.Month, devicesEn(x.Was)),
	}
}

// fineZh does not round to 亿, where two digits after the point would hide what
// moved.
func fineZh(v float64) string {
	if s := scaleZh(v); s == scalesZh[0] {
		return FormatWan(v) + "万台"
	}
	return devicesZh(v)
}

var tooSmall = Fact{"变动小于告知限度", "a change below min_effect"}
