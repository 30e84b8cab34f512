package jobs

import (
	"fmt"
	"math"
	"strings"

	"panelwatch/alerts"
	"panelwatch/alerts/chart"
	"panelwatch/alerts/slack"
)

const chartMonths = 36 // as many months as can be read on a phone

// A picture is a chart of any kind.
type picture interface {
	PNG() ([]byte, error)
	Alt() string
}

// chartOf draws the findings of a digest, each in the kind that shows it best,
// in the language and the numerals of its channel.
func chartOf(d alerts.Digest) func(alerts.Finding) ([]byte, string, error) {
	s := sketch{d, slack.CaptionsOf(d)}
	return func(f alerts.Finding) ([]byte, string, error) {
		c := s.of(f)
		if c == nil {
			return nil, "", nil
		}
		png, err := c.PNG()
		return png, c.Alt(), err
	}
}

// A sketch chooses and fills the charts of a digest.
type sketch struct {
	digest alerts.Digest
	say    slack.Captions
}

// of is nil where there is nothing to draw.
func (s sketch) of(f alerts.Finding) picture {
	switch {
	case f.Compared != nil && len(f.Compared.Parts) > 0:
		if hours, ok := s.hours(f); ok {
			return hours
		}
		return s.parts(f)
	case f.Was.Rank > 0 && f.Unit == alerts.Places:
		if ranks := s.ranks(f); len(ranks.Rows) > 0 {
			return ranks
		}
	}
	if len(f.Series.Points) < 2 {
		return nil
	}
	return s.line(f)
}

// head stands around a finding's chart; about says what is measured.
func (s sketch) head(f alerts.Finding, about string) chart.Head {
	h := chart.Head{
		Title: s.say.Title(f), Subtitle: about, Source: s.source(),
		Language: chart.Chinese, Numerals: string(s.say.Numerals()),
	}
	if s.say.English() {
		h.Language = chart.English
	}
	return h
}

func (s sketch) line(f alerts.Finding) chart.Line {
	l := chart.Line{
		Head: s.head(f, s.span(f)), Unit: chart.Unit(f.Series.Unit), Mark: &chart.Mark{Month: f.Month, Label: s.label(f)},
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

// label names the event of the marked month, or the rate that the finding is
// about.
func (s sketch) label(f alerts.Finding) string {
	if f.Label != "" || f.Series.Unit != alerts.Devices || math.IsNaN(f.Value) {
		return s.say.Say(f.Label, f.LabelEn)
	}
	switch f.Indicator {
	case alerts.YoY:
		return fmt.Sprintf(s.say.Say("同比 %+.1f%%", "%+.1f%% on the year before"), 100*f.Value)
	case alerts.CAGR6:
		return fmt.Sprintf(s.say.Say("近6个月 %+.1f%%/月", "%+.1f%% a month over six months"), 100*f.Value)
	}
	return ""
}

// span says what a line shows, of which months, and what the band is.
func (s sketch) span(f alerts.Finding) string {
	first := max(f.Series.Points[0].Month, f.Month-chartMonths+1)
	text := s.measure(f.Series.Indicator) + " · " + fmt.Sprintf(s.say.Say("%s 至 %s", "%s to %s"), first, f.Month)
	if member := f.Series.Segment.Member; member != "" && f.Series.Segment.Dimension != "all" {
		text = s.say.Name(member) + " · " + text
	}
	if len(f.Band) > 0 {
		text += s.say.Say(" · 阴影为 95% 预测区间", " · shaded: 95% prediction interval")
	}
	return text
}

func (s sketch) measure(indicator string) string {
	switch indicator {
	case alerts.YoY:
		return s.say.Say("同比", "Year on year")
	case alerts.CAGR6:
		return s.say.Say("近6个月复合增长率（%/月）", "Six-month compound growth, % a month")
	case alerts.TopShare:
		return s.say.Say("最大几个成员合计占比", "Share of the largest members together")
	case alerts.Penetration:
		return s.say.Say("全网渗透率", "Penetration of all devices")
	case alerts.Share:
		return s.say.Say("占比", "Share")
	}
	return s.say.Say("月独立设备数（台）", "Devices a month")
}

func (s sketch) source() string {
	var parts []string
	for _, e := range s.digest.Extracts {
		text := s.say.Say("来源：", "Source: ") + fmt.Sprintf("%s · extract %s r%d", e.Vendor, e.Month, e.Revision)
		if e.Synthetic != "" {
			text += s.say.Say(" · 示例数据，非真实统计", " · sample data, not real statistics")
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, s.say.Say("；", "; "))
}
