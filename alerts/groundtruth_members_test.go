package alerts_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// member turns a whole series into one of a member of it, by factors of year
// and month.
func member(whole alerts.Series, dimension, name string, f func(year, month int) float64) alerts.Series {
	s := whole
	s.Segment, s.Points = panel.Segment{Dimension: dimension, Member: name}, slices.Clone(whole.Points)
	for i, p := range s.Points {
		v := p.Value * f(p.Month.Year(), int(p.Month.OfYear()))
		s.Points[i] = expect.Point{Month: p.Month, Value: v, SE: v * math.Sqrt((1-v/1.39e9)/(v/1.39e9*4e6))}
	}
	return s
}

// only is the indicator of a series in one month, without an error.
func only(s alerts.Series, dimension, name, indicator string, m panel.Month, v float64) alerts.Series {
	s.Segment, s.Indicator, s.Unit, s.Basis = panel.Segment{Dimension: dimension, Member: name}, indicator, alerts.UnitOf(indicator), panel.FromVendor
	s.Points = []expect.Point{{Month: m, Value: v, SE: nan}}
	return s
}

// of is a series in the report by its id.
func of(all []alerts.Series, app panel.AppID) alerts.Series {
	return all[slices.IndexFunc(all, func(s alerts.Series) bool { return s.App == app && s.Segment == panel.All })]
}

// reportedMembers are the series of members and shares that honour what the
// report states of them.
func reportedMembers(all []alerts.Series) (out []alerts.Series) {
	tax := of(all, "geshui")
	share := tax
	share.Indicator, share.Unit, share.Points = alerts.Penetration, alerts.Ratio, slices.Clone(tax.Points)
	for i, p := range share.Points {
		universe := 1.385e9
		if p.Month.Year() == 2020 {
			universe = 1.375e9 // with the peak of 2020, 8.0 %
		}
		share.Points[i].Value, share.Points[i].SE = p.Value/universe, p.SE/universe
	}
	out = append(out, share)
	road := of(all, "jiaoguan12123")
	for name, shares := range map[string][4]float64{"四线城市": {0.183, 0.189, 0.195, 0.201}, "五线城市": {0.112, 0.127, 0.1422, 0.1572}} {
		out = append(out, member(road, panel.CityTier, name, func(year, _ int) float64 { return shares[year-2020] }))
	}
	rail := of(all, "tielu12306")
	for name, part := range map[string]float64{"北京": 0.049, "上海": 0.051, "深圳": 0.040} {
		out = append(out, member(rail, panel.City, name, func(int, int) float64 { return part }))
	}
	out = append(out, member(rail, panel.City, "广州", func(year, month int) float64 {
		return 0.036 * (1 + 0.4*boolTo(year == 2023 && month == 10)) // the report is silent: no peak in September
	}))
	return slices.Concat(out, reportedTGI(all), reportedHours())
}

// reportedTGI are devices and TGI of the two province tables of 2023-12.
func reportedTGI(all []alerts.Series) (out []alerts.Series) {
	m := panel.MustMonth("2023-12")
	grid := of(all, "wangshangguowang")
	union := wan("yunshanfu", "云闪付", "bank", "2023-12", nan, 9600)
	out = append(out, union)
	put := func(s alerts.Series, province string, wan, tgi float64) {
		if wan != 525.3 { // 山东 of 网上国网 is a series of its own
			out = append(out, only(s, panel.Province, province, alerts.MUD, m, wan*1e4))
		}
		out = append(out, only(s, panel.Province, province, alerts.TGI, m, tgi))
	}
	for province, v := range map[string][4]float64{
		"山东": {525.3, 121.5, 465.5, 75.0}, "四川": {430.8, 161.9, 435.2, 89.1},
		"河北": {393.0, 115.5, 368.9, 63.0}, "河南": {345.1, 136.6, 547.7, 87.1},
	} {
		put(grid, province, v[0], v[1])
		put(union, province, v[2], v[3])
	}
	put(union, "广东", 637.3, 73.2)
	return out
}

// reportedHours are the days of four banks in 2023, busy at 11 and 17.
func reportedHours() (out []alerts.Series) {
	for _, bank := range []string{"农业银行", "工商银行", "建设银行", "中国银行"} {
		for hour := range 24 {
			s := alerts.Series{
				App: panel.AppID(bank), Name: bank, Profile: "bank", Basis: panel.FromVendor,
				Indicator: alerts.HourlyShare, Unit: alerts.Ratio, Segment: panel.Segment{Dimension: panel.Hour, Member: fmt.Sprintf("G/%d", hour)},
			}
			peaks := math.Exp(-math.Pow(float64(hour-11), 2)/8) + math.Exp(-math.Pow(float64(hour-17), 2)/6)
			for m := panel.MustMonth("2023-01"); m <= panel.MustMonth("2023-12"); m++ {
				v := (0.02 + 0.05*peaks) * (1 + wave(int(m)*29+hour))
				s.Points = append(s.Points, expect.Point{Month: m, Value: v, SE: nan})
			}
			out = append(out, s)
		}
	}
	return out
}

