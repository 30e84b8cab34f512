package extract

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"panelwatch/etl/panel"
)

const secondsPerDay = 86_400

// A usageReader collects the usage of a panel's devices.
type usageReader struct {
	book  *book
	panel *Panel
	find  func(id string) (device int32, known bool)
	apps  map[string]int16
	names []string          // ids of apps, for did-you-mean
	hints map[string]string // of apps that nobody knows
	days  map[string]uint8
	cat   *panel.Catalogue
}

func newUsageReader(b *book, p *Panel, cat *panel.Catalogue) *usageReader {
	u := &usageReader{
		book: b, panel: p, find: byID(p.Devices),
		apps: map[string]int16{}, days: map[string]uint8{}, hints: map[string]string{}, cat: cat,
	}
	for _, a := range cat.Apps {
		p.Apps = append(p.Apps, a.ID)
	}
	slices.Sort(p.Apps)
	at := map[panel.AppID]int16{}
	for i, id := range p.Apps {
		at[id] = int16(i)
		u.names = append(u.names, string(id))
	}
	for _, n := range cat.Namings() {
		if n.In(p.Month) {
			u.apps[n.Name] = at[n.App]
		}
	}
	for id, i := range at { // an id means itself, whatever it names elsewhere
		u.apps[string(id)] = i
	}
	return u
}

func byID(devices []Device) func(id string) (int32, bool) {
	at := make(map[string]int32, len(devices))
	for i, d := range devices {
		at[d.ID] = int32(i)
	}
	return func(id string) (int32, bool) {
		device, known := at[id]
		return device, known
	}
}

// header refuses a file whose grain is not the manifest's.
func (u *usageReader) header(s *sheet) error {
	return u.grain(s.name(), s.header)
}

func (u *usageReader) grain(file string, h header) error {
	at := h.place
	need, foreign := "active_days", "day"
	if u.panel.Days {
		need, foreign = foreign, need
	}
	grain := u.book.delivery.Manifest.UsageGrain
	switch {
	case at(need) < 0:
		return &DataError{File: file, Column: need, Msg: fmt.Sprintf("is missing; usage_grain %s needs it", grain)}
	case at(foreign) >= 0:
		return &DataError{File: file, Column: foreign, Msg: fmt.Sprintf("does not belong to usage_grain %s", grain)}
	}
	return nil
}

func (u *usageReader) row(r row) (verdict, *fault) {
	use, f := u.read(r)
	if f != nil {
		return rejected, f
	}
	u.panel.Usage = append(u.panel.Usage, use)
	return loaded, nil
}

// read checks a row. The device of a row at fault is -1 if that is not known.
func (u *usageReader) read(r row) (Usage, *fault) {
	use := Usage{Device: -1, file: int32(r.file), line: int32(r.line)}
	for _, read := range []func(row, *Usage) *fault{u.device, u.app, u.time, u.uses, u.seconds} {
		if f := read(r, &use); f != nil {
			return use, f
		}
	}
	return use, wrongMonth(r, u.panel.Month)
}

func (u *usageReader) device(r row, use *Usage) *fault {
	device, known := u.find(strings.TrimSpace(r.cells[r.place("device_id")]))
	if !known {
		return r.refuse("device_id", "orphan_device", "not among the devices of this delivery, or refused there")
	}
	use.Device = device
	return nil
}

func (u *usageReader) app(r row, use *Usage) *fault {
	id := strings.TrimSpace(r.cells[r.place("app_id")])
	app, known := u.apps[id]
	if !known {
		return r.refuse("app_id", "unknown_app", u.hint(id))
	}
	use.App = app
	return nil
}

// hint says what to do about an app. Most panels have many apps that are not
// watched, each in many rows.
func (u *usageReader) hint(app string) string {
	hint, known := u.hints[app]
	if !known {
		hint = notNamed(u.cat, app, u.panel.Month, u.names)
		if len(u.hints) < mostNotes {
			u.hints[strings.Clone(app)] = hint
		}
	}
	return hint
}

