package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"panelwatch/etl/panel"
)

// months is the length of the history.
const months = 48

// A series is one number a month from first to last, in 万台 as printed (one
// decimal); 0 means that the app was not released yet.
type series [months]float64

func (s *series) at(m panel.Month) float64 { return s[m-first] }

// mean is the average over the twelve months of a year.
func (s *series) mean(year int) float64 {
	var sum float64
	for i := range 12 {
		sum += s.at(panel.MonthOf(year, 1) + panel.Month(i))
	}
	return sum / 12
}

// rounded is the series at printed precision.
func (s series) rounded() series {
	for i := range s {
		s[i] = round(s[i], 1)
	}
	return s
}

// A history is everything the deliveries are cut from.
type history struct {
	*shapes
	cat      *panel.Catalogue
	seed     uint64
	devices  map[panel.AppID]series
	daily    map[panel.AppID]series // daily average devices
	universe series
	payment  series                    // devices with an app of the category 支付
	shares   map[panel.AppID][]profile // in order of profile.csv
	topApps  map[panel.AppID]topApp
}

// newHistory draws every series. It fails when the catalogue lacks an app of
// the sample.
func newHistory(cat *panel.Catalogue, seed uint64) (*history, error) {
	s, err := loadShapes()
	if err != nil {
		return nil, err
	}
	h := &history{
		shapes: s, cat: cat, seed: seed, topApps: map[panel.AppID]topApp{},
		devices: map[panel.AppID]series{}, daily: map[panel.AppID]series{},
	}
	for _, a := range s.top20 {
		id, ok := cat.Named(a.name, last)
		if !ok {
			return nil, fmt.Errorf("the catalogue has no app named %s", a.name)
		}
		h.topApps[id] = a
	}
	h.universe = h.wander(universeSeries, h.seasons["none"], 0.0002)
	h.payment = h.wander(paymentSeries, h.seasons["none"], 0.002)
	for _, a := range s.apps {
		if _, ok := cat.App(a.id); !ok {
			return nil, fmt.Errorf("the catalogue has no app %s", a.id)
		}
		h.devices[a.id] = h.levels(a)
		h.daily[a.id] = h.dailyOf(a)
	}
	h.shares = h.profiles()
	return h, nil
}

// name is an app's name as the catalogue shows it.
func (h *history) name(id panel.AppID) string {
	a, _ := h.cat.App(id)
	return a.Name
}

// levels is the app's devices by month.
func (h *history) levels(a appShape) series {
	if a.id == tax {
		return h.taxLevels(a.noise)
	}
	if top, published := h.topApps[a.id]; published {
		h.knots[string(a.id)] = append(h.knots[string(a.id)],
			knot{last - growthMonths, top.june(), true}, knot{last, top.wan, true})
	}
	return h.wander(string(a.id), h.yearOf(a), a.noise)
}

// wander draws a series along its knots, with its events, at printed precision.
func (h *history) wander(name string, year []float64, sd float64) series {
	s := along(h.knots[name], year, sd, stream(h.seed, "devices/"+name))
	for m, factor := range h.events[name] {
		if !slices.ContainsFunc(h.knots[name], func(k knot) bool { return k.pinned && k.month == m }) {
			s[m-first] *= factor
		}
	}
	return s.rounded()
}

// along interpolates the logarithm of the deseasonalised knots. Every month
// draws its noise, pinned or not, so that pinning one leaves the others be.
func along(knots []knot, year []float64, sd float64, r *rand.Rand) (s series) {
	level := func(k knot) float64 { return math.Log(k.wan / year[k.month.OfYear()-1]) }
	for i, k := range knots {
		next := knots[min(i+1, len(knots)-1)]
		for m := k.month; m < next.month || m == k.month; m++ {
			z := noise(r, sd)
			if m == k.month && k.pinned {
				s[m-first] = k.wan
				continue
			}
			part := float64(m-k.month) / float64(max(1, next.month-k.month))
			s[m-first] = math.Exp(level(k)+part*(level(next)-level(k))+z) * year[m.OfYear()-1]
		}
	}
	return s
}

// dailyOf is the average of daily devices: a steady part of the monthly ones,
// in the last month as published where it was.
func (h *history) dailyOf(a appShape) (s series) {
	top, published := h.topApps[a.id]
	if published {
		a.stickiness = top.dauWan / top.wan
	}
	r, devices := stream(h.seed, "daily/"+string(a.id)), h.devices[a.id]
	for i := range s {
		s[i] = devices[i] * a.stickiness * math.Exp(noise(r, 0.008))
	}
	if published {
		s[months-1] = top.dauWan
	}
	return s.rounded()
}
