package alerts

import (
	"math"
	"testing"
)

func TestFormat(t *testing.T) {
	for _, tc := range []struct {
		v      float64
		u      Unit
		zh, en string
	}{
		{1.19e8, Devices, "1.19亿台", "119.0M devices"},
		{5253000, Devices, "525.3万台", "5.253M devices"},
		{-0.0305, Ratio, "-3.1%", "-3.1%"},
		{1.5, Points, "1.5个百分点", "1.5 pp"},
		{4, Places, "第4位", "no. 4"},
		{math.NaN(), Devices, "–", "–"},
	} {
		if got := Format(tc.v, tc.u, false); got != tc.zh {
			t.Errorf("Format(%v, %s) = %s, want %s", tc.v, tc.u, got, tc.zh)
		}
		if got := Format(tc.v, tc.u, true); got != tc.en {
			t.Errorf("Format(%v, %s) in English = %s, want %s", tc.v, tc.u, got, tc.en)
		}
	}
	for v, want := range map[float64]string{17968000: "1796.8", 1424500: "142.5", math.Inf(1): "–"} {
		if got := FormatWan(v); got != want {
			t.Errorf("FormatWan(%v) = %s, want %s", v, got, want)
		}
	}
}
