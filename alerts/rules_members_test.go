package alerts_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// as makes a series of a member, or another indicator, of what wan made.
func as(s alerts.Series, dimension, name, indicator string, scale float64) alerts.Series {
	s.Segment, s.Indicator, s.Unit = panel.Segment{Dimension: dimension, Member: name}, indicator, alerts.UnitOf(indicator)
	for i := range s.Points {
		s.Points[i].Value, s.Points[i].SE = s.Points[i].Value*scale, s.Points[i].SE*scale
	}
	return s
}

// told lists the facts of one rule's findings, month by month.
func told(t *testing.T, rule string, p alerts.Params, months []string, series ...alerts.Series) string {
	t.Helper()
	var out []string
	for _, m := range months {
		out = append(out, m+" "+brief(judge(t, rule, p, quiet, m, series...)))
	}
	return strings.Join(out, "\n")
}

func TestPenetrationRecord(t *testing.T) {
	share := func(se float64, last ...float64) alerts.Series {
		return as(wan("geshui", "个人所得税", "tax", "2023-03", se, flat(15, 8, last...)...), "all", "all", alerts.Penetration, 1e-6)
	}
	for _, tc := range []struct {
		name   string
		series alerts.Series
		want   string
	}{
		{"a record", share(0.001, 13), "fired: 全网渗透率 13.0%（±0.03个百分点），为 2021-12 以来最高，较 2021 年峰值 +5.0个百分点"},
		{"none", share(0.001, 7.9), ""},
		{"within error", share(0.05, 8.2), "noise: within sampling error"},
		{"told last month", share(0.001, 13, 13.1), "suppressed: told already in 2023-02"},
		{"too short", share(0.001), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := brief(judge(t, "penetration_record", alerts.Params{MinMonths: 12, MinEffect: 0.03}, quiet, "2023-03", tc.series))
			if got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

// tiers are an app of 1,000 万台 and two of its tiers; the first has the shares
// of the three years to 2023-12, in percent.
func tiers(se float64, shares [3]float64) []alerts.Series {
	whole := wan("app", "某应用", "none", "2023-12", se, flat(36, 1000)...)
	var low, high []float64
	for i := range 36 {
		low, high = append(low, 10*shares[i/12]), append(high, 10*(100-shares[i/12]))
	}
	return []alerts.Series{
		whole,
		as(wan("app", "某应用", "none", "2023-12", se, high...), panel.CityTier, "一线城市", alerts.MUD, 1),
		as(wan("app", "某应用", "none", "2023-12", se, low...), panel.CityTier, "五线城市", alerts.MUD, 1),
	}
}

func TestShareShift(t *testing.T) {
	p := alerts.Params{Dimension: panel.CityTier, Limit: 0.01}
	fifth := p
	fifth.Members = []string{"五线城市"}
	for _, tc := range []struct {
		name   string
		p      alerts.Params
		series []alerts.Series
		want   string
	}{
		{
			"both sides of a move are one finding", p, tiers(0.01, [3]float64{12, 14, 15.5}),
			"fired: 近12个月占比 84.5%，较前12个月 -1.5个百分点（±0.9个百分点）；五线城市 +1.5个百分点",
		},
		{"one member by name", fifth, tiers(0.01, [3]float64{12, 14, 15.5}), "fired: 近12个月占比 15.5%，较前12个月 +1.5个百分点（±0.4个百分点）"},
		{"below the limit", p, tiers(0.01, [3]float64{12, 14, 14.9}), ""},
		{"within error", fifth, tiers(0.08, [3]float64{12, 14, 15.5}), "noise: within sampling error"},
		{"no error known", fifth, tiers(nan, [3]float64{12, 14, 15.5}), "fired: 近12个月占比 15.5%，较前12个月 +1.5个百分点"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := brief(judge(t, "share_shift", tc.p, quiet, "2023-12", tc.series...)); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

// A share that goes on moving is told when it begins and when a year closes.
func TestShareShiftIsToldOnce(t *testing.T) {
	series := tiers(0.01, [3]float64{12, 14, 15.5})
	p := alerts.Params{Dimension: panel.CityTier, Members: []string{"五线城市"}, Limit: 0.01}
	want := `2022-11 not_evaluable: history too short (23 months)
2022-12 fired: 近12个月占比 14.0%，较前12个月 +2.0个百分点（±0.3个百分点）
2023-01 suppressed: told already in 2022-12
2023-12 fired: 近12个月占比 15.5%，较前12个月 +1.5个百分点（±0.4个百分点）`
	if diff := cmp.Diff(want, told(t, "share_shift", p, []string{"2022-11", "2022-12", "2023-01", "2023-12"}, series...)); diff != "" {
		t.Error(diff)
	}
}

// Another list of tiers, or other definitions, cut the comparison off.
func TestShareShiftAcrossABreak(t *testing.T) {
	series := tiers(0.01, [3]float64{12, 14, 15.5})
	for i := range series[1:] {
		series[i+1].Breaks = []alerts.Break{alerts.TierListBreak(panel.MustMonth("2023-01"), 2022, 2023)}
	}
	p := alerts.Params{Dimension: panel.CityTier, Limit: 0.01}
	want := "not_evaluable: the list of city tiers changed from 2022 to 2023 in 2023-01: months before cannot be compared"
	if got := brief(judge(t, "share_shift", p, quiet, "2023-12", series...)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestConcentrationChange(t *testing.T) {
	top := func(se float64, last ...float64) alerts.Series {
		return as(wan("app", "某应用", "none", "2023-12", se, flat(24, 40, last...)...), panel.Province, alerts.LargestMembers, alerts.TopShare, 1e-6)
	}
	p := alerts.Params{Dimension: panel.Province, Limit: 0.01}
	months := []string{"2023-10", "2023-11", "2023-12"}
	whole := wan("app", "某应用", "none", "2023-12", 0.01, flat(24, 1000)...)
	for _, tc := range []struct {
		name   string
		series alerts.Series
		want   string
	}{
		{"new, then known", top(0.001, 40, 38.5, 38.4), "2023-10 \n2023-11 fired: 最大几个成员合计占比 38.5%，较上年同月 -1.5个百分点（±0.1个百分点）\n2023-12 suppressed: told already in 2023-11"},
		{"within error", top(0.02, 40, 38.5, 40), "2023-10 \n2023-11 noise: within sampling error\n2023-12 "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, told(t, "concentration_change", p, months, whole, tc.series)); diff != "" {
				t.Error(diff)
			}
		})
	}
	short := top(0.001, 38.5)
	short.Points = short.Points[20:]
	if got, want := brief(judge(t, "concentration_change", p, quiet, "2023-12", whole, short)), "not_evaluable: base month 2022-12 missing"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLocalPeak(t *testing.T) {
	whole := wan("app", "铁路12306", "rail", "2023-10", 0.001, flat(3, 1000)...)
	city := func(name string, se float64, values ...float64) alerts.Series {
		return as(wan("app", "铁路12306", "rail", "2023-10", se, values...), panel.City, name, alerts.MUD, 1)
	}
	p := alerts.Params{Dimension: panel.City, MinEffect: 0.03}
	for _, tc := range []struct {
		name   string
		series []alerts.Series
		want   string
	}{
		{
			"two cities are one finding",
			[]alerts.Series{city("北京", 0.008, 545, 589.6, 537.1), city("上海", 0.008, 579.2, 620.6, 571.2)},
			"fired: 本月数据确认 2023-09 小高峰：上海 620.6万台（+7.1%）、北京 589.6万台（+8.2%），括号内为较相邻两月中较高者高出的幅度",
		},
		{"one neighbour within error", []alerts.Series{city("广州", 0.02, 409.2, 432.4, 419)}, "noise: within sampling error"},
		{"too small", []alerts.Series{city("广州", 0.001, 409.2, 432.4, 425.4)}, ""},
		{"still rising", []alerts.Series{city("广州", 0.001, 400, 420, 440)}, ""},
		{"a neighbour is missing", []alerts.Series{city("广州", 0.001, nan, 432.4, 425.4)}, "not_evaluable: 2023-09 or a neighbour has no value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := brief(judge(t, "local_peak", p, quiet, "2023-10", append([]alerts.Series{whole}, tc.series...)...))
			if got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

// dayOf is a 24-hour profile over months up to 2023-12: a busy hour in each,
// falling off to both sides.
func dayOf(busy ...int) (out []alerts.Series) {
	for hour := range 24 {
		var values []float64
		for _, b := range busy {
			away := math.Min(math.Mod(float64(hour-b+24), 24), math.Mod(float64(b-hour+24), 24))
			values = append(values, 5*math.Exp(-away*away/9)+1)
		}
		s := wan("abc", "农业银行", "bank", "2023-12", nan, values...)
		out = append(out, as(s, panel.Hour, fmt.Sprintf("G/%d", hour), alerts.HourlyShare, 1e-6))
	}
	return out
}

func TestPeakHourShift(t *testing.T) {
	months := []string{"2023-09", "2023-10", "2023-11", "2023-12"}
	for _, tc := range []struct {
		name string
		days []alerts.Series
		want string
	}{
		{"the same hours", dayOf(11, 11, 11, 11, 11, 11, 11, 11), "2023-09 \n2023-10 \n2023-11 \n2023-12 "},
		{
			"moved, told once", dayOf(11, 11, 11, 11, 11, 11, 11, 13),
			"2023-09 \n2023-10 \n2023-11 \n2023-12 fired: G网高峰时段由 11点 移至 13点：本月占比 6.00% 对 4.21%，过去一年通常为 4.21% 对 6.00%；分时占比无抽样误差",
		},
		{
			"stays there", dayOf(11, 11, 11, 11, 11, 13, 13, 13),
			"2023-09 \n2023-10 fired: G网高峰时段由 11点 移至 13点：本月占比 6.00% 对 4.21%，过去一年通常为 4.21% 对 6.00%；分时占比无抽样误差\n2023-11 suppressed: told already in 2023-10\n2023-12 suppressed: told already in 2023-10",
		},
		{"too short", dayOf(11, 11, 13), "2023-09 \n2023-10 not_evaluable: history too short (0 months)\n2023-11 not_evaluable: history too short (1 months)\n2023-12 not_evaluable: history too short (2 months)"},
		{"an hour is missing", dayOf(11, 11, 11, 11, 11, 13, 13, 13)[:23], "2023-09 \n2023-10 \n2023-11 \n2023-12 "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, told(t, "peak_hour_shift", alerts.Params{MinEffect: 0.05}, months, tc.days...)); diff != "" {
				t.Error(diff)
			}
		})
	}
	near := dayOf(11, 11, 11, 11, 11, 11, 11, 11)
	near[12].Points[7].Value = near[11].Points[7].Value * 1.01
	if got, want := brief(judge(t, "peak_hour_shift", alerts.Params{MinEffect: 0.05}, quiet, "2023-12", near...)), "noise: the two hours differ by less than 5.0%"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// tables are devices and TGI of two apps in three provinces, over months up to
// 2023-12: devices over TGI stand 1.5 to 1, in 河南 as given month by month.
func tables(factors ...float64) (out []alerts.Series) {
	n := len(factors)
	for _, app := range []struct {
		id   panel.AppID
		name string
	}{{"a", "甲"}, {"b", "乙"}} {
		level := func(values ...float64) alerts.Series {
			return wan(app.id, app.name, "none", "2023-12", nan, values...)
		}
		out = append(out, level(flat(n, 6000)...))
		for _, province := range []string{"山东", "四川", "河南"} {
			devices := flat(n, 500)
			for i := range devices {
				if app.id == "b" && province == "河南" {
					devices[i] *= factors[i]
				} else if app.id == "b" {
					devices[i] *= 1.5
				}
			}
			out = append(out, as(level(devices...), panel.Province, province, alerts.MUD, 1),
				as(level(flat(n, 130)...), panel.Province, province, alerts.TGI, 1e-4))
		}
	}
	return out
}

func TestTGIBaseConflict(t *testing.T) {
	months := []string{"2023-10", "2023-11", "2023-12"}
	const conflict = "fired: 与乙的TGI不可能同一基准：乙的设备数/TGI 为本应用的倍数应处处相同，实为 山东 1.500、四川 1.500、河南 2.500"
	for _, tc := range []struct {
		name    string
		factors []float64
		want    string
	}{
		{"one base", []float64{1.5, 1.5, 1.5}, "2023-10 \n2023-11 \n2023-12 "},
		{"rounding", []float64{1.5, 1.51, 1.49}, "2023-10 \n2023-11 \n2023-12 "},
		{"two bases, and once more in December", []float64{2.5, 2.5, 2.5}, "2023-10 " + conflict + "\n2023-11 suppressed: told already in 2023-10\n2023-12 " + conflict},
		{"told last month", []float64{1.5, 2.5, 2.5}, "2023-10 \n2023-11 " + conflict + "\n2023-12 suppressed: told already in 2023-11"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := told(t, "tgi_base_conflict", alerts.Params{Dimension: panel.Province, MinEffect: 0.02}, months, tables(tc.factors...)...)
			if diff := cmp.Diff(tc.want, strings.ReplaceAll(got, "四川 1.500、山东 1.500", "山东 1.500、四川 1.500")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The table is believed: 73.2 is no preference, whatever a text says.
func TestTGIPreference(t *testing.T) {
	p := alerts.Params{Dimension: panel.Province, Limit: 1.2, MinEffect: 0.02}
	whole := wan("yunshanfu", "云闪付", "bank", "2023-12", nan, flat(3, 9600)...)
	tgi := func(name string, se float64, values ...float64) alerts.Series {
		return as(wan("yunshanfu", "云闪付", "bank", "2023-12", se, values...), panel.Province, name, alerts.TGI, 1e-4)
	}
	for _, tc := range []struct {
		name   string
		series []alerts.Series
		want   string
	}{
		{"below the average", []alerts.Series{tgi("广东", nan, 73.2, 73.2, 73.2)}, ""},
		{"newly there, one beside one known before", []alerts.Series{tgi("广西", nan, 130, 130, 134.7), tgi("湖南", nan, 110, 110, 121)}, "fired: 使用偏好（TGI 不低于 120.0）：湖南 121.0"},
		{"known before", []alerts.Series{tgi("广西", nan, 130, 118, 134.7)}, "suppressed: told before"},
		{"fell well below and came back", []alerts.Series{tgi("广西", nan, 130, 112, 134.7)}, "fired: 使用偏好（TGI 不低于 120.0）：广西 134.7"},
		{"within error", []alerts.Series{tgi("广西", 0.05, 100, 100, 122)}, "noise: within sampling error"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := brief(judge(t, "tgi_preference", p, quiet, "2023-12", append([]alerts.Series{whole}, tc.series...)...)); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
	held := brief(judge(t, "tgi_preference", p, quiet, "2023-12", tables(2.5)...))
	if want := "suppressed: bases of TGI conflict | suppressed: bases of TGI conflict"; held != want {
		t.Errorf("got %s, want %s", held, want)
	}
}

// Without a change of truth nothing is told: shares and hours that only
// wobble by their own error are no news in 19 of 20 cases.
func TestMembersThatOnlyWobbleAreQuiet(t *testing.T) {
	quietly := 0
	const tries = 200
	for i := range tries {
		series := tiers(0.01, [3]float64{14, 14, 14})
		for k := range series[2].Points {
			series[2].Points[k].Value *= 1 + 0.01*math.Sin(float64(i*37+k*k))
		}
		p := alerts.Params{Dimension: panel.CityTier, Members: []string{"五线城市"}, Limit: 0.0001}
		if fs := judge(t, "share_shift", p, quiet, "2023-12", series...); len(fs) == 0 || fs[0].Verdict != alerts.Fired {
			quietly++
		}
	}
	if quietly < tries*95/100 {
		t.Errorf("quiet in %d of %d", quietly, tries)
	}
}

// A told peak is above both its neighbours, whatever the cities do.
func TestLocalPeaksAreTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(1, 1000), 3, 3).Draw(t, "values")
		se := rapid.SampledFrom([]float64{nan, 0, 0.01, 0.1}).Draw(t, "se")
		whole := wan("app", "铁路12306", "rail", "2023-10", 0.001, flat(3, 1000)...)
		city := as(wan("app", "铁路12306", "rail", "2023-10", se, values...), panel.City, "北京", alerts.MUD, 1)
		h := alerts.History{Month: panel.MustMonth("2023-10"), Series: []alerts.Series{whole, city}}
		rules := alerts.Settings{"local_peak": {{Severity: alerts.Info, Dimension: panel.City}}}
		findings, _ := alerts.Judge(h, alerts.Knowledge{Model: quiet}, rules)
		above := values[1] > values[0] && values[1] > values[2]
		if fired := len(findings) == 1 && findings[0].Verdict == alerts.Fired; fired && !above || !fired && above && se == 0 {
			t.Fatalf("%v: %s", values, brief(findings))
		}
	})
}
