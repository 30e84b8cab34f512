package alerts

import (
	"fmt"
	"slices"

	"panelwatch/etl/panel"
)

// An Inhibition says that an app's month cannot be judged: all of it, or only
// what is about the members of one dimension.
type Inhibition struct {
	App       panel.AppID
	Dimension string // "" for all
}

func everything(apps []panel.AppID) []Inhibition { return inDimension("", apps) }

func inDimension(dimension string, apps []panel.AppID) (out []Inhibition) {
	for _, app := range apps {
		out = append(out, Inhibition{app, dimension})
	}
	return out
}

// inhibiting are the fired findings that inhibit others.
func inhibiting(found []Finding) (out []Finding) {
	for _, f := range found {
		if f.Verdict == Fired && len(f.Inhibits) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// inhibit suppresses what depends on data in doubt, and lets the finding that
// doubts them say how much it held back. Findings about the data themselves
// stay.
func inhibit(found, doubts []Finding, h History) []Finding {
	held := map[string]int{}
	out := slices.Clone(found)
	for i, f := range found {
		if about := place(dataRules(), f.Rule) < len(dataRules()); about || f.Verdict == NotEvaluable || f.Verdict == Suppressed {
			continue
		}
		if by, ok := inhibitor(doubts, f.Subject, h); ok {
			out[i] = f.unless(Suppressed, heldBack(by))
			if f.told() {
				held[by.Subject.Source]++
			}
		}
	}
	for i, f := range out {
		if n := held[f.Subject.Source]; len(f.Inhibits) > 0 && n > 0 {
			out[i] = f.because(holding(n))
		}
	}
	return out
}

// inhibitor is the first finding that inhibits a subject.
func inhibitor(doubts []Finding, s Subject, h History) (Finding, bool) {
	i := slices.IndexFunc(doubts, func(f Finding) bool {
		return slices.ContainsFunc(f.Inhibits, func(x Inhibition) bool { return s.under(x, h) })
	})
	if i < 0 {
		return Finding{}, false
	}
	return doubts[i], true
}

// under reports whether an inhibition is about the subject, about the app that
// it is compared with, or, of a list or category as a whole, about a member.
func (s Subject) under(x Inhibition, h History) bool {
	about := x.App == s.App || x.App == s.Other || s.App == "" && h.contains(s.List, x.App)
	return about && (x.Dimension == "" || x.Dimension == s.Segment.Dimension)
}

// contains reports whether a list, or a category, has an app.
func (h History) contains(name string, app panel.AppID) bool {
	in := func(l List) bool {
		_, member := entryOf(l.Months[h.Month], app)
		return l.Name == name && member
	}
	return slices.ContainsFunc(h.Lists, in) ||
		slices.ContainsFunc(h.Series, func(s Series) bool { return s.App == app && s.Category == name })
}

// heldBack is the reason of what is suppressed: it names the break.
func heldBack(by Finding) Fact {
	why := by.Facts[0]
	return Fact{
		fmt.Sprintf("数据源 %s 当月数据存疑，不予告知：%s", by.Subject.Source, why.Zh),
		fmt.Sprintf("held back, data of source %s in doubt: %s", by.Subject.Source, why.En),
	}
}

func holding(n int) Fact {
	return Fact{
		fmt.Sprintf("当月另有 %d 项结论因此不予告知", n),
		fmt.Sprintf("%s held back this month for that", counted(n, "finding")),
	}
}

func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// dataRules are the rules about the data themselves, in the order of Rules.
func dataRules() (names []string) {
	for _, r := range Rules {
		if r.Data {
			names = append(names, r.Name)
		}
	}
	return names
}
