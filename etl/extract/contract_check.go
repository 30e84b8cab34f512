package extract

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

// A ContractFault is what is wrong with a contract, and where in it.
type ContractFault struct {
	Path string // $.columns[3].unit
	Msg  string
}

// Check lists what is wrong with a contract, in the order of its keys.
func (c Contract) Check() (faults []ContractFault) {
	add := func(path, format string, args ...any) {
		faults = append(faults, ContractFault{"$." + path, fmt.Sprintf(format, args...)})
	}
	tables := TableNames()
	if _, known := fields[c.Table]; !known {
		add("table", "no table %q, have %s%s", c.Table, strings.Join(tables, ", "), didYouMean(c.Table, tables))
		return faults
	}
	c.checkDrift(add)
	c.checkMonths(add)
	c.checkPatterns(add)
	seen := map[string]string{}
	for i, col := range c.Columns {
		c.checkColumn(col, seen, func(key, format string, args ...any) {
			add(fmt.Sprintf("columns[%d].%s", i, key), "column %s: "+format, append([]any{col.Name}, args...)...)
		})
	}
	for _, f := range fields[c.Table] {
		if _, has := c.column(f.name); f.needed && !has {
			add("columns", "%s needs a column %s", c.Table, f.name)
		}
	}
	return faults
}

type complain func(path, format string, args ...any)

func (c Contract) checkDrift(add complain) {
	for _, d := range []struct {
		key string
		v   Verdict
	}{
		{"missing", c.Drift.Missing},
		{"renamed", c.Drift.Renamed},
		{"new_column", c.Drift.NewColumn},
		{"new_member", c.Drift.NewMember},
		{"unknown_app", c.Drift.UnknownApp},
		{"scale", c.Drift.Scale},
	} {
		if d.v != "" && !slices.Contains(Verdicts, d.v) {
			add("drift."+d.key, "%s: %q is not a verdict: want fail, warn or ignore%s", d.key, d.v, didYouMeanOf(d.v, Verdicts))
		}
	}
	if c.DateSystem != 0 && c.DateSystem != 1900 && c.DateSystem != 1904 {
		add("date_system", "date_system: %d is not 1900 or 1904", c.DateSystem)
	}
}

// checkMonths: a running number must not look like a month in digits, nor like
// a date serial.
func (c Contract) checkMonths(add complain) {
	var plain monthReader
	for _, id := range slices.Sorted(maps.Keys(c.MonthIDs)) {
		_, is1900 := plain.parse(fmt.Sprint(id))
		_, is1904 := serialDay(id, true)
		if is1900 || is1904 || id < 0 {
			add("month_ids", "month_ids: %d means a month of its own already", id)
		}
	}
}

// checkColumn checks one column; seen are the headers of those before it.
func (c Contract) checkColumn(col Column, seen map[string]string, add complain) {
	known, ok := fieldOf(c.Table, col.Name)
	if !ok {
		add("name", "%s has none of that name%s; have %s", c.Table, didYouMean(col.Name, namesOf(c.Table)), strings.Join(namesOf(c.Table), ", "))
		return
	}
	for _, name := range col.headers() {
		name = strings.ToLower(squeeze(name))
		if other, taken := seen[name]; taken && other != col.Name || name == "" {
			add("name", "header %q is empty, or a header of %s too", name, other)
		}
		seen[name] = col.Name
	}
	switch {
	case !slices.Contains(Types, col.Type):
		add("type", "no type %q%s", col.Type, didYouMeanOf(col.Type, Types))
	case col.Type != known.kind:
		add("type", "is of type %s, not %s", known.kind, col.Type)
	case known.needed && col.Optional:
		add("optional", "%s cannot be read without it", c.Table)
	case col.Key != slices.Contains(keys[c.Table], col.Name):
		add("name", "the key of %s is %s: key is %v here", c.Table, strings.Join(keys[c.Table], ", "), !col.Key)
	default:
		col.checkNumbers(add)
		c.checkFixed(col, known, add)
	}
}

// checkNumbers checks what only numbers have.
func (c Column) checkNumbers(add complain) {
	if _, known := units[c.Type][c.Unit]; c.Type.numeric() && !known {
		add("unit", "unit %q is not a unit of %s: want %s", c.Unit, c.Type, c.Type.unitNames())
	} else if !c.Type.numeric() && c.Unit != "" {
		add("unit", "%s has no unit", c.Type)
	}
	if c.Bare != "" && (c.Type != TypeRatio || !slices.Contains(Bares, c.Bare)) {
		add("bare", "bare is for ratios, and unit or ratio")
	}
	if !c.Type.numeric() && (c.Min != nil || c.Max != nil) {
		add("type", "%s has no min and max", c.Type)
	}
	if c.Min != nil && c.Max != nil && *c.Min > *c.Max {
		add("min", "min %g is above max %g", *c.Min, *c.Max)
	}
}

// checkFixed: microdata are read by the tabulation, which fixes what cells may
// hold; the catalogue has the members of dimensions.
func (c Contract) checkFixed(col Column, known field, add complain) {
	micro := slices.Contains(tablesOf[Microdata], c.Table)
	switch {
	case micro && col.Nullable != known.empty:
		add("nullable", "nullable is fixed: %v", known.empty)
	case micro && (col.Min != nil || col.Max != nil || len(col.Members) > 0):
		add("name", "min, max and members of microdata are fixed")
	case len(col.Members) > 0 && slices.Contains([]string{"app", "app_a", "app_b", "dimension", "member", "category"}, col.Name):
		add("members", "its members are those of the catalogue, apps.yaml")
	case len(col.Members) > 0 && col.Type.numeric():
		add("members", "numbers have min and max instead")
	}
}

func didYouMeanOf[T ~string](word T, candidates []T) string {
	names := make([]string, len(candidates))
	for i, c := range candidates {
		names[i] = string(c)
	}
	return panel.DidYouMean(string(word), names)
}
