package extract

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"panelwatch/etl/panel"
)

// An attribute is a column of a device that becomes segments of a dimension.
type attribute struct{ column, dimension string }

var attributes = []attribute{
	{"province", panel.Province},
	{"city", panel.City},
	{"city_tier", panel.CityTier},
	{"gender", panel.Gender},
	{"age_band", panel.AgeBand},
	{"marital", panel.Marital},
	{"occupation_tags", panel.Occupation},
}

// tagSeparators stand between the tags of occupation_tags.
const tagSeparators = ";；"

// A deviceReader collects the devices of a delivery.
type deviceReader struct {
	book      *book
	catalogue *panel.Catalogue
	devices   []Device
	grouped   map[bool]string // a file with, a file without rep_group
	segments  interned[panel.Segment]
	strata    interned[string]
}

func newDeviceReader(b *book, cat *panel.Catalogue) *deviceReader {
	return &deviceReader{book: b, catalogue: cat, grouped: map[bool]string{}}
}

// header refuses a delivery in which only some devices have a group: the
// computed and the delivered groups would not be the same partition.
func (d *deviceReader) header(s *sheet) error {
	return d.uniform(s.name(), s.header)
}

func (d *deviceReader) uniform(file string, h header) error {
	d.grouped[h.place("rep_group") >= 0] = file
	if len(d.grouped) == 2 {
		return &DataError{File: d.grouped[false], Column: "rep_group", Msg: "is missing, but " + d.grouped[true] + " has it"}
	}
	return nil
}

func (d *deviceReader) row(r row) (verdict, *fault) {
	device, f := d.device(r)
	if f == nil {
		f = wrongMonth(r, d.book.delivery.Manifest.Month)
	}
	if f != nil {
		return rejected, f
	}
	d.devices = append(d.devices, device)
	return loaded, nil
}

func (d *deviceReader) device(r row) (device Device, f *fault) {
	device = Device{ID: strings.Clone(r.cell("device_id")), file: int32(r.file), line: int32(r.line)}
	if device.ID == "" {
		return device, r.refuse("device_id", "missing", "every row needs its device")
	}
	if device.Weight, f = weight(r); f != nil {
		return device, f
	}
	if device.Group, f = group(r, device.ID); f != nil {
		return device, f
	}
	device.Stratum = int(d.strata.index(r.cell("strata")))
	device.Segments, f = d.attributes(r)
	return device, f
}

// weight is a decimal above 0.
func weight(r row) (float64, *fault) {
	n, delivered, err := parseNumber(r.cell("weight"))
	switch {
	case err != nil:
		return 0, r.refuse("weight", "not_a_number", err.Error())
	case !delivered:
		return 0, r.refuse("weight", "missing", "every device needs its weight")
	}
	w, err := n.in(TypeIndex, whole(1))
	switch {
	case err != nil:
		return 0, r.refuse("weight", "not_a_number", "want a number without unit")
	case w <= 0:
		return 0, r.refuse("weight", "not_positive", "a weight is the number of devices represented, above 0")
	}
	return w, nil
}

// group is the delivered group, else the computed one.
func group(r row, id string) (int, *fault) {
	if r.place("rep_group") < 0 {
		return panel.Group(id), nil
	}
	g, err := strconv.Atoi(r.cell("rep_group"))
	if err != nil || g < 1 || g > panel.Groups {
		return 0, r.refuse("rep_group", "out_of_range", fmt.Sprintf("want a whole number from 1 to %d", panel.Groups))
	}
	return g, nil
}

// attributes are the segments of a device, sorted: one per dimension, more for
// tags, Unknown for what was not delivered. The catalogue lists only the
// cities that are watched: a device in another city has no city segment.
func (d *deviceReader) attributes(r row) ([]int32, *fault) {
	var segments []int32
	for _, a := range attributes {
		own, stranger := d.members(a, r.cell(a.column))
		if stranger != nil {
			return nil, r.refuse(a.column, "unknown_member", fmt.Sprintf("%q is not a member of %s%s", *stranger, a.dimension,
				didYouMean(*stranger, d.catalogue.Dimensions[a.dimension])))
		}
		segments = append(segments, own...)
	}
	slices.Sort(segments)
	return slices.Compact(segments), nil
}

// members are the segments that the cell of an attribute means. stranger is
// what of it the catalogue does not know.
func (d *deviceReader) members(a attribute, cell string) (segments []int32, stranger *string) {
	members := []string{cell}
	if a.dimension == panel.Occupation {
		members = tags(cell)
	}
	for _, m := range members {
		switch s, known := memberOf(d.catalogue, a.dimension, m); {
		case known:
			segments = append(segments, d.segments.index(s))
		case a.dimension != panel.City:
			return nil, &m
		}
	}
	slices.Sort(segments)
	return slices.Compact(segments), nil
}

// tags splits a list of tags; an empty list is one unknown tag.
func tags(cell string) []string {
	list := strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(tagSeparators, r) })
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	if list = slices.DeleteFunc(list, isBlank); len(list) == 0 {
		return []string{""}
	}
	return list
}

// panel settles repeated devices and puts all in order of id.
func (d *deviceReader) panel() *Panel {
	devices := claim[Device]{
		order: func(x, y Device) int { return strings.Compare(x.ID, y.ID) },
		same: func(x, y Device) bool {
			return x.Weight == y.Weight && x.Group == y.Group && x.Stratum == y.Stratum && slices.Equal(x.Segments, y.Segments)
		},
		where: func(x Device) (int32, int32) { return x.file, x.line },
		raw: func(x Device) string {
			return x.ID + "," + strconv.FormatFloat(x.Weight, 'f', -1, 64)
		},
	}.settle(d.book, d.devices)
	m := d.book.delivery.Manifest
	p := &Panel{Month: m.Month, Days: m.UsageGrain == "day", Devices: devices}
	var segment, stratum []int32
	p.Segments, segment = d.segments.sorted(func(x, y panel.Segment) int {
		return cmp.Or(cmp.Compare(x.Dimension, y.Dimension), cmp.Compare(x.Member, y.Member))
	})
	p.Strata, stratum = d.strata.sorted(strings.Compare)
	for i := range devices {
		devices[i].Stratum = int(stratum[devices[i].Stratum])
		for j, s := range devices[i].Segments {
			devices[i].Segments[j] = segment[s]
		}
		slices.Sort(devices[i].Segments)
	}
	return p
}

// totalWeight is the sum over all devices, in order of id.
func totalWeight(devices []Device) (sum float64) {
	for _, d := range devices {
		sum += d.Weight
	}
	return sum
}

// interned numbers the different values of a column.
type interned[T comparable] struct {
	values []T
	at     map[T]int32
}

func (n *interned[T]) index(v T) int32 {
	if i, known := n.at[v]; known {
		return i
	}
	if n.at == nil {
		n.at = map[T]int32{}
	}
	n.at[v] = int32(len(n.values))
	n.values = append(n.values, v)
	return n.at[v]
}

// sorted puts the values in order, whatever order they came in, and tells
// where each of them went.
func (n *interned[T]) sorted(compare func(x, y T) int) (values []T, to []int32) {
	values = slices.SortedFunc(slices.Values(n.values), compare)
	to = make([]int32, len(values))
	for i, v := range values {
		to[n.at[v]] = int32(i)
	}
	return values, to
}
