// Package panel holds the words of the trade that every other package shares:
// months, apps, segments, and estimates with their sampling error. It imports
// the standard library only.
package panel

import (
	"cmp"
	"hash/crc32"
	"math"
)

// An AppID names an app in the catalogue for good, whatever its shop name
// does. AllNetwork stands for the whole universe of devices.
type AppID string

// AllNetwork is the pseudo app of the all-network totals (全网).
const AllNetwork AppID = "*"

// A Segment is one member of one dimension, such as (province, 山东).
type Segment struct{ Dimension, Member string }

// All is the segment that holds every device of an app.
var All = Segment{"all", "all"}

// Unknown is the member of devices whose attribute was not delivered.
const Unknown = "未知"

// Dimensions of the warehouse. Members of a dimension other than Occupation
// and Category are disjoint and, with Unknown, complete.
const (
	Province   = "province"
	City       = "city"
	CityTier   = "city_tier"
	Gender     = "gender"
	AgeBand    = "age_band"
	Marital    = "marital"
	Occupation = "occupation"
	Category   = "category"
	Hour       = "hour"
)

// A Key names one cell of a month: an app within a segment.
type Key struct {
	App     AppID
	Segment Segment
}

// Compare orders keys by app, dimension and member.
func (k Key) Compare(o Key) int {
	return cmp.Or(cmp.Compare(k.App, o.App),
		cmp.Compare(k.Segment.Dimension, o.Segment.Dimension),
		cmp.Compare(k.Segment.Member, o.Segment.Member))
}

// A Pair names two apps whose common devices are counted.
type Pair struct{ A, B AppID }

// Compare orders pairs by their first, then their second app.
func (p Pair) Compare(o Pair) int { return cmp.Or(cmp.Compare(p.A, o.A), cmp.Compare(p.B, o.B)) }

// Groups is the number of jackknife groups a panel is divided into.
const Groups = 80

// Group is the jackknife group (1..Groups) of a device for its whole life:
// 1 + CRC32(device_id) mod 80 with the IEEE polynomial, the function that
// MySQL, MariaDB and TiDB call CRC32.
func Group[ID string | []byte](deviceID ID) int {
	return 1 + int(crc32.ChecksumIEEE([]byte(deviceID))%Groups)
}

// An Estimate holds a quantity computed from the full sample (index 0) and
// from the sample without group g, its weights scaled up again (index g).
type Estimate [1 + Groups]float64

// Constant is a quantity without sampling error, such as a control total.
func Constant(v float64) (e Estimate) {
	for g := range e {
		e[g] = v
	}
	return e
}

// StandardError is the delete-a-group jackknife error in the estimate's own
// unit: sqrt(79/80 * sum over g of (theta_g - theta_0)^2).
func (e Estimate) StandardError() float64 {
	var sum float64
	for _, v := range e[1:] {
		sum += (v - e[0]) * (v - e[0])
	}
	return math.Sqrt(float64(Groups-1) / Groups * sum)
}

// A Basis says where a number and its sampling error come from.
type Basis string

// The three bases. A vendor's number has no error of its own; an assumed
// error is computed from the panel size and design effect that the manifest
// declares.
const (
	FromPanel  Basis = "panel"
	FromVendor Basis = "vendor"
	Assumed    Basis = "assumed"
)
