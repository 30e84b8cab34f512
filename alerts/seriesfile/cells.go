package seriesfile

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// missing is how a value that is not there is written.
var missing = []string{"", "-", "–", "na", "n/a", "nan", "null", "none"}

// number reads a cell; NaN is a value that is not there.
func number(cell string) (float64, bool) {
	if slices.Contains(missing, strings.ToLower(cell)) {
		return math.NaN(), true
	}
	v, err := strconv.ParseFloat(cell, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// monthOf is the month of a date: 2023-12-01 is how a database writes 2023-12.
func monthOf(cell string) string {
	if len(cell) == len("2023-12-01") && cell[7] == '-' {
		if day, err := strconv.Atoi(cell[8:]); err == nil && 1 <= day && day <= 31 {
			return cell[:7]
		}
	}
	return cell
}
