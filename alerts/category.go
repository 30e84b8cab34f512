package alerts

import (
	"cmp"
	"math"
	"slices"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// Categories know what the apps of a category have in common, month by month:
// when most of them leave their expectation together, that is one piece of
// news, and each is judged by what it does besides.
type categories struct {
	series []Series // of whole apps
	alone  func(s Series, m panel.Month) (expect.Forecast, string, bool)
	peers  int     // fewest other apps that have something in common
	limit  float64 // least median of their distances, in standard deviations
	effect float64 // least common deviation, a ratio
	known  map[panel.Month]map[string][]deviation
	waves  map[waveOf]wave
}

// A wave is what the apps of a category have in common, if anything.
type wave struct {
	common float64
	ok     bool
}

// A waveOf names one: but is the app that is left out.
type waveOf struct {
	category string
	month    panel.Month
	but      panel.AppID
}

// A deviation is how far an app lies from its expectation.
type deviation struct {
	app    panel.AppID
	log, z float64
	weight float64 // inverse of the variance
}

// withCategories lets forecasts take in what categories have in common, as the
// rule about it is set.
func (k Knowledge) withCategories(h History, settings []Params) Knowledge {
	for _, p := range settings {
		k.categories = &categories{
			series: h.whole(), alone: k.alone, peers: p.MinPeers, limit: p.Limit, effect: p.MinEffect,
			known: map[panel.Month]map[string][]deviation{}, waves: map[waveOf]wave{},
		}
	}
	return k
}

// of are the deviations of a category's apps in month m, by app.
func (c *categories) of(category string, m panel.Month) []deviation {
	if c.known[m] == nil {
		c.known[m] = map[string][]deviation{}
	}
	out, done := c.known[m][category]
	if done {
		return out
	}
	for _, s := range c.series {
		now, have := s.at(m)
		if s.Category != category || category == "" || !have || now.Value <= 0 {
			continue
		}
		if fc, _, can := c.alone(s, m); can {
			out = append(out, deviation{s.App, math.Log(now.Value / fc.Expected), fc.Z(now.Value), 1 / (fc.SD * fc.SD)})
		}
	}
	slices.SortFunc(out, func(a, b deviation) int { return cmp.Compare(a.app, b.app) })
	c.known[m][category] = out
	return out
}

// wave is what the apps of a category other than one (or than none) have in
// common in month m: the weighted median of their deviations. ok is false when
// they go each its own way.
func (c *categories) wave(category string, m panel.Month, but panel.AppID) (common float64, ok bool) {
	if c == nil || category == "" {
		return 0, false
	}
	key := waveOf{category, m, but} // every rule asks for every app
	w, done := c.waves[key]
	if !done {
		w = c.common(key)
		c.waves[key] = w
	}
	return w.common, w.ok
}

func (c *categories) common(of waveOf) (w wave) {
	others := slices.DeleteFunc(slices.Clone(c.of(of.category, of.month)), func(d deviation) bool { return d.app == of.but })
	if len(others) < max(1, c.peers) {
		return w
	}
	z := weightedMedian(others, func(d deviation) (float64, float64) { return d.z, 1 })
	w.common = weightedMedian(others, func(d deviation) (float64, float64) { return d.log, d.weight })
	w.ok = math.Abs(z) >= c.limit && w.common*z > 0 && math.Abs(math.Expm1(w.common)) >= c.effect
	return w
}

// weightedMedian is the value at which half of the weight is reached.
func weightedMedian(of []deviation, value func(deviation) (v, w float64)) float64 {
	byValue := slices.SortedStableFunc(slices.Values(of), func(a, b deviation) int {
		va, _ := value(a)
		vb, _ := value(b)
		return cmp.Compare(va, vb)
	})
	var total, sum float64
	for _, d := range of {
		_, w := value(d)
		total += w
	}
	for _, d := range byValue {
		v, w := value(d)
		if sum += w; sum >= total/2 {
			return v
		}
	}
	return math.NaN()
}
