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

// hourColumn is the name of the 24 columns 0点 to 23点 of an hourly table.
const hourColumn = "hour"

// A column is one column of a file, as its header names it.
type column struct {
	name    string   // as in Tables; "" for a column without header
	header  string   // as delivered
	numeric          // of columns with numbers
	factor  *big.Rat // unit of the header or of the contract, nil for text
	hour    int
}

// A header tells where the columns of a file are.
type header struct {
	columns []column
	at      map[string]int
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
func parseHeader(table string, m panel.Month, cells []string) (header, error) {
	h := header{at: map[string]int{}}
	for _, cell := range cells {
		c, err := parseColumn(table, m, cell)
		if err != nil {
			return header{}, err
		}
		key := c.name
		if key == hourColumn {
			key += strconv.Itoa(c.hour)
		}
		if other, twice := h.at[key]; twice && key != "" {
			return header{}, &DataError{Column: c.header, Msg: fmt.Sprintf("is the column %s, as is %q", c.name, h.columns[other].header)}
		}
		h.at[key] = len(h.columns)
		h.columns = append(h.columns, c)
	}
	return h, h.complete(table)
}

// complete checks that nothing is missing without which the table makes no
// sense.
func (h header) complete(table string) error {
	for _, c := range Tables[table] {
		if c.Must && h.place(c.Name) < 0 {
			return &DataError{Column: c.Name, Msg: fmt.Sprintf("is missing; %s needs it, as %s",
				table, strings.Join(append([]string{c.Name}, c.Aliases...), " or "))}
		}
	}
	for hour := range 24 {
		if name := hourColumn + strconv.Itoa(hour); table == TableHourly && h.place(name) < 0 {
			return &DataError{Column: fmt.Sprintf("%d点", hour), Msg: "is missing; hourly needs the 24 columns 0点 to 23点"}
		}
	}
	return nil
}

var (
	leadingMonth = regexp.MustCompile(`^(?:(\d{4})年)?(\d{1,2})月`)
	unitAtEnd    = regexp.MustCompile(`^(.*)\(([^()]*)\)$`)
	hourHeader   = regexp.MustCompile(`^(\d{1,2})点$`)
)

// parseColumn reads one header cell: month, name and unit.
func parseColumn(table string, m panel.Month, cell string) (column, error) {
	c := column{header: strings.TrimSpace(cell)}
	name := squeeze(cell)
	unit, hasUnit := "", false
	if parts := unitAtEnd.FindStringSubmatch(name); parts != nil {
		name, unit, hasUnit = parts[1], parts[2], true
	}
	if month := leadingMonth.FindString(name); month != "" {
		if err := sameMonth(month, m); err != "" {
			return column{}, &DataError{Column: c.header, Msg: err}
		}
		name = strings.TrimPrefix(name, month)
	}
	if name == "" {
		return c, nil
	}
	contract, found := lookup(table, name)
	if hour := hourHeader.FindStringSubmatch(name); !found && table == TableHourly && hour != nil {
		c.hour, _ = strconv.Atoi(hour[1])
		contract, found = Column{Name: hourColumn, Unit: "%"}, c.hour < 24
	}
	if !found {
		known := headersOf(table)
		return column{}, &DataError{Column: c.header, Msg: fmt.Sprintf("is not in the contract of %s, which has %s%s",
			table, strings.Join(known, ", "), didYouMean(name, known))}
	}
	c.name = contract.Name
	if !hasUnit {
		unit = contract.Unit
	}
	return c, c.setUnit(unit)
}

// setUnit fixes what a number in the column is worth.
func (c *column) setUnit(unit string) error {
	n, isNumber := numerics[c.name]
	if !isNumber {
		return nil
	}
	factor, known := units[n.kind][unit]
	if !known {
		return &DataError{Column: c.header, Msg: fmt.Sprintf("unit %q is not a unit of %s: want %s", unit, n.kind, n.kind.unitNames())}
	}
	c.numeric, c.factor = n, factor
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

// lookup finds a column by its name or an alias of it.
func lookup(table, name string) (Column, bool) {
	for _, c := range Tables[table] {
		for _, known := range append([]string{c.Name}, c.Aliases...) {
			if strings.EqualFold(squeeze(known), name) {
				return c, true
			}
		}
	}
	return Column{}, false
}

// headersOf are the headers that a table may have.
func headersOf(table string) (names []string) {
	for _, c := range Tables[table] {
		names = append(append(names, c.Name), c.Aliases...)
	}
	if table == TableHourly {
		names = append(names, "0点", "23点")
	}
	return names
}

// squeeze makes full-width forms plain and takes out all spaces.
func squeeze(s string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(s)), "")
}
