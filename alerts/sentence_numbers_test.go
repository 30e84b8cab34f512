package alerts

import (
	"testing"
)

func TestNumbers(t *testing.T) {
	for _, tc := range []struct {
		wan    float64
		zh, en string
	}{
		{11900, "1.19亿台", "119.0M devices"},
		{9999.95, "1.00亿台", "100.0M devices"},
		{9999.94, "9999.9万台", "100.0M devices"},
		{525.3, "525.3万台", "5.253M devices"},
		{156.45, "156.5万台", "1.565M devices"}, // half away from zero
		{5451.1, "5451.1万台", "54.51M devices"},
		{139000, "13.90亿台", "1.390B devices"},
		{1, "1.0万台", "10.0K devices"},
		{0.8123, "8123台", "8.1K devices"},
		{0, "0台", "0 devices"},
	} {
		if got := devicesZh(tc.wan * 1e4); got != tc.zh {
			t.Errorf("%v 万: %s, want %s", tc.wan, got, tc.zh)
		}
		if got := devicesEn(tc.wan * 1e4); got != tc.en {
			t.Errorf("%v 万: %s, want %s", tc.wan, got, tc.en)
		}
	}
	for _, tc := range []struct {
		ratio float64
		want  string
	}{{0.1305, "+13.1%"}, {0.144, "+14.4%"}, {-0.066, "-6.6%"}, {-0.00049, "+0.0%"}, {-0.0005, "-0.1%"}} {
		if got := signed(tc.ratio); got != tc.want {
			t.Errorf("%v: %s, want %s", tc.ratio, got, tc.want)
		}
	}
	if zh, en := points(1.45); zh != "1.5个百分点" || en != "1.5 pp" {
		t.Errorf("points: %s, %s", zh, en)
	}
}
