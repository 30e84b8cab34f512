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
// 2023-12, 2023.12, 2023/12/1, 20231201.
var monthSpellings = regexp.MustCompile(
	`^(\d{4})(?:年(\d{1,2})月(?:(\d{1,2})日)?|[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|(\d{2})(\d{2})?)$`)

// The days that Excel's 1900 date system counts from, and the serial numbers
// that are read as days: 2000-01-01 to 2099-12-31.
var excelEpoch = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)

const firstSerial, lastSerial = 36526, 73050

// parseMonthCell reads a month in any spelling a table may use, also Dec-23
// and an Excel date serial. Nothing else is guessed: a vendor's own sequence
// numbers have no fixed meaning.
func parseMonthCell(cell string) (panel.Month, bool) {
	s := strings.TrimPrefix(strings.TrimSpace(width.Fold.String(cell)), "'")
	if serial, err := strconv.Atoi(s); err == nil && firstSerial <= serial && serial <= lastSerial {
		return panel.MonthIn(excelEpoch.AddDate(0, 0, serial)), true
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
	if month < 1 || month > 12 {
		return 0, false
	}
	return panel.MonthOf(year, time.Month(month)), true
}
