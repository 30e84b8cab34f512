package calendar

import (
	"maps"
	"slices"

	"panelwatch/etl/panel"
)

// Names are what months may be called by: the holidays of the notices (春节)
// and the windows of every profile in both languages, sorted.
func (c *Calendar) Names() []string {
	names := map[string]bool{}
	for zh := range holidayOf {
		names[zh] = true
	}
	for _, ws := range c.windows {
		for _, w := range ws {
			if w.Kind != Course {
				names[w.Zh], names[w.En] = true, true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Has reports whether month m has a day off of the holiday of that name, or a
// day of a window of that name, of whatever profile.
func (c *Calendar) Has(name string, m panel.Month) bool {
	of := func(s span) bool { return m >= panel.MonthIn(s.first) && m <= panel.MonthIn(s.last) }
	if holiday, known := holidayOf[name]; known && slices.ContainsFunc(c.off.blocks[holiday], of) {
		return true
	}
	for key, ws := range c.windows {
		called := func(w Window) bool { return w.Kind != Course && (w.Zh == name || w.En == name) }
		if key.month == m && slices.ContainsFunc(ws, called) {
			return true
		}
	}
	return false
}
