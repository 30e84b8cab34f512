package indicator

import (
	"fmt"
	"math"

	"panelwatch/etl/panel"
)

// hourPeaks marks the 小高峰 of each 24-hour profile, hour by hour. The first
// and the last hour are ends and say nothing.
func (c computation) hourPeaks() (rows []Row) {
	hours := c.hours()
	for from := 0; from < len(hours); {
		to := from + 1
		for to < len(hours) && hours[to].App == hours[from].App && hours[to].Network == hours[from].Network {
			to++
		}
		rows = append(rows, c.peaksOf(hours[from:to])...)
		from = to
	}
	return rows
}

// peaksOf looks at the hours of one app and network, in their order. An hour
// whose neighbours were not delivered has no verdict.
func (c computation) peaksOf(day []HourShare) (rows []Row) {
	for i := 1; i+1 < len(day); i++ {
		h := day[i]
		at := panel.Segment{Dimension: panel.Hour, Member: fmt.Sprintf("%s/%d", h.Network, h.Hour)}
		out := null("local_peak", h.App, at, h.Basis)
		if day[i-1].Hour != h.Hour-1 || day[i+1].Hour != h.Hour+1 {
			out.Flags = []Flag{NoBase}
		} else if out.Value = 0; stands(day, i, c.settings.MinProminence) {
			out.Value = 1
		}
		rows = append(rows, out)
	}
	return rows
}

// stands says whether hour i is above the hours beside it, and by so much of
// its height above the higher of the lowest points on the way to a higher hour
// or to the end. A plateau counts by its first hour.
func stands(day []HourShare, i int, prominence float64) bool {
	last := i
	for last+1 < len(day) && day[last+1].Share == day[i].Share {
		last++
	}
	if last+1 == len(day) || day[i-1].Share >= day[i].Share || day[last+1].Share > day[i].Share {
		return false
	}
	foot := math.Max(lowest(day, i, -1), lowest(day, i, 1))
	return day[i].Share-foot >= prominence*day[i].Share
}

// lowest is the least share from hour i, in steps, up to a higher hour.
func lowest(day []HourShare, i, step int) float64 {
	least := day[i].Share
	for j := i + step; j >= 0 && j < len(day) && day[j].Share <= day[i].Share; j += step {
		least = math.Min(least, day[j].Share)
	}
	return least
}