// time reads the day, or the number of active days.
func (u *usageReader) time(r row, use *Usage) *fault {
	if u.panel.Days {
		use.ActiveDays = 1
		return u.day(r, use)
	}
	days, f := u.count(r, "active_days")
	if f != nil {
		return f
	}
	if last := u.panel.Month.Days(); days < 1 || int(days) > last {
		return r.refuse("active_days", "out_of_range", fmt.Sprintf("want 1 to %d, the days of %s", last, u.panel.Month))
	}
	use.ActiveDays = uint8(days)
	return nil
}

func (u *usageReader) day(r row, use *Usage) *fault {
	cell := r.cells[r.place("day")]
	day, known := u.days[cell]
	if !known {
		t, ok := parseDay(cell, r.date1904)
		switch {
		case !ok:
			return r.refuse("day", "not_a_day", "want a day such as 2023-12-01")
		case panel.MonthIn(t) != u.panel.Month:
			return r.refuse("day", "other_month", fmt.Sprintf("the delivery is of %s", u.panel.Month))
		}
		day = uint8(t.Day())
		u.days[strings.Clone(cell)] = day
	}
	use.Day = day
	return nil
}

func (u *usageReader) uses(r row, use *Usage) (f *fault) {
	if use.Uses, f = u.count(r, "uses"); f != nil {
		return f
	}
	if !u.panel.Days && use.Uses < uint32(use.ActiveDays) {
		return r.refuse("uses", "below_active_days", fmt.Sprintf("%d active days need as many uses", use.ActiveDays))
	}
	return nil
}

func (u *usageReader) seconds(r row, use *Usage) (f *fault) {
	if use.Seconds, f = u.count(r, "seconds"); f != nil {
		return f
	}
	if most := secondsPerDay * uint32(use.ActiveDays); use.Seconds > most {
		return r.refuse("seconds", "out_of_range", fmt.Sprintf("%d active days have %d seconds", use.ActiveDays, most))
	}
	return nil
}

// count reads a whole number from 0. Digits alone, the usual case, take the
// short way.
func (u *usageReader) count(r row, name string) (uint32, *fault) {
	cell := r.cells[r.place(name)]
	if v, err := strconv.ParseUint(cell, 10, 32); err == nil && cell[0] != '+' {
		return uint32(v), nil
	}
	n, delivered, err := parseNumber(cell)
	switch {
	case err != nil:
		return 0, r.refuse(name, "not_a_number", err.Error())
	case !delivered:
		return 0, r.refuse(name, "missing", "write 0 for none")
	case n.unit != "":
		return 0, r.refuse(name, "not_a_number", "want a number without unit")
	case n.digits.Sign() < 0:
		return 0, r.refuse(name, "negative", name+" cannot be below zero")
	case !n.digits.IsInt():
		return 0, r.refuse(name, "not_whole", "want a whole number")
	case !n.digits.Num().IsUint64() || n.digits.Num().Uint64() > math.MaxUint32:
		return 0, r.refuse(name, "out_of_range", "too large for a month")
	}
	return uint32(n.digits.Num().Uint64()), nil
}

// settle keeps one row for each device, app and day.
func (u *usageReader) settle() {
	u.panel.Usage = claim[Usage]{
		order: compareUsage,
		same: func(x, y Usage) bool {
			return x.ActiveDays == y.ActiveDays && x.Uses == y.Uses && x.Seconds == y.Seconds
		},
		where: func(x Usage) (int32, int32) { return x.file, x.line },
		raw:   u.raw,
	}.settle(u.book, u.panel.Usage)
}

func compareUsage(x, y Usage) int {
	if x.Device != y.Device {
		return int(x.Device) - int(y.Device)
	}
	if x.App != y.App {
		return int(x.App) - int(y.App)
	}
	return int(x.Day) - int(y.Day)
}

// raw writes a row again: device, app, day or active days, uses, seconds.
func (u *usageReader) raw(x Usage) string {
	when := strconv.Itoa(int(x.ActiveDays))
	if u.panel.Days {
		when = fmt.Sprintf("%s-%02d", u.panel.Month, x.Day)
	}
	return fmt.Sprintf("%s,%s,%s,%d,%d", u.panel.Devices[x.Device].ID, u.panel.Apps[x.App], when, x.Uses, x.Seconds)
}
