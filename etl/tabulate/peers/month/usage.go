package month

import (
	"math"
	"math/bits"
	"strconv"
)

// Apps per device and where the popularity of apps falls off.
const (
	appsPerDevice = 11
	firstRank     = 4
	rankExponent  = 0.9
)

// appTraits are what makes apps differ.
type appTraits struct {
	share      float64 // of the devices
	home       int     // province where it is at home, -1 for everywhere
	uses, long float64 // mean uses a day, mean seconds a use
}

// traits of n apps: a few that nearly everybody has, many that few have, of
// these most at home in one province.
func traits(n int) []appTraits {
	apps := make([]appTraits, n)
	var sum float64
	for i := range apps {
		sum += math.Pow(float64(i+firstRank), -rankExponent)
	}
	for i := range apps {
		h := mix(uint64(i))
		apps[i] = appTraits{
			share: appsPerDevice / sum * math.Pow(float64(i+firstRank), -rankExponent),
			home:  -1, uses: 1 + float64(h%400)/100, long: 20 + float64(h>>32%300),
		}
		if i > n/2 && h>>20%4 > 0 {
			apps[i].home = int(h >> 40 % 31)
		}
	}
	return apps
}

// reach is the chance that p has the app.
func (a appTraits) reach(p person) float64 {
	share := a.share * p.leaning
	switch {
	case a.home < 0:
	case a.home == p.member[province]:
		share *= 8
	default:
		share *= 0.7
	}
	return min(share, 0.95)
}

// A record is a row of usage.
type record struct {
	device  uint32
	uses    uint32
	seconds uint32
	app     uint16
	day     uint8
	fault   rowFault
}

// A rowFault is what is wrong with a row.
type rowFault uint8

const (
	noRowFault rowFault = iota
	orphan
	unheardApp
	monthBefore
	negativeSeconds
	longerThanADay
	negativeUses
	unreadable
	rowFaults
)

// habits are how often apps are opened: chance of a day, and of the habit.
var habits = []struct{ daily, upTo float64 }{{0.035, 0.53}, {0.12, 0.86}, {0.42, 1}}

// usage appends the rows of device i in order of app and day.
func (d *drawer) usage(to []record, i int) []record {
	p := d.person(i)
	d.begin(i, partUsage)
	days := d.spec.Month.Days()
	for app, traits := range d.apps {
		if d.rand.Float64() >= traits.reach(p) {
			continue
		}
		for mask := d.days(days); mask != 0; mask &= mask - 1 {
			r := record{device: uint32(i), app: uint16(app), day: uint8(1 + bits.TrailingZeros32(mask))}
			r.uses = 1 + uint32(traits.uses*d.rand.ExpFloat64())
			r.seconds = uint32(min(1+float64(r.uses)*traits.long*d.rand.ExpFloat64(), 86_400))
			to = append(to, r)
		}
	}
	if d.spec.Faults {
		to = d.spoil(to, i)
	}
	return to
}

// days draws the days on which an app is opened, one at least: four chances
// from each random number.
func (d *drawer) days(n int) (mask uint32) {
	u, chance := d.rand.Float64(), uint64(0)
	for _, h := range habits {
		if u < h.upTo {
			chance = uint64(h.daily * (1 << 16))
			break
		}
	}
	var word uint64
	for day := range n {
		if day%4 == 0 {
			word = d.rand.Uint64()
		}
		if word&0xffff < chance {
			mask |= 1 << day
		}
		word >>= 16
	}
	if mask == 0 {
		mask = 1 << d.rand.IntN(n)
	}
	return mask
}

// spoil adds rows that must not count behind some of the device's own.
func (d *drawer) spoil(rows []record, i int) []record {
	d.begin(i, partFault)
	var bad []record
	for _, r := range rows {
		switch n := d.rand.IntN(10_000); {
		case n < 50: // word for word
			bad = append(bad, r)
		case n < 52: // word for word, twice
			bad = append(bad, r, r)
		case n < 57: // says otherwise
			r.uses++
			bad = append(bad, r)
		case n < 60:
			r.seconds = (r.seconds + 1) % 86_400
			bad = append(bad, r)
		case n < 80:
			r.fault = 1 + rowFault(d.rand.IntN(int(rowFaults)-1))
			bad = append(bad, r)
		}
	}
	return append(rows, bad...)
}

const usageHeader = "device_id,app_id,day,uses,seconds\n"

// A lineWriter writes records as lines of CSV.
type lineWriter struct {
	d    *drawer
	apps []string
	days [32]string
	last string // of the month before
}

func (d *drawer) lines() *lineWriter {
	w := &lineWriter{d: d, last: (d.spec.Month - 1).String() + "-28"}
	for i := range d.spec.Apps {
		w.apps = append(w.apps, string(AppID(i)))
	}
	for day := range w.days {
		w.days[day] = d.spec.Month.Start().AddDate(0, 0, day-1).Format("2006-01-02")
	}
	return w
}

func (w *lineWriter) append(to []byte, r record) []byte {
	id, app, day := w.d.id(int(r.device)), w.apps[r.app], w.days[r.day]
	uses, seconds := int64(r.uses), int64(r.seconds)
	switch r.fault {
	case orphan:
		id = mix(id) // one in 2^44 that it exists
	case unheardApp:
		app = "unheard_of"
	case monthBefore:
		day = w.last
	case negativeSeconds:
		seconds = -1 - seconds
	case longerThanADay:
		seconds += 86_401
	case negativeUses:
		uses = -uses
	}
	to = append(appendID(to, id), ',')
	to = append(append(to, app...), ',')
	to = append(append(to, day...), ',')
	to = append(strconv.AppendInt(to, uses, 10), ',')
	if r.fault == unreadable {
		return append(to, "some\n"...)
	}
	return append(strconv.AppendInt(to, seconds, 10), '\n')
}
