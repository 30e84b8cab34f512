package jobs

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"panelwatch/alerts"
	"panelwatch/alerts/chart"
	"panelwatch/etl/panel"
)

// Rows above and below an app in the chart of its rank.
const chartNeighbours = 4

// ranks shows an app among its neighbours of now, with where each stood in the
// base month.
func (s sketch) ranks(f alerts.Finding) chart.RankBars {
	unit := s.say.Say("万台", "10k")
	if s.say.Numerals() == alerts.Million {
		unit = "M"
	}
	b := chart.RankBars{Unit: chart.Devices, Head: s.head(f, fmt.Sprintf(s.say.Say(
		"月独立设备数（%s）· %s · 名次旁为 95%% 区间 · 横线为抽样误差 · 右侧较 %s",
		"Devices a month (%s) · %s · beside the rank its 95%% interval · whiskers: sampling error · right: since %s"), unit, f.Month, f.Was.Month))}
	at := slices.IndexFunc(s.digest.Lists, func(l alerts.List) bool { return l.Name == f.Subject.List })
	if at < 0 {
		return b
	}
	list := s.digest.Lists[at]
	now, places := byPlace(list.Months[f.Month]), alerts.RankIntervals(list.Months[f.Month])
	then := map[panel.AppID]int{}
	for _, e := range list.Months[f.Was.Month] {
		then[e.App] = e.Rank
	}
	me := slices.IndexFunc(now, func(e alerts.Entry) bool { return e.App == f.Subject.App })
	if me < 0 {
		return b
	}
	first := max(0, min(me-chartNeighbours, len(now)-2*chartNeighbours-1))
	for i := first; i < min(len(now), first+2*chartNeighbours+1); i++ {
		e := now[i]
		row := chart.Row{
			Rank: e.Rank, Name: s.say.Name(e.Name), Value: e.Devices, SE: e.SE,
			Low: places[e.App].Low, High: places[e.App].High,
			Move: moveSince(then[e.App], e.Rank), Tied: i > first && alerts.Tied(now[i-1], e), Marked: i == me,
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

func byPlace(entries []alerts.Entry) []alerts.Entry {
	return slices.SortedStableFunc(slices.Values(entries), func(a, b alerts.Entry) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.App, b.App))
	})
}

func moveSince(then, now int) chart.Move {
	m := chart.Move{Known: true, New: then == 0, Places: then - now}
	if then != now {
		m.From = then
	}
	return m
}

// parts shows those that the finding is about, then the others, those that
// moved most first.
func (s sketch) parts(f alerts.Finding) chart.Parts {
	c := f.Compared
	about := s.say.Say(c.What.Zh, c.What.En)
	if c.Unit == alerts.Index {
		about += s.say.Say(" · 平均为 100", " · 100 for the average")
	}
	about += s.say.Say(" · 横线为 95% 抽样误差", " · whiskers: 95% sampling error")
	out := chart.Parts{
		Head: s.head(f, about), Unit: chart.Unit(c.Unit),
		Before: s.say.Say(c.Before.Zh, c.Before.En), Now: s.say.Say(c.Now.Zh, c.Now.En), Limit: c.Limit,
	}
	for _, part := range byWeight(c.Parts) {
		out.Parts = append(out.Parts, chart.Part{
			Name: s.say.Name(part.Name), Before: part.Before, BeforeSE: part.BeforeSE, Now: part.Now, SE: part.SE, Marked: part.Told,
		})
	}
	return out
}

func byWeight(parts []alerts.ComparedPart) []alerts.ComparedPart {
	weight := func(p alerts.ComparedPart) float64 {
		if w := math.Abs(p.Now - p.Before); !math.IsNaN(w) {
			return w
		}
		return p.Now
	}
	told := map[bool]int{true: 0, false: 1}
	return slices.SortedStableFunc(slices.Values(parts), func(a, b alerts.ComparedPart) int {
		return cmp.Or(cmp.Compare(told[a.Told], told[b.Told]), cmp.Compare(weight(b), weight(a)), cmp.Compare(b.Now, a.Now))
	})
}

// hours is the day of a finding about busy hours; ok is false for one about
// other parts.
func (s sketch) hours(f alerts.Finding) (h chart.Hours, ok bool) {
	c := f.Compared
	if f.Rule != "peak_hour_shift" || len(c.Parts) != len(h.Now) {
		return h, false
	}
	h.Head = s.head(f, s.say.Say("各时段占全天使用的比例", "Share of the day's use by hour"))
	h.UsualName, h.NowName = s.say.Say(c.Before.Zh, c.Before.En), s.say.Say(c.Now.Zh, c.Now.En)
	_, hour, _ := strings.Cut(f.Subject.Segment.Member, "/") // WiFi/20
	to, err := strconv.Atoi(hour)
	if err != nil {
		return h, false
	}
	h.To, h.From = to, to
	for hour, part := range c.Parts {
		h.Usual[hour], h.Now[hour] = part.Before, part.Now
		if part.Told && hour != to {
			h.From = hour
		}
	}
	return h, true
}
