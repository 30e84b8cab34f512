package extract

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"panelwatch/etl/panel"
)

// Figures are what an aggregate extract says, with the account of its
// rows.
type Figures struct {
	Values  []Value // by file, line and column
	Ledgers []Ledger
	Rejects []Reject // by file and line
	Notes   []Note   // by file, line and rule
	// Lists are the apps of each top_list in the order of their positions.
	Lists map[string][]panel.AppID
	// Scales are the columns of counts and the unit that each was read in.
	Scales []Scale
	// OtherMonths are the columns of wide tables that were ignored because
	// they are of another month than the delivery, by file and column.
	OtherMonths []OtherMonth
}

// ReadAggregate reads every number of an aggregate extract in base units. A
// cell that says that nothing was delivered gives no Value. Rows at fault are
// rejected and listed; a fault of the delivery itself is a *DataError, and then
// only the account of what was read so far is returned. d should have been
// verified.
func ReadAggregate(ctx context.Context, d Delivery, cat *panel.Catalogue, o Options) (Figures, error) {
	if d.Manifest.Kind != Aggregate {
		return Figures{}, fmt.Errorf("read %s as an aggregate extract: it is %s", d.Dir, d.Manifest.Kind)
	}
	a := &aggregate{book: newBook(d, o), catalogue: cat, seen: map[subject]first{}, known: map[Value]Value{}}
	for i, f := range d.Manifest.Files {
		if err := a.read(ctx, i, f); err != nil {
			_ = a.book.close() // what is wrong already is enough
			return Figures{Ledgers: a.book.ledgers, Rejects: a.book.rejects}, err
		}
	}
	err := a.book.close()
	account := Figures{Ledgers: a.book.ledgers, Rejects: a.book.rejects, Notes: a.book.notes.list()}
	if err != nil {
		return account, err
	}
	account.Values, account.Lists, account.Scales, account.OtherMonths = a.values, lists(a.values), a.scales, a.others
	return account, nil
}

// An aggregate is an extract being read.
type aggregate struct {
	book      *book
	catalogue *panel.Catalogue
	values    []Value
	scales    []Scale
	others    []OtherMonth
	seen      map[subject]first
	known     map[Value]Value // by the value without number and place
}

// A subject is what a row speaks of; a delivery speaks of each once.
type subject struct {
	app, other    panel.AppID
	segment       panel.Segment
	list, network string
	table         string
}

// first is where a subject was first met, and what was said of it.
type first struct {
	file, line int
	values     []Value
}

func (a *aggregate) read(ctx context.Context, file int, f File) error {
	s, err := a.book.open(ctx, file)
	if err != nil {
		return err
	}
	defer s.close()
	a.book.heed(file, s.header)
	a.scales = append(a.scales, s.header.scales(file)...)
	a.others = append(a.others, s.layout.others...)
	subjectOf, err := a.subjects(f, &s.header)
	if err != nil {
		return err
	}
	if err := s.each(ctx, func(r row) (verdict, *fault) { return a.readRow(subjectOf, r) }); err != nil {
		return err
	}
	s.header.notes = s.header.doubts()
	a.book.heed(file, s.header)
	return nil
}

// readRow turns a row into values, once for each subject.
func (a *aggregate) readRow(subjectOf subjectReader, r row) (verdict, *fault) {
	f := r.asAgreed()
	var s subject
	if f == nil {
		s, f = subjectOf(r)
	}
	if f == nil {
		f = wrongMonth(r, a.book.delivery.Manifest.Month)
	}
	if f != nil {
		return rejected, f
	}
	values, f := r.values(s)
	if f != nil {
		return rejected, f
	}
	earlier, twice := a.seen[s]
	switch {
	case !twice:
		return a.load(s, r, values)
	case slices.EqualFunc(earlier.values, values, sameNumber):
		return ignored, nil
	}
	return rejected, a.contradiction(r, earlier.file, earlier.line)
}

// load takes the values of a new subject. A pair may come in both orders, and
// then each row repeats the devices of its two apps.
func (a *aggregate) load(s subject, r row, values []Value) (verdict, *fault) {
	var fresh []Value
	for _, v := range values {
		old, repeated := a.known[v.key()]
		if repeated && old.Value != v.Value {
			return rejected, a.contradiction(r, old.File, old.Line)
		}
		if !repeated {
			fresh = append(fresh, v)
		}
	}
	for _, v := range fresh {
		a.known[v.key()] = v
	}
	a.seen[s] = first{r.file, r.line, values}
	a.values = append(a.values, fresh...)
	return loaded, nil
}

// key is what a value speaks of.
func (v Value) key() Value {
	v.Value, v.File, v.Line = 0, 0, 0
	return v
}

func (a *aggregate) contradiction(r row, file, line int) *fault {
	return r.refuseAll("duplicate", "says otherwise than "+a.book.place(file, line)+"; ask which of them holds")
}

func sameNumber(a, b Value) bool { return a.Measure == b.Measure && a.Value == b.Value }

// wrongMonth refuses a row whose month is not the manifest's. A table without
// a month column is of the manifest's month.
func wrongMonth(r row, m panel.Month) *fault {
	if r.place("month") < 0 {
		return nil
	}
	switch got, ok := r.months().parse(r.cell("month")); {
	case !ok:
		return r.refuse("month", "not_a_month", "want a month such as 2023年12月, 202312 or 2023-12")
	case got != m:
		return r.refuse("month", "other_month", fmt.Sprintf("the delivery is of %s", m))
	}
	return nil
}

// lists orders the apps of every list by position.
func lists(values []Value) map[string][]panel.AppID {
	positions := map[string][]Value{}
	for _, v := range values {
		if v.List != "" && v.Measure == Position {
			positions[v.List] = append(positions[v.List], v)
		}
	}
	apps := map[string][]panel.AppID{}
	for _, name := range slices.Sorted(maps.Keys(positions)) {
		slices.SortStableFunc(positions[name], func(a, b Value) int { return cmp.Compare(a.Value, b.Value) })
		for _, v := range positions[name] {
			apps[name] = append(apps[name], v.App)
		}
	}
	return apps
}
