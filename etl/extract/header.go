package extract

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"panelwatch/etl/panel"
)

// hourColumn is the name of the 24 columns 0点 to 23点 of an hourly table;
// hourMark stands for the hour in their headers.
const (
	hourColumn = "hour"
	hourMark   = "{hour}"
)

// A column is one column of a file, as its header names it.
type column struct {
	name    string   // as in the contract; "" for a column without header
	header  string   // as delivered
	of      Column   // of the contract
	measure string   // of the values in it, "" for text and what is not stored
	unit    string   // of the header or of the contract
	factor  *big.Rat // what one of the unit is in base units, nil for text
	hour    int
	bare    bareNumbers
}

// A header tells where the columns of a file are.
type header struct {
	columns  []column
	at       map[string]int
	contract Contract
	notes    []Note
	// date1904 says that serial dates count from 1904, as in workbooks of old
	// Macintoshes.
	date1904 bool
}

// place is the index of a column, -1 when the file has none.
func (h header) place(name string) int {
	if i, ok := h.at[name]; ok {
		return i
	}
	return -1
}

// parseHeader matches the cells of a header row with the contract of a
// table.
func parseHeader(contract Contract, m panel.Month, cells []string) (header, error) {
	h := header{at: map[string]int{}, contract: contract, date1904: contract.DateSystem == 1904}
	var strangers []int
	for i, cell := range cells {
		c, known, err := parseColumn(contract, m, cell)
		if err != nil {
			return header{}, err
		}
		h.columns = append(h.columns, c)
		if !known {
			strangers = append(strangers, i)
			continue
		}
		if err := h.put(i); err != nil {
			return header{}, err
		}
	}
	for _, i := range strangers {
		if err := h.adopt(m, i); err != nil {
			return header{}, err
		}
	}
	return h, h.complete()
}

// put notes where a column is.
func (h *header) put(i int) error {
	c := h.columns[i]
	key := c.name
	if key == hourColumn {
		key += strconv.Itoa(c.hour)
	}
	if other, twice := h.at[key]; twice && key != "" {
		return &DataError{Column: c.header, Msg: fmt.Sprintf("is the column %s, as is %q", c.name, h.columns[other].header)}
	}
	h.at[key] = i
	return nil
}

var (
	leadingMonth = regexp.MustCompile(`^(?:(\d{4})年)?(\d{1,2})月`)
	unitAtEnd    = regexp.MustCompile(`^(.*)\(([^()]*)\)$`)
)

// parseColumn reads one header cell: month, name and unit. known is false for
// a name that the contract does not have.
func parseColumn(contract Contract, m panel.Month, cell string) (c column, known bool, err error) {
	c.header = strings.TrimSpace(cell)
	name, unit := splitUnit(squeeze(cell))
	if month := leadingMonth.FindString(name); month != "" {
		if err := sameMonth(month, m); err != "" {
			return column{}, false, &DataError{Column: c.header, Msg: err}
		}
		name = strings.TrimPrefix(name, month)
	}
	if name == "" {
		return c, true, nil
	}
	if c.of, c.hour, known = contract.lookup(name); !known {
		c.unit = unit
		return c, false, nil
	}
	return c, true, c.settle(contract.Table, unit)
}

// splitUnit takes a unit in brackets off a header.
func splitUnit(header string) (name, unit string) {
	if parts := unitAtEnd.FindStringSubmatch(header); parts != nil {
		return parts[1], parts[2]
	}
	return header, ""
}

// settle fixes what the column is and what a number in it is worth.
func (c *column) settle(table, unit string) error {
	c.name = c.of.Name
	if !c.of.Type.numeric() {
		return nil
	}
	known, _ := fieldOf(table, c.name)
	c.measure, c.unit = known.measure, unit
	if unit == "" {
		c.unit = c.of.Unit
	}
	factor, ok := units[c.of.Type][c.unit]
	if !ok {
		return &DataError{Column: c.header, Msg: fmt.Sprintf("unit %q is not a unit of %s: want %s", unit, c.of.Type, c.of.Type.unitNames())}
	}
	if c.of.Bare == AsRatio {
		factor = whole(1)
	}
	c.factor = factor
	return nil
}

// sameMonth compares the month of a title or header, with or without its
// year, with the manifest's.
func sameMonth(text string, m panel.Month) string {
	parts := leadingMonth.FindStringSubmatch(text)
	year, month := parts[1], parts[2]
	if year == "" {
		year = strconv.Itoa(m.Year())
	}
	y, _ := strconv.Atoi(year)
	n, _ := strconv.Atoi(month)
	if named := panel.MonthOf(y, time.Month(n)); named != m || n < 1 || n > 12 {
		return fmt.Sprintf("names %s, but %s says %s", text, ManifestName, m)
	}
	return ""
}

// lookup finds a column by its name or another header of it.
func (c Contract) lookup(name string) (col Column, hour int, ok bool) {
	for _, col := range c.Columns {
		for _, known := range col.headers() {
			if strings.EqualFold(squeeze(known), name) {
				return col, 0, true
			}
			if before, after, is := strings.Cut(squeeze(known), hourMark); is {
				if hour, ok := hourIn(name, before, after); ok {
					return col, hour, true
				}
			}
		}
	}
	return Column{}, 0, false
}

var hourDigits = regexp.MustCompile(`^\d{1,2}$`)

// hourIn is the hour between two parts of a header.
func hourIn(name, before, after string) (hour int, ok bool) {
	rest, begins := strings.CutPrefix(name, before)
	digits, ends := strings.CutSuffix(rest, after)
	if !begins || !ends || !hourDigits.MatchString(digits) {
		return 0, false
	}
	hour, err := strconv.Atoi(digits)
	return hour, err == nil && hour < 24
}

// squeeze makes full-width forms plain and takes out all spaces.
func squeeze(s string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(s)), "")
}
