package identities

import (
	"fmt"
	"math"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// A tgiSeries is an app's TGI of one dimension in one table. TGI is
// 100 x (member/app) / (member of the base/base): the app's total unknown, its
// devices over TGI are the base's members but for one factor.
type tgiSeries struct {
	first   figure
	members map[string]interval // of devices, or share, over TGI
	order   []string
}

// An interval holds what rounding leaves open.
type interval struct{ low, high float64 }

func (i interval) over(j interval) interval { return interval{i.low / j.high, i.high / j.low} }

func (i interval) middle() float64 { return math.Sqrt(i.low * i.high) }

// A tgiBase is series that fit one base: the first of each table.
type tgiBase []*tgiSeries

// mostBases is how many different bases are told apart.
const mostBases = 16

// tgiBases: two tables that share a base differ by one factor in all members
// they have in common. Of two tables one conflict is noted for each dimension.
func (b *book) tgiBases() (notes []extract.Note) {
	bases := map[string][]tgiBase{}
	noted := map[[2]seriesKey]bool{}
	for _, s := range b.tgiSeries() {
		home := -1
		for i, base := range bases[s.dimension()] {
			for _, other := range base {
				d := s.against(other)
				pair := [2]seriesKey{{file: s.first.File, dimension: s.dimension()}, {file: other.first.File}}
				switch {
				case d.conflict() && !noted[pair]:
					noted[pair] = true
					notes = append(notes, s.first.note(TGIBaseConflict, d.text(s)))
				case d.common > 1 && !d.conflict() && home < 0:
					home = i
				}
			}
		}
		bases[s.dimension()] = join(bases[s.dimension()], s, home)
	}
	return notes
}

// join puts a series to the base that it fits, -1 for none yet.
func join(bases []tgiBase, s *tgiSeries, home int) []tgiBase {
	if home < 0 {
		if len(bases) < mostBases {
			bases = append(bases, tgiBase{s})
		}
		return bases
	}
	for _, other := range bases[home] {
		if other.first.File == s.first.File {
			return bases
		}
	}
	bases[home] = append(bases[home], s)
	return bases
}

type seriesKey struct {
	file      int
	app       panel.AppID
	dimension string
}

func (b *book) tgiSeries() (all []*tgiSeries) {
	inFile := map[seriesKey]map[string]figure{}
	for _, f := range b.figures {
		if (f.Measure == extract.Devices || f.Measure == extract.Share) && f.Other == "" {
			k := seriesKey{f.File, f.App, f.Segment.Dimension}
			if inFile[k] == nil {
				inFile[k] = map[string]figure{}
			}
			if old, known := inFile[k][f.Segment.Member]; !known || old.Measure == extract.Share {
				inFile[k][f.Segment.Member] = f // devices have more digits
			}
		}
	}
	byKey := map[seriesKey]*tgiSeries{}
	for _, f := range b.figures {
		k := seriesKey{f.File, f.App, f.Segment.Dimension}
		part, ok := inFile[k][f.Segment.Member]
		if f.Measure != extract.TGI || !ok || f.low() <= 0 || part.low() <= 0 {
			continue
		}
		s := byKey[k]
		if s == nil {
			s = &tgiSeries{first: f, members: map[string]interval{}}
			byKey[k] = s
			all = append(all, s)
		}
		s.members[f.Segment.Member] = interval{part.low(), part.high()}.over(interval{f.low(), f.high()})
		s.order = append(s.order, f.Segment.Member)
	}
	return all
}

// A comparison of two series: the members whose factors are farthest apart.
type comparison struct {
	with        *tgiSeries
	common      int // members that both have
	least, most string
	low, high   interval
}

// conflict says that no factor fits all members.
func (c comparison) conflict() bool { return c.common > 1 && above(c.high.low, c.low.high) }

func (s *tgiSeries) dimension() string { return s.first.Segment.Dimension }

func (s *tgiSeries) against(other *tgiSeries) comparison {
	c := comparison{with: other}
	for _, m := range s.order {
		theirs, ok := other.members[m]
		if !ok {
			continue
		}
		factor := s.members[m].over(theirs)
		if c.common == 0 || factor.high < c.low.high {
			c.least, c.low = m, factor
		}
		if c.common == 0 || factor.low > c.high.low {
			c.most, c.high = m, factor
		}
		c.common++
	}
	return c
}

func (c comparison) text(s *tgiSeries) string {
	return fmt.Sprintf("TGI by %s of %s and of %s cannot have one base: devices over TGI of the one are %s times those of the other in %s, %s times in %s",
		s.dimension(), s.first.App, c.with.first.App,
		panel.Decimal(c.low.middle(), 0, 3), c.least, panel.Decimal(c.high.middle(), 0, 3), c.most)
}
