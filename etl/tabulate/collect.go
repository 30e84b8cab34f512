package tabulate

import (
	"context"
	"fmt"
	"math/bits"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// A collector writes the rows of one worker to the store.
type collector struct {
	scan   *scan
	writer *writer
	loaded int
	seen   int

	joins bool // rows of several days become one entry
	run   run
}

// A run is the rows of one device and app that follow one another in a chunk.
type run struct {
	home
	app    uint16
	days   uint32 // a bit for each
	sum    uint64
	values [daysOfMonth]uint64
	apart  bool
	from   chunk
}

// A scan is the reading of all rows of usage.
type scan struct {
	ctx    context.Context
	intake *extract.Intake
	month  panel.Month
	byDay  bool
	apps   *directory
	roster *roster

	minSeconds uint64
	holds      []bool // by bucket: whether this shard has it; nil for all
}

func (c *collector) take(rows chunkRows, from chunk, b *batch) error {
	b.resolve(&c.scan.roster.directory)
	c.seen += b.rows
	joins := c.joins && b.sorted()
	for i := range b.rows {
		ordinal := b.ordinal[b.who[i]]
		if ordinal == nobody {
			c.seen--
			if err := c.odd(rows.odd(b.at[i]), from); err != nil {
				return err
			}
			continue
		}
		at := b.home[b.who[i]]
		if c.scan.holds != nil && !c.scan.holds[at.bucket] {
			continue
		}
		c.loaded++
		day, v := b.day[i], b.value[i]
		if !joins || v&secondsMask < c.scan.minSeconds {
			if err := c.writer.add(at, b.app[i], day, v, from); err != nil {
				return err
			}
			continue
		}
		if err := c.join(at, b.app[i], day, v, from); err != nil {
			return err
		}
	}
	return nil
}

// join adds a row to the run, or ends that and begins another. A day met
// twice takes the run apart: its rows have to be told from each other later.
func (c *collector) join(at home, app uint16, day uint8, v uint64, from chunk) error {
	r := &c.run
	if r.home != at || r.app != app || r.from != from {
		if err := c.endRun(); err != nil {
			return err
		}
		r.home, r.app, r.from, r.apart = at, app, from, false
	}
	if r.days>>day&1 != 0 {
		if err := c.scatter(); err != nil {
			return err
		}
		r.apart = true
	}
	if r.apart {
		return c.writer.add(at, app, day, v, from)
	}
	r.days |= 1 << day
	r.sum += v
	r.values[day] = v
	return nil
}

// endRun writes what the run has come to.
func (c *collector) endRun() (err error) {
	r := &c.run
	if r.days&(r.days-1) == 0 {
		return c.scatter()
	}
	err = c.writer.addDays(r.home, r.app, r.days, r.sum, r.from)
	r.days, r.sum = 0, 0
	return err
}

// scatter writes the days of the run one by one.
func (c *collector) scatter() (err error) {
	r := &c.run
	for ; r.days != 0 && err == nil; r.days &= r.days - 1 {
		day := bits.TrailingZeros32(r.days)
		err = c.writer.add(r.home, r.app, uint8(day), r.values[day], r.from)
	}
	r.days, r.sum = 0, 0
	return err
}

// odd has a row read by the Intake, which accounts for it.
func (c *collector) odd(r extract.Row, from chunk) error {
	use, ok, err := c.scan.intake.Usage(r)
	if err != nil || !ok {
		return err
	}
	return c.writer.add(c.scan.roster.records[use.Device].home, uint16(use.App), dayOf(use, c.scan.byDay), value(use.Uses, use.Seconds), from)
}

func dayOf(u extract.Usage, byDay bool) uint8 {
	if byDay {
		return u.Day
	}
	return u.ActiveDays
}

// done accounts for the plain rows of a chunk.
func (c *collector) done(file int) error {
	if err := c.endRun(); err != nil {
		return err
	}
	err := c.scan.intake.Loaded(c.scan.ctx, file, c.seen, c.loaded)
	c.seen, c.loaded = 0, 0
	return err
}

// A finder looks for the rows of subjects in chunks that are read again.
type finder struct {
	scan     *scan
	subjects map[subject][]chunk
	found    []finding
}

func (f *finder) take(rows chunkRows, _ chunk, b *batch) error {
	b.resolve(&f.scan.roster.directory)
	for i := range b.rows {
		ordinal := b.ordinal[b.who[i]]
		if ordinal == nobody {
			if err := f.odd(rows.odd(b.at[i]), 0); err != nil {
				return err
			}
			continue
		}
		v := b.value[i]
		f.row(ordinal, b.app[i], b.day[i], uint32(v>>secondsBits), uint32(v&secondsMask), rows, b.at[i])
	}
	return nil
}

func (f *finder) odd(r extract.Row, _ chunk) error {
	use, ok, err := f.scan.intake.Usage(r)
	if err != nil || !ok {
		return err
	}
	f.row(uint32(use.Device), uint16(use.App), dayOf(use, f.scan.byDay), use.Uses, use.Seconds, oddPlace{r}, 0)
	return nil
}

// An oddPlace is the chunk of one odd row.
type oddPlace struct{ extract.Row }

func (o oddPlace) odd(int32) extract.Row     { return o.Row }
func (o oddPlace) place(int32) extract.Place { return o.Row.Place() }

func (f *finder) row(device uint32, app uint16, day uint8, uses, seconds uint32, rows chunkRows, at int32) {
	r := f.scan.roster
	s := subject{device, app, 0}
	when := fmt.Sprint(day)
	if f.scan.byDay {
		s.day = day
		when = fmt.Sprintf("%s-%02d", f.scan.month, day)
	}
	if _, wanted := f.subjects[s]; !wanted {
		return
	}
	raw := fmt.Sprintf("%s,%s,%s,%d,%d", r.records[device].text(r.long), f.scan.intake.Apps()[app], when, uses, seconds)
	f.found = append(f.found, finding{s, rows.place(at), raw})
}

func (f *finder) done(int) error { return nil }
