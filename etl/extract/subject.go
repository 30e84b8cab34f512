package extract

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

// wholeNetwork is how tables name the universe of devices.
const wholeNetwork = "全网"

// dimensionNames are the dimensions as profile tables name them.
var dimensionNames = map[string]string{
	"性别": panel.Gender, "年龄": panel.AgeBand, "婚姻": panel.Marital, "城市等级": panel.CityTier,
	"省份": panel.Province, "城市": panel.City, "职业标签": panel.Occupation,
}

// networks as hourly tables name them.
var networks = map[string]string{"": "ALL", "全部": "ALL", "ALL": "ALL", "G网": "G", "G": "G"}

// A subjectReader tells what a row speaks of.
type subjectReader func(row) (subject, *fault)

// subjects returns the subjectReader of a file, once its header is known to
// name app and dimension where the table needs them.
func (a *aggregate) subjects(f File, h *header) (subjectReader, error) {
	var reader subjectReader
	var err error
	switch f.Table {
	case TableAppMonth:
		reader = a.appMonth
	case TableProfile:
		reader, err = a.profile(f, h)
	case TableTopList:
		reader, err = a.topList(f)
	case TableOverlap:
		reader = a.overlap
	case TableHourly:
		reader = a.hourly
	case TableUniverse:
		reader = a.universe
	}
	return reader, err
}

func (a *aggregate) appMonth(r row) (subject, *fault) {
	app, f := a.app(r, "app")
	return subject{table: TableAppMonth, app: app, segment: panel.All}, f
}

func (a *aggregate) hourly(r row) (subject, *fault) {
	app, f := a.app(r, "app")
	network, known := networks[r.cell("network")]
	if f == nil && !known {
		f = r.refuse("network", "unknown_network", "want G网 or 全部")
	}
	return subject{table: TableHourly, app: app, segment: panel.Segment{Dimension: panel.Hour}, network: network}, f
}

func (a *aggregate) overlap(r row) (subject, *fault) {
	one, f := a.app(r, "app_a")
	if f != nil {
		return subject{}, f
	}
	other, f := a.app(r, "app_b")
	if f == nil && one == other {
		f = r.refuse("app_b", "same_app", "a pair has two different apps")
	}
	return subject{table: TableOverlap, app: one, other: other, segment: panel.All}, f
}

// universe rows are 全网 or a category of apps.
func (a *aggregate) universe(r row) (subject, *fault) {
	s := subject{table: TableUniverse, app: panel.AllNetwork, segment: panel.All}
	name := r.cell("category")
	if name == wholeNetwork {
		return s, nil
	}
	s.segment = panel.Segment{Dimension: panel.Category, Member: name}
	if known := a.categories(); !slices.Contains(known, name) {
		return s, r.refuse("category", "unknown_member", "not a category of the catalogue"+didYouMean(name, known))
	}
	return s, nil
}

// topList is the reader of a ranked list that the catalogue knows.
func (a *aggregate) topList(f File) (subjectReader, error) {
	var known []string
	for _, l := range a.catalogue.Lists {
		known = append(known, l.Name)
	}
	if !slices.Contains(known, f.List) {
		return nil, &DataError{File: ManifestName, Msg: fmt.Sprintf("%s: list %q is not in the catalogue, which has %s%s",
			f.Name, f.List, strings.Join(known, ", "), didYouMean(f.List, known))}
	}
	return func(r row) (subject, *fault) {
		app, fault := a.app(r, "app")
		return subject{table: TableTopList, app: app, segment: panel.All, list: f.List}, fault
	}, nil
}

// profile is the reader of a profile table. What its columns leave out, app
// and dimension, stands in the manifest; a column 省份 or 城市 names its own
// dimension.
func (a *aggregate) profile(f File, h *header) (subjectReader, error) {
	usual, err := a.usualApp(f, h)
	if err != nil {
		return nil, err
	}
	dimension, err := a.usualDimension(f, h)
	if err != nil {
		return nil, err
	}
	return func(r row) (subject, *fault) {
		s := subject{table: TableProfile, app: usual}
		var f *fault
		if name := r.cell("app"); name == wholeNetwork {
			s.app = panel.AllNetwork
		} else if name != "" || usual == "" {
			s.app, f = a.app(r, "app")
		}
		if f == nil {
			s.segment, f = a.segment(r, dimension)
		}
		return s, f
	}, nil
}

