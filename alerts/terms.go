package alerts

import (
	"fmt"
	"maps"
	"slices"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A Break is a month from which on a series or list is counted otherwise than
// before: what lies before it cannot be compared with what lies after.
type Break struct {
	Month panel.Month
	What  Fact // 口径 2022 改为 2023
}

// DefinitionsBreak is another version of the definitions.
func DefinitionsBreak(m panel.Month, was, is string) Break {
	was, is = brief(was), brief(is)
	return Break{m, Fact{
		fmt.Sprintf("%s 起口径由 %s 改为 %s，此前不可比", m, was, is),
		fmt.Sprintf("definitions changed from %s to %s in %s: months before cannot be compared", was, is, m),
	}}
}

// VendorBreak is another vendor under the same source.
func VendorBreak(m panel.Month, was, is string) Break {
	was, is = brief(was), brief(is)
	return Break{m, Fact{
		fmt.Sprintf("%s 起供应商由 %s 改为 %s，此前不可比", m, was, is),
		fmt.Sprintf("vendor changed from %s to %s in %s: months before cannot be compared", was, is, m),
	}}
}

// TierListBreak is another list of city tiers.
func TierListBreak(m panel.Month, was, is int) Break {
	return Break{m, Fact{
		fmt.Sprintf("%s 起城市等级名单由 %d 年改为 %d 年，此前不可比", m, was, is),
		fmt.Sprintf("the list of city tiers changed from %d to %d in %s: months before cannot be compared", was, is, m),
	}}
}

// TGIBaseBreak is another base of TGI.
func TGIBaseBreak(m panel.Month, was, is string) Break {
	was, is = brief(was), brief(is)
	return Break{m, Fact{
		fmt.Sprintf("%s 起TGI基准由 %s 改为 %s，此前不可比", m, was, is),
		fmt.Sprintf("the base of TGI changed from %s to %s in %s: months before cannot be compared", was, is, m),
	}}
}

// brief keeps a name short enough for a sentence.
func brief(name string) string {
	if text := []rune(name); len(text) > 40 {
		return string(text[:39]) + "…"
	}
	return name
}

// last is the newest break up to month m.
func last(breaks []Break, m panel.Month) (newest Break, ok bool) {
	for _, b := range breaks {
		if b.Month <= m && (!ok || b.Month >= newest.Month) {
			newest, ok = b, true
		}
	}
	return newest, ok
}

// unbroken leaves out the points before the newest break. Growth rates were
// computed within their terms and stay.
func (s Series) unbroken(m panel.Month) Series {
	if b, ok := last(s.Breaks, m); ok && s.Indicator != YoY && s.Indicator != CAGR6 {
		s.Points = slices.DeleteFunc(slices.Clone(s.Points), func(p expect.Point) bool { return p.Month < b.Month })
	}
	return s
}

// unbroken leaves out the months before the newest break.
func (l List) unbroken(m panel.Month) List {
	if b, ok := last(l.Breaks, m); ok {
		l.Months = maps.Clone(l.Months)
		maps.DeleteFunc(l.Months, func(month panel.Month, _ []Entry) bool { return month < b.Month })
	}
	return l
}

// lacking is the reason why the past from one month to another does not
// suffice: a break between them, if there was one, else what is given.
func lacking(breaks []Break, from, m panel.Month, otherwise Fact) Fact {
	if b, ok := last(breaks, m); ok && b.Month > from {
		return b.What
	}
	return otherwise
}
