package tabulate

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"

	"github.com/klauspost/compress/zstd"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// A Shard is the part of the devices that one of several runs tabulates:
// every Of-th jackknife group, from group Index on. The zero Shard is the
// whole.
type Shard struct{ Index, Of int }

func (s Shard) valid() bool {
	return s == Shard{} || s.Index >= 1 && s.Index <= s.Of && s.Of <= panel.Groups
}

// holds tells whether a group is of the shard.
func (s Shard) holds(group int) bool { return s.Of <= 1 || (group-1)%s.Of == s.Index-1 }

func (s Shard) groups() (list []int) {
	for g := 1; g <= panel.Groups; g++ {
		if s.holds(g) {
			list = append(list, g)
		}
	}
	return list
}

const partVersion = 2

// A partHead says what the sums of a part are of. But for the shard, it is
// equal in all parts of a month.
type partHead struct {
	Version    int
	Shard      Shard
	Files      []extract.File
	Revision   int
	Month      panel.Month
	MaxRejects int
	ByDay      bool
	Apps       []panel.AppID
	Segments   []panel.Segment
	Categories []string
	CategoryOf []int16
	Pairs      []panel.Pair
	LoosePairs int
	Shapes     [4]partShape
	Scales     [][1 + panel.Groups][2]float64
}

type partShape struct {
	Rows                       [][2]int32
	Targets, Items, Quantities int
}

// A partGroup is the sums of one group, without the zeros. The last one has
// group 0 and the account of the rows.
type partGroup struct {
	Group   int
	At      [4][]uint32
	Sums    [4][]float64
	Loose   []uint32     // pairs
	Counts  [][2]float64 // of them
	Ledgers []extract.Ledger
	Rejects []extract.Reject
	Notes   []extract.Note
}

// WritePart tabulates o.Shard and writes its sums to w, for Merge to add up
// with those of the other shards. All parts have to come from the same
// delivery, catalogue and options.
func WritePart(ctx context.Context, d extract.Delivery, cat *panel.Catalogue, o Options, w io.Writer) error {
	j, err := begin(d, cat, o)
	if err != nil {
		return err
	}
	var whole bytes.Buffer // a part may have to be begun again
	err = j.writePart(ctx, &whole)
	if errors.Is(err, errMingled) {
		o.apart = true
		return WritePart(ctx, d, cat, o, w)
	}
	if err == nil {
		_, err = whole.WriteTo(w)
	}
	if err != nil {
		return fmt.Errorf("tabulate shard %d of %d of %s: %w", o.Shard.Index, o.Shard.Of, d.Manifest.Month, err)
	}
	return nil
}

func (j *job) writePart(ctx context.Context, w io.Writer) error {
	defer j.close()
	if err := j.read(ctx); err != nil {
		return err
	}
	packed, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	out := gob.NewEncoder(packed)
	if err := out.Encode(j.head()); err != nil {
		return err
	}
	end := partGroup{}
	end.Ledgers, end.Rejects, err = j.finish(ctx, func(group int, s *groupSums) error { return out.Encode(sparse(group, s)) })
	if err != nil {
		return err
	}
	end.Notes = j.intake.Notes()
	return errors.Join(out.Encode(end), packed.Close())
}

func (j *job) head() partHead {
	p, m := j.plan, j.delivery.Manifest
	h := partHead{
		Version: partVersion, Shard: j.options.Shard, Files: m.Files, Revision: m.Revision, Month: m.Month,
		MaxRejects: j.options.MaxRejects, ByDay: p.byDay, Apps: p.apps, Segments: p.segments,
		Categories: p.categories, CategoryOf: p.categoryOf, Pairs: p.pairs, LoosePairs: p.loosePairs,
	}
	for i, s := range p.shapes() {
		h.Shapes[i] = partShape{Targets: s.targets, Items: s.items, Quantities: s.quantities}
		for _, r := range s.rows {
			h.Shapes[i].Rows = append(h.Shapes[i].Rows, [2]int32{r.stratum, r.target})
		}
	}
	for _, of := range p.scales {
		var factors [1 + panel.Groups][2]float64
		for g, s := range of {
			factors[g] = [2]float64{s.full, s.own}
		}
		h.Scales = append(h.Scales, factors)
	}
	return h
}

// plan is what head was made of, as far as a total needs it.
func (h *partHead) plan() *plan {
	p := &plan{apps: h.Apps, byDay: h.ByDay, segments: h.Segments, categories: h.Categories, categoryOf: h.CategoryOf, pairs: h.Pairs, loosePairs: h.LoosePairs}
	for i, to := range []*shape{&p.cells, &p.days, &p.together, &p.unions} {
		s := h.Shapes[i]
		*to = shape{targets: s.Targets, items: s.Items, quantities: s.Quantities}
		for _, r := range s.Rows {
			to.rows = append(to.rows, rowOf{r[0], r[1]})
		}
	}
	for _, factors := range h.Scales {
		var of [1 + panel.Groups]scale
		for g, f := range factors {
			of[g] = scale{f[0], f[1]}
		}
		p.scales = append(p.scales, of)
	}
	return p
}

