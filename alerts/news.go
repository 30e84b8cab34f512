package alerts

import (
	"fmt"

	"panelwatch/etl/panel"
)

// A reading is one month of a state that may last, such as a growth beyond a
// limit. It is told when the state begins and each time it has doubled since;
// a month that merely repeats it is not news.
type reading struct {
	month panel.Month
	size  float64 // how far the state goes, above 0
	sure  bool    // beyond doubt: told, if it is news
	over  bool    // surely back: the state has ended
}

// toldBefore walks the readings of a state, oldest first, and returns the
// month that told what the newest one says. What is again times as large is
// news. ok is false when the newest is news itself.
func toldBefore(readings []reading, again float64) (told panel.Month, ok bool) {
	var last *reading
	for i, r := range readings {
		switch {
		case r.over:
			last = nil
		case r.sure && (last == nil || r.size >= again*last.size):
			last = &readings[i]
		}
	}
	if n := len(readings); n == 0 || last == nil || last.month == readings[n-1].month {
		return 0, false
	}
	return last.month, true
}

// dueAgain reports whether what was told in an earlier month is told again at
// the close of a year or half-year. What the month before told is not.
func dueAgain(m panel.Month, span int, told panel.Month) bool { return closes(m, span) && m-told > 1 }

// closes reports whether a comparison over so many months is due by the
// calendar: a year closes in December, a half-year in June and December. Then
// a lasting state is told again, for the balance that people quote.
func closes(m panel.Month, span int) bool { return int(m.OfYear())%span == 0 }

func toldIn(m panel.Month) Fact {
	return Fact{fmt.Sprintf("%s 已告知", m), fmt.Sprintf("told already in %s", m)}
}
