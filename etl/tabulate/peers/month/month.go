// Package month draws panel months of any size for the peers: the same spec
// gives the same rows, whatever the order and form they are written in. A
// device's rows depend on the seed and its own number alone, so a month that
// fits no memory is written as a stream.
package month

import (
	"fmt"
	"math/rand/v2"

	"panelwatch/configs"
	"panelwatch/etl/panel"
)

// A Spec says which month is drawn.
type Spec struct {
	Seed    uint64
	Devices int
	Apps    int
	Month   panel.Month
	// Faults adds rows that must not count: repeated, contradicting, orphaned,
	// out of range, unreadable.
	Faults bool
}

// Reference is the month that the figures of DESIGN.md are about: some 20
// million rows of day grain.
var Reference = Spec{Seed: 1, Devices: 500_000, Apps: 100, Month: panel.MustMonth("2023-09")}

// minSeconds is the manifest's min_seconds_valid of a month with faults.
const minSeconds = 3

// categories is how many categories the synthetic apps are divided into.
const categories = 10

// Catalogue lists n synthetic apps, app_000 and on, with the dimensions of the
// shipped catalogue.
func Catalogue(n int) (*panel.Catalogue, error) {
	shipped, err := configs.Catalogue(nil)
	if err != nil {
		return nil, err
	}
	c := &panel.Catalogue{Version: fmt.Sprintf("synthetic-%d", n), Dimensions: shipped.Dimensions}
	for i := range n {
		c.Apps = append(c.Apps, panel.App{
			ID: AppID(i), Name: fmt.Sprintf("合成应用%03d", i), NameEn: fmt.Sprintf("Synthetic app %03d", i),
			Category: fmt.Sprintf("合成分类%d", i%categories), Profile: "none",
		})
	}
	return c, c.Index()
}

// AppID names app i of Catalogue.
func AppID(i int) panel.AppID { return panel.AppID(fmt.Sprintf("app_%03d", i)) }

// Dimensions are those that the peers tabulate: all that the devices have.
var Dimensions = []string{
	panel.Province, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital, panel.Occupation, panel.Category,
}

// A drawer draws the devices of a spec one by one, in any order.
type drawer struct {
	spec    Spec
	members [attributes][]string
	apps    []appTraits
	source  *rand.PCG
	rand    *rand.Rand
}

func newDrawer(s Spec) (*drawer, error) {
	cat, err := Catalogue(s.Apps)
	if err != nil {
		return nil, err
	}
	d := &drawer{spec: s, source: rand.NewPCG(0, 0), apps: traits(s.Apps)}
	d.rand = rand.New(d.source)
	for i, dimension := range dimensionOf {
		d.members[i] = cat.Dimensions[dimension]
	}
	return d, nil
}

// begin starts the device's own sequence of random numbers; part keeps what is
// drawn for different ends apart.
func (d *drawer) begin(device int, part uint64) {
	d.source.Seed(d.spec.Seed*16+part, uint64(device))
}

const (
	partPerson = iota
	partUsage
	partFault
)

// id spreads the devices evenly, in order, over 64 bits: 16 hexadecimal digits
// of which no two are equal.
func (d *drawer) id(device int) uint64 {
	step := ^uint64(0) / uint64(d.spec.Devices)
	return uint64(device)*step + mix(d.spec.Seed^uint64(device))%step
}

// mix is the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
