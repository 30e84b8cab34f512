package extract

import (
	"strconv"
	"time"
)

// dayLayouts are the ways deliveries write a day.
var dayLayouts = []string{time.DateOnly, "20060102", "2006/1/2", "2006-1-2", "2006.1.2", "2006年1月2日", time.DateTime}

// parseDay reads a day, also an Excel date serial.
func parseDay(cell string, date1904 bool) (time.Time, bool) {
	s := folded(cell)
	if n, err := strconv.Atoi(s); err == nil {
		if t, ok := serialDay(n, date1904); ok {
			return t, true
		}
	}
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, t.Equal(t.Truncate(24 * time.Hour))
		}
	}
	return time.Time{}, false
}
