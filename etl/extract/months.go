package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"panelwatch/etl/panel"
)

// monthSpellings are the ways deliveries write a month: 2023年12月, 202312,
// 2023-12, 2023.12, 2023/12/1, 20231201, 2023-12-01 00:00:00.
var monthSpellings = regexp.MustCompile(
	`^(\d{4})(?:年(\d{1,2})月(?:(\d{1,2})日)?|[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[ T]00:00(?::00)?)?)?|(\d{2})(\d{2})?)$`)

// The days that Excel's two date systems count from, and the serial numbers of
// the first that are read as days: 2000-01-01 to 2099-12-31. No number of six
// digits is among them, and no running number of a vendor should be.
var excelEpoch = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)

const (
	firstSerial, lastSerial = 36526, 73050
	days1904                = 1462 // by which the systems are apart
)

// monthReader reads the cells of a column of months.
type monthReader struct {
	date1904 bool
	ids      map[int]panel.Month // of a vendor's running numbers
}

func (h header) months() monthReader {
	return monthReader{date1904: h.date1904, ids: h.contract.MonthIDs}
}

// parse reads a month in any spelling a table may use, also Dec-23, an Excel
// date serial, and the running numbers that the contract explains. Nothing
// else is guessed.
func (r monthReader) parse(cell string) (panel.Month, bool) {
	s := folded(cell)
	if n, err := strconv.Atoi(s); err == nil {
		if m, ok := r.number(n); ok {
			return m, true
		}
	}
	if t, err := time.Parse("Jan-06", s); err == nil {
		return panel.MonthIn(t), true
	}
	parts := monthSpellings.FindStringSubmatch(s)
	if parts == nil {
		return 0, false
	}
	year, _ := strconv.Atoi(parts[1])
	month, _ := strconv.Atoi(parts[2] + parts[4] + parts[6])
	day := parts[3] + parts[5] + parts[7]
	if month < 1 || month > 12 || day != "" && !isDay(year, month, day) {
		return 0, false
	}
	return panel.MonthOf(year, time.Month(month)), true
}

// number reads a running number or a date serial.
func (r monthReader) number(n int) (panel.Month, bool) {
	if m, ok := r.ids[n]; ok {
		return m, true
	}
	if t, ok := serialDay(n, r.date1904); ok {
		return panel.MonthIn(t), true
	}
	return 0, false
}

// serialDay is the day of a date serial.
func serialDay(n int, date1904 bool) (time.Time, bool) {
	if date1904 {
		n += days1904
	}
	if n < firstSerial || n > lastSerial {
		return time.Time{}, false
	}
	return excelEpoch.AddDate(0, 0, n), true
}

func isDay(year, month int, day string) bool {
	d, _ := strconv.Atoi(day)
	return d >= 1 && d <= panel.MonthOf(year, time.Month(month)).Days()
}

// folded is a cell without spaces around it, the apostrophe of spreadsheets
// before it, and full-width forms in it.
func folded(cell string) string {
	return strings.TrimSpace(trimmed(width.Fold.String(cell)))
}
