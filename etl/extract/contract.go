package extract

import (
	"slices"

	"panelwatch/etl/panel"
)

// Contracts say, table by table, what deliveries may look like. A table
// without a contract has columns under their own names, in base units.
type Contracts map[string]Contract

// A Contract is what was agreed about one table: its columns, and what happens
// when a delivery departs from them.
type Contract struct {
	Table   string  `yaml:"table"`
	Comment Comment `yaml:"comment"`
	Drift   Drift   `yaml:"drift,omitempty"`
	// DateSystem is 1904 for serial dates of a workbook that counts from that
	// year, else 1900.
	DateSystem int `yaml:"date_system,omitempty"`
	// MonthIDs are the months of a vendor's own running numbers.
	MonthIDs map[int]panel.Month `yaml:"month_ids,omitempty"`
	// Files are the names under which the table comes without a manifest.
	Files   []FilePattern `yaml:"files,omitempty"`
	Columns []Column      `yaml:"columns"`
}

// A Comment explains in both languages.
type Comment struct {
	Zh string `yaml:"zh"`
	En string `yaml:"en"`
}

// A Drift says what to do when a delivery is not as agreed.
type Drift struct {
	Missing    Verdict `yaml:"missing,omitempty"`     // a column that is not optional is missing
	Renamed    Verdict `yaml:"renamed,omitempty"`     // a header is nearly one of the contract
	NewColumn  Verdict `yaml:"new_column,omitempty"`  // a header is like none of the contract
	NewMember  Verdict `yaml:"new_member,omitempty"`  // a member that catalogue or contract do not have
	UnknownApp Verdict `yaml:"unknown_app,omitempty"` // an app that the catalogue does not have
	Scale      Verdict `yaml:"scale,omitempty"`       // numbers a power of ten away from the month before
}

// A Verdict on a drift.
type Verdict string

// Verdicts. Of a row, Warn means that it is rejected, with its place; of a
// column, that the delivery is read all the same, with a note.
const (
	Fail   Verdict = "fail"
	Warn   Verdict = "warn"
	Ignore Verdict = "ignore"
)

// Verdicts are all there are.
var Verdicts = []Verdict{Fail, Warn, Ignore}

// filled is the drift with the usual verdicts where none is given: columns
// fail, rows are kept aside.
func (d Drift) filled() Drift {
	for _, v := range []*Verdict{&d.Missing, &d.Renamed, &d.NewColumn, &d.Scale} {
		if *v == "" {
			*v = Fail
		}
	}
	for _, v := range []*Verdict{&d.NewMember, &d.UnknownApp} {
		if *v == "" {
			*v = Warn
		}
	}
	return d
}

// A Column is one column of a table. Before a header is looked up, a leading
// month (2023年12月, 12月) and spaces are cut off; a unit in brackets, (万台)
// or （万台）, is read as the unit of the column.
type Column struct {
	Name    string   `yaml:"name"`
	Zh      []string `yaml:"zh,omitempty,flow"` // headers under which it comes; {hour} stands for 0 to 23
	En      []string `yaml:"en,omitempty,flow"`
	Comment Comment  `yaml:"comment,flow"`
	Type    Type     `yaml:"type"`
	Unit    string   `yaml:"unit,omitempty"` // when the header carries none
	// Bare says what a number of a ratio without its own sign is: of the
	// column's unit, or a ratio, -0.016 for -1.6 %, whatever the header says.
	Bare     Bare `yaml:"bare,omitempty"`
	Key      bool `yaml:"key,omitempty"`
	Nullable bool `yaml:"nullable,omitempty"` // cells may be empty
	Optional bool `yaml:"optional,omitempty"` // the whole column may be missing
	// Members are the only values allowed, where the catalogue does not decide.
	Members []string `yaml:"members,omitempty,flow"`
	// Min and Max are in Unit. Counts cannot be below zero unless Min says so.
	Min *float64 `yaml:"min,omitempty"`
	Max *float64 `yaml:"max,omitempty"`
}

// A Bare is a reading of numbers without a sign of their own.
type Bare string

// Readings of bare numbers.
const (
	InUnit  Bare = "unit"
	AsRatio Bare = "ratio"
)

// Bares are all there are.
var Bares = []Bare{InUnit, AsRatio}

// A Type is what the cells of a column hold.
type Type string

// Types of columns. Numbers of the first six can be converted between the
// units of their type.
const (
	TypeDevices Type = "devices"
	TypeHours   Type = "hours"
	TypeUses    Type = "uses"
	TypeMinutes Type = "minutes"
	TypeRatio   Type = "ratio"
	TypeIndex   Type = "index"
	TypeInteger Type = "integer"
	TypeMonth   Type = "month"
	TypeDay     Type = "day"
	TypeText    Type = "text"
)

// Types are all there are.
var Types = []Type{
	TypeDevices, TypeHours, TypeUses, TypeMinutes, TypeRatio, TypeIndex,
	TypeInteger, TypeMonth, TypeDay, TypeText,
}

// of is the contract of a table, the plain one if none was given.
func (c Contracts) of(table string) Contract {
	if own, ok := c[table]; ok {
		own.Drift = own.Drift.filled()
		return own
	}
	return plain(table)
}

// plain is a contract of names alone.
func plain(table string) Contract {
	c := Contract{Table: table, Drift: Drift{}.filled()}
	for _, f := range fields[table] {
		col := Column{
			Name: f.name, Type: f.kind, Unit: baseUnit[f.kind], Optional: !f.needed, Nullable: !f.needed || f.kind.numeric(),
			Min: f.min, Max: f.max,
		}
		if f.name == hourColumn {
			col.Zh = []string{hourMark + "点"}
		}
		c.Columns = append(c.Columns, col)
	}
	return c
}

// column is the column of a name.
func (c Contract) column(name string) (Column, bool) {
	i := slices.IndexFunc(c.Columns, func(col Column) bool { return col.Name == name })
	if i < 0 {
		return Column{}, false
	}
	return c.Columns[i], true
}

// headers are the names under which the column may come.
func (c Column) headers() []string {
	return append(append([]string{c.Name}, c.Zh...), c.En...)
}
