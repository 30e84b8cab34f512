package alerts

import (
	"fmt"
	"math"
	"slices"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// about begins a finding with no number in it.
func about(rule string, m panel.Month, subject Subject, p Params) Finding {
	nan := math.NaN()
	return Finding{
		Rule: rule, Month: m, Subject: subject, Severity: p.Severity, Verdict: Fired,
		Value: nan, SE: nan, Expected: nan, Low: nan, High: nan, Z: nan,
	}
}

// aboutSeries begins a finding about the newest point of a series.
func aboutSeries(rule string, s Series, now expect.Point, p Params) Finding {
	f := about(rule, now.Month, Subject{App: s.App, Segment: s.Segment}, p)
	f.Value, f.SE, f.Unit, f.Series, f.Indicator = now.Value, now.SE, s.Unit, s, s.Indicator
	return f
}

// expecting adds what the model expected.
func (f Finding) expecting(fc expect.Forecast) Finding {
	f.Expected, f.Low, f.High, f.Z = fc.Expected, fc.Low, fc.High, fc.Z(f.Value)
	f.Parts = &fc.Parts
	return f
}

func (f Finding) because(facts ...Fact) Finding {
	f.Facts = append(slices.Clone(f.Facts), facts...)
	return f
}

// unless turns the finding into one that is not told, with its reason after
// the facts it has. What is only noise, or told already, asks nobody to act.
func (f Finding) unless(v Verdict, reason Fact) Finding {
	f.Verdict, f.Reason, f.Label = v, reason.En, ""
	if v == Noise || v == Suppressed {
		f.Severity = Info
	}
	return f.because(reason)
}

// lasting is what was told before and goes on.
func (f Finding) lasting(reason Fact) Finding {
	f = f.unless(Suppressed, reason)
	f.Lasts = true
	return f
}

// Reasons why a month was not judged, or not told.
func tooShort(months int) Fact {
	return Fact{fmt.Sprintf("历史过短（%d 个月）", months), fmt.Sprintf("history too short (%d months)", months)}
}

func missing(m panel.Month) Fact {
	return Fact{fmt.Sprintf("缺少基期 %s", m), fmt.Sprintf("base month %s missing", m)}
}

func noForecast(months int, reason string) Fact {
	if f := tooShort(months); f.En == reason {
		return f
	}
	return Fact{"没有可比月份，无法给出预期", reason}
}

func beyondCalendar(last panel.Month) Fact {
	return Fact{fmt.Sprintf("日历表只到 %s", last), fmt.Sprintf("the calendar ends %s", last)}
}

var (
	withinError = Fact{"变化在抽样误差内", "within sampling error"}
	noError     = Fact{"抽样误差未知，无法检验", "no sampling error known"}
)
