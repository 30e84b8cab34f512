package alerts

import (
	"math"

	"panelwatch/etl/panel"
)

// Format writes a value of a finding in its unit: 1.19亿台, 14.4%, 0.6个百分点,
// 第4位; in English 119.0M devices, 14.4%, 0.6 pp, no. 4. "–" where there is no
// number.
func Format(v float64, u Unit, english bool) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	switch u {
	case Ratio:
		return percent(v)
	case Points:
		zh, en := points(v)
		return pick(english, zh, en)
	case Places:
		return pick(english, "第"+panel.Decimal(v, 0, 0)+"位", "no. "+panel.Decimal(v, 0, 0))
	case Index:
		return panel.Decimal(v, 0, 1)
	}
	return pick(english, devicesZh(v), devicesEn(v))
}

// FormatWan writes devices in 万台 with one decimal and no unit, as the
// columns of a list print them: 1796.8.
func FormatWan(devices float64) string {
	if math.IsNaN(devices) || math.IsInf(devices, 0) {
		return "–"
	}
	return panel.Decimal(devices, -4, 1)
}

func pick(english bool, zh, en string) string {
	if english {
		return en
	}
	return zh
}
