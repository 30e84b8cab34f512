package alerts

import (
	"cmp"
	"math"
	"slices"

	"panelwatch/etl/panel"
)

// Judge runs the rules that have settings over a history. Findings worth
// telling are merged so that there is one for each app and segment, and come
// first: fired, then expected, each by severity, deviation and rule. The same
// history gives the same findings, in whatever order its series come.
// Settings in draft are left out.
func Judge(h History, k Knowledge, rules Settings) ([]Finding, Coverage) {
	return judge(h, k, rules.Active(), func(Params) bool { return true })
}

// judge runs the settings that are wanted; the others only say which apps are
// theirs.
func judge(h History, k Knowledge, rules Settings, wanted func(Params) bool) ([]Finding, Coverage) {
	h = clean(h)
	k = k.learning(h).withCategories(h, rules[categoryWide.Name])
	var found, doubts []Finding // doubts are those that inhibit others, wanted or not
	coverage := Coverage{Subjects: subjects(h)}
	for _, r := range Rules {
		for i, p := range rules[r.Name] {
			if !wanted(p) && !r.Data {
				continue
			}
			fs := r.Check(rules.scope(h, r.Name, i), k, p)
			if doubts = append(doubts, inhibiting(fs)...); wanted(p) {
				found = append(found, fs...)
			}
		}
		if len(rules[r.Name]) > 0 {
			coverage.Rules++
		}
	}
	found = merge(k.hush(inhibit(withoutShifted(found), doubts, h), h))
	for i := range found {
		found[i] = finish(found[i], h, k)
		coverage.count(found[i].Verdict)
	}
	slices.SortStableFunc(found, byImportance)
	return found, coverage
}

// subjects counts the cells and the list members that there was anything to
// look at.
func subjects(h History) int {
	seen := map[panel.Key]bool{}
	for _, s := range h.Series {
		if aMember(s.Segment) {
			seen[panel.Key{App: s.App, Segment: s.Segment}] = true
		}
	}
	for _, l := range h.Lists {
		for _, e := range l.Months[h.Month] {
			seen[panel.Key{App: e.App, Segment: panel.All}] = true
		}
	}
	return len(seen)
}

func (c *Coverage) count(v Verdict) {
	switch v {
	case Fired:
		c.Fired++
	case Expected:
		c.Expected++
	case Noise:
		c.Noise++
	case NotEvaluable:
		c.NotEvaluable++
	case Suppressed:
		c.Suppressed++
	}
}

func (f Finding) told() bool { return f.Verdict == Fired || f.Verdict == Expected }

func (f Finding) key() panel.Key { return panel.Key{App: f.Subject.App, Segment: f.Subject.Segment} }

// A cell is what there is one message about: an app's segment, or else a list
// or a source.
type cell struct {
	key          panel.Key
	list, source string
}

func (f Finding) cell() cell {
	c := cell{key: f.key(), source: f.Subject.Source}
	if f.Subject.App == "" {
		c.list = f.Subject.List
	}
	return c
}

// merge lets the first finding worth telling about a cell speak for the
// others: a record in season is one message.
func merge(found []Finding) []Finding {
	var out []Finding
	at := map[cell]int{}
	for _, f := range found {
		i, seen := at[f.cell()]
		switch {
		case !f.told():
			out = append(out, f)
		case seen:
			out[i] = out[i].absorb(f)
		default:
			at[f.cell()] = len(out)
			out = append(out, f)
		}
	}
	return out
}

// absorb adds another finding about the same cell. What the calendar foretold
// stays expected, unless the month lies outside its band all the same; below
// the band only when it is no record.
func (f Finding) absorb(o Finding) Finding {
	if f.Was.Rank == 0 {
		f.Was = o.Was
	}
	if f.Compared == nil {
		f.Compared = o.Compared
	}
	if o.Rule != f.Rule && !slices.Contains(f.Also, o.Rule) {
		f.Also = append(slices.Clone(f.Also), o.Rule)
	}
	for _, fact := range o.Facts {
		if !slices.Contains(f.Facts, fact) {
			f.Facts = append(slices.Clone(f.Facts), fact)
		}
	}
	record := f.Rule == recordHigh.Name || slices.Contains(f.Also, recordHigh.Name)
	if o.Rule == unexpectedHigh.Name || o.Rule == unexpectedLow.Name && !record {
		f.Verdict = Fired
	}
	if severityOrder(o.Severity) < severityOrder(f.Severity) {
		f.Severity = o.Severity
	}
	if f.Label == "" {
		f.Label = o.Label
	}
	return f
}

// byImportance orders findings for a digest.
func byImportance(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(place(verdicts, a.Verdict), place(verdicts, b.Verdict)),
		cmp.Compare(severityOrder(a.Severity), severityOrder(b.Severity)),
		cmp.Compare(b.size(), a.size()),
		cmp.Compare(ruleOrder(a.Rule), ruleOrder(b.Rule)),
		a.key().Compare(b.key()),
		cmp.Compare(a.Subject.List, b.Subject.List),
		cmp.Compare(a.Subject.Other, b.Subject.Other),
		cmp.Compare(a.Subject.Source, b.Subject.Source),
		cmp.Compare(a.Zh, b.Zh),
	)
}

// size is the distance from the expectation, 0 where there is none.
func (f Finding) size() float64 {
	if d := math.Abs(f.Value/f.Expected - 1); !math.IsNaN(d) && !math.IsInf(d, 0) {
		return d
	}
	return 0
}
