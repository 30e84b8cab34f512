package alerts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"panelwatch/etl/panel"
)

// The hours of a day that stand out, against the usual day of the year before.
// A delivered profile has no sampling error: a move counts when the new hour
// stands above the old one by min_effect, and the old one stood above the new
// one by as much before.
var peakHourShift = Rule{
	Name:  "peak_hour_shift",
	Zh:    "24小时分布的高峰时段较过去一年的通常时段移动，且前后高差均达到最小幅度：移动时告知一次",
	En:    "A busy hour of the 24-hour profile moved against the usual day of the year before, by min_effect both then and now: told once.",
	Lasts: saidAgain,
	Needs: func(Params) []Need {
		return []Need{{Indicator: HourlyShare, Dimension: panel.Hour, Months: hourMonths}}
	},
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, d := range h.days() {
			if f, ok := judgeHours(d, h.Month, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

const (
	hoursOfDay  = 24
	usualMonths = 12
	leastMonths = 3 // that make a usual day
	// hourMonths are the judged month, the year in which a move may have been
	// told before, and the year that each of these is compared with.
	hourMonths = 1 + 2*usualMonths
)

// A day is the 24-hour profile of an app on a network, hour by hour.
type day struct {
	network string
	hours   [hoursOfDay]Series
}

// days are the profiles with all 24 hours, in the order of the series.
func (h History) days() (out []day) {
	at := map[string]int{}
	var all []day
	for _, s := range h.Series {
		network, text, _ := strings.Cut(s.Segment.Member, "/")
		hour, err := strconv.Atoi(text)
		if s.Indicator != HourlyShare || err != nil || hour < 0 || hour >= hoursOfDay {
			continue
		}
		key := string(s.App) + "\x00" + network
		i, known := at[key]
		if !known {
			i = len(all)
			at[key] = i
			all = append(all, day{network: network})
		}
		all[i].hours[hour] = s
	}
	for _, d := range all {
		if !slices.ContainsFunc(d.hours[:], func(s Series) bool { return s.App == "" }) {
			out = append(out, d)
		}
	}
	return out
}

// profile is the day of month m.
func (d day) profile(m panel.Month) (p [hoursOfDay]float64, ok bool) {
	for i, s := range d.hours {
		pt, have := s.at(m)
		if !have || pt.Value < 0 {
			return p, false
		}
		p[i] = pt.Value
	}
	return p, true
}

// usual is the median day of the twelve months before m.
func (d day) usual(m panel.Month) (p [hoursOfDay]float64, months int) {
	for i, s := range d.hours {
		past := since(s.before(m), m-usualMonths)
		p[i] = medianValue(past)
		months = len(past)
	}
	return p, months
}

// A move of a busy hour. margin is how far the new hour stands above the old
// one in the month, or stood below it before, whichever is less: 0.05 for 5 %.
type move struct {
	from, to int
	margin   float64
}

func judgeHours(d day, m panel.Month, p Params) (f Finding, ok bool) {
	now, have := d.profile(m)
	if !have {
		return Finding{}, false
	}
	first := d.hours[0]
	seg := panel.Segment{Dimension: panel.Hour}
	f = about("peak_hour_shift", m, Subject{App: first.App, Segment: seg}, p)
	f.Series = Series{App: first.App, Name: first.Name, Segment: seg, Basis: first.Basis}
	usual, months := d.usual(m)
	if months < leastMonths {
		return f.unless(NotEvaluable, lacking(first.Breaks, m-usualMonths, m, tooShort(months))), true
	}
	moves := movesOf(now, usual)
	if len(moves) == 0 {
		return Finding{}, false
	}
	clearest := slices.MaxFunc(moves, func(a, b move) int { return cmp.Compare(a.margin, b.margin) })
	f.Value, f.Unit, f.Indicator = now[clearest.to], Ratio, HourlyShare
	f.Subject.Segment.Member = fmt.Sprintf("%s/%d", d.network, clearest.to)
	f = f.because(moveOfHours(d.network, clearest, now, usual))
	if clearest.margin < p.MinEffect {
		return f.unless(Noise, marginTooSmall(p.MinEffect)), true
	}
	if told, before := d.told(m, clearest.to, p); before {
		return f.lasting(toldIn(told)), true
	}
	f.Compared = comparedHours(now, usual, clearest, m)
	return f, true
}

// told finds the month of the last year that told a move to about this hour,
// since when the busy hour has stayed there.
func (d day) told(m panel.Month, to int, p Params) (told panel.Month, before bool) {
	for t := m - 1; t >= m-usualMonths; t-- {
		now, have := d.profile(t)
		usual, months := d.usual(t)
		if !have || months < leastMonths {
			break
		}
		i := slices.IndexFunc(movesOf(now, usual), func(x move) bool { return x.to == to })
		if i < 0 {
			break
		}
		if movesOf(now, usual)[i].margin >= p.MinEffect {
			told, before = t, true
		}
	}
	return told, before
}

// movesOf follows each busy hour of the usual day uphill on the day of the
// month: where it ends is where that peak is now.
func movesOf(now, usual [hoursOfDay]float64) (out []move) {
	for _, from := range peakHours(usual) {
		to := uphill(now, from)
		if to == from {
			continue
		}
		margin := math.Min(now[to]/now[from]-1, usual[from]/usual[to]-1)
		if !math.IsNaN(margin) && !math.IsInf(margin, 0) {
			out = append(out, move{from, to, margin})
		}
	}
	return out
}

// peakHours are the hours above both their neighbours, the day being a circle.
func peakHours(p [hoursOfDay]float64) (out []int) {
	for i, v := range p {
		if v > p[(i+hoursOfDay-1)%hoursOfDay] && v > p[(i+1)%hoursOfDay] {
			out = append(out, i)
		}
	}
	return out
}

// uphill goes to the higher neighbour until there is none.
func uphill(p [hoursOfDay]float64, i int) int {
	for {
		left, right := (i+hoursOfDay-1)%hoursOfDay, (i+1)%hoursOfDay
		switch {
		case p[left] > p[i] && p[left] >= p[right]:
			i = left
		case p[right] > p[i]:
			i = right
		default:
			return i
		}
	}
}

// clock writes an hour of the day: 11点, 11:00.
func clock(hour int) (zh, en string) { return fmt.Sprintf("%d点", hour), fmt.Sprintf("%d:00", hour) }

func moveOfHours(network string, x move, now, usual [hoursOfDay]float64) Fact {
	zhFrom, enFrom := clock(x.from)
	zhTo, enTo := clock(x.to)
	return Fact{
		fmt.Sprintf("%s网高峰时段由 %s 移至 %s：本月占比 %s 对 %s，过去一年通常为 %s 对 %s；分时占比无抽样误差", network, zhFrom, zhTo,
			share2(now[x.to]), share2(now[x.from]), share2(usual[x.to]), share2(usual[x.from])),
		fmt.Sprintf("the busy hour on network %s moved from %s to %s: %s against %s of the day now, usually %s against %s in the year before; shares of hours have no sampling error", network, enFrom, enTo,
			share2(now[x.to]), share2(now[x.from]), share2(usual[x.to]), share2(usual[x.from])),
	}
}

// share2 writes a share of the day with two decimals: hours are about 4 % each.
func share2(v float64) string { return panel.Decimal(v, 2, 2) + "%" }

func marginTooSmall(effect float64) Fact {
	return Fact{
		fmt.Sprintf("高差不足 %s，视为并列", percent(effect)),
		fmt.Sprintf("the two hours differ by less than %s", percent(effect)),
	}
}
