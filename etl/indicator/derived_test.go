package indicator_test

import (
	"math"
	"slices"
	"testing"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

var nan = math.NaN()

// wants compares a value, its error and its flags with those worked out by hand.
func wants(t *testing.T, got indicator.Row, value, se float64, flags ...indicator.Flag) {
	t.Helper()
	for _, x := range []struct {
		what      string
		got, want float64
	}{{"value", got.Value, value}, {"se", got.SE, se}} {
		if math.IsNaN(x.want) != math.IsNaN(x.got) || math.Abs(x.got-x.want) > 1e-9*math.Max(1, math.Abs(x.want)) {
			t.Errorf("%s, %s: got %v, want %v", got.Indicator, x.what, x.got, x.want)
		}
	}
	if !slices.Equal(got.Flags, flags) {
		t.Errorf("%s, flags: got %v, want %v", got.Indicator, got.Flags, flags)
	}
}

// shaken is an estimate whose replicates are the value but for the first,
// which is off by d: its error is |d| sqrt(79/80).
func shaken(v, d float64) indicator.Sum {
	e := panel.Constant(v)
	e[1] += d
	return indicator.Sum{Estimate: e, Has: true}
}

var root = math.Sqrt(79.0 / 80)

// A December of 31 days: 31 000 device-days of 10 000 devices are 3.1 days
// each, a tenth of the month. 93 000 uses in 3.72 M seconds take 2/3 minute.
func TestDerivedLevels(t *testing.T) {
	m := panel.MustMonth("2023-12")
	cell := func(devices, days, uses, seconds indicator.Sum) indicator.Results {
		f := &indicator.Facts{Month: m, Basis: panel.FromPanel, Universe: 1e9, Cells: map[panel.Key]indicator.Cell{
			{App: "a", Segment: panel.All}: {Devices: devices, DeviceDays: days, Uses: uses, Seconds: seconds, N: 1000},
		}}
		return indicator.Month(indicator.History{m: f}, m, settings)
	}
	exact := func(v float64) indicator.Sum { return shaken(v, 0) }
	t.Run("values and errors", func(t *testing.T) {
		r := cell(exact(10_000), shaken(31_000, 310), exact(93_000), shaken(3_720_000, 37_200))
		wants(t, find(t, r, "stickiness", "a", panel.All), 0.1, 0.001*root)
		wants(t, find(t, r, "active_days_per_device", "a", panel.All), 3.1, 0.031*root)
		wants(t, find(t, r, "total_hours", "a", panel.All), 3_720_000.0/3600, 37_200.0/3600*root)
		wants(t, find(t, r, "minutes_per_use", "a", panel.All), 2.0/3, 0.01*2.0/3*root)
	})
	t.Run("nothing to divide by", func(t *testing.T) {
		r := cell(exact(0), exact(0), exact(0), exact(0))
		for _, name := range []string{"stickiness", "active_days_per_device", "minutes_per_use"} {
			wants(t, find(t, r, name, "a", panel.All), nan, nan, indicator.NoBase)
		}
	})
}

// The report's TOP20: 云岭先锋 has 45.5 of its 158.5 万台 a day, so that a device
// uses it on 8.9 days.
func TestStickinessOfAggregatesHasNoError(t *testing.T) {
	for _, basis := range []panel.Basis{panel.FromVendor, panel.Assumed} {
		f := vendor("2023-12", map[panel.AppID]float64{"a": 1e6})
		f.Basis, f.Sample = basis, indicator.Sample{Size: 1_000_000, Deff: 1, Universe: 1e9}
		k := panel.Key{App: "a", Segment: panel.All}
		f.Cells[k] = indicator.Cell{Devices: alone(1_585_000), DeviceDays: alone(31 * 455_000)}
		h, m := historyOf(f)
		r := indicator.Month(h, m, settings)
		wants(t, find(t, r, "stickiness", "a", panel.All), 455.0/1585, nan)
		wants(t, find(t, r, "active_days_per_device", "a", panel.All), 31*455.0/1585, nan)
	}
}

// 广东 in the report's TOP15 of 云闪付: 6.9 minutes and 3.2 uses a day.
func TestMinutesPerUseOfPrintedRatios(t *testing.T) {
	seg := panel.Segment{Dimension: panel.Province, Member: "广东"}
	f := vendor("2023-12", map[panel.AppID]float64{"a": 1e7})
	f.Delivered = map[indicator.Printed]float64{
		{Measure: "minutes_per_device_day", App: "a", Segment: seg}: 6.9,
		{Measure: "uses_per_device_day", App: "a", Segment: seg}:    3.2,
	}
	h, m := historyOf(f)
	wants(t, find(t, indicator.Month(h, m, settings), "minutes_per_use", "a", seg), 2.15625, nan)
	f.Delivered[indicator.Printed{Measure: "uses_per_device_day", App: "a", Segment: seg}] = 0
	wants(t, find(t, indicator.Month(h, m, settings), "minutes_per_use", "a", seg), nan, nan, indicator.NoBase)
}

// 交管12123: December 2023 is 1.9 times January 2020.
func TestRatioToBase(t *testing.T) {
	s := settings
	h, _ := historyOf(
		vendor("2019-12", map[panel.AppID]float64{"a": 6e7}),
		vendor("2020-01", map[panel.AppID]float64{"a": 7e7}),
		vendor("2023-12", map[panel.AppID]float64{"a": 1.33e8, "b": 1e8}))
	for _, c := range []struct {
		name, month, base string
		app               panel.AppID
		want              float64
		flags             []indicator.Flag
	}{
		{"1.9 times", "2023-12", "2020-01", "a", 1.9, nil},
		{"the base itself", "2020-01", "2020-01", "a", 1, nil},
		{"base later", "2019-12", "2020-01", "a", nan, []indicator.Flag{indicator.NoBase}},
		{"base missing", "2023-12", "2020-02", "a", nan, []indicator.Flag{indicator.NoBase}},
		{"a younger app", "2023-12", "2020-01", "b", nan, []indicator.Flag{indicator.NoBase}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.BaseMonth = panel.MustMonth(c.base)
			r := indicator.Month(h, panel.MustMonth(c.month), s)
			wants(t, find(t, r, "ratio_to_base", c.app, panel.All), c.want, nan, c.flags...)
		})
	}
}
