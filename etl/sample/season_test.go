package sample_test

import (
	"fmt"
	"math"
	"testing"
)

// An app that falls or rises in the published half-year does so, more mildly,
// in the half-years before: what is published is no break, but for the one app
// whose fall is meant as an event.
func TestSecondHalvesResembleThePublishedOne(t *testing.T) {
	v := readVendor(t, written(t))
	for app := range v.growth {
		published := change(v.devices[app][december], v.devices[app][june])
		for year := 2020; year <= 2022; year++ {
			earlier := change(v.devices[app][fmt.Sprintf("%d-12", year)], v.devices[app][fmt.Sprintf("%d-06", year)])
			if app == "灯塔党建在线" {
				if earlier < published/3 {
					t.Errorf("%s: %.1f %% in %d already, %.1f %% is to be an event", app, earlier, year, published)
				}
				continue
			}
			if math.Abs(earlier-published) > 5 && app != "江苏政务服务" || earlier*published < 0 && math.Abs(published) > 5 {
				t.Errorf("%s: %.1f %% in the second half of %d, %.1f %% in that of 2023", app, earlier, year, published)
			}
		}
	}
}

// 12123 grows all year as it is published to have grown in December.
func TestRoadGrowsEvenly(t *testing.T) {
	s := readVendor(t, written(t)).devices["交管12123"]
	for month := 1; month <= 12; month++ {
		now, base := fmt.Sprintf("2023-%02d", month), fmt.Sprintf("2022-%02d", month)
		if g := change(s[now], s[base]); g < 12 || g > 17.5 {
			t.Errorf("%s: %+.1f %% on the year", now, g)
		}
	}
}
