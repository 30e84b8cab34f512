package dictionary

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"panelwatch/etl/indicator/definitions"
)

// A word is what one name of a column means: a text of its own, or an
// indicator's name with its unit and, where the text is given too, what the
// column narrows it to.
type word struct {
	definitions.Text `yaml:",inline"`
	Indicator        string           `yaml:"indicator"`
	ErrorOf          string           `yaml:"error_of"`
	Unit             definitions.Text `yaml:"unit"`
}

// words are those of all views, and those that mean something else in one.
type words struct {
	Columns map[string]word            `yaml:"columns"`
	Views   map[string]map[string]word `yaml:"views"`
}

func readWords(text []byte) (w words, err error) {
	if err := yaml.UnmarshalWithOptions(text, &w, yaml.Strict()); err != nil {
		return w, err
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(w.Columns)) {
		errs = append(errs, w.Columns[name].check(name))
	}
	for _, view := range slices.Sorted(maps.Keys(w.Views)) {
		for _, name := range slices.Sorted(maps.Keys(w.Views[view])) {
			errs = append(errs, w.Views[view][name].check(view+"."+name))
		}
	}
	return w, errors.Join(errs...)
}

func (w word) check(at string) error {
	name := w.Indicator + w.ErrorOf
	_, known := definitions.Of(name)
	switch {
	case w.Indicator != "" && w.ErrorOf != "":
		return fmt.Errorf("%s: indicator and error_of: want one of them", at)
	case name != "" && !known:
		return fmt.Errorf("%s: no indicator %q in etl/indicator/definitions", at, name)
	case name == "" && (w.Zh == "" || w.En == ""), (w.Zh == "") != (w.En == ""), (w.Unit.Zh == "") != (w.Unit.En == ""):
		return fmt.Errorf("%s: want zh and en", at)
	}
	return nil
}

// heldByDefinitions lists the columns that an indicator's definition names and
// that say something else. v_indicator holds all indicators in one column.
func (w words) heldByDefinitions() (errs []error) {
	for _, d := range definitions.All() {
		for _, at := range d.Columns {
			view, column, _ := strings.Cut(at, ".")
			if !strings.HasPrefix(view, "v_") || at == "v_indicator.value" {
				continue
			}
			if said, _ := w.find(view, column); said.Indicator != d.Name {
				errs = append(errs, fmt.Errorf("%s holds %s, says its definition: want `indicator: %s`", at, d.Name, d.Name))
			}
		}
	}
	return errs
}

func (w words) find(view, column string) (word, bool) {
	if said, ok := w.Views[view][column]; ok {
		return said, true
	}
	said, ok := w.Columns[column]
	return said, ok
}

func (w words) of(view, column string) (definitions.Text, bool) {
	said, ok := w.find(view, column)
	return said.text(), ok
}

// text is the sentence in both languages: name: narrowed (unit).
func (w word) text() definitions.Text {
	d, held := definitions.Of(w.Indicator + w.ErrorOf)
	if !held {
		return w.Text
	}
	out, unit := definitions.Text{Zh: d.Zh, En: d.En}, definitions.Units[d.Unit]
	if w.ErrorOf != "" {
		out = definitions.Text{Zh: d.Zh + "的标准误", En: "Standard error of: " + d.En}
	}
	if w.Zh != "" {
		out = definitions.Text{Zh: out.Zh + "：" + w.Zh, En: out.En + ": " + w.En}
	}
	if w.Unit.Zh != "" {
		unit = w.Unit
	}
	if strings.Contains(unit.Zh, "（") {
		return definitions.Text{Zh: out.Zh + "，" + unit.Zh, En: out.En + " (" + unit.En + ")"}
	}
	return definitions.Text{Zh: out.Zh + "（" + unit.Zh + "）", En: out.En + " (" + unit.En + ")"}
}

// unused lists names that no view of the contract has.
func (w words) unused(views []View) (errs []error) {
	used := map[string]bool{}
	for _, v := range views {
		for _, c := range v.Columns {
			used[v.Name+"."+c.Name] = true
			if _, own := w.Views[v.Name][c.Name]; !own {
				used[c.Name] = true
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.Columns)) {
		if !used[name] {
			errs = append(errs, fmt.Errorf("sql/columns.yaml: columns: no view has a column %s: take it out", name))
		}
	}
	for _, view := range slices.Sorted(maps.Keys(w.Views)) {
		for _, name := range slices.Sorted(maps.Keys(w.Views[view])) {
			if !used[view+"."+name] {
				errs = append(errs, fmt.Errorf("sql/columns.yaml: views: %s has no column %s: take it out", view, name))
			}
		}
	}
	return errs
}
