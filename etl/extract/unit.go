package extract

import (
	"math/big"
	"slices"
	"strings"
)

// A kind is what a number counts. Numbers of one kind can be converted into
// each other's units.
type kind string

const (
	ofDevices kind = "devices" // base unit 台
	ofHours   kind = "hours"   // base unit seconds
	ofUses    kind = "uses"    // base unit 次
	ofMinutes kind = "minutes" // base unit 分
	ofRatio   kind = "ratio"   // base unit 1
	ofIndex   kind = "index"   // no unit
)

// units of each kind and what one of them is in base units.
var units = map[kind]map[string]*big.Rat{
	ofDevices: {"台": whole(1), "万台": whole(1e4), "千万台": whole(1e7), "亿台": whole(1e8), "万": whole(1e4), "亿": whole(1e8)},
	ofHours:   {"小时": whole(3600), "万小时": whole(3600e4), "亿小时": whole(3600e8)},
	ofUses:    {"次": whole(1), "万次": whole(1e4), "亿次": whole(1e8), "万": whole(1e4), "亿": whole(1e8)},
	ofMinutes: {"分": whole(1), "分钟": whole(1)},
	ofRatio:   {"%": big.NewRat(1, 100)},
	ofIndex:   {"": whole(1)},
}

func whole(n int64) *big.Rat { return big.NewRat(n, 1) }

// names of the kind's units, for messages.
func (k kind) unitNames() string {
	var names []string
	for name := range units[k] {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// A numeric says how the numbers of a column are to be read.
type numeric struct {
	measure string
	kind    kind
	signed  bool    // may be below zero
	most    float64 // largest sensible value in base units, 0 for no limit
	whole   bool
}

// numerics are the columns of aggregate tables that hold numbers.
var numerics = map[string]numeric{
	"position":               {measure: Position, kind: ofIndex, whole: true},
	"devices":                {measure: Devices, kind: ofDevices},
	"devices_a":              {measure: Devices, kind: ofDevices},
	"devices_b":              {measure: Devices, kind: ofDevices},
	"devices_both":           {measure: OverlapDevices, kind: ofDevices},
	"devices_union":          {measure: UnionDevices, kind: ofDevices},
	"dau_avg":                {measure: DAUAverage, kind: ofDevices},
	"mom":                    {measure: MoM, kind: ofRatio, signed: true},
	"cagr6":                  {measure: CAGR6, kind: ofRatio, signed: true},
	"total_hours":            {measure: Seconds, kind: ofHours},
	"total_uses":             {measure: Uses, kind: ofUses},
	"uses_per_device_day":    {measure: UsesPerDeviceDay, kind: ofUses},
	"minutes_per_device_day": {measure: MinutesPerDeviceDay, kind: ofMinutes, most: 24 * 60},
	"share":                  {measure: Share, kind: ofRatio, most: 1},
	"tgi":                    {measure: TGI, kind: ofIndex},
	"overlap_rate":           {measure: OverlapRate, kind: ofRatio, most: 1},
	"exclusive_share":        {measure: ExclusiveShare, kind: ofRatio, most: 1},
	hourColumn:               {measure: HourlyShare, kind: ofRatio, most: 1},
}
