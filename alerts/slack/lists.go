package slack

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// tableRoom is the share of the budget that the table may take.
const tableRoom = 2800

// lists writes the TOP table. Slack takes one table in a message, so that
// several lists share it, each below a row with its name. What is read first
// on a phone, which shows three columns, stands first.
func lists(p *page, d alerts.Digest, l voice) {
	named := namedLists(d)
	rows, ties := listRows(d, l, len(named) > 1)
	if len(rows) == 0 {
		return
	}
	for _, list := range named {
		p.text = append(p.text, listLine(l, list, d.Month))
	}
	head := heading(l)
	left := p.table(head, rows, len(head)-4, min(tableRoom, p.room-2*noteRoom))
	if left == len(rows) {
		return // a heading alone says nothing
	}
	note := l.pick("编号见 v_top_list.trace_id", "ids: v_top_list.trace_id")
	if ties {
		note = l.pick("≈ 与上一名之差在抽样误差内，视为并列；名次区间为 95%", "≈ tied with the row above: the difference is within sampling error; ranks with 95% intervals") + " · " + note
	}
	if left > 0 {
		note += " " + l.more(left, "未列出", "not shown")
	}
	p.context(note)
}

func heading(l voice) []string {
	unit := " (" + l.columnUnit() + ")"
	return []string{
		l.pick("名次 [区间]", "Rank [95%]"), "App", l.pick("月总", "Monthly") + unit,
		l.pick("近6个月复合增长率", "6-month CAGR"), l.pick("日均", "Daily") + unit, l.pick("地区", "Region"),
	}
}

func namedLists(d alerts.Digest) (out []alerts.List) {
	for _, list := range d.Lists {
		if len(list.Months[d.Month]) > 0 {
			out = append(out, list)
		}
	}
	return out
}

// listRows are the cells of every list's first places; ties says whether one
// of them is marked.
func listRows(d alerts.Digest, l voice, named bool) (rows [][]string, ties bool) {
	for _, list := range namedLists(d) {
		shown, places := firstPlaces(list, d.Month), alerts.RankIntervals(list.Months[d.Month])
		if named && len(shown) > 0 {
			rows = append(rows, []string{"—", l.name(list.Name), " ", " ", " ", " "})
		}
		for i, e := range shown {
			rank := strconv.Itoa(e.Rank)
			if i > 0 && alerts.Tied(shown[i-1], e) {
				rank, ties = rank+" ≈", true
			}
			rows = append(rows, ticked(d, l, list.Name, e.App, []string{
				rank + interval(e, places), l.name(e.Name), l.column(e.Devices),
				alerts.Format(e.CAGR6, alerts.Ratio, false), l.column(e.DAU), l.name(e.Region),
			}))
		}
	}
	return rows, ties
}

func firstPlaces(list alerts.List, m panel.Month) []alerts.Entry {
	all := slices.SortedStableFunc(slices.Values(list.Months[m]), func(a, b alerts.Entry) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.App, b.App))
	})
	return slices.DeleteFunc(all, func(e alerts.Entry) bool { return e.Rank > list.Size })
}

// interval is the places that an entry may hold, empty when no error is known
// or only one place is possible.
func interval(e alerts.Entry, places map[panel.AppID]alerts.RankInterval) string {
	p, known := places[e.App]
	if !known || p.Low == p.High {
		return ""
	}
	return fmt.Sprintf(" [%d–%d]", p.Low, p.High)
}

// listLine is the list in one line, for those who see no table.
func listLine(l voice, list alerts.List, m panel.Month) string {
	var places []string
	shown := firstPlaces(list, m)
	for i, e := range shown {
		tie := ""
		if i > 0 && alerts.Tied(shown[i-1], e) {
			tie = "≈"
		}
		places = append(places, fmt.Sprintf("%d%s %s %s", e.Rank, tie, escape(l.name(e.Name)), l.column(e.Devices)))
	}
	return clip(fmt.Sprintf("%s TOP%d (%s): %s", escape(l.name(list.Name)), list.Size, l.columnUnit(), strings.Join(places, ", ")), noteRoom)
}
