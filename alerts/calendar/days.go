package calendar

import (
	"time"

	"panelwatch/etl/panel"
)

// Days counts the days of m that lie in a window of that kind, of whatever
// profile.
func (c *Calendar) Days(kind Kind, m panel.Month) int {
	var windows []span
	for key, ws := range c.windows {
		if key.month != m {
			continue
		}
		for _, w := range ws {
			if w.Kind == kind {
				windows = append(windows, span{w.First, w.Last})
			}
		}
	}
	return daysWithin(m, windows)
}

// DaysOff counts the days of m that the yearly notices declare off; ordinary
// weekends are not among them.
func (c *Calendar) DaysOff(m panel.Month) int {
	var blocks []span
	for _, b := range c.off.blocks {
		blocks = append(blocks, b...)
	}
	return daysWithin(m, blocks)
}

func daysWithin(m panel.Month, spans []span) (n int) {
	for d := m.Start(); panel.MonthIn(d) == m; d = d.Add(24 * time.Hour) {
		for _, s := range spans {
			if s.holds(d) {
				n++
				break
			}
		}
	}
	return n
}
