package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// books are the months in force, by source and month.
type books []warehouse.InForce

func (b books) of(m panel.Month) (found books) {
	for _, p := range b {
		if panel.MonthIn(p.MonthStart) == m {
			found = append(found, p)
		}
	}
	return found
}

func (b books) has(m panel.Month) bool { return len(b.of(m)) > 0 }

// months lists the months there are, neighbours as a span.
func (b books) months() string {
	var all []panel.Month
	for _, p := range b {
		all = append(all, panel.MonthIn(p.MonthStart))
	}
	slices.Sort(all)
	all = slices.Compact(all)
	var spans []string
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n] == all[n-1]+1 {
			n++
		}
		span := all[0].String()
		if n > 1 {
			span += " to " + all[n-1].String()
		}
		spans, all = append(spans, span), all[n:]
	}
	if len(spans) == 0 {
		return "no months at all"
	}
	return strings.Join(spans, ", ")
}

// synthetic is what sources of the month say of samples that are not measured.
func (b books) synthetic(m panel.Month) (all []string) {
	for _, p := range b.of(m) {
		if p.Synthetic != "" && !slices.Contains(all, p.Synthetic) {
			all = append(all, p.Synthetic)
		}
	}
	return all
}

// newest is when the newest of the publications up to m came into force.
func (b books) newest(m panel.Month) (at time.Time) {
	for _, p := range b {
		if panel.MonthIn(p.MonthStart) <= m && p.PublishedAt.After(at) {
			at = p.PublishedAt
		}
	}
	return at.UTC()
}

// lines says, for each source of a view, which publications its numbers are from.
func (b books) lines(v view) (all []Text) {
	for _, source := range v.members("source") {
		first, at := v.month, -1
		for i := range v.sheet.Rows {
			if v.text(i, "source") == source {
				first = min(first, v.monthOf(i))
			}
		}
		for i, p := range b {
			if p.Source == source && panel.MonthIn(p.MonthStart) == v.month {
				at = i
			}
		}
		if at >= 0 {
			all = append(all, line(b[at], b.revisions(source, first, v.month)))
		}
	}
	return all
}

// revisions tells the months before the newest, and their revisions.
func (b books) revisions(source string, first, last panel.Month) Text {
	low, high, months := 0, 0, 0
	for _, p := range b {
		m := panel.MonthIn(p.MonthStart)
		if p.Source != source || m < first || m >= last {
			continue
		}
		if months == 0 {
			low, high = p.Revision, p.Revision
		}
		low, high, months = min(low, p.Revision), max(high, p.Revision), months+1
	}
	if months == 0 {
		return Text{}
	}
	span := fmt.Sprintf("r%d", low)
	if high > low {
		span += fmt.Sprintf("–r%d", high)
	}
	return Text{fmt.Sprintf("此前 %d 个月 %s", months, span), fmt.Sprintf("%d months before it %s", months, span)}
}

// bases says what the error of a number comes from.
var bases = map[panel.Basis]Text{
	panel.FromPanel:  {"面板微观数据，80 组刀切误差", "microdata of a panel, 80 jackknife replicates"},
	panel.Assumed:    {"汇总表，误差按声明的样本量与设计效应推算", "tables; error from the declared panel size and design effect"},
	panel.FromVendor: {"汇总表，误差未知", "tables; error unknown"},
}

// edition is a revision as the other verbs name it: r1, or r1.2 for its second
// reading.
func edition(p warehouse.InForce) string {
	if p.Reading > 1 {
		return fmt.Sprintf("r%d.%d", p.Revision, p.Reading)
	}
	return fmt.Sprintf("r%d", p.Revision)
}

// line is the source line of a section.
func line(p warehouse.InForce, before Text) Text {
	m := panel.MonthIn(p.MonthStart)
	zh := []string{fmt.Sprintf("来源 %s %s 修订 %s", p.Source, m, edition(p))}
	en := []string{fmt.Sprintf("Source %s %s revision %s", p.Source, m, edition(p))}
	if before.Zh != "" {
		zh, en = append(zh, before.Zh), append(en, before.En)
	}
	kind := Text{"实测", "measured"}
	if p.Synthetic != "" {
		kind = Text{"合成样本", "synthetic sample"}
	}
	zh = append(zh, fmt.Sprintf("发布 #%d", p.PublicationID), "依据 "+string(p.Basis)+"："+bases[p.Basis].Zh, kind.Zh, "发布于 "+instant(p.PublishedAt))
	en = append(en, fmt.Sprintf("publication #%d", p.PublicationID), "basis "+string(p.Basis)+": "+bases[p.Basis].En, kind.En, "published "+instant(p.PublishedAt))
	return Text{strings.Join(zh, " · "), strings.Join(en, " · ")}
}
