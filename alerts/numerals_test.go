package alerts_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"panelwatch/alerts"
)

func TestSentencesInOtherNumerals(t *testing.T) {
	const (
		zh = "铁路12306 2023-09 月独立设备数 1.19亿台，创 2020-01 以来新高；预期 1.12亿 [1.05, 1.20]，高于预期 6.2%；环比 +525.3万台"
		en = "铁路12306 2023-09: 119.0M devices, highest since 2020-01; expected 112.0M [105.0, 120.0], 6.2% above; up 5.253M devices"
	)
	for _, tc := range []struct {
		name           string
		to             alerts.Numerals
		sentence, twin string
		english        bool
		want           string
	}{
		{"as the language has it", "", zh, en, false, zh},
		{"already so", alerts.Million, en, zh, true, en},
		{"taken from the twin", alerts.Million, zh, en, false, "铁路12306 2023-09 月独立设备数 119.0M台，创 2020-01 以来新高；预期 112.0M [105.0, 120.0]，高于预期 6.2%；环比 +5.253M台"},
		{"English with 万", alerts.Wan, en, zh, true, "铁路12306 2023-09: 1.19亿 devices, highest since 2020-01; expected 1.12亿 [1.05, 1.20], 6.2% above; up 525.3万 devices"},
		{"digit by digit", alerts.Million, "1796.8万台，12.00亿 [11.00, 13.00]，95.0万台", "", false, "17.968M台，1.200B [1.100, 1.300]，950K台"},
		{"back", alerts.Wan, "17.97M devices, 1.200B, 950.0K", "", true, "1797万 devices, 12.00亿, 95.00万"},
		{"another number of the twin", alerts.Million, "1.19亿台", "200.0M devices", false, "119M台"},
	} {
		if got := tc.to.Written(tc.sentence, tc.twin, tc.english); got != tc.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tc.name, got, tc.want)
		}
	}
}

// Whatever is written, the other numerals say the same within the rounding of
// both.
func TestOtherNumeralsSayTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := math.Pow(10, rapid.Float64Range(4, 10.5).Draw(t, "log"))
		said := alerts.Million.Written(alerts.Format(v, alerts.Devices, false), "", false)
		digits, unit := strings.TrimSuffix(said, "台"), 1.0
		for suffix, size := range map[string]float64{"K": 1e3, "M": 1e6, "B": 1e9} {
			if rest, ok := strings.CutSuffix(digits, suffix); ok {
				digits, unit = rest, size
			}
		}
		got, err := strconv.ParseFloat(digits, 64)
		if err != nil || math.Abs(got*unit-v) > math.Max(0.0051*v, 600) {
			t.Fatalf("%g: %q, %v", v, said, err)
		}
	})
}

func TestNumeralsOfNumbers(t *testing.T) {
	for _, tc := range []struct {
		got, want string
	}{
		{alerts.Million.Format(1.19e8, alerts.Devices, false), "119.0M台"},
		{alerts.Wan.Format(1.19e8, alerts.Devices, true), "1.19亿 devices"},
		{alerts.Numerals("").Format(1.2e9, alerts.Devices, true), "1.200B devices"},
		{alerts.Million.Format(0.144, alerts.Ratio, false), "14.4%"},
		{alerts.Million.Format(math.NaN(), alerts.Devices, false), "–"},
		{alerts.Million.Column(1.7968e7, false), "17.97"},
		{alerts.Numerals("").Column(1.7968e7, true), "17.97"},
		{alerts.Numerals("").Column(1.7968e7, false), "1796.8"},
		{alerts.Wan.Column(math.Inf(1), true), "–"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %s, want %s", tc.got, tc.want)
		}
	}
}
