package alerts_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

func readCSV(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, column := range rows[0] {
			m[column] = row[i]
		}
		out = append(out, m)
	}
	return out
}

func number(t *testing.T, s string) (v float64) {
	t.Helper()
	if _, err := fmt.Sscan(strings.TrimSuffix(s, "%"), &v); err != nil {
		t.Fatalf("number %q: %v", s, err)
	}
	return v
}

// readTop20 is the printed list of 2023-12; an app's name stands for its id.
func readTop20(t *testing.T) []alerts.Entry {
	t.Helper()
	var out []alerts.Entry
	for _, row := range readCSV(t, "top20_government_apps_2023_12.csv") {
		e := alerts.Entry{
			App: panel.AppID(row["APP名称"]), Name: row["APP名称"], Region: row["所属地区"],
			Devices: number(t, row["2023年12月月总独立设备数(万台)"]) * 1e4, DAU: nan,
			CAGR6: number(t, row["近6个月复合增长率(%)"]) / 100,
		}
		out = append(out, e)
	}
	return ranked(out)
}

// top20 is the list from June to December, on the growth that is printed, with
// the sampling error of a panel of n devices.
func top20(t *testing.T, n float64) alerts.List {
	t.Helper()
	l := alerts.List{Name: "地方政务", Size: 20, Months: map[panel.Month][]alerts.Entry{}}
	december := panel.MustMonth("2023-12")
	for m := december - 6; m <= december; m++ {
		month := readTop20(t)
		for i, e := range month {
			e.Devices *= math.Pow(1+e.CAGR6, float64(m-december))
			e.SE, e.Basis = e.Devices*math.Sqrt(1.39e9/(e.Devices*n)), panel.Assumed
			if m != december {
				e.CAGR6 = nan
			}
			month[i] = e
		}
		l.Months[m] = ranked(month)
	}
	return l
}

// wave is a small movement that is the same in every run, of about 1 %.
func wave(i int) float64 { return 0.006*math.Sin(2.1*float64(i)) + 0.006*math.Sin(5.3*float64(i)+1) }

// monthly makes a series of n months up to 2023-12 in 万台 from a function of
// year and month; pinned months have the report's value. The sampling error is
// that of 4 M devices out of 1.39e9.
func monthly(app panel.AppID, name, profile string, n int, f func(year, month int) float64, pinned map[string]float64) alerts.Series {
	last := panel.MustMonth("2023-12")
	var v []float64
	for m := last - panel.Month(n) + 1; m <= last; m++ {
		x := f(m.Year(), int(m.OfYear())) * math.Exp(wave(int(m)%97))
		if p, ok := pinned[m.String()]; ok {
			x = p
		}
		v = append(v, x)
	}
	s := wan(app, name, profile, last.String(), 0, v...)
	for i, p := range s.Points {
		s.Points[i].SE = p.Value * math.Sqrt((1-p.Value/1.39e9)/(p.Value/1.39e9*4e6))
	}
	return s
}

func growth(base, perYear float64) func(year, month int) float64 {
	return func(year, month int) float64 {
		return base * math.Pow(1+perYear, float64(year-2020)+float64(month-1)/12)
	}
}

// reported are small series that honour what the report states; everything
// between its statements is made up.
func reported() []alerts.Series {
	rail := func(year, month int) float64 {
		v := growth(7600, 0.05)(year, month)
		v *= map[int]float64{1: 1.15, 2: 1.05, 4: 1.12, 7: 1.08, 8: 1.10, 9: 1.22}[month] + boolTo(!slices.Contains([]int{1, 2, 4, 7, 8, 9}, month))
		if year == 2020 && month >= 2 && month <= 5 {
			v *= 0.55
		}
		return v
	}
	road := func(year, month int) float64 {
		v := growth(7000, 0.17)(year, month)
		return v * (1 + 0.03*boolTo(month == 10))
	}
	tax := func(year, month int) float64 {
		if year == 2020 {
			return map[int]float64{3: 8200, 4: 8900, 5: 9400, 6: 11000}[month] + 6000*boolTo(month < 3 || month > 6)
		}
		if month >= 3 && month <= 6 {
			return []float64{14600, 17360, 18000}[year-2021] * []float64{1, 0.9, 0.8, 0.85}[month-3]
		}
		return []float64{7000, 8000, 11000}[year-2021] * (1 + 0.05*boolTo(month == 12))
	}
	power := func(year, month int) float64 {
		season := map[int]float64{6: 1.12, 7: 1.30, 8: 1.32, 9: 1.15, 1: 1.05}[month]
		return growth(3600, 0.11)(year, month) * (season + boolTo(season == 0))
	}
	shandong := monthly("wangshangguowang", "网上国网", "utility", 48, growth(360, 0.10), map[string]float64{"2023-12": 525.3})
	shandong.Segment = panel.Segment{Dimension: panel.Province, Member: "山东"}
	return []alerts.Series{
		monthly("tielu12306", "铁路12306", "rail", 48, rail, map[string]float64{"2023-09": 11900}),
		monthly("jiaoguan12123", "交管12123", "road", 48, road, map[string]float64{"2020-01": 7000, "2022-12": 11626, "2023-10": 14150, "2023-12": 13300}),
		monthly("geshui", "个人所得税", "tax", 48, tax, map[string]float64{"2020-06": 11000, "2021-03": 14600, "2022-03": 17360, "2023-03": 18000}),
		monthly("wangshangguowang", "网上国网", "utility", 48, power, map[string]float64{"2023-12": 5451.1}),
		shandong,
		monthly("zhongyouhaoke", "中油好客e站", "none", 24, growth(450, 0.13), map[string]float64{"2023-12": 712}),
		monthly("yijiejiayou", "易捷加油", "none", 25, growth(520, 0.13), map[string]float64{"2022-12": 640, "2023-12": 852}),
	}
}

