package indicator_test

import (
	"fmt"
	"math"
	"testing"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// monthly is a history of app a from a first month on, of an aggregate.
func monthly(first string, values ...float64) (indicator.History, panel.Month) {
	h := indicator.History{}
	m := panel.MustMonth(first)
	for i, v := range values {
		if v > 0 {
			h[m+panel.Month(i)] = vendor((m + panel.Month(i)).String(), map[panel.AppID]float64{"a": v})
		}
	}
	return h, m + panel.Month(len(values)-1)
}

// times is v, n times over.
func times(n int, v float64) (out []float64) {
	for range n {
		out = append(out, v)
	}
	return out
}

func TestAnnualMeanNeedsTwelveMonths(t *testing.T) {
	year := []float64{1e6, 2e6, 3e6, 4e6, 5e6, 6e6, 7e6, 8e6, 9e6, 10e6, 11e6, 12e6} // mean 6.5
	h, m := monthly("2023-01", year...)
	wants(t, find(t, indicator.Month(h, m, settings), "annual_mean", "a", panel.All), 6.5e6, nan)
	delete(h, panel.MustMonth("2023-04"))
	delete(h, panel.MustMonth("2023-07"))
	wants(t, find(t, indicator.Month(h, m, settings), "annual_mean", "a", panel.All), nan, nan, indicator.ShortHistory, "months_10")
	for _, row := range indicator.Month(h, m-1, settings).Rows {
		if row.Indicator == "annual_mean" {
			t.Errorf("November has an annual mean: %v", row.Value)
		}
	}
}

// The mean's replicates are the means of the replicates.
func TestErrorOfTheAnnualMean(t *testing.T) {
	h := indicator.History{}
	k := panel.Key{App: "a", Segment: panel.All}
	for m := panel.MustMonth("2023-01"); m <= panel.MustMonth("2023-12"); m++ {
		h[m] = panelMonth(m, map[panel.Key]panel.Estimate{k: shaken(1e6, 1200).Estimate})
	}
	wants(t, find(t, indicator.Month(h, panel.MustMonth("2023-12"), settings), "annual_mean", "a", panel.All), 1e6, 1200*root)
}

// 个人所得税: 1.45 times the mean of the three years before.
func TestAnnualMeanChange(t *testing.T) {
	values := append(append(append(times(12, 1e6), times(12, 2e6)...), times(12, 3e6)...), times(12, 2.9e6)...)
	h, m := monthly("2020-01", values...)
	wants(t, find(t, indicator.Month(h, m, settings), "annual_mean_change", "a", panel.All), 0.45, nan)
	delete(h, panel.MustMonth("2021-05"))
	wants(t, find(t, indicator.Month(h, m, settings), "annual_mean_change", "a", panel.All), nan, nan, indicator.ShortHistory, "months_47")
	h, m = monthly("2020-01", values...)
	h[panel.MustMonth("2020-05")].Terms.DefinitionsVersion = "old"
	wants(t, find(t, indicator.Month(h, m, settings), "annual_mean_change", "a", panel.All), nan, nan, indicator.TermsDiffer)
}

func TestSeriesCorrelation(t *testing.T) {
	s := settings
	s.Correlations = []indicator.Correlation{{App: "a", A: "北京", B: "上海"}}
	pair := panel.Segment{Dimension: panel.City, Member: "北京~上海"}
	for _, c := range []struct {
		name  string
		of    func(i int) float64 // 上海 in month i, 北京 has i
		want  float64
		flags []indicator.Flag
	}{
		{"the same course", func(i int) float64 { return 3*float64(i) + 7 }, 1, nil},
		{"the opposite", func(i int) float64 { return 100 - float64(i) }, -1, nil},
		{"its square", func(i int) float64 { return float64(i * i) }, squares(), nil},
		{"constant", func(int) float64 { return 5 }, nan, []indicator.Flag{indicator.Constant}},
		{"a month missing", func(i int) float64 { return math.Max(0, float64(i-1)) }, nan, []indicator.Flag{indicator.ShortHistory, "months_11"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := indicator.History{}
			for i := 1; i <= 12; i++ {
				f := vendor(fmt.Sprintf("2023-%02d", i), map[panel.AppID]float64{"a": 1e8})
				f.Cells[panel.Key{App: "a", Segment: panel.Segment{Dimension: panel.City, Member: "北京"}}] = indicator.Cell{Devices: alone(float64(i))}
				if v := c.of(i); v > 0 {
					f.Cells[panel.Key{App: "a", Segment: panel.Segment{Dimension: panel.City, Member: "上海"}}] = indicator.Cell{Devices: alone(v)}
				}
				h[f.Month] = f
			}
			wants(t, find(t, indicator.Month(h, panel.MustMonth("2023-12"), s), "series_correlation", "a", pair), c.want, nan, c.flags...)
		})
	}
}

// squares is the correlation of 1..12 with their squares: sum i = 78, sum i^2 =
// 650, sum i^3 = 6084, sum i^4 = 60710.
func squares() float64 {
	return (6084 - 78.0*650/12) / math.Sqrt((650-78.0*78/12)*(60710-650.0*650/12))
}
