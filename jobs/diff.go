package jobs

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"

	"panelwatch/etl/indicator"
	"panelwatch/etl/indicator/definitions"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// A Difference is what moved between two publications of a source's month.
type Difference struct {
	From, To warehouse.Edition
	Moves    []Move // in order of indicator, app and segment
	Same     int    // numbers that did not move
}

// A Move is one number that is another now. Was or Is is NaN where it was not
// there or could not be computed.
type Move struct {
	Key     indicator.Row // indicator, app and segment
	Unit    string
	Was, Is float64
	Change  float64     // NaN unless both are numbers
	SE      float64     // of the change; NaN when not known
	IsSE    float64     // of Is, as published; NaN when not known
	Beyond  Significant // whether the change is more than its error
}

// Significant says whether a change is beyond 1.96 times its sampling error.
type Significant string

// What may be said of it.
const (
	Beyond  Significant = "yes"
	Within  Significant = "no"
	Unknown Significant = "unknown" // no replicates, or nothing to compare
)

// Diff compares two publications of a month. An edition is named r2, or r2.3
// for the third reading of revision 2, and means its last publication; to "" is
// what is in force, from "" the last publication of the edition before it.
func (j Job) Diff(ctx context.Context, source string, m panel.Month, from, to string) (d Difference, err error) {
	all, err := j.Warehouse.Publications(ctx, source, m)
	if err != nil {
		return d, err
	}
	if len(all) == 0 {
		return d, fmt.Errorf("%w: nothing of source %s for %s", warehouse.ErrNoPublication, source, m)
	}
	if d.To, err = named(all, to); err != nil {
		return d, err
	}
	if from == "" {
		d.From, err = before(all, d.To)
	} else {
		d.From, err = named(all, from)
	}
	if err != nil {
		return d, err
	}
	return d, j.compare(ctx, &d)
}

var editionName = regexp.MustCompile(`^r?(\d+)(?:\.(\d+))?$`)

// named is the last publication of an edition, of all when it is not named.
func named(all []warehouse.Edition, name string) (e warehouse.Edition, err error) {
	if name == "" {
		return all[len(all)-1], nil
	}
	part := editionName.FindStringSubmatch(name)
	if part == nil {
		return e, fmt.Errorf("%w: %q is no revision; want r2, or r2.3 for the third reading of revision 2", warehouse.ErrNoPublication, name)
	}
	for _, x := range slices.Backward(all) {
		if strconv.Itoa(x.Revision) == part[1] && (part[2] == "" || strconv.Itoa(x.Reading) == part[2]) {
			return x, nil
		}
	}
	return e, fmt.Errorf("%w: no %s of %s %s; there is %s", warehouse.ErrNoPublication, name, all[0].Source, all[0].Month(), editions(all))
}

// before is the last publication of another edition, else the one before.
func before(all []warehouse.Edition, to warehouse.Edition) (e warehouse.Edition, err error) {
	at := slices.IndexFunc(all, func(x warehouse.Edition) bool { return x.PublicationID == to.PublicationID })
	for _, x := range slices.Backward(all[:at]) {
		if x.FactsID != to.FactsID {
			return x, nil
		}
	}
	if at == 0 {
		return e, fmt.Errorf("%w: nothing was published before %s; there is %s", warehouse.ErrNoPublication, EditionOf(to), editions(all))
	}
	return all[at-1], nil
}

func editions(all []warehouse.Edition) (list []string) {
	for _, x := range all {
		list = append(list, EditionOf(x))
	}
	return slices.Compact(list)
}

// EditionOf is the name of a publication's edition: r2, or r2.3.
func EditionOf(e warehouse.Edition) string {
	if e.Reading > 1 {
		return fmt.Sprintf("r%d.%d", e.Revision, e.Reading)
	}
	return fmt.Sprintf("r%d", e.Revision)
}

// compare lists the moves. What was published stands; replicates are computed
// again from the facts of then.
func (j Job) compare(ctx context.Context, d *Difference) error {
	was, err := j.numbers(ctx, d.From.Issue)
	if err != nil {
		return err
	}
	is, err := j.numbers(ctx, d.To.Issue)
	if err != nil {
		return err
	}
	for _, k := range merged(was, is) {
		a, b := was.of(k), is.of(k)
		if warehouse.SameValue(a.Value, b.Value) {
			d.Same++
			continue
		}
		d.Moves = append(d.Moves, move(k, a, b))
	}
	return nil
}

// numbers are those of a publication, with how they came about.
type numbers map[panel.Key]map[string]indicator.Row

func (j Job) numbers(ctx context.Context, i warehouse.Issue) (numbers, error) {
	published, err := j.Warehouse.Published(ctx, i.PublicationID)
	if err != nil {
		return nil, err
	}
	h, _, err := j.Warehouse.Then(ctx, i)
	if err != nil {
		return nil, err
	}
	n := numbers{}
	for _, r := range published {
		n.put(r)
	}
	r := run{Job: j}
	for _, again := range r.formulas()(h, i.Month()).Everything() {
		stands := n.of(again)
		if stands.Indicator != "" && warehouse.SameValue(stands.Value, again.Value) {
			stands.From = again.From // else the settings are others now
			n.put(stands)
		}
	}
	return n, nil
}

func (n numbers) put(r indicator.Row) {
	k := panel.Key{App: r.App, Segment: r.Segment}
	if n[k] == nil {
		n[k] = map[string]indicator.Row{}
	}
	n[k][r.Indicator] = r
}

// of is a number, without a value where there is none.
func (n numbers) of(k indicator.Row) indicator.Row {
	if r, ok := n[panel.Key{App: k.App, Segment: k.Segment}][k.Indicator]; ok {
		return r
	}
	return indicator.Row{Value: math.NaN(), SE: math.NaN()}
}

// merged are the numbers that one or the other has, in order.
func merged(a, b numbers) (keys []indicator.Row) {
	for _, n := range []numbers{a, b} {
		for k, rows := range n {
			for name := range rows {
				keys = append(keys, indicator.Row{Indicator: name, App: k.App, Segment: k.Segment})
			}
		}
	}
	slices.SortFunc(keys, indicator.Row.Compare)
	return slices.CompactFunc(keys, func(x, y indicator.Row) bool { return x.Compare(y) == 0 })
}

func move(k, was, is indicator.Row) Move {
	m := Move{Key: k, Was: was.Value, Is: is.Value, Change: is.Value - was.Value, SE: math.NaN(), IsSE: is.SE, Beyond: Unknown}
	if d, ok := definitions.Of(k.Indicator); ok {
		m.Unit = d.Unit
	}
	if _, se, ok := indicator.Difference(was.From, is.From); ok && !math.IsNaN(m.Change) {
		m.SE, m.Beyond = se, Within
		if math.Abs(m.Change) > 1.96*se {
			m.Beyond = Beyond
		}
	}
	return m
}
