package alerts_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// entries ranks apps by their devices in 万台; "甲=120" is one. se is relative.
func entries(se float64, rows ...string) (out []alerts.Entry) {
	for _, row := range rows {
		name, number, _ := strings.Cut(row, "=")
		var v float64
		if _, err := fmt.Sscan(number, &v); err != nil {
			panic(err)
		}
		out = append(out, alerts.Entry{
			App: panel.AppID(name), Name: name, Devices: v * 1e4, SE: v * 1e4 * se, Basis: panel.Assumed, DAU: nan, CAGR6: nan,
		})
	}
	return ranked(out)
}

func ranked(out []alerts.Entry) []alerts.Entry {
	slices.SortStableFunc(out, func(a, b alerts.Entry) int { return cmpFloat(b.Devices, a.Devices) })
	for i := range out {
		out[i].Rank = i + 1
	}
	return out
}

func judgeList(t *testing.T, rule string, p alerts.Params, size int, months map[string][]alerts.Entry) []alerts.Finding {
	t.Helper()
	l := alerts.List{Name: "地方政务", Size: size, Months: map[panel.Month][]alerts.Entry{}}
	for m, e := range months {
		l.Months[panel.MustMonth(m)] = e
	}
	p.Severity, p.Lists = alerts.Info, nil
	h := alerts.History{Month: panel.MustMonth("2023-12"), Lists: []alerts.List{l}}
	findings, _ := alerts.Judge(h, alerts.Knowledge{Model: quiet}, alerts.Settings{rule: {p}})
	return findings
}

