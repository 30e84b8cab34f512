package indicator_test

import (
	"math"
	"testing"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

var fifth = panel.Segment{Dimension: panel.CityTier, Member: "五线城市"}

// withTier is a month of app a and of all devices, each with a member.
func withTier(m string, whole, part, all, allPart float64) *indicator.Facts {
	f := vendor(m, map[panel.AppID]float64{"a": whole, panel.AllNetwork: all})
	f.Cells[panel.Key{App: "a", Segment: fifth}] = indicator.Cell{Devices: alone(part)}
	f.Cells[panel.Key{App: panel.AllNetwork, Segment: fifth}] = indicator.Cell{Devices: alone(allPart)}
	return f
}

// 8.5 % a year ago, 10 % now: 1.5 percentage points, not 17.6 %.
func TestShareChangeIsInPoints(t *testing.T) {
	before, now := withTier("2022-12", 2e7, 1.7e6, 1e9, 1e8), withTier("2023-12", 3e7, 3e6, 1e9, 1e8)
	h, m := historyOf(before, now)
	change := func() indicator.Row { return find(t, indicator.Month(h, m, settings), "share_change_pp", "a", fifth) }
	wants(t, change(), 1.5, nan)
	before.Terms.TierListYear = 2022
	wants(t, change(), nan, nan, indicator.TermsDiffer, indicator.TierListDiffers)
	delete(h, m-12)
	wants(t, change(), nan, nan, indicator.NoBase)
}

// One replicate of the member is off by 1 % of the app: one point.
func TestErrorOfAShareChange(t *testing.T) {
	m := panel.MustMonth("2023-12")
	all := panel.Key{App: "a", Segment: panel.All}
	part := panel.Key{App: "a", Segment: fifth}
	month := func(m panel.Month, off float64) *indicator.Facts {
		return panelMonth(m, map[panel.Key]panel.Estimate{all: shaken(1e6, 0).Estimate, part: shaken(2e5, off).Estimate})
	}
	h := indicator.History{m: month(m, 1e4), m - 12: month(m-12, 0)}
	wants(t, find(t, indicator.Month(h, m, settings), "share_change_pp", "a", fifth), 0, 1*root)
}

// TGI 100 x 10 % / 10 % = 100, a month before 100 x 8 % / 10 % = 80.
func TestTGIChange(t *testing.T) {
	before, now := withTier("2023-11", 2e7, 1.6e6, 1e9, 1e8), withTier("2023-12", 3e7, 3e6, 1e9, 1e8)
	h, m := historyOf(before, now)
	change := func() indicator.Row { return find(t, indicator.Month(h, m, settings), "tgi_change", "a", fifth) }
	wants(t, change(), 20, nan)
	before.Terms.TGIBase = "netizens"
	wants(t, change(), nan, nan, indicator.TGIBaseDiffers)
	delete(h, m-1)
	wants(t, change(), nan, nan, indicator.NoBase)
}

func TestTGIChangeOfPrintedValues(t *testing.T) {
	seg := panel.Segment{Dimension: panel.Province, Member: "山东"}
	printed := func(m string, v float64) *indicator.Facts {
		f := vendor(m, map[panel.AppID]float64{"a": 1e7})
		f.Delivered = map[indicator.Printed]float64{{Measure: "tgi", App: "a", Segment: seg}: v}
		return f
	}
	h, m := historyOf(printed("2023-11", 120), printed("2023-12", 121.5))
	wants(t, find(t, indicator.Month(h, m, settings), "tgi_change", "a", seg), 1.5, nan)
}

// 交管12123: 广东 is the only province above ten million.
func TestCountAbove(t *testing.T) {
	s := settings
	province := func(name string) panel.Segment { return panel.Segment{Dimension: panel.Province, Member: name} }
	s.Thresholds = []indicator.Threshold{
		{App: "a", Segment: province("广东"), Devices: 1e7},
		{App: "a", Segment: province("湖南"), Devices: 1e7}, // the same count
		{App: "a", Segment: panel.All, Devices: 1e8},      // no member
	}
	build := func(basis panel.Basis, off float64) indicator.Row {
		m := panel.MustMonth("2023-12")
		f := panelMonth(m, map[panel.Key]panel.Estimate{
			{App: "a", Segment: panel.All}:                                          shaken(1e8, 0).Estimate,
			{App: "a", Segment: province("广东")}:                                     shaken(1.2e7, 0).Estimate,
			{App: "a", Segment: province("湖南")}:                                     shaken(1e7, off).Estimate,
			{App: "a", Segment: province("四川")}:                                     shaken(8e6, 0).Estimate,
			{App: "a", Segment: province(panel.Unknown)}:                            shaken(5e7, 0).Estimate,
			{App: "a", Segment: panel.Segment{Dimension: panel.City, Member: "北京"}}: shaken(2e7, 0).Estimate,
		})
		f.Basis = basis
		return find(t, indicator.Month(indicator.History{m: f}, m, s), "count_above", "a", panel.Segment{Dimension: panel.Province, Member: "D>=10000000"})
	}
	wants(t, build(panel.FromPanel, 0), 2, 0)
	wants(t, build(panel.FromPanel, 1e5), 2, 0.5) // 湖南 stands on the line: p = 1/2, sqrt(p (1 - p)) = 1/2
	wants(t, build(panel.FromVendor, 0), 2, math.NaN())
}