func sparse(group int, s *groupSums) partGroup {
	g := partGroup{Group: group}
	for i, sums := range s.all() {
		for at, v := range sums {
			if v != 0 {
				g.At[i] = append(g.At[i], uint32(at))
				g.Sums[i] = append(g.Sums[i], v)
			}
		}
	}
	for _, pair := range s.loose.touched {
		g.Loose = append(g.Loose, pair)
		g.Counts = append(g.Counts, [2]float64(s.loose.sums[pair*countedQ:][:countedQ]))
	}
	return g
}

// A part is one part being merged.
type part struct {
	name string
	in   *gob.Decoder
	head partHead
}

// Merge adds up the parts of a month, all of them, to what Extract returns
// for the whole: the same to the last bit. names are those of the parts, for
// errors.
func Merge(names []string, parts []io.Reader) (*Tables, error) {
	list := make([]*part, len(parts))
	for i, in := range parts {
		unpacked, err := zstd.NewReader(bufio.NewReader(in), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, fmt.Errorf("merge %s: %w", names[i], err)
		}
		defer unpacked.Close()
		list[i] = &part{name: names[i], in: gob.NewDecoder(unpacked)}
		if err := list[i].in.Decode(&list[i].head); err != nil {
			return nil, fmt.Errorf("merge %s: not a part of a tabulation, or cut off: %w", names[i], err)
		}
	}
	if err := complete(list); err != nil {
		return nil, err
	}
	return merge(list)
}

// complete puts the parts in order and checks that they are one month's, each
// shard once.
func complete(list []*part) error {
	slices.SortFunc(list, func(x, y *part) int { return cmp.Compare(x.head.Shard.Index, y.head.Shard.Index) })
	if len(list) == 0 {
		return errors.New("merge: no parts")
	}
	first := list[0]
	for i, p := range list {
		of := p.head.Shard.Of
		like := p.head
		like.Shard = first.head.Shard
		switch {
		case p.head.Version != partVersion:
			return fmt.Errorf("merge %s: version %d of the format, want %d", p.name, p.head.Version, partVersion)
		case !reflect.DeepEqual(like, first.head):
			return fmt.Errorf("merge: %s and %s are not parts of one tabulation: delivery, catalogue or options differ", first.name, p.name)
		case of != len(list) || p.head.Shard.Index != i+1:
			return fmt.Errorf("merge %s: it is shard %d of %d; want each shard once, %d were given", p.name, p.head.Shard.Index, of, len(list))
		}
	}
	return nil
}

func merge(list []*part) (*Tables, error) {
	head := list[0].head
	sum := newTotal(head.plan())
	s := &groupSums{loose: newPairCounts(head.LoosePairs)}
	s.cells, s.days = make([]float64, sum.plan.cells.size()), make([]float64, sum.plan.days.size())
	s.together, s.unions = make([]float64, sum.plan.together.size()), make([]float64, sum.plan.unions.size())
	for g := 1; g <= panel.Groups; g++ {
		if err := list[(g-1)%len(list)].group(g, s); err != nil {
			return nil, err
		}
		if err := sum.add(g, s); err != nil {
			return nil, err
		}
	}
	t := sum.tables(head.Month)
	t.Ledgers = make([]extract.Ledger, len(head.Files))
	for _, p := range list {
		if err := p.account(t); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(t.Rejects, func(x, y extract.Reject) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line))
	})
	t.Rejects = t.Rejects[:min(len(t.Rejects), head.MaxRejects)]
	return t, nil
}

// group reads the sums of the next group.
func (p *part) group(want int, s *groupSums) error {
	var g partGroup
	if err := p.next(&g, want); err != nil {
		return err
	}
	for i, sums := range s.all() {
		clear(sums)
		for j, at := range g.At[i] {
			if int(at) >= len(sums) || j >= len(g.Sums[i]) {
				return fmt.Errorf("merge %s: damaged", p.name)
			}
			sums[at] = g.Sums[i][j]
		}
	}
	s.loose.clear()
	for i, pair := range g.Loose {
		if int(pair) >= p.head.LoosePairs || i >= len(g.Counts) {
			return fmt.Errorf("merge %s: damaged", p.name)
		}
		s.loose.put(pair, g.Counts[i][0], g.Counts[i][1])
	}
	return nil
}

func (p *part) next(g *partGroup, want int) error {
	if err := p.in.Decode(g); err != nil {
		return fmt.Errorf("merge %s: cut off or damaged: %w", p.name, err)
	}
	if g.Group != want {
		return fmt.Errorf("merge %s: has group %d where %d belongs", p.name, g.Group, want)
	}
	return nil
}

// account adds the rows that the part accounts for.
func (p *part) account(t *Tables) error {
	var end partGroup
	if err := p.next(&end, 0); err != nil {
		return err
	}
	for i, l := range end.Ledgers {
		t.Ledgers[i].Read += l.Read
		t.Ledgers[i].Loaded += l.Loaded
		t.Ledgers[i].Rejected += l.Rejected
		t.Ledgers[i].Ignored += l.Ignored
	}
	t.Rejects = append(t.Rejects, end.Rejects...)
	t.Notes = extract.MergeNotes(t.Notes, end.Notes)
	return nil
}
