package month

import (
	"math"
	"strconv"

	"panelwatch/etl/panel"
)

// Attributes of a device with one member each, in the order of the columns.
const (
	province = iota
	cityTier
	gender
	ageBand
	marital
	occupation // tags: up to two members
	attributes
)

var dimensionOf = [attributes]string{
	panel.Province, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital, panel.Occupation,
}

// meanWeight is how many devices one of the panel stands for when half a
// million of them stand for 1.35 billion.
const meanWeight = 2_700

// A person is a device as drawn; member -1 was not delivered.
type person struct {
	weight  float64 // four decimals
	member  [attributes]int
	second  int // second tag, -1 for none
	leaning float64
}

// person draws device i. The leaning is how much more or less than the mean
// it uses apps.
func (d *drawer) person(i int) (p person) {
	d.begin(i, partPerson)
	p.weight = math.Round(meanWeight*math.Exp(0.5*d.rand.NormFloat64()-0.125)*1e4) / 1e4
	p.leaning = math.Exp(0.5*d.rand.NormFloat64() - 0.125)
	for a := range p.member {
		p.member[a] = d.skewed(len(d.members[a]))
		if d.rand.IntN(40) == 0 {
			p.member[a] = -1
		}
	}
	if p.second = d.skewed(len(d.members[occupation])); p.member[occupation] < 0 || p.second == p.member[occupation] || d.rand.IntN(4) > 0 {
		p.second = -1
	}
	return p
}

// skewed draws from n members of which the first are the largest.
func (d *drawer) skewed(n int) int {
	u := d.rand.Float64()
	return int(float64(n) * u * (0.5 + u/2))
}

// A deviceFault is what is wrong with a device's lines.
type deviceFault int

const (
	noDeviceFault deviceFault = iota
	repeated                  // its line stands twice
	contradicted              // a second line has another weight: neither counts
	weightless                // weight 0
	negativeWeight
	unheardMember // province 火星
)

// deviceFault draws what is wrong with device i; nothing in a month without
// faults.
func (d *drawer) deviceFault(i int) deviceFault {
	if !d.spec.Faults {
		return noDeviceFault
	}
	d.begin(i, partFault)
	switch n := d.rand.IntN(10_000); {
	case n < 10:
		return repeated
	case n < 15:
		return contradicted
	case n < 17:
		return weightless
	case n < 19:
		return negativeWeight
	case n < 21:
		return unheardMember
	}
	return noDeviceFault
}

// counts says whether a device with this fault counts all the same.
func (f deviceFault) counts() bool { return f == noDeviceFault || f == repeated }

const deviceHeader = "device_id,weight,province,city_tier,gender,age_band,marital,occupation_tags\n"

// deviceLines appends the line or lines of device i, and tells their number
// and the weight that counts.
func (d *drawer) deviceLines(to []byte, i int) (lines []byte, n int, weight float64) {
	p, fault := d.person(i), d.deviceFault(i)
	if fault.counts() {
		weight = p.weight
	}
	switch fault {
	case repeated:
		return d.deviceLine(d.deviceLine(to, i, p, fault), i, p, fault), 2, weight
	case contradicted:
		to = d.deviceLine(to, i, p, fault)
		p.weight++
		return d.deviceLine(to, i, p, fault), 2, weight
	case weightless:
		p.weight = 0
	case negativeWeight:
		p.weight = -p.weight
	}
	return d.deviceLine(to, i, p, fault), 1, weight
}

func (d *drawer) deviceLine(to []byte, i int, p person, fault deviceFault) []byte {
	to = append(appendID(to, d.id(i)), ',')
	to = strconv.AppendFloat(to, p.weight, 'f', 4, 64)
	for a, m := range p.member {
		to = append(to, ',')
		switch {
		case a == province && fault == unheardMember:
			to = append(to, "火星"...)
		case m >= 0:
			to = append(to, d.members[a][m]...)
		}
	}
	if p.second >= 0 {
		to = append(append(to, ';'), d.members[occupation][p.second]...)
	}
	return append(to, '\n')
}

// appendID writes 16 hexadecimal digits.
func appendID(to []byte, id uint64) []byte {
	const digits = "0123456789abcdef"
	for shift := 60; shift >= 0; shift -= 4 {
		to = append(to, digits[id>>shift&15])
	}
	return to
}
