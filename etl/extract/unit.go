package extract

import (
	"math/big"
	"slices"
	"strings"
)

// units of each type of number and what one of them is in base units: 台,
// seconds, 次, 分, 1.
var units = map[Type]map[string]*big.Rat{
	TypeDevices: {"台": whole(1), "万台": whole(1e4), "千万台": whole(1e7), "亿台": whole(1e8), "万": whole(1e4), "亿": whole(1e8)},
	TypeHours:   {"小时": whole(3600), "万小时": whole(3600e4), "亿小时": whole(3600e8)},
	TypeUses:    {"次": whole(1), "万次": whole(1e4), "亿次": whole(1e8), "万": whole(1e4), "亿": whole(1e8)},
	TypeMinutes: {"分": whole(1), "分钟": whole(1)},
	TypeRatio:   {"%": big.NewRat(1, 100), "‰": big.NewRat(1, 1000), "1": whole(1)},
	TypeIndex:   {"": whole(1)},
	TypeInteger: {"": whole(1)},
}

// baseUnit is the unit of plain contracts: values are stored in it, times in
// seconds.
var baseUnit = map[Type]string{
	TypeDevices: "台", TypeHours: "小时", TypeUses: "次", TypeMinutes: "分", TypeRatio: "1",
}

func whole(n int64) *big.Rat { return big.NewRat(n, 1) }

// unitNames are the type's units, for messages.
func (t Type) unitNames() string {
	var names []string
	for name := range units[t] {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// numeric tells whether cells of the type hold numbers.
func (t Type) numeric() bool { return units[t] != nil }
