package alerts

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"panelwatch/etl/panel"
)

// A Numerals is the way in which devices are written.
type Numerals string

// Numerals of messages: 1.19亿 and 1796.8万, or 119.0M and 1.190B.
const (
	Wan     Numerals = "wan"
	Million Numerals = "million"
)

// In are the numerals of a language where none are asked for.
func (n Numerals) In(english bool) Numerals {
	if n == "" {
		return Numerals(pick(english, string(Wan), string(Million)))
	}
	return n
}

// Devices writes a number of devices with its unit: 1.19亿台, 119.0M台, 119.0M
// devices.
func (n Numerals) Devices(v float64, english bool) string {
	s := scaleZh(v)
	if n.In(english) == Million {
		s = scaleEn(v)
	}
	return s.number(v) + s.suffix + pick(english, "台", " devices")
}

// Format is Format with devices in these numerals.
func (n Numerals) Format(v float64, u Unit, english bool) string {
	if u == Devices && finiteNumber(v) {
		return n.Devices(v, english)
	}
	return Format(v, u, english)
}

// Expected writes an expectation with its interval, without a unit: 1.12亿
// [1.05, 1.20].
func (n Numerals) Expected(b Band, english bool) string {
	s := scaleZh(b.Expected)
	if n.In(english) == Million {
		s = scaleEn(b.Expected)
	}
	return fmt.Sprintf("%s%s [%s, %s]", s.number(b.Expected), s.suffix, s.number(b.Low), s.number(b.High))
}

// Column writes devices for the column of a list, without a unit: 万 or
// millions.
func (n Numerals) Column(devices float64, english bool) string {
	if n.In(english) == Wan || !finiteNumber(devices) {
		return FormatWan(devices)
	}
	return panel.Decimal(devices, -6, 2)
}

func finiteNumber(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// printed is a number of devices in a sentence, with the interval that may
// follow it: 1.12亿 [1.05, 1.20].
var printed = map[Numerals]*regexp.Regexp{
	Wan:     regexp.MustCompile(`(\d+(?:\.\d+)?)(万|亿)( \[[\d.]+, [\d.]+\])?`),
	Million: regexp.MustCompile(`(\d+(?:\.\d+)?)(K|M|B)\b( \[[\d.]+, [\d.]+\])?`),
}

var powers = map[string]int{"万": 4, "亿": 8, "K": 3, "M": 6, "B": 9}

// Written is a sentence with its devices in these numerals. twin is the same
// sentence in the other numerals: a number is taken from there as it is
// printed. One that the twin lacks is moved to the other unit digit by digit.
func (n Numerals) Written(sentence, twin string, english bool) string {
	own := Numerals("").In(english)
	if n.In(english) == own {
		return sentence
	}
	there := printed[n].FindAllStringSubmatch(twin, -1)
	return printed[own].ReplaceAllStringFunc(sentence, func(text string) string {
		part := printed[own].FindStringSubmatch(text)
		for i, other := range there {
			if alike(part, other) {
				there = append(there[:i:i], there[i+1:]...)
				return other[0]
			}
		}
		return moved10(part, n)
	})
}

// alike says whether two printed numbers may be one, each rounded.
func alike(a, b []string) bool {
	va, ha := readPrinted(a)
	vb, hb := readPrinted(b)
	return math.Abs(va-vb) <= (ha+hb)*(1+1e-9) && (a[3] == "") == (b[3] == "")
}

// readPrinted is a printed number and half of its last place.
func readPrinted(part []string) (v, half float64) {
	v, _ = strconv.ParseFloat(part[1], 64) // digits and one point
	unit := math.Pow10(powers[part[2]])
	return v * unit, math.Pow10(-placesOf(part[1])) / 2 * unit
}

func placesOf(digits string) int {
	for i, c := range digits {
		if c == '.' {
			return len(digits) - i - 1
		}
	}
	return 0
}

// moved10 writes the same digits in a unit of the other numerals.
func moved10(part []string, to Numerals) string {
	v, _ := readPrinted(part)
	s := scaleZh(v)
	if to == Million {
		s = scaleEn(v)
	}
	by := powers[part[2]] + s.shift
	shift := func(digits string) string {
		x, _ := strconv.ParseFloat(digits, 64)
		return panel.Decimal(x, by, max(0, placesOf(digits)-by))
	}
	return shift(part[1]) + s.suffix + interval.ReplaceAllStringFunc(part[3], shift)
}

var interval = regexp.MustCompile(`[\d.]+`)
