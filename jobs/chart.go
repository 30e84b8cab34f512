package jobs

import (
	"fmt"
	"strings"

	"panelwatch/alerts"
	"panelwatch/alerts/chart"
)

const chartMonths = 36 // as many months as can be read on a phone

// chartOf draws the series a finding is about, with the expectation of each
// month and the judged month marked.
func chartOf(extracts []alerts.ExtractNote) func(alerts.Finding) ([]byte, string, error) {
	return func(f alerts.Finding) ([]byte, string, error) {
		if len(f.Series.Points) < 2 {
			return nil, "", nil
		}
		line := lineOf(f, sourceLine(extracts))
		png, err := line.PNG()
		return png, line.Alt(), err
	}
}

func lineOf(f alerts.Finding, source string) chart.Line {
	title, _, _ := strings.Cut(f.Zh, "；")
	l := chart.Line{
		Head: chart.Head{Title: title, Subtitle: subtitle(f), Source: source, Language: chart.Chinese},
		Unit: chart.Unit(f.Series.Unit),
		Mark: &chart.Mark{Month: f.Month, Label: f.Label},
	}
	for _, p := range f.Series.Points {
		if p.Month > f.Month-chartMonths {
			l.Points = append(l.Points, chart.Point{Month: p.Month, Value: p.Value})
		}
	}
	for _, b := range f.Band {
		if b.Month > f.Month-chartMonths {
			l.Band = append(l.Band, chart.Band{Month: b.Month, Low: b.Low, High: b.High})
		}
	}
	return l
}

func subtitle(f alerts.Finding) string {
	points := f.Series.Points
	first := max(points[0].Month, f.Month-chartMonths+1)
	s := fmt.Sprintf("%s · %s 至 %s", measure(f.Series.Indicator), first, f.Month)
	if f.Series.Segment.Member != "" && f.Series.Segment.Dimension != "all" {
		s = f.Series.Segment.Member + " · " + s
	}
	if len(f.Band) > 0 {
		s += " · 阴影为 95% 预测区间"
	}
	return s
}

func measure(indicator string) string {
	switch indicator {
	case "yoy":
		return "同比"
	case "cagr6":
		return "近6个月复合增长率（%/月）"
	}
	return "月独立设备数（台）"
}

func sourceLine(extracts []alerts.ExtractNote) string {
	var parts []string
	for _, e := range extracts {
		s := fmt.Sprintf("来源：%s · extract %s r%d", e.Vendor, e.Month, e.Revision)
		if e.Synthetic != "" {
			s += " · 示例数据，非真实统计"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "；")
}