func boolTo(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// A replay is what was told month by month, each month seeing only itself and
// what came before.
type replay struct{ findings []alerts.Finding }

// replays are the replays made, by the devices of the panel: each takes a while.
var replays = map[float64]replay{}

func replayed(t *testing.T, n float64) replay {
	t.Helper()
	if r, done := replays[n]; done {
		return r
	}
	rules := shippedRules(t)
	for i, p := range rules["rank_change"] { // the banks have no figures in the report
		p.Lists = []string{"地方政务"}
		rules["rank_change"][i] = p
	}
	c := shippedCalendar(t)
	know := alerts.Knowledge{Calendar: c, Model: expect.Structural{Calendar: c}}
	series, list := reported(), top20(t, n)
	series = append(series, reportedMembers(series)...)
	var r replay
	for m := panel.MustMonth("2020-01"); m <= panel.MustMonth("2023-12"); m++ {
		h := alerts.History{Month: m, Series: series}
		if len(list.Months[m]) > 0 {
			h.Lists = []alerts.List{list}
		}
		findings, _ := alerts.Judge(h, know, rules)
		r.findings = append(r.findings, findings...)
	}
	replays[n] = r
	return r
}

// told are the findings told about an app in a span of months by a rule, on
// its own or merged into another; an empty rule stands for all.
func (r replay) told(app panel.AppID, from, to, rule string) (out []alerts.Finding) {
	for _, f := range r.findings {
		span := panel.MustMonth(from) <= f.Month && f.Month <= panel.MustMonth(to)
		named := rule == "" || f.Rule == rule || slices.Contains(f.Also, rule)
		if f.Subject.App == app && span && named && (f.Verdict == alerts.Fired || f.Verdict == alerts.Expected) {
			out = append(out, f)
		}
	}
	return out
}

// covered says for each row of the ground truth whether it was told.
var covered = map[string]func(r replay) bool{
	"A01": func(r replay) bool {
		fs := r.told("tielu12306", "2023-09", "2023-09", "holiday_peak")
		return len(fs) == 1 && slices.Contains(fs[0].Also, "record_high") && fs[0].Severity == alerts.High && strings.Contains(fs[0].Zh, "国庆节预售 9/15 起")
	},
	"A02": func(r replay) bool { return len(r.told("tielu12306", "2023-10", "2023-12", "record_high")) > 0 },
	"A07": func(r replay) bool { return len(r.told("jiaoguan12123", "2020-01", "2023-12", "threshold_cross")) == 1 },
	"A08": func(r replay) bool {
		fs := r.told("jiaoguan12123", "2023-12", "2023-12", "yoy_above")
		return len(fs) == 1 && strings.Contains(fs[0].Zh, "同比 +14.4%")
	},
	"A14": func(r replay) bool {
		var june []alerts.Finding
		for year := 2020; year <= 2023; year++ {
			m := fmt.Sprintf("%d-06", year)
			june = append(june, r.told("wangshangguowang", m, m, "")...)
		}
		return len(june) > 0
	},
	"A15": func(r replay) bool {
		fs := r.told("wangshangguowang", "2020-01", "2023-12", "threshold_cross")
		return len(fs) == 1 && fs[0].Subject.Segment.Member == "山东"
	},
	"A19": func(r replay) bool { return len(r.told("zhongyouhaoke", "2022-01", "2023-12", "threshold_cross")) == 1 },
	"A20": func(r replay) bool { return len(r.told("yijiejiayou", "2023-12", "2023-12", "yoy_above")) == 1 },
	"A22": func(r replay) bool {
		fs := r.told("geshui", "2023-03", "2023-03", "filing_season")
		return len(fs) == 1 && slices.Contains(fs[0].Also, "record_high") && fs[0].Severity == alerts.High && fs[0].Verdict == alerts.Expected
	},
	"A23": func(r replay) bool {
		return len(r.told("geshui", "2021-03", "2021-06", "filing_season")) == 1 && len(r.told("geshui", "2022-03", "2022-06", "filing_season")) == 1
	},
	"A24": func(r replay) bool {
		fs := r.told("geshui", "2020-03", "2020-06", "filing_season")
		return len(fs) > 0 && fs[len(fs)-1].Month == panel.MustMonth("2020-06") // its maximum
	},
	"A25": func(r replay) bool {
		for _, m := range []string{"2021-03", "2022-03", "2023-03"} {
			if len(r.told("geshui", m, m, "record_high")) != 1 {
				return false
			}
		}
		return true
	},
	"A32": func(r replay) bool { return len(r.told("灯塔党建在线", "2023-12", "2023-12", "cagr_fall")) == 1 },
	"A34": func(r replay) bool {
		for _, app := range []panel.AppID{"贵州公安", "闽政通", "办事通", "云岭先锋"} {
			if len(r.told(app, "2023-12", "2023-12", "cagr_fall")) > 0 {
				return true
			}
		}
		return false
	},
	"A35": func(r replay) bool {
		return r.overtook("我的南京", "灯塔党建在线") && r.overtook("江苏政务服务", "贵州公安") &&
			r.overtook("江苏政务服务", "民生山西") && r.overtook("江苏政务服务", "我的长沙")
	},
}

// overtook reports whether a finding of 2023-12 says that one app passed
// another, from either side.
func (r replay) overtook(over, under panel.AppID) bool {
	says := func(app panel.AppID, verb string, other panel.AppID) bool {
		for _, f := range r.told(app, "2023-12", "2023-12", "rank_change") {
			for _, fact := range f.Facts {
				if strings.Contains(fact.Zh, verb) && strings.Contains(fact.Zh, string(other)) {
					return true
				}
			}
		}
		return false
	}
	return says(over, "超过", under) || says(under, "被", over)
}

func TestGroundTruthOfTheReport(t *testing.T) {
	r := replayed(t, 4e6)
	checked, values := 0, 0
	for _, row := range readCSV(t, "ground_truth_alerts.csv") {
		id, expectation := row["id"], row["expectation"]
		told, covers := covered[id]
		if !covers {
			told, covers = coveredMembers[id]
		}
		states, hasValue := statedValues[id]
		switch {
		case expectation == "report_value" && hasValue && !states(r):
			t.Errorf("%s %s %s: the value is not told", id, row["app"], row["alert"])
		case expectation == "report_value":
			values++
		case covers:
			checked++
			if want := strings.HasPrefix(expectation, "must_fire"); told(r) != want {
				t.Errorf("%s %s %s %s: told %t, want %s", id, row["app"], row["alert"], row["period"], !want, expectation)
			}
		default:
			t.Errorf("%s is not covered", id)
		}
	}
	t.Logf("%d rows checked, %d are values to check and no alerts", checked, values)
	if want := len(covered) + len(coveredMembers); checked != want {
		t.Errorf("%d rows checked of %d covered", checked, want)
	}
	if t.Failed() {
		for _, f := range r.findings {
			if f.Verdict == alerts.Fired || f.Verdict == alerts.Expected {
				t.Logf("%s %s %v: %s", f.Month, f.Rule, f.Also, f.Zh)
			}
		}
	}
}

// TestCertainSwapsAreToldByACensus: with next to no sampling error all the
// changes of order that rounding allows must be told; with 4 M devices those
// of near neighbours must not.
func TestCertainSwapsAreToldByACensus(t *testing.T) {
	census, sample := replayed(t, 4e11), replayed(t, 4e6)
	quiet := 0
	for _, row := range readCSV(t, "rank_swaps_certain.csv") {
		over, under := panel.AppID(row["above_in_2023_12"]), panel.AppID(row["above_in_2023_06"])
		if !census.overtook(over, under) {
			t.Errorf("%s over %s is not told", over, under)
		}
		if !sample.overtook(over, under) {
			quiet++
			t.Logf("within the sampling error of 4 M devices: %s over %s", over, under)
		}
	}
	if sample.overtook("天津政务", "内蒙古12333") {
		t.Error("天津政务 and 内蒙古12333 are 0.3 % apart, 4 M devices cannot tell them apart")
	}
	if quiet == 0 {
		t.Error("sampling error holds nothing back")
	}
}
