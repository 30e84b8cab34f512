package main

import (
	"math"
	"testing"
)

func TestShown(t *testing.T) {
	for _, tc := range []struct {
		v          float64
		unit       string
		difference bool
		want       string
	}{
		{17_968_000, "devices", false, "1796.80 万台"},
		{-0.016, "ratio_per_month", false, "-1.60 %"},
		{-0.016, "ratio", true, "-1.60 pp"},
		{1.25, "pp", false, "1.25 pp"},
		{-0.5, "pp", true, "-0.50 pp"},
		{3, "rank", false, "3"},
		{112.345, "index", false, "112.35"},
		{math.NaN(), "pp", false, "-"},
	} {
		if got := shown(tc.v, tc.unit, tc.difference); got != tc.want {
			t.Errorf("%v %s: %s, want %s", tc.v, tc.unit, got, tc.want)
		}
	}
}
