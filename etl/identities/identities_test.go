package identities_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"panelwatch/etl/extract"
	"panelwatch/etl/identities"
	"panelwatch/etl/panel"
)

func in(dimension, member string) panel.Segment {
	return panel.Segment{Dimension: dimension, Member: member}
}

func of(file int, measure string, app panel.AppID, s panel.Segment, v float64) extract.Value {
	return extract.Value{Measure: measure, App: app, Segment: s, Value: v, File: file, Line: 2}
}

func pair(measure string, a, b panel.AppID, v float64) extract.Value {
	return extract.Value{Measure: measure, App: a, Other: b, Segment: panel.All, Value: v, Line: 3}
}

var members = map[string][]string{panel.Gender: {"男", "女"}, panel.City: {"北京"}}

// profile is an app by gender, with TGI of a base of 50.4 % men.
func profile(file int, app panel.AppID, total, men, base float64) []extract.Value {
	return []extract.Value{
		of(file, extract.Devices, app, panel.All, total),
		of(file, extract.Devices, app, in(panel.Gender, "男"), math.Round(total*men/1000)*1000),
		of(file, extract.Devices, app, in(panel.Gender, "女"), math.Round(total*(1-men)/1000)*1000),
		of(file, extract.TGI, app, in(panel.Gender, "男"), math.Round(1000*men/base)/10),
		of(file, extract.TGI, app, in(panel.Gender, "女"), math.Round(1000*(1-men)/(1-base))/10),
	}
}

func TestWhatDoesNotHoldIsNoted(t *testing.T) {
	all, men := panel.All, in(panel.Gender, "男")
	for name, c := range map[string]struct {
		month identities.Month
		want  []string // rule and app
	}{
		"everything holds": {month: identities.Month{Values: profile(0, "a", 5_253_000, 0.61, 0.504)}},
		"a day above the month": {
			month: identities.Month{Values: []extract.Value{of(0, extract.Devices, "a", all, 1_001_000), of(0, extract.DAUAverage, "a", all, 1_003_000)}},
			want:  []string{"dau_above_mud a"},
		},
		"a day above the month by rounding": {
			month: identities.Month{Values: []extract.Value{of(0, extract.Devices, "a", all, 1_002_000), of(0, extract.DAUAverage, "a", all, 1_003_000)}},
		},
		"the same of a panel": {
			month: identities.Month{Exact: true, Values: []extract.Value{of(0, extract.Devices, "a", all, 1_002_000), of(0, extract.DAUAverage, "a", all, 1_003_000)}},
			want:  []string{"dau_above_mud a"},
		},
		"a member missing in part": {
			month: identities.Month{Values: []extract.Value{
				of(0, extract.Devices, "a", all, 1_001_000), of(0, extract.Devices, "a", men, 512_000), of(0, extract.Devices, "a", in(panel.Gender, "女"), 438_000),
			}},
			want: []string{"members_total a"},
		},
		"a member not delivered":  {month: identities.Month{Values: []extract.Value{of(0, extract.Devices, "a", all, 1_001_000), of(0, extract.Devices, "a", men, 512_000)}}},
		"a member above the app":  {month: identities.Month{Values: []extract.Value{of(0, extract.Devices, "a", all, 511_000), of(0, extract.Devices, "a", men, 513_000)}}, want: []string{"members_total a"}},
		"cities are never all":    {month: identities.Month{Values: []extract.Value{of(0, extract.Share, "a", in(panel.City, "北京"), 0.041)}}},
		"shares of 100.1 percent": {month: identities.Month{Values: []extract.Value{of(0, extract.Share, "a", men, 0.513), of(0, extract.Share, "a", in(panel.Gender, "女"), 0.488)}}},
		"shares of 95 percent": {
			month: identities.Month{Values: []extract.Value{of(0, extract.Share, "a", men, 0.512), of(0, extract.Share, "a", in(panel.Gender, "女"), 0.438)}},
			want:  []string{"shares_total a"},
		},
		"more in common than there are": {
			month: identities.Month{Values: []extract.Value{
				of(1, extract.Devices, "a", all, 300_000), of(1, extract.Devices, "b", all, 201_000), pair(extract.OverlapDevices, "a", "b", 203_000),
			}},
			want: []string{"overlap_above_app a"},
		},
		"exclusive and common devices": {
			month: identities.Month{Values: []extract.Value{
				of(1, extract.Devices, "a", all, 301_000), of(1, extract.Devices, "b", all, 400_000),
				pair(extract.OverlapDevices, "a", "b", 201_000), pair(extract.ExclusiveShare, "a", "b", 0.353),
			}},
			want: []string{"exclusive_total a"},
		},
		"a universe of its own": {
			month: identities.Month{Universe: 1_390_000_000, Values: []extract.Value{of(0, extract.Devices, panel.AllNetwork, all, 1_391_000_000)}},
			want:  []string{"universe_total *"},
		},
		"growth that is not": {
			month: identities.Month{
				Values:  []extract.Value{of(0, extract.Devices, "a", all, 1_101_000), of(0, extract.MoM, "a", all, 0.121)},
				Earlier: map[string]identities.Earlier{extract.MoM: {Steps: 1, Values: []extract.Value{of(0, extract.Devices, "a", all, 1_001_000)}}},
			},
			want: []string{"vendor_growth a"},
		},
		"TGI of two bases": {
			month: identities.Month{Values: append(profile(0, "a", 5_253_000, 0.61, 0.504), profile(1, "b", 8_211_000, 0.55, 0.43)...)},
			want:  []string{"tgi_base_conflict b"},
		},
	} {
		c.month.Members = members
		var got []string
		for _, n := range identities.Check(c.month) {
			got = append(got, n.Rule+" "+n.Raw)
			if n.Text == "" || n.Line == 0 {
				t.Errorf("%s: %+v does not say where or what", name, n)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", name, diff)
		}
	}
}

// What is printed of numbers that agree is never noted.
func TestRoundingIsNoFault(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.Float64Range(0.3, 0.7).Draw(t, "base")
		growth := rapid.Float64Range(-0.5, 0.5).Draw(t, "growth")
		before := rapid.Float64Range(2e4, 2e8).Draw(t, "before")
		m := identities.Month{Members: members, Earlier: map[string]identities.Earlier{
			extract.CAGR6: {Steps: 6, Values: []extract.Value{of(0, extract.Devices, "a", panel.All, wan(before))}},
		}}
		for file, app := range []panel.AppID{"a", "b", "c"} {
			total := before * math.Pow(1+growth, 6)
			men := rapid.Float64Range(0.2, 0.8).Draw(t, "men")
			m.Values = append(m.Values, profile(file, app, wan(total), men, base)[3:]...)
			for member, share := range map[string]float64{"男": men, "女": 1 - men} {
				m.Values = append(m.Values, of(file, extract.Devices, app, in(panel.Gender, member), wan(share*total)),
					of(file, extract.Share, app, in(panel.Gender, member), math.Round(share*1000)/1000))
			}
			m.Values = append(m.Values, of(file, extract.Devices, app, panel.All, wan(total)),
				of(file, extract.CAGR6, app, panel.All, math.Round(growth*1000)/1000))
		}
		for _, n := range identities.Check(m) {
			t.Fatalf("%+v", n)
		}
	})
}

// wan rounds to 万台 with one decimal.
func wan(v float64) float64 { return math.Round(v/1000) * 1000 }

func TestEveryIdentityHasAVerdict(t *testing.T) {
	for name, v := range identities.Defaults {
		if v != identities.Fail && v != identities.Note || strings.ToLower(name) != name {
			t.Errorf("%s: %q", name, v)
		}
	}
}
