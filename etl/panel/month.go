package panel

import (
	"fmt"
	"time"
)

// A Month is a calendar month of observation, counted from year 0, so that
// subtracting two months gives the distance between them.
type Month int

// MonthOf returns month m (1..12) of year y.
func MonthOf(year int, m time.Month) Month { return Month(year*12 + int(m) - 1) }

// MonthIn returns the month that holds t, in t's own time zone.
func MonthIn(t time.Time) Month { return MonthOf(t.Year(), t.Month()) }

// ParseMonth reads the one spelling used on the command line and in manifests: 2023-09.
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return 0, fmt.Errorf("month %q: want YYYY-MM, such as 2023-09", s)
	}
	return MonthIn(t), nil
}

// MustMonth is ParseMonth for months written in tests and tables.
func MustMonth(s string) Month {
	m, err := ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return m
}

// Year is the calendar year of m.
func (m Month) Year() int { return int(m) / 12 }

// OfYear is the month's place in its year, January first.
func (m Month) OfYear() time.Month { return time.Month(int(m)%12 + 1) }

// Start is midnight UTC of the first day.
func (m Month) Start() time.Time { return time.Date(m.Year(), m.OfYear(), 1, 0, 0, 0, 0, time.UTC) }

// Days is the number of calendar days, 28 to 31.
func (m Month) Days() int { return (m + 1).Start().AddDate(0, 0, -1).Day() }

// String is YYYY-MM.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year(), int(m.OfYear())) }

// MarshalText and UnmarshalText make a Month usable in flags, YAML and JSON.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText is the inverse of MarshalText.
func (m *Month) UnmarshalText(b []byte) (err error) {
	*m, err = ParseMonth(string(b))
	return err
}