// one reports whether a rule told of an app in a month, once and in these words.
func (r replay) one(app panel.AppID, month, rule string, words ...string) bool {
	fs := r.told(app, month, month, rule)
	if len(fs) != 1 {
		return false
	}
	for _, w := range words {
		if !strings.Contains(fs[0].Zh, w) {
			return false
		}
	}
	return true
}

// coveredMembers says for each row of the ground truth that is about members,
// hours or lists whether it was told.
var coveredMembers = map[string]func(r replay) bool{
	"A04": func(r replay) bool {
		fs := r.told("tielu12306", "2023-10", "2023-10", "local_peak")
		return len(fs) == 1 && fs[0].Of == panel.MustMonth("2023-09") && r.one("tielu12306", "2023-10", "local_peak", "2023-09", "北京", "上海", "深圳") &&
			!strings.Contains(fs[0].Zh, "广州")
	},
	"A12": func(r replay) bool {
		fs := r.told("jiaoguan12123", "2023-12", "2023-12", "share_shift")
		return len(fs) == 1 && fs[0].Subject.Segment.Member == "五线城市" &&
			strings.Contains(fs[0].Zh, "+1.5个百分点") && fs[0].SE > 0
	},
	"A17": func(r replay) bool {
		return r.one("wangshangguowang", "2023-12", "tgi_base_conflict", "云闪付", "山东 1.436", "四川 1.836", "河北 1.721", "河南 2.489")
	},
	"A27": func(r replay) bool { return len(r.told("geshui", "2020-01", "2023-12", "missing_peak")) > 0 },
	"A28": func(r replay) bool {
		return r.one("geshui", "2023-03", "penetration_record", "全网渗透率 13.0%", "以来最高")
	},
	"A31": func(r replay) bool {
		return r.one("江苏政务服务", "2023-12", "growth_leader", "近6个月复合增长率 +4.4%/月", "地方政务榜内最高")
	},
	"A39": func(r replay) bool {
		for _, f := range r.told("yunshanfu", "2020-01", "2023-12", "tgi_preference") {
			if strings.Contains(f.Zh, "广东") {
				return true
			}
		}
		return false
	},
	"A41": func(r replay) bool {
		for _, bank := range []panel.AppID{"农业银行", "工商银行", "建设银行", "中国银行"} {
			if len(r.told(bank, "2023-12", "2023-12", "peak_hour_shift")) > 0 {
				return true
			}
		}
		return false
	},
}

// statedValues are the figures of the report that a message has to print.
var statedValues = map[string]func(r replay) bool{
	"A29": func(r replay) bool {
		fs := r.told("geshui", "2023-03", "2023-03", "penetration_record")
		return len(fs) == 1 && strings.Contains(fs[0].Zh, "较 2020 年峰值 +5.0个百分点") && strings.Contains(fs[0].En, "+5.0 pp on the peak of 2020")
	},
	"A30": func(r replay) bool {
		for _, f := range r.findings {
			if f.Month == panel.MustMonth("2023-12") && f.Subject.App == "闽政通" && f.Rule == "rank_change" {
				return false // first in June and in December
			}
		}
		return true
	},
}

// TestMissingSurge: of a year like the reported ones, but for its surge, the
// rule says so when the season has closed, once.
func TestMissingSurge(t *testing.T) {
	tax := of(reported(), "geshui")
	for i, p := range tax.Points {
		if p.Month.Year() == 2023 && p.Month.OfYear() >= 3 && p.Month.OfYear() <= 6 {
			tax.Points[i].Value, tax.Points[i].SE = 8.1e7, 1.2e5
		}
	}
	c := shippedCalendar(t)
	know := alerts.Knowledge{Calendar: c, Model: expect.Structural{Calendar: c}}
	rules := alerts.Settings{"missing_peak": shippedRules(t)["missing_peak"]}
	var got []string
	for m := panel.MustMonth("2020-01"); m <= panel.MustMonth("2023-12"); m++ {
		findings, _ := alerts.Judge(alerts.History{Month: m, Series: []alerts.Series{tax}}, know, rules)
		for _, f := range findings {
			got = append(got, fmt.Sprintf("%s %s %s %s", m, f.Severity, f.Verdict, f.Facts[0].Zh))
		}
	}
	want := "2023-06 high fired 个税年度汇算申报期 3/1–6/30内没有出现往年的高峰，最高为 2023-03，较平常月份中位数 +1.1%"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
}
