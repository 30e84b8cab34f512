package extract

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// A number as delivered: exact digits, and the unit that the cell itself
// carries ("1.19亿", "-1.6%"), "" if none.
type number struct {
	digits *big.Rat
	unit   string
}

// notDelivered are the cells that say that there is no number. None of them
// means zero.
var notDelivered = map[string]bool{
	"": true, "-": true, "--": true, "—": true, "——": true, "–": true, "/": true,
	"n/a": true, "na": true, "null": true, `\n`: true,
}

// missingText tells whether a cell of text says that there is none.
func missingText(cell string) bool { return notDelivered[strings.ToLower(folded(cell))] }

var (
	plainNumber   = regexp.MustCompile(`^([+-]?)(\d+(?:\.\d+)?|\.\d+)\s*([^\d\s.,+-][^\d.,]*)?$`)
	groupedNumber = regexp.MustCompile(`^([+-]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?)\s*([^\d\s.,+-][^\d.,]*)?$`)
)

// longestNumber is more characters than any number of an extract has.
const longestNumber = 40

// parseNumber reads a cell: a decimal, with commas between thousands, in
// full-width digits, with a typographic minus or a unit behind it. ok is
// false when the cell says that nothing was delivered.
func parseNumber(cell string) (n number, ok bool, err error) {
	s := strings.ReplaceAll(folded(cell), "\u2212", "-")
	if notDelivered[strings.ToLower(s)] {
		return number{}, false, nil
	}
	if len(s) > longestNumber {
		return number{}, false, errors.New("not a number: too long")
	}
	parts := plainNumber.FindStringSubmatch(s)
	if parts == nil {
		parts = groupedNumber.FindStringSubmatch(s)
	}
	if parts == nil {
		return number{}, false, errors.New(complaint(s))
	}
	digits, valid := new(big.Rat).SetString(parts[1] + strings.ReplaceAll(parts[2], ",", ""))
	if !valid {
		return number{}, false, errors.New(complaint(s))
	}
	return number{digits, strings.TrimSpace(parts[3])}, true, nil
}

// complaint says what is odd about a cell that is no number.
func complaint(s string) string {
	switch {
	case strings.ContainsAny(s, "<>≤≥~约"):
		return "a bound or an approximation is not a number; deliver the number, or leave the cell empty"
	case strings.Contains(s, ","):
		return "not a number: commas stand between groups of three digits only"
	}
	return "not a number"
}

// in returns the number in base units. Its own unit wins over the column's,
// when it is of the same kind.
func (n number) in(k Type, columnUnit *big.Rat) (float64, error) {
	factor := columnUnit
	if n.unit != "" {
		own, known := units[k][n.unit]
		if !known {
			return 0, fmt.Errorf("unit %q does not fit: want %s", n.unit, k.unitNames())
		}
		factor = own
	}
	value, _ := new(big.Rat).Mul(n.digits, factor).Float64()
	return value, nil
}
