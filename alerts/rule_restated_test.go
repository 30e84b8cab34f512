package alerts_test

import (
	"testing"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A correction is told with the level of the month that tells it; its numbers
// are those of the month corrected.
func TestRestated(t *testing.T) {
	for _, tc := range []struct {
		name    string
		was, is float64 // 万台
		se      float64
		others  int
		want    string
		en      string
	}{
		{
			name: "beyond", was: 9720.1, is: 9800, se: 10, others: 12,
			want: "fired: 2023-12 由 9720.1万台 更正为 9800.0万台（+0.8%，该月另有 12 个数变动）: 更正超出抽样误差",
			en:   "某应用 2024-01: 1.000M devices, 2023-12 restated from 97.20M devices to 98.00M devices (+0.8%, with 12 further numbers of that month); beyond sampling error; sampling error ±2.0% (assumed)",
		},
		{
			name: "downwards", was: 100, is: 90, se: 1,
			want: "fired: 2023-12 由 100.0万台 更正为 90.0万台（-10.0%）: 更正超出抽样误差",
			en:   "某应用 2024-01: 1.000M devices, 2023-12 restated from 1.000M devices to 900.0K devices (-10.0%); beyond sampling error; sampling error ±2.0% (assumed)",
		},
		{
			name: "noise", was: 100, is: 101, se: 0.6, want: "noise: within sampling error",
			en: "某应用 2024-01: 1.000M devices, 2023-12 restated from 1.000M devices to 1.010M devices (+1.0%); within sampling error; sampling error ±2.0% (assumed)",
		},
		{
			name: "beyond 亿", was: 14851, is: 14926, se: 1,
			want: "fired: 2023-12 由 14851.0万台 更正为 14926.0万台（+0.5%）: 更正超出抽样误差",
			en:   "某应用 2024-01: 1.000M devices, 2023-12 restated from 148.5M devices to 149.3M devices (+0.5%); beyond sampling error; sampling error ±2.0% (assumed)",
		},
		{
			name: "small", was: 10000, is: 10040, se: 10, want: "suppressed: a change below min_effect",
			en: "(suppressed) 某应用 2024-01: 1.000M devices, 2023-12 restated from 100.0M devices to 100.4M devices (+0.4%); a change below min_effect; sampling error ±2.0% (assumed)",
		},
		{
			name: "no error known", was: 100, is: 101, se: nan,
			want: "fired: 2023-12 由 100.0万台 更正为 101.0万台（+1.0%）: 抽样误差未知，无法检验",
			en:   "某应用 2024-01: 1.000M devices, 2023-12 restated from 1.000M devices to 1.010M devices (+1.0%); no sampling error known; sampling error ±2.0% (assumed)",
		},
		{
			name: "withdrawn", was: 100, is: nan, se: nan,
			want: "fired: 2023-12 曾告知 100.0万台，更正后无此数",
			en:   "某应用 2024-01: 1.000M devices, 2023-12 was told as 1.000M devices and has no number since its correction; sampling error ±2.0% (assumed)",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := alerts.History{
				Month: panel.MustMonth("2024-01"), Series: []alerts.Series{wan("app", "某应用", "none", "2024-01", 0.0102, 100)},
				Restated: []alerts.Restatement{{
					App: "app", Name: "某应用", Month: panel.MustMonth("2023-12"), Was: tc.was * 1e4, Is: tc.is * 1e4, SE: tc.se * 1e4, Others: tc.others,
				}},
			}
			k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: quiet}
			settings := alerts.Settings{"restated": {{Severity: alerts.Warn, MinEffect: 0.005}}}
			got, _ := alerts.Judge(h, k, settings)
			if brief(got) != tc.want {
				t.Errorf("got  %s\nwant %s", brief(got), tc.want)
			}
			if len(got) == 1 && got[0].En != tc.en {
				t.Errorf("got  %s\nwant %s", got[0].En, tc.en)
			}
		})
	}
}

// Two corrected months of an app are one message, and so are a correction and
// what else is told of the app; apps that a setting does not name are left out.
func TestRestatedIsMerged(t *testing.T) {
	january := panel.MustMonth("2024-01")
	x := alerts.Restatement{App: "app", Name: "某应用", Was: 100e4, Is: 110e4, SE: 1e4}
	y, z := x, x
	x.Month, y.Month, z.App = january-2, january-1, "other"
	h := alerts.History{
		Month: january, Series: []alerts.Series{wan("app", "某应用", "none", "2024-01", nan, append(flat(24, 100), 130)...)},
		Restated: []alerts.Restatement{x, y, z},
	}
	k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: quiet}
	got, coverage := alerts.Judge(h, k, alerts.Settings{
		"record_high": {{Severity: alerts.High, MinMonths: 24}},
		"restated":    {{Severity: alerts.Warn, Apps: []panel.AppID{"app"}}},
	})
	want := "fired: 创 2022-01 以来新高: 2023-11 由 100.0万台 更正为 110.0万台（+10.0%）: 更正超出抽样误差: 2023-12 由 100.0万台 更正为 110.0万台（+10.0%）"
	if brief(got) != want || coverage.Fired != 1 {
		t.Errorf("got  %s\nwant %s", brief(got), want)
	}
}
