package panel

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Decimal writes v x 10^shift with so many places, rounded half away from zero
// on the decimal text of v, as the report's tables are: 0.1305 at shift 2 is
// 13.1, not the 13.0 of its nearest binary fraction. "-" where v is no number.
func Decimal(v float64, shift, places int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "-"
	}
	r, _ := new(big.Rat).SetString(strconv.FormatFloat(v, 'e', -1, 64))
	tens := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(shift, -shift))), nil))
	if shift < 0 {
		tens.Inv(tens)
	}
	s := r.Mul(r, tens).FloatString(places)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return s
}
