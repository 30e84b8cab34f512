package extract

import (
	"encoding/xml"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A numberFormat is how a workbook shows a number, as far as that tells what
// it means.
type numberFormat int

const (
	asNumber numberFormat = iota
	asPercent
	asDate
)

// mostStyles is more than a workbook can have.
const mostStyles = 1 << 16

// readFormats reads the number formats of the styles of cells.
func (w *workbook) readFormats() error {
	f := w.zip.part("xl/styles.xml")
	if f == nil {
		return nil
	}
	own := map[int]numberFormat{}
	inCells := false
	return w.each(f, func(e xml.StartElement) error {
		id, _ := strconv.Atoi(attr(e, "numFmtId"))
		switch e.Name.Local {
		case "numFmt":
			if len(own) < mostStyles {
				own[id] = formatOf(shortened(attr(e, "formatCode")))
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if !inCells {
				return nil
			}
			format, has := own[id]
			if !has {
				format = builtIn(id)
			}
			if w.formats = append(w.formats, format); len(w.formats) > mostStyles {
				return &DataError{File: w.name, Msg: "has more styles of cells than a workbook can have"}
			}
		}
		return nil
	})
}

// builtIn are the formats that every workbook has, East Asian dates among
// them.
func builtIn(id int) numberFormat {
	switch {
	case id == 9, id == 10:
		return asPercent
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return asDate
	}
	return asNumber
}

// literals are the parts of a format that stand for themselves.
var literals = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.`)

func formatOf(code string) numberFormat {
	code = strings.ToLower(literals.ReplaceAllString(code, ""))
	switch {
	case strings.Contains(code, "%"):
		return asPercent
	case strings.Contains(code, "general"):
		return asNumber
	case strings.ContainsAny(code, "ymdhs"):
		return asDate
	}
	return asNumber
}

// excelEpoch1904 is the day 0 of the other date system.
var excelEpoch1904 = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)

// number writes the number of a cell as CSV would have it: a day for a date,
// 14.4% for 0.144 shown in percent, and without the digits that binary
// numbers have too many.
func (w *workbook) number(raw string, style int) string {
	v, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) || math.Abs(v) > 1e30 {
		return raw
	}
	plain := strconv.FormatFloat(v, 'f', -1, 64)
	if style < 0 || style >= len(w.formats) {
		return plain
	}
	switch w.formats[style] {
	case asDate:
		return w.day(v, plain)
	case asPercent:
		return percent(plain)
	}
	return plain
}

// day is the date of a serial number. In the system of 1900 the serials up to
// 60 are off by a day that never was; no extract is so old.
func (w *workbook) day(v float64, plain string) string {
	epoch, first := excelEpoch, 61.0
	if w.date1904 {
		epoch, first = excelEpoch1904, 0
	}
	if v < first || v > 1e6 {
		return plain
	}
	whole := math.Floor(v)
	day := epoch.AddDate(0, 0, int(whole))
	seconds := math.Round((v - whole) * secondsPerDay)
	if seconds == 0 {
		return day.Format(time.DateOnly)
	}
	return day.Add(time.Duration(seconds) * time.Second).Format(time.DateTime)
}

func percent(plain string) string {
	value, ok := new(big.Rat).SetString(plain)
	if !ok {
		return plain
	}
	_, fraction, _ := strings.Cut(plain, ".")
	return fmt.Sprintf("%s%%", value.Mul(value, big.NewRat(100, 1)).FloatString(max(0, len(fraction)-2)))
}
