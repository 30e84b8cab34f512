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
// several lists share it, told apart by a first column.
func lists(p *page, d alerts.Digest, l language) {
	rows, ties := listRows(d, l, len(namedLists(d)) > 1)
	if len(rows) == 0 {
		return
	}
	for _, list := range namedLists(d) {
		p.text = append(p.text, listLine(list, d.Month))
	}
	t := tableBlock{Type: "table", Columns: columnSettings(len(rows[0]))}
	room := min(tableRoom, p.room-2*noteRoom)
	left := 0
	for i, cells := range append([][]string{heading(len(rows[0]), l)}, rows...) {
		row, used := rawRow(cells)
		if used > room || i >= maxTableRows {
			left = len(rows) - i + 1
			break
		}
		room -= used
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) < 2 {
		return // a heading alone says nothing
	}
	p.put(t, min(tableRoom, p.room-2*noteRoom)-room)
	note := l.pick("编号见 v_top_list.trace_id", "ids: v_top_list.trace_id")
	if ties {
		note = l.pick("≈ 与上一名之差在抽样误差内，视为并列；名次区间为 95%", "≈ tied with the row above: the difference is within sampling error") + " · " + note
	}
	if left > 0 {
		note += " " + l.more(left, "未列出", "not shown")
	}
	p.context(note)
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
func listRows(d alerts.Digest, l language, named bool) (rows [][]string, ties bool) {
	for _, list := range namedLists(d) {
		shown, places := firstPlaces(list, d.Month), alerts.RankIntervals(list.Months[d.Month])
		for i, e := range shown {
			rank := strconv.Itoa(e.Rank)
			if i > 0 && alerts.Tied(shown[i-1], e) {
				rank, ties = rank+" ≈", true
			}
			row := []string{rank, interval(e, places), e.Name, e.Region, alerts.FormatWan(e.Devices), alerts.FormatWan(e.DAU), alerts.Format(e.CAGR6, alerts.Ratio, false)}
			if named {
				row = append([]string{list.Name}, row...)
			}
			rows = append(rows, ticked(d, l, list.Name, e.App, row))
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

// interval is the places that an entry may hold, empty when no error is known.
func interval(e alerts.Entry, places map[panel.AppID]alerts.RankInterval) string {
	p, known := places[e.App]
	switch {
	case !known:
		return ""
	case p.Low == p.High:
		return strconv.Itoa(p.Low)
	}
	return fmt.Sprintf("%d–%d", p.Low, p.High)
}

func heading(columns int, l language) []string {
	h := []string{
		l.pick("名次", "Rank"), l.pick("名次区间", "95% interval"), "App", l.pick("地区", "Region"), l.pick("月总（万台）", "Monthly (10k)"),
		l.pick("日均（万台）", "Daily (10k)"), l.pick("近6个月复合增长率", "6-month CAGR"),
	}
	if columns > len(h) {
		h = append([]string{l.pick("榜单", "List")}, h...)
	}
	return h
}

// columnSettings align the last three columns, which are numbers, to the right.
func columnSettings(columns int) (out []tableColumn) {
	for i := range columns {
		align := "left"
		if i >= columns-3 {
			align = "right"
		}
		out = append(out, tableColumn{Align: align})
	}
	return out
}

// rawRow fills empty cells, which Slack refuses.
func rawRow(cells []string) (row []textObject, used int) {
	for _, c := range cells {
		c = clip(cmp.Or(escape(c), "–"), 200)
		row = append(row, textObject{"raw_text", c})
		used += length(c)
	}
	return row, used
}

// listLine is the list in one line, for those who see no table.
func listLine(list alerts.List, m panel.Month) string {
	var places []string
	shown := firstPlaces(list, m)
	for i, e := range shown {
		tie := ""
		if i > 0 && alerts.Tied(shown[i-1], e) {
			tie = "≈"
		}
		places = append(places, fmt.Sprintf("%d%s %s %s", e.Rank, tie, escape(e.Name), alerts.FormatWan(e.Devices)))
	}
	return clip(fmt.Sprintf("%s TOP%d (万台): %s", escape(list.Name), list.Size, strings.Join(places, ", ")), noteRoom)
}