// verdictsOf lists app, verdict and reason of findings, sorted.
func verdictsOf(fs []alerts.Finding) string {
	var out []string
	for _, f := range fs {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", f.Subject.App, f.Verdict, f.Reason)))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func TestRankChange(t *testing.T) {
	base := entries(0.01, "甲=150", "乙=120", "丙=100", "丁=99", "戊=50")
	unsure := entries(nan, "甲=150", "乙=90", "丙=100", "丁=99", "戊=50")
	for _, tc := range []struct {
		name string
		base []alerts.Entry
		now  []alerts.Entry
		want string
	}{
		{"nothing moved", base, base, ""},
		{"beyond error", base, entries(0.01, "甲=150", "乙=90", "丙=101", "丁=98", "戊=50"), "丁 suppressed told with 乙; 丙 suppressed told with 乙; 乙 fired"},
		{"within error", base, entries(0.01, "甲=150", "乙=120", "丙=99", "丁=100", "戊=50"), "丁 noise rank change within sampling error; 丙 noise rank change within sampling error"},
		{"no error known", base, unsure, "丁 not_evaluable no sampling error known; 丙 not_evaluable no sampling error known; 乙 not_evaluable no sampling error known"},
		{"base missing", nil, base, "not_evaluable list of 2023-11 missing"},
		{"month missing", base, nil, "not_evaluable list of 2023-12 missing"},
		{"rows differ", base, entries(0.01, "甲=150", "丙=100", "丁=99"), "丁 not_evaluable the list's rows differ between the months; 丙 not_evaluable the list's rows differ between the months"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			months := map[string][]alerts.Entry{"2023-11": tc.base, "2023-12": tc.now}
			if got := verdictsOf(judgeList(t, "rank_change", alerts.Params{FDR: 0.10}, 4, months)); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestRankChangeSentence(t *testing.T) {
	months := map[string][]alerts.Entry{
		"2023-06": entries(0.01, "甲=150", "乙=120", "丙=100", "丁=99"),
		"2023-12": entries(0.01, "甲=150", "乙=90", "丙=101", "丁=98"),
	}
	findings := judgeList(t, "rank_change", alerts.Params{Lags: []int{6}}, 4, months)
	want := map[panel.AppID]string{
		"乙": "乙 2023-12 月独立设备数 90.0万台，地方政务榜第4位（2023-06 第2位，降2位）；被丙、丁超过；抽样误差 ±2.0%（假定）",
		"丙": "（已抑制）丙 2023-12 地方政务榜第2位（2023-06 第3位，升1位）；超过乙；已随乙告知",
		"丁": "（已抑制）丁 2023-12 地方政务榜第3位（2023-06 第4位，升1位）；超过乙；已随乙告知",
	}
	for _, f := range findings {
		if f.Zh != want[f.Subject.App] {
			t.Errorf("got  %s\nwant %s", f.Zh, want[f.Subject.App])
		}
		if (f.Z < 0) != (f.Subject.App == "乙") || f.Unit != alerts.Places {
			t.Errorf("%s: z %v, unit %s", f.Subject.App, f.Z, f.Unit)
		}
	}
	if len(findings) != 3 {
		t.Errorf("%d findings", len(findings))
	}
}

// TestRankChangeUsesReplicates: both apps lose the same devices in a
// replicate, so that their difference is known far better than their levels.
func TestRankChangeUsesReplicates(t *testing.T) {
	entry := func(app panel.AppID, v float64) alerts.Entry {
		e := panel.Constant(v)
		for g := 1; g <= panel.Groups; g++ {
			e[g] *= 1 + 0.01*math.Sin(float64(g))
		}
		return alerts.Entry{App: app, Name: string(app), Devices: v, SE: e.StandardError(), Basis: panel.FromPanel, Estimate: &e}
	}
	months := map[string][]alerts.Entry{
		"2023-11": ranked([]alerts.Entry{entry("a", 100), entry("b", 101)}),
		"2023-12": ranked([]alerts.Entry{entry("a", 101), entry("b", 100)}),
	}
	if se := months["2023-12"][0].SE; se < 5 {
		t.Fatalf("se %v of a level is too small for this test", se)
	}
	if got := verdictsOf(judgeList(t, "rank_change", alerts.Params{}, 2, months)); got != "a fired; b suppressed told with a" {
		t.Errorf("got %s", got)
	}
	for _, es := range months {
		for i := range es {
			es[i].Estimate = nil
		}
	}
	if got := verdictsOf(judgeList(t, "rank_change", alerts.Params{}, 2, months)); !strings.HasPrefix(got, "a noise") {
		t.Errorf("without replicates: got %s", got)
	}
}

func TestListEntryAndExit(t *testing.T) {
	base := entries(0.01, "甲=150", "乙=120", "丙=100", "丁=80")
	for _, tc := range []struct {
		name string
		base []alerts.Entry
		now  []alerts.Entry
		want string
	}{
		{"same", base, base, ""},
		{"beyond error", base, entries(0.01, "甲=150", "乙=120", "丙=100", "丁=140"), "丁 fired; 丙 fired"},
		{"within error", base, entries(0.01, "甲=150", "乙=120", "丙=100", "丁=101"), "丁 noise entry or exit within sampling error; 丙 noise entry or exit within sampling error"},
		{"missing row", base, entries(0.01, "甲=150", "丙=100", "丁=80"), "丁 not_evaluable no row across the line; 乙 not_evaluable missing row: in the list of 2023-11, not delivered this month"},
		{"new app", base, entries(0.01, "甲=150", "乙=120", "丙=100", "戊=160"), "丙 fired; 戊 fired"},
		{"no error", base, entries(nan, "甲=150", "乙=120", "丙=100", "丁=140"), "丁 not_evaluable no sampling error known; 丙 not_evaluable no sampling error known"},
		{"base missing", nil, base, "not_evaluable list of 2023-11 missing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			months := map[string][]alerts.Entry{"2023-11": tc.base, "2023-12": tc.now}
			if got := verdictsOf(judgeList(t, "list_entry_exit", alerts.Params{}, 3, months)); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestCompoundFall(t *testing.T) {
	p := alerts.Params{Limit: -0.03}
	now := entries(0.001, "甲=150", "乙=80")
	now[0].CAGR6 = -0.02 // as delivered
	months := map[string][]alerts.Entry{"2023-06": entries(0.001, "甲=150", "乙=110"), "2023-12": now}
	findings := judgeList(t, "cagr_fall", p, 2, months)
	if got, want := brief(findings), "fired: 近6个月复合增长率 -5.2%/月（±0.04个百分点），低于阈值 -3.0%"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	months["2023-06"] = entries(0.10, "甲=150", "乙=110")
	if got, want := brief(judgeList(t, "cagr_fall", p, 2, months)), "noise: within sampling error"; got != want {
		t.Errorf("with large errors: got %s, want %s", got, want)
	}
	delete(months, "2023-06")
	if got, want := verdictsOf(judgeList(t, "cagr_fall", p, 2, months)), "乙 not_evaluable base month 2023-06 missing"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestUnchangedTruthIsSilent draws the months of a list from one truth: only
// sampling noise moves it, and it must hardly ever be told, with the shipped
// settings and both their lags.
func TestUnchangedTruthIsSilent(t *testing.T) {
	truth := readTop20(t)
	for _, tc := range []struct {
		name string
		draw func(r *rand.Rand, truth []alerts.Entry, months []string) map[string][]alerts.Entry
	}{
		{"declared errors", declared},
		{"replicates of one panel", panelMonths},
	} {
		t.Run(tc.name, func(t *testing.T) {
			const months = 300
			r := rand.New(rand.NewPCG(2023, 12))
			loud, moved := 0, 0
			for range months {
				list := tc.draw(r, truth, []string{"2023-06", "2023-11", "2023-12"})
				findings := judgeList(t, "rank_change", shippedRules(t)["rank_change"][0], 20, list)
				if slices.ContainsFunc(findings, func(f alerts.Finding) bool { return f.Verdict == alerts.Fired }) {
					loud++
				}
				if len(findings) > 0 {
					moved++
				}
			}
			t.Logf("of %d months of unchanged truth %d change a rank and %d are told", months, moved, loud)
			if loud >= months*5/100 {
				t.Errorf("%d of %d months told", loud, months)
			}
			if moved < months/2 {
				t.Errorf("only %d of %d months change a rank: the test shows nothing", moved, months)
			}
		})
	}
}

// declared are months with the error of 1 M devices and a design effect of
// 1.5, drawn independently.
func declared(r *rand.Rand, truth []alerts.Entry, months []string) map[string][]alerts.Entry {
	list := map[string][]alerts.Entry{}
	for _, m := range months {
		out := slices.Clone(truth)
		for i := range out {
			c := math.Sqrt(1.5 * 1.39e9 / (out[i].Devices * 1e6))
			out[i].Devices *= 1 + c*r.NormFloat64()
			out[i].SE, out[i].Basis = c*out[i].Devices, panel.Assumed
		}
		list[m] = ranked(out)
	}
	return list
}

// panelMonths are months of one panel of 1 M devices: each group's count is
// normal about the truth, and 0.7 correlated between the months.
func panelMonths(r *rand.Rand, truth []alerts.Entry, months []string) map[string][]alerts.Entry {
	list := map[string][]alerts.Entry{}
	for _, e := range truth {
		var common [panel.Groups]float64
		for g := range common {
			common[g] = math.Sqrt(0.7) * r.NormFloat64()
		}
		sd := math.Sqrt(e.Devices * 1390 / panel.Groups) // of a group, each device standing for 1390
		for _, m := range months {
			var groups [panel.Groups]float64
			for g := range groups {
				groups[g] = e.Devices/panel.Groups + sd*(common[g]+math.Sqrt(0.3)*r.NormFloat64())
			}
			list[m] = append(list[m], replicated(e, groups))
		}
	}
	for _, entries := range list {
		ranked(entries)
	}
	return list
}

func replicated(e alerts.Entry, groups [panel.Groups]float64) alerts.Entry {
	var all float64
	for _, v := range groups {
		all += v
	}
	est := panel.Constant(all)
	for g, v := range groups {
		est[g+1] = (all - v) * panel.Groups / (panel.Groups - 1)
	}
	e.Devices, e.SE, e.Basis, e.Estimate = all, est.StandardError(), panel.FromPanel, &est
	return e
}
