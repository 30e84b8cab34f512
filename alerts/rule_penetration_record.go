package alerts

import (
	"fmt"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// The same judgement as record_high, of the share of all devices: it can rise
// while devices do not, and the other way round.
var penetrationRecord = Rule{
	Name:  "penetration_record",
	Zh:    "全网渗透率高于此前所有月份，且超出抽样误差；持续攀升时，较上次告知再升一定幅度才再次告知",
	En:    "The share of all devices is above every earlier month, by more than sampling error; in a climb, told again only by a least rise above the one told last.",
	Needs: func(Params) []Need { return []Need{{Indicator: Penetration, Dimension: panel.All.Dimension}} },
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, s := range h.Series {
			if s.Indicator != Penetration {
				continue
			}
			if f, ok := judgePenetration(s, h.Month, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

func judgePenetration(s Series, m panel.Month, p Params) (f Finding, ok bool) {
	record, ok := judgeRecord(s, m, p)
	if !ok {
		return Finding{}, false
	}
	now, _ := s.at(m)
	f = aboutSeries("penetration_record", s, now, p).because(penetrationFact(now, s))
	if !record.told() {
		return f.unless(record.Verdict, record.Facts[len(record.Facts)-1]), true
	}
	if told, before := recordTold(s, m, p); before {
		return f.lasting(toldIn(told)), true
	}
	f.Label = "渗透率新高"
	return f, true
}

// penetrationFact compares with the peak of the first year known, in
// percentage points: a difference of two percentages is never a percentage.
func penetrationFact(now expect.Point, s Series) Fact {
	zh, en := plusMinus(now)
	f := Fact{
		fmt.Sprintf("全网渗透率 %s%s，为 %s 以来最高", percent(now.Value), zh, s.Points[0].Month),
		fmt.Sprintf("%s of all devices%s, the most since %s", percent(now.Value), en, s.Points[0].Month),
	}
	first := s.Points[0].Month.Year()
	if first == now.Month.Year() {
		return f
	}
	peak := highest(s.before(panel.MonthOf(first+1, 1)))
	zhPoints, enPoints := points(100 * (now.Value - peak.Value))
	f.Zh += fmt.Sprintf("，较 %d 年峰值 +%s", first, zhPoints)
	f.En += fmt.Sprintf(", +%s on the peak of %d", enPoints, first)
	return f
}
