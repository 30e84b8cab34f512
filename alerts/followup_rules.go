package alerts

import (
	"math"
	"slices"
)

// A later is what a rule looks at to say whether what it told in an earlier
// month is still so in the month of h.
type later struct {
	rule     string
	told     Finding
	now      []Finding // of the month of h
	h        History
	k        Knowledge
	settings []Params // of the rule
}

// saidAgain: the rule says the same of the same subject, told or not because
// it was told before.
func saidAgain(x later) Standing {
	return x.said(func(f Finding) bool { return f.cell() == x.told.cell() && f.Subject.Other == x.told.Subject.Other })
}

// saidOfSome is saidAgain where the rule speaks once for all members of a
// dimension, and names the one that stands out.
func saidOfSome(x later) Standing {
	return x.said(func(f Finding) bool {
		return f.Subject.App == x.told.Subject.App && f.Subject.Segment.Dimension == x.told.Subject.Segment.Dimension
	})
}

func (x later) said(same func(Finding) bool) Standing {
	standing := Standing{State: Resolved}
	for _, f := range x.now {
		merged := f.told() && slices.Contains(f.Also, x.rule)
		if f.Rule == x.rule && same(f) || merged && f.cell() == x.told.cell() {
			standing = standing.or(standingOf(f))
		}
	}
	return standing
}

// standingOf is what a finding of this month says of an earlier one.
func standingOf(f Finding) Standing {
	reason := Fact{f.Reason, f.Reason}
	if n := len(f.Facts); n > 0 {
		reason = f.Facts[n-1]
	}
	switch {
	case f.told() || f.Lasts || f.Silence != "":
		return Standing{State: Ongoing}
	case f.Verdict == NotEvaluable || f.Verdict == Suppressed:
		return Standing{Unfollowed, reason}
	}
	return Standing{State: Resolved}
}

// staysAway: what left its expectation stays on that side, at least half as far
// from what was expected before it left. The expectation of today would not
// do: it follows.
func staysAway(x later) Standing {
	if said := saidAgain(x); said.State != Resolved {
		return said
	}
	s, ok := x.h.Find(x.told.Subject.App, x.told.Subject.Segment, MUD)
	known := x.told.Month
	if x.rule == "level_shift" {
		known-- // the month before was odd already
	}
	then, have := s.at(x.told.Month)
	now, haveNow := s.at(x.h.Month)
	before, _, can := x.k.foretold(s, known, x.told.Month)
	after, _, canNow := x.k.foretold(s, known, x.h.Month)
	if !ok || !have || !haveNow || !can || !canNow {
		return Standing{State: Resolved}
	}
	was, is := math.Log(then.Value/before.Expected), math.Log(now.Value/after.Expected)
	if side := math.Copysign(1, was); side*is >= side*was/2 {
		return Standing{State: Ongoing}
	}
	return Standing{State: Resolved}
}

// staysAbove: it has not fallen so far below the threshold that crossing it
// would be told anew.
func staysAbove(x later) Standing {
	level, hysteresis := 0.0, 0.0
	for _, p := range x.settings {
		for _, t := range p.Thresholds {
			crossed := t.App == x.told.Subject.App && t.Segment() == x.told.Subject.Segment && t.Wan*1e4 <= x.told.Value
			if crossed && t.Wan*1e4 > level {
				level, hysteresis = t.Wan*1e4, p.hysteresis()
			}
		}
	}
	s, _ := x.h.Find(x.told.Subject.App, x.told.Subject.Segment, MUD)
	now, have := s.at(x.h.Month)
	switch {
	case level == 0:
		return Standing{Unfollowed, notInForce}
	case !have:
		return Standing{Unfollowed, noValue}
	case now.Value >= level*(1-hysteresis):
		return Standing{State: Ongoing}
	}
	return Standing{State: Resolved}
}

// staysAcross: who came into a list is in it, who left it is out.
func staysAcross(x later) Standing {
	for _, l := range x.h.Lists {
		if l.Name != x.told.Subject.List {
			continue
		}
		e, here := entryOf(byRank(l.Months[x.h.Month]), x.told.Subject.App)
		if !here {
			break
		}
		if size := float64(l.Size); (float64(e.Rank) <= size) == (x.told.Value <= size) {
			return Standing{State: Ongoing}
		}
		return Standing{State: Resolved}
	}
	return Standing{Unfollowed, noValue}
}
