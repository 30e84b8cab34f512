package identities

import (
	"math"

	"panelwatch/etl/extract"
)

// A column is where numbers are printed alike.
type column struct {
	file    int
	measure string
}

func columnOf(v extract.Value) column { return column{v.File, v.Measure} }

// Printed digits are looked for between 1万台, the coarsest that vendors print
// counts at, and the tenth decimal, the last that the warehouse keeps.
const coarsest, finest = 4, -10

// roundings are half of the last printed digit of each column, in base units:
// 500 devices for 万台 with one decimal.
func roundings(values []extract.Value) map[column]float64 {
	digit := map[column]int{}
	for _, v := range values {
		c := columnOf(v)
		if _, known := digit[c]; !known {
			digit[c] = coarsest
		}
		for digit[c] > finest && !printed(v.Value, digit[c]) {
			digit[c]--
		}
	}
	halves := map[column]float64{}
	for c, d := range digit {
		halves[c] = 0.5 * math.Pow10(d)
	}
	return halves
}

// printed says whether v is a whole number of 10^digit.
func printed(v float64, digit int) bool {
	x := v / math.Pow10(digit)
	return math.Abs(x-math.Round(x)) <= 1e-6+1e-12*math.Abs(x)
}
