package sample

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"panelwatch/etl/panel"
)

// minDevices is the smallest panel that has two devices in every province.
const minDevices = 1000

// A stratum is a province of the panel: how its devices divide among the city
// tiers, and how many the panel has.
type stratum struct {
	province string
	share    float64   // of all devices
	tiers    []float64 // weights
	devices  int
}

// An ageBand is a row of people.csv.
type ageBand struct {
	name       string
	share      float64 // of all devices
	married    float64
	occupation []float64 // weights, in the order of occupations
}

// people is what devices are drawn from.
type people struct {
	strata      []stratum
	tiers       []string
	ages        []ageBand
	occupations []string
}

// loadPeople reads the panel's tables and divides n devices among provinces.
func loadPeople(cat *panel.Catalogue, base map[panel.Segment]float64, n int) (*people, error) {
	p := &people{tiers: cat.Dimensions[panel.CityTier]}
	t := readTable("data/provinces.csv")
	var sizes []float64
	for i := range t.rows {
		s := stratum{province: t.text(i, "province"), share: t.number(i, "share") / 100}
		for _, w := range strings.Split(t.text(i, "tiers"), ";") {
			v, err := strconv.ParseFloat(w, 64)
			if err != nil {
				return nil, fmt.Errorf("%s: province %s: tiers: %w", t.name, s.province, err)
			}
			s.tiers = append(s.tiers, v)
		}
		if len(s.tiers) != len(p.tiers) {
			return nil, fmt.Errorf("%s: province %s: %d tiers, the catalogue has %d", t.name, s.province, len(s.tiers), len(p.tiers))
		}
		p.strata = append(p.strata, s)
		sizes = append(sizes, t.number(i, "oversample")*math.Sqrt(s.share))
	}
	for i, k := range allocate(n, sizes) {
		p.strata[i].devices = k
	}
	a := readTable("data/people.csv")
	if cmp.Or(t.err, a.err) != nil {
		return nil, cmp.Or(t.err, a.err)
	}
	p.occupations = a.header[2:]
	for i := range a.rows {
		name := a.text(i, "age_band")
		p.ages = append(p.ages, ageBand{
			name: name, share: base[panel.Segment{Dimension: panel.AgeBand, Member: name}],
			married: a.number(i, "married") / 100, occupation: a.numbers(i, p.occupations...),
		})
	}
	return p, a.err
}

// allocate divides n among parts in proportion to their sizes, at least two
// each; the rounding falls on the largest.
func allocate(n int, sizes []float64) []int {
	var sum float64
	largest := 0
	for i, s := range sizes {
		sum += s
		if s > sizes[largest] {
			largest = i
		}
	}
	out, left := make([]int, len(sizes)), n
	for i, s := range sizes {
		out[i] = max(2, int(float64(n)*s/sum))
		left -= out[i]
	}
	out[largest] += left
	return out
}

// A device is one member of the panel. Attributes that were not learned are
// empty; the stratum is always known.
type device struct {
	id       string
	stratum  int
	joined   panel.Month
	traits   map[string]string // by dimension, "" when not learned
	second   string            // another occupation, or ""
	os       string
	brand    string
	activity float64   // how much it uses apps at all, standard normal
	leaning  []float64 // how much it leans to each app, standard normal
}

// missing is how often an attribute is not learned.
var missing = []struct {
	dimension string
	share     float64
}{
	{panel.Province, 0.005},
	{panel.CityTier, 0.01},
	{panel.Gender, 0.015},
	{panel.AgeBand, 0.02},
	{panel.Marital, 0.03},
	{panel.Occupation, 0.05},
}

// draw makes a device of a stratum; apps is the number of apps it may lean to.
func (p *people) draw(r *rand.Rand, at int, joined panel.Month, apps int) *device {
	s := p.strata[at]
	tier, age := pick(r, s.tiers), p.ages[p.pickAge(r)]
	d := &device{id: fmt.Sprintf("%016x", r.Uint64()), stratum: at, joined: joined, activity: r.NormFloat64()}
	d.traits = map[string]string{
		panel.Province: s.province, panel.CityTier: p.tiers[tier], panel.AgeBand: age.name,
		panel.Gender:     choose(r, 0.524, "男", "女"),
		panel.Marital:    choose(r, age.married, "已婚", "未婚"),
		panel.Occupation: p.occupations[pick(r, age.occupation)],
		panel.City:       city(r, s.province, tier),
	}
	if r.Float64() < 0.04 {
		d.second = p.occupations[pick(r, age.occupation)]
	}
	d.os, d.brand = phone(r)
	for _, m := range missing {
		if r.Float64() < m.share {
			d.traits[m.dimension] = ""
		}
	}
	d.leaning = make([]float64, apps)
	for i := range d.leaning {
		d.leaning[i] = r.NormFloat64()
	}
	return d
}

func (p *people) pickAge(r *rand.Rand) int {
	shares := make([]float64, len(p.ages))
	for i, a := range p.ages {
		shares[i] = a.share
	}
	return pick(r, shares)
}

// city is known for the four cities of the first tier only.
func city(r *rand.Rand, province string, tier int) string {
	switch {
	case tier != 0:
		return ""
	case province == "广东":
		return choose(r, 0.5, "广州", "深圳")
	}
	return province
}

func choose(r *rand.Rand, p float64, yes, no string) string {
	if r.Float64() < p {
		return yes
	}
	return no
}

func phone(r *rand.Rand) (os, brand string) {
	brands := []string{"Apple", "Huawei", "Honor", "OPPO", "vivo", "Xiaomi", "Samsung"}
	brand = brands[pick(r, []float64{21, 19, 13, 16, 16, 13, 2})]
	if brand == "Apple" {
		return "ios", brand
	}
	return "android", brand
}

// occupationTags is the delivered list of occupations.
func (d *device) occupationTags() string {
	first := d.traits[panel.Occupation]
	if first == "" || d.second == "" || d.second == first {
		return first
	}
	return first + ";" + d.second
}