// usualApp is the app of the rows that name none.
func (a *aggregate) usualApp(f File, h *header) (panel.AppID, error) {
	switch {
	case f.App == wholeNetwork || f.App == string(panel.AllNetwork):
		return panel.AllNetwork, nil
	case f.App != "":
		if id, ok := a.named(f.App); ok {
			return id, nil
		}
		return "", &DataError{File: ManifestName, Msg: fmt.Sprintf("%s: no app %q in the catalogue%s",
			f.Name, f.App, didYouMean(f.App, a.catalogue.Names()))}
	case h.place("app") < 0:
		return "", &DataError{File: f.Name, Msg: "names no app: add a column 应用名称, or app to the file in " + ManifestName}
	}
	return "", nil
}

// usualDimension is the dimension of the rows that name none.
func (a *aggregate) usualDimension(f File, h *header) (string, error) {
	name := f.Dimension
	if name == "" {
		name = dimensionNames[squeeze(h.columns[h.place("member")].header)]
	}
	if name == "" && h.place("dimension") < 0 {
		return "", &DataError{File: f.Name, Msg: "names no dimension: add a column 维度, or dimension to the file in " + ManifestName}
	}
	if proper, ok := a.dimension(name); ok || name == "" {
		return proper, nil
	}
	known := slices.Sorted(maps.Keys(dimensionNames))
	return "", &DataError{File: ManifestName, Msg: fmt.Sprintf("%s: no dimension %q%s", f.Name, name, didYouMean(name, known))}
}

// segment is the member that a row speaks of.
func (a *aggregate) segment(r row, dimension string) (panel.Segment, *fault) {
	if name := r.cell("dimension"); name != "" {
		proper, ok := a.dimension(name)
		if !ok {
			known := slices.Sorted(maps.Keys(dimensionNames))
			return panel.Segment{}, r.refuse("dimension", "unknown_dimension", "want one of "+strings.Join(known, " ")+didYouMean(name, known))
		}
		dimension = proper
	}
	if dimension == "" {
		return panel.Segment{}, r.refuse("dimension", "missing", "every row needs its dimension")
	}
	member := r.cell("member")
	if member == "" {
		return panel.Segment{}, r.refuse("member", "missing", "write 未知 for devices whose attribute is not known")
	}
	s, ok := memberOf(a.catalogue, dimension, member)
	if !ok {
		return s, r.refuse("member", "unknown_member", fmt.Sprintf("not a member of %s%s", dimension, didYouMean(member, a.catalogue.Dimensions[dimension])))
	}
	return s, nil
}

// memberOf reads a member of a dimension as it is, else with full-width forms
// plain and without spaces.
func memberOf(cat *panel.Catalogue, dimension, cell string) (panel.Segment, bool) {
	if s, ok := cat.Member(dimension, cell); ok {
		return s, true
	}
	return cat.Member(dimension, squeeze(cell))
}

// dimension accepts the names of tables and those of the warehouse.
func (a *aggregate) dimension(name string) (string, bool) {
	if proper, ok := dimensionNames[name]; ok {
		name = proper
	}
	_, ok := a.catalogue.Dimensions[name]
	return name, ok
}

// app is the app that a cell names.
func (a *aggregate) app(r row, column string) (panel.AppID, *fault) {
	name := r.cell(column)
	if id, ok := a.named(name); ok {
		return id, nil
	}
	return "", r.refuse(column, "unknown_app", notNamed(a.catalogue, name, a.book.delivery.Manifest.Month, a.catalogue.Names()))
}

// notNamed says what to do about a name that no app has in month m.
func notNamed(cat *panel.Catalogue, name string, m panel.Month, known []string) string {
	for _, n := range cat.Namings() {
		if n.Name == name {
			return fmt.Sprintf("names %s in other months than %s; correct its renames in apps.yaml", n.App, m)
		}
	}
	return "not in the catalogue; add it or an alias to apps.yaml" + didYouMean(name, known)
}

// named reads the name of an app as it is, else with full-width forms plain and
// without spaces, else as an id.
func (a *aggregate) named(name string) (panel.AppID, bool) {
	m := a.book.delivery.Manifest.Month
	for _, spelling := range []string{name, squeeze(name)} {
		if id, ok := a.catalogue.Named(spelling, m); ok {
			return id, true
		}
	}
	app, ok := a.catalogue.App(panel.AppID(name))
	return app.ID, ok
}

// categories of the catalogue's apps, sorted.
func (a *aggregate) categories() []string {
	var names []string
	for _, app := range a.catalogue.Apps {
		names = append(names, app.Category)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
