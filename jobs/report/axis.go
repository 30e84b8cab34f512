package report

import (
	"math"
	"strconv"

	"panelwatch/etl/panel"
)

// A frame is the field that a line is drawn in, and what its edges mean.
type frame struct {
	left, top, right, bottom float64
	first, last              int // month or hour
	low, high                float64
}

func (f frame) x(at int) float64 {
	if f.last == f.first {
		return (f.left + f.right) / 2
	}
	return f.left + (f.right-f.left)*float64(at-f.first)/float64(f.last-f.first)
}

func (f frame) y(v float64) float64 {
	return f.bottom - (f.bottom-f.top)*(v-f.low)/(f.high-f.low)
}

// reach widens a range to the points of a line and their intervals.
func reach(low, high float64, all ...series) (float64, float64) {
	for _, s := range all {
		for _, p := range s.points {
			margin := z95 * p.se
			if math.IsNaN(margin) {
				margin = 0
			}
			if !math.IsNaN(p.v) {
				low, high = math.Min(low, p.v-margin), math.Max(high, p.v+margin)
			}
		}
	}
	return low, high
}

// steps are round values from low to high, three to six of them, and the range
// they span.
func steps(low, high float64) []float64 {
	if !(high > low) {
		high = low + math.Max(math.Abs(low), 1)
	}
	for power := math.Floor(math.Log10((high-low)/5)) - 1; ; power++ {
		for _, unit := range []float64{1, 2, 2.5, 5} {
			step := unit * math.Pow(10, power)
			first, last := math.Floor(low/step), math.Ceil(high/step)
			if last-first > 5 {
				continue
			}
			var all []float64
			for i := first; i <= last; i++ {
				all = append(all, i*step)
			}
			return all
		}
	}
}

// ticks are the labels of the value axis, all with the places they need.
func ticks(values []float64, k kind) (labels []string) {
	scaled := make([]float64, len(values))
	places := 0
	for i, v := range values {
		scaled[i] = math.Round(k.scaled(v)*1e6) / 1e6
		for ; places < 4 && math.Abs(scaled[i]-roundTo(scaled[i], places)) > 1e-9; places++ {
		}
	}
	for _, v := range scaled {
		labels = append(labels, strconv.FormatFloat(v, 'f', places, 64)+tail(k))
	}
	return labels
}

// tail is the unit beside each tick, where it is short.
func tail(k kind) string {
	if k.unit.Zh == "%" {
		return "%"
	}
	return ""
}

func roundTo(v float64, places int) float64 {
	f := math.Pow10(places)
	return math.Round(v*f) / f
}

// grid draws the lines of the values and their labels, left of the field.
func (p *paper) grid(f frame, values []float64, k kind) {
	for i, label := range ticks(values, k) {
		y := f.y(values[i])
		p.line(f.left, y, f.right, y, "grid")
		p.write(f.left-8, y+4, atEnd, "tick", label)
	}
}

// room is how much of the paper the labels of the values take.
func room(values []float64, k kind) (w float64) {
	for _, label := range ticks(values, k) {
		w = math.Max(w, widthOf(label, letter))
	}
	return w + 10
}

// months writes the months under the field, as many as there is room for, and
// the year under each January.
func (p *paper) months(f frame) {
	every := 12
	for _, n := range []int{6, 3, 1} {
		if (f.x(f.first+n) - f.x(f.first)) > 26 {
			every = n
		}
	}
	for m := f.first; m <= f.last; m++ {
		month := panel.Month(m)
		if (int(month.OfYear())-1)%every != 0 {
			continue
		}
		x := f.x(m)
		p.line(x, f.bottom, x, f.bottom+4, "axis")
		if every < 12 {
			p.write(x, f.bottom+17, atMiddle, "tick", strconv.Itoa(int(month.OfYear())))
		}
		year := spellYear(month)
		if months := f.x(f.first+12) - f.x(f.first); months < widthOf(year, letter)+2 {
			year = "’" + year[2:]
		}
		y := f.bottom + 35
		if every == 12 {
			y = f.bottom + 17
		}
		if month.OfYear() == 1 && p.fits(math.Max(x, 16), y, atMiddle, year) {
			p.write(math.Max(x, 16), y, atMiddle, "year", year)
		}
	}
}

// hours writes the hours of the day under the field.
func (p *paper) hours(f frame) {
	every := 3
	if f.x(f.first+3)-f.x(f.first) < 24 {
		every = 6
	}
	for h := f.first; h <= f.last; h += every {
		p.line(f.x(h), f.bottom, f.x(h), f.bottom+4, "axis")
		p.write(f.x(h), f.bottom+17, atMiddle, "tick", strconv.Itoa(h))
	}
}
