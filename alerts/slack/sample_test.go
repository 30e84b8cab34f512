package slack

import (
	"errors"
	"math"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

var september = panel.MustMonth("2023-09")

func total(rule string, app panel.AppID, name string) alerts.Finding {
	return alerts.Finding{
		Rule: rule, Month: september, Verdict: alerts.Fired, Severity: alerts.High,
		Subject: alerts.Subject{App: app, Segment: panel.All}, Unit: alerts.Devices,
		Series: alerts.Series{
			App: app, Name: name, Segment: panel.All, Unit: alerts.Devices, Basis: panel.Assumed,
			Points: []expect.Point{{Month: september - 1, Value: 1.1e8}, {Month: september, Value: 1.19e8}},
		},
		Value: math.NaN(), SE: math.NaN(), Expected: math.NaN(), Low: math.NaN(), High: math.NaN(), Z: math.NaN(),
	}
}

// sampleDigest has a finding of each verdict, two lists and invented numbers.
func sampleDigest() alerts.Digest {
	record := total("record_high", "tielu12306", "铁路12306")
	record.Value, record.SE, record.Expected, record.Low, record.High = 1.19e8, 1.8e5, 1.12e8, 1.05e8, 1.2e8
	record.Also = []string{"holiday_peak"}
	record.Facts = []alerts.Fact{{Zh: "创 2020-01 以来新高", En: "highest since 2020-01"}, {Zh: "国庆节预售 9/15 起", En: "National Day presale from Sep 15"}}
	record.Zh = "铁路12306 2023-09 月独立设备数 1.19亿台，创 2020-01 以来新高；国庆节预售 9/15 起；预期 1.12亿 [1.05, 1.20]，高于预期 6.3%，在区间内；抽样误差 ±0.3%（假定）"
	record.En = "铁路12306 2023-09: 119.0M devices, highest since 2020-01; National Day presale from Sep 15; expected 112.0M [105.0, 120.0], 6.3% above expectation, inside the band; sampling error ±0.3% (assumed)"

	record.Indicator, record.TraceID = alerts.MUD, "12-0123456789ab"
	record.Query = "SELECT value, se FROM v_indicator_history WHERE publication_id = 12 AND app_id = 'tielu12306';"

	fall := total("cagr_fall", "dengta", "灯塔党建在线")
	fall.Indicator, fall.TraceID, fall.Query = alerts.CAGR6, "12-ba9876543210", "SELECT value FROM v_indicator_history WHERE value < 0;"
	fall.Severity, fall.Unit, fall.Value = alerts.Warn, alerts.Ratio, -0.066
	fall.Zh, fall.En = "灯塔党建在线 2023-09 月独立设备数 273.9万台，近6个月复合增长率 -6.6% < -3.0%", "灯塔党建在线 2023-09: 2.739M devices, six-month compound growth -6.6% < -3.0%"

	filing := total("filing_season", "geshui", "个人所得税")
	filing.Verdict, filing.Severity = alerts.Expected, alerts.Info
	filing.Zh, filing.En = "个人所得税 2023-09 月独立设备数 1.42亿台，汇算清缴期", "个人所得税 2023-09: 142.0M devices, filing season"

	noise := total("rank_change", "tianjinzhengwu", "天津政务")
	noise.Verdict, noise.Reason = alerts.Noise, "rank change within sampling error"
	noise.Swaps = []alerts.Swapped{
		{Over: "tianjinzhengwu", Under: "neimenggu12333", OverName: "天津政务", UnderName: "内蒙古12333", Base: september - 1, Real: 0.58},
		{Over: "tianjinzhengwu", Under: "dengta", OverName: "天津政务", UnderName: "灯塔党建在线", Base: september - 1, Real: 0.99, Sure: true},
		{Over: "tianjinzhengwu", Under: "kunming", OverName: "天津政务", UnderName: "昆明人社通", Base: september - 1, Real: math.NaN()},
	}

	return alerts.Digest{
		Month: september, Channel: "C0PANELWATCH", Language: "zh",
		Extracts: []alerts.ExtractNote{{
			Source: "vendor", Vendor: "示例 R&D <样本>", Month: september, Revision: 2, Basis: panel.Assumed, Synthetic: "sample generator, seed 1",
		}},
		Findings: []alerts.Finding{record, fall, filing, noise},
		Lists:    []alerts.List{government(), banks()},
		Coverage: alerts.Coverage{Rules: 9, Subjects: 842, Fired: 2, Expected: 1, Noise: 11, NotEvaluable: 4},
	}
}

// correction is told with September and is about August.
func correction() alerts.Finding {
	f := total("restated", "gongshang", "工商银行")
	f.Severity, f.Unit, f.Value, f.SE = alerts.Warn, alerts.Ratio, -0.0123, 0.002
	f.Zh = "工商银行 2023-09 月独立设备数 1.19亿台，2023-08 由 11000.0万台 更正为 10864.7万台（-1.2%，该月另有 7 个数变动）；更正超出抽样误差；抽样误差 ±0.4%（假定）"
	f.En = "工商银行 2023-09: 119.0M devices, 2023-08 restated from 110.0M devices to 108.6M devices (-1.2%, with 7 further numbers of that month); beyond sampling error; sampling error ±0.4% (assumed)"
	return f
}

func government() alerts.List {
	nan := math.NaN()
	return alerts.List{Name: "地方政务", Size: 4, Months: map[panel.Month][]alerts.Entry{september: {
		{App: "minzhengtong", Name: "闽政通", Region: "福建", Rank: 1, Devices: 17968000, SE: 60000, DAU: 2396000, CAGR6: -0.016},
		{App: "zheliban", Name: "浙里办", Region: "浙江", Rank: 2, Devices: 8088000, SE: 40000, DAU: 718000, CAGR6: -0.041},
		{App: "tianjinzhengwu", Name: "天津政务", Region: "天津", Rank: 3, Devices: 1569000, SE: 18000, DAU: 150000, CAGR6: 0.005},
		{App: "neimenggu12333", Name: "内蒙古12333", Rank: 4, Devices: 1564000, SE: 18000, DAU: nan, CAGR6: nan},
		{App: "kunming", Name: "昆明人社通", Region: "云南-昆明", Rank: 5, Devices: 1482000, SE: nan, DAU: nan, CAGR6: nan},
	}}}
}

func banks() alerts.List {
	nan := math.NaN()
	return alerts.List{Name: "国有大行", Size: 6, Months: map[panel.Month][]alerts.Entry{september: {
		{App: "abc", Name: "农业银行", Rank: 1, Devices: 2.02e8, SE: nan, DAU: 3.1e7, CAGR6: 0.002},
		{App: "icbc", Name: "工商银行", Rank: 2, Devices: 1.98e8, SE: nan, DAU: 2.9e7, CAGR6: 0.001},
	}}}
}

// tinyChart draws every finding about an app but the one whose chart breaks.
func tinyChart(f alerts.Finding) ([]byte, string, error) {
	switch f.Subject.App {
	case "dengta":
		return nil, "", errors.New("no glyph for '𠮷' (U+20BB7)")
	case "geshui":
		return nil, "", nil
	}
	return []byte("\x89PNG\r\n\x1a\n" + f.Series.Name), f.Series.Name + "：1.19亿，预期 1.05亿 至 1.20亿", nil
}
