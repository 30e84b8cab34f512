package slack

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"panelwatch/alerts"
)

// Rows of a detail's table.
const (
	neighbours = 3  // above and below an app in its list
	partsShown = 12 // of an app, the ones told first
)

// evidence is the table of a detail: the neighbourhood in a list, or two
// periods side by side.
func evidence(p *page, d alerts.Digest, l voice, f alerts.Finding) {
	switch {
	case f.Compared != nil:
		compared(p, l, *f.Compared)
	case f.Was.Rank > 0:
		around(p, d, l, f)
	}
}

// around is an app among its neighbours now, with where they stood in the base
// month.
func around(p *page, d alerts.Digest, l voice, f alerts.Finding) {
	at := slices.IndexFunc(d.Lists, func(list alerts.List) bool { return list.Name == f.Subject.List })
	if at < 0 {
		return
	}
	now, places := everyPlace(d.Lists[at], f), alerts.RankIntervals(d.Lists[at].Months[f.Month])
	me := slices.IndexFunc(now, func(e alerts.Entry) bool { return e.App == f.Subject.App })
	if me < 0 {
		return
	}
	then := map[string]int{}
	for _, e := range d.Lists[at].Months[f.Was.Month] {
		then[string(e.App)] = e.Rank
	}
	var rows [][]string
	for i := max(0, me-neighbours); i < min(len(now), me+neighbours+1); i++ {
		e := now[i]
		name := l.name(e.Name)
		if i == me {
			name = "▶ " + name
		}
		rows = append(rows, []string{strconv.Itoa(e.Rank) + interval(e, places), name, l.column(e.Devices), placeThen(l, then[string(e.App)], e.Rank)})
	}
	head := []string{
		l.pick("名次 [区间]", "Rank [95%]"), "App", fmt.Sprintf("%s (%s)", l.pick("月总", "Monthly"), l.columnUnit()),
		l.pick(f.Was.Month.String()+" 名次", "Rank in "+f.Was.Month.String()),
	}
	p.table(head, rows, 2, tableRoom)
}

func everyPlace(list alerts.List, f alerts.Finding) []alerts.Entry {
	list.Size = math.MaxInt
	return firstPlaces(list, f.Month)
}

// placeThen is the place in the base month and the way from there: 14 ▼1.
func placeThen(l voice, then, now int) string {
	switch {
	case then == 0:
		return l.pick("无", "none")
	case then > now:
		return fmt.Sprintf("%d ▲%d", then, then-now)
	case then < now:
		return fmt.Sprintf("%d ▼%d", then, now-then)
	}
	return fmt.Sprintf("%d –", then)
}

// compared are the parts that the finding is about, then those that moved
// most.
func compared(p *page, l voice, c alerts.Comparison) {
	parts := slices.SortedStableFunc(slices.Values(c.Parts), func(a, b alerts.ComparedPart) int {
		if a.Told != b.Told {
			return map[bool]int{true: -1, false: 1}[a.Told]
		}
		return cmp.Compare(shift(b), shift(a))
	})
	var rows [][]string
	for _, part := range parts[:min(partsShown, len(parts))] {
		rows = append(rows, []string{
			partName(l, part), withError(l, part.Before, part.BeforeSE, c.Unit), withError(l, part.Now, part.SE, c.Unit), change(l, part, c.Unit),
		})
	}
	head := []string{l.pick(c.What.Zh, c.What.En), l.pick(c.Before.Zh, c.Before.En), l.pick(c.Now.Zh, c.Now.En), l.pick("变化", "Change")}
	if left := p.table(head, rows, 1, tableRoom) + len(parts) - len(rows); left > 0 {
		p.context(l.more(left, "未列出", "not shown"))
	}
}

func shift(part alerts.ComparedPart) float64 {
	if d := math.Abs(part.Now - part.Before); finite(d) {
		return d
	}
	return 0
}

func partName(l voice, part alerts.ComparedPart) string {
	name := l.name(part.Name)
	if part.Told {
		return "▶ " + name
	}
	return name
}

func withError(l voice, v, se float64, u alerts.Unit) string {
	s := alerts.Format(v, u, l.english())
	if u == alerts.Ratio && finite(v) {
		s = share(v)
	}
	if !finite(se) || !finite(v) {
		return s
	}
	if u == alerts.Ratio {
		return s + " ±" + share(1.96*se)
	}
	return s + " ±" + alerts.Format(1.96*se, u, l.english())
}

// share is a part of a whole with two decimals: hours are about 4 % each.
func share(v float64) string { return fmt.Sprintf("%.2f%%", 100*v) }

func change(l voice, part alerts.ComparedPart, u alerts.Unit) string {
	d := part.Now - part.Before
	if !finite(d) {
		return "–"
	}
	if u == alerts.Ratio {
		return fmt.Sprintf("%s%.2f %s", sign(d), 100*math.Abs(d), l.pickShort("个百分点", "pp"))
	}
	return sign(d) + alerts.Format(math.Abs(d), u, l.english())
}
