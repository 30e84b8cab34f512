package alerts

import (
	"math"
	"strings"

	"panelwatch/etl/panel"
)

// percent writes a ratio with one decimal: 0.144 is 14.4%.
func percent(ratio float64) string { return panel.Decimal(ratio, 2, 1) + "%" }

// signed is percent with its sign.
func signed(ratio float64) string {
	if s := percent(ratio); strings.HasPrefix(s, "-") {
		return s
	}
	return "+" + percent(ratio)
}

// points writes percentage points, which are never a percent: 1.5个百分点.
func points(pp float64) (zh, en string) {
	s := panel.Decimal(pp, 0, 1)
	return s + "个百分点", s + " pp"
}

// A scale is the unit in which a number of devices is written.
type scale struct {
	shift, places int
	suffix        string
}

var (
	scalesZh = []scale{{-8, 2, "亿"}, {-4, 1, "万"}, {0, 0, ""}}
	scalesEn = []scale{{-9, 3, "B"}, {-6, 1, "M"}, {-6, 2, "M"}, {-6, 3, "M"}, {-3, 1, "K"}, {0, 0, ""}}
)

// scaleZh is 亿 from what rounds to 10000.0万 on, 万 from what rounds to one.
func scaleZh(v float64) scale {
	switch {
	case math.Abs(v) >= 9999.95e4:
		return scalesZh[0]
	case math.Abs(v) >= 9999.5:
		return scalesZh[1]
	}
	return scalesZh[2]
}

// scaleEn keeps four figures from a million on.
func scaleEn(v float64) scale {
	switch a := math.Abs(v); {
	case a >= 999.95e6:
		return scalesEn[0]
	case a >= 99.995e6:
		return scalesEn[1]
	case a >= 9.9995e6:
		return scalesEn[2]
	case a >= 0.99995e6:
		return scalesEn[3]
	case a >= 999.5:
		return scalesEn[4]
	}
	return scalesEn[5]
}

func (s scale) number(v float64) string { return panel.Decimal(v, s.shift, s.places) }

// devicesZh writes devices as 1.19亿台 or 525.3万台.
func devicesZh(v float64) string {
	s := scaleZh(v)
	return s.number(v) + s.suffix + "台"
}

// devicesEn writes devices as 119.0M devices.
func devicesEn(v float64) string {
	s := scaleEn(v)
	return s.number(v) + s.suffix + " devices"
}
