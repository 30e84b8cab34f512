package alerts_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

func TestGrowthLeader(t *testing.T) {
	base := entries(0.002, "甲=200", "乙=150", "丙=100", "丁=40")
	for _, tc := range []struct {
		name      string
		base, now []alerts.Entry
		p         alerts.Params
		want      string
	}{
		{
			"leads", base, entries(0.002, "甲=200", "乙=180", "丙=101", "丁=40"),
			alerts.Params{Limit: 0.02},
			"乙 fired: 近6个月复合增长率 +3.1%/月（±0.1个百分点），地方政务榜内最高，其次为丙 +0.2%/月（±0.1个百分点）",
		},
		{
			"a tie", base, entries(0.02, "甲=200", "乙=180", "丙=119", "丁=40"),
			alerts.Params{Limit: 0.02},
			"乙 noise: a tie: the lead over the second is within sampling error",
		},
		{"grows too slowly", base, entries(0.002, "甲=201", "乙=151", "丙=100", "丁=40"), alerts.Params{Limit: 0.02}, ""},
		{"no error known", base, entries(nan, "甲=200", "乙=180", "丙=101", "丁=40"), alerts.Params{Limit: 0.02}, "乙 not_evaluable: no sampling error known"},
		{"outside the shown list", base, entries(0.002, "甲=200", "乙=150", "丙=101", "丁=80"), alerts.Params{Limit: 0.02}, ""},
		{"no list six months ago", nil, base, alerts.Params{Limit: 0.02}, " not_evaluable: base month 2023-06 missing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			months := map[string][]alerts.Entry{"2023-12": tc.now}
			if tc.base != nil {
				months["2023-06"] = tc.base
			}
			got := ""
			for _, f := range judgeList(t, "growth_leader", tc.p, 3, months) {
				got += string(f.Subject.App) + " " + brief([]alerts.Finding{f})
			}
			if got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

// A lead that lasts is told when it begins and when a half-year closes.
func TestGrowthLeadIsToldOnce(t *testing.T) {
	grown := []float64{100, 104, 108, 112, 116, 121, 126, 131, 136}
	series := []alerts.Series{
		wan("甲", "甲", "gov", "2023-12", 0.001, flat(9, 200)...),
		wan("乙", "乙", "gov", "2023-12", 0.001, grown...),
	}
	var got []string
	for m := panel.MustMonth("2023-10"); m <= panel.MustMonth("2023-12"); m++ {
		l := alerts.List{Name: "地方政务", Size: 2, Apps: []panel.AppID{"甲", "乙"}, Months: map[panel.Month][]alerts.Entry{}}
		for i, s := range series {
			for _, p := range s.Points {
				if p.Month == m || p.Month == m-6 {
					l.Months[p.Month] = append(l.Months[p.Month], alerts.Entry{App: s.App, Name: s.Name, Rank: i + 1, Devices: p.Value, SE: p.SE, DAU: nan, CAGR6: nan})
				}
			}
		}
		h := alerts.History{Month: m, Lists: []alerts.List{l}, Series: series}
		findings, _ := alerts.Judge(h, alerts.Knowledge{Model: quiet}, alerts.Settings{"growth_leader": {{Severity: alerts.Info, Limit: 0.02}}})
		for _, f := range findings {
			got = append(got, m.String()+" "+string(f.Verdict)+" "+f.Reason)
		}
	}
	want := []string{"2023-10 fired ", "2023-11 suppressed told already in 2023-10", "2023-12 fired "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// With replicates the error of the lead is that of the difference itself: a
// panel whose groups move together tells apart what two errors would not.
func TestGrowthLeadFromReplicates(t *testing.T) {
	row := func(name string, rank int, devices, wobble float64) alerts.Entry {
		var e panel.Estimate
		for g := range e {
			e[g] = devices
			if g > 0 {
				e[g] *= 1 + wobble*math.Sin(float64(g))/9
			}
		}
		return alerts.Entry{App: panel.AppID(name), Name: name, Rank: rank, Devices: devices, SE: e.StandardError(), Basis: panel.FromPanel, Estimate: &e, DAU: nan, CAGR6: nan}
	}
	months := map[string][]alerts.Entry{
		"2023-06": {row("甲", 1, 200e4, 0.1), row("乙", 2, 100e4, 0.1)},
		"2023-12": {row("甲", 1, 220e4, 0.1), row("乙", 2, 115e4, 0.1)},
	}
	if got := brief(judgeList(t, "growth_leader", alerts.Params{Limit: 0.02}, 2, months)); got[:5] != "fired" {
		t.Errorf("together: %s", got)
	}
	months["2023-12"][1] = row("乙", 2, 115e4, -0.1)
	if got := brief(judgeList(t, "growth_leader", alerts.Params{Limit: 0.02}, 2, months)); got[:5] != "noise" {
		t.Errorf("apart: %s", got)
	}
}

// Whatever is delivered of members, hours and TGI, every finding has a verdict
// with its reason, and the order of the series changes nothing.
func TestMemberRulesSurviveAnything(t *testing.T) {
	rules := alerts.Settings{}
	for _, name := range []string{
		"missing_peak", "level_shift", "growth_leader", "penetration_record", "share_shift", "concentration_change",
		"local_peak", "peak_hour_shift", "tgi_preference", "tgi_base_conflict",
	} {
		rules[name] = []alerts.Params{{Severity: alerts.Warn, Limit: 0.01, MinEffect: 0.02, FDR: 0.1, MinMonths: 2}}
	}
	for _, name := range []string{"share_shift", "concentration_change", "local_peak", "tgi_preference", "tgi_base_conflict"} {
		rules[name][0].Dimension = panel.Province
	}
	know := alerts.Knowledge{Calendar: shippedCalendar(t), Model: expecting(1000, true)}
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory(t)
		value := rapid.OneOf(rapid.Float64Range(0, 2000), rapid.SampledFrom([]float64{0, -1, nan, math.Inf(1), 1e-300, 1e300}))
		for _, s := range h.Series {
			for _, kind := range [][2]string{
				{alerts.MUD, "山东"},
				{alerts.MUD, "四川"},
				{alerts.TGI, "山东"},
				{alerts.TGI, "四川"},
				{alerts.TopShare, alerts.LargestMembers},
				{alerts.Penetration, "all"},
			} {
				h.Series = append(h.Series, drawn(t, s, panel.Province, kind[1], kind[0], value))
			}
			for hour := range 24 {
				name := "G/" + panel.Decimal(float64(hour), 0, 0)
				h.Series = append(h.Series, drawn(t, s, panel.Hour, name, alerts.HourlyShare, value))
			}
		}
		findings, _ := alerts.Judge(h, know, rules)
		for _, f := range findings {
			checkFinding(t, f)
		}
		again, _ := alerts.Judge(h, know, rules)
		if diff := cmp.Diff(len(findings), len(again)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// drawn is a series like another of so many other values.
func drawn(t *rapid.T, s alerts.Series, dimension, name, indicator string, value *rapid.Generator[float64]) alerts.Series {
	s.Segment, s.Indicator, s.Unit = panel.Segment{Dimension: dimension, Member: name}, indicator, alerts.UnitOf(indicator)
	points := make([]expect.Point, len(s.Points))
	start, step := value.Draw(t, "start"), rapid.IntRange(1, 5).Draw(t, "step")
	for i, p := range s.Points {
		points[i] = p
		points[i].Value = start
		if i%step == 0 {
			points[i].Value = value.Draw(t, "value")
		}
	}
	s.Points = points
	return s
}
