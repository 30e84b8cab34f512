package sample

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

const (
	wan   = 10_000
	churn = 0.025 // of the panel's devices are replaced each month
)

const panelNote = "合成样本，非实测：设备及其使用由 panelwatch 抽取生成，抽样误差之外与同一样本的厂商表一致 " +
	"(synthetic sample, not measured)"

// nationalApps are the apps of the panel besides the published TOP20.
var nationalApps = []panel.AppID{"tielu12306", "jiaoguan12123", tax, stateGrid, unionPay, alipay}

// A micropanel is the panel of devices: its months must be taken in order.
type micropanel struct {
	*history
	people  *people
	watched []appShape
	opened  panel.Month // first month delivered
	next    panel.Month
	seats   []*device // the device that now holds each seat; a seat stays in its stratum
	r       *rand.Rand
}

// newPanel seats the devices of the first month.
func newPanel(h *history, opts Options) (*micropanel, error) {
	people, err := loadPeople(h.cat, h.base, opts.Devices)
	if err != nil {
		return nil, err
	}
	p := &micropanel{history: h, people: people, r: stream(h.seed, "panel")}
	p.opened = opts.To - panel.Month(opts.MicroMonths) + 1
	p.next = p.opened
	for _, a := range h.apps {
		if _, top := h.topApps[a.id]; top || slices.Contains(nationalApps, a.id) {
			p.watched = append(p.watched, a)
		}
	}
	for i, s := range people.strata {
		for range s.devices {
			p.seats = append(p.seats, people.draw(p.r, i, p.opened-1, len(p.watched)))
		}
	}
	return p, nil
}

// month is the panel's delivery of its next month: the first by device and
// month, plain; the later ones by device and day, compressed.
func (p *micropanel) month(m panel.Month) (delivery, error) {
	if m != p.next {
		return delivery{}, fmt.Errorf("month %s asked for, %s is next", m, p.next)
	}
	p.next++
	if m > p.opened {
		p.renew(m)
	}
	devices := slices.SortedFunc(slices.Values(p.seats), func(a, b *device) int { return cmp.Compare(a.id, b.id) })
	weights := p.weights(m)
	sheet, sum := p.devicesSheet(devices, weights, m)
	d := delivery{manifest: extract.Manifest{
		Vendor: "示例面板 Sample Panel", Product: "设备样本", Kind: extract.Microdata,
		Month: m, Revision: 1, DeliveredAt: deliveredAt(m), Encoding: utf8,
		UniverseWan: p.universe.at(m), NDevices: len(devices), WeightSum: round(sum, 4),
		TierListYear: tierYear, TGIBase: tgiBase, DefinitionsVersion: "sample-panel-1",
		CatalogueVersion: p.cat.Version, Synthetic: panelNote,
	}}
	byMonth := m == p.opened
	d.manifest.UsageGrain, d.manifest.Compression = "day", "gzip"
	if byMonth {
		d.manifest.UsageGrain, d.manifest.Compression = "month", ""
	}
	if err := d.addMicro(extract.TableDevices, sheet, !byMonth); err != nil {
		return d, err
	}
	return d, d.addMicro(extract.TableUsage, p.usageSheet(devices, weights, m, byMonth), !byMonth)
}

// addMicro adds one table of microdata, compressed or not.
func (d *delivery) addMicro(table string, s *sheet, packed bool) error {
	content, err := s.csv(utf8)
	name := table + ".csv"
	if packed && err == nil {
		name += ".gz"
		content, err = compress(content)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", table, err)
	}
	d.add(extract.File{Name: name, Table: table, Rows: len(s.rows), Origin: "synthetic", Source: invented}, content)
	return nil
}

// renew replaces some devices by new ones of their stratum.
func (p *micropanel) renew(m panel.Month) {
	for i, d := range p.seats {
		if p.r.Float64() < churn {
			p.seats[i] = p.people.draw(p.r, d.stratum, m, len(p.watched))
		}
	}
}

// weights is how many devices one of each stratum stands for in month m.
func (p *micropanel) weights(m panel.Month) []float64 {
	out := make([]float64, len(p.people.strata))
	for i, s := range p.people.strata {
		out[i] = round(p.universe.at(m)*wan*s.share/float64(s.devices), 4)
	}
	return out
}

// devicesSheet lists the devices and says what their weights add up to.
func (p *micropanel) devicesSheet(devices []*device, weights []float64, m panel.Month) (s *sheet, sum float64) {
	s = &sheet{header: []string{
		"month", "device_id", "weight", "strata", "province", "city", "city_tier", "gender",
		"age_band", "marital", "occupation_tags", "os", "brand", "panel_days",
	}}
	for _, d := range devices {
		days := m.Days()
		if d.joined == m {
			days = 1 + p.r.IntN(days)
		}
		sum += weights[d.stratum]
		s.add(compact(m), d.id, fixed(weights[d.stratum], 4), "省-"+p.people.strata[d.stratum].province,
			d.traits[panel.Province], d.traits[panel.City], d.traits[panel.CityTier], d.traits[panel.Gender],
			d.traits[panel.AgeBand], d.traits[panel.Marital], d.occupationTags(), d.os, d.brand, strconv.Itoa(days))
	}
	return s, sum
}

// compact is the month as microdata spells it, YYYYMM.
func compact(m panel.Month) string { return m.Start().Format("200601") }

// usageSheet lists who used what, sorted by device, app and day.
func (p *micropanel) usageSheet(devices []*device, weights []float64, m panel.Month, byMonth bool) *sheet {
	users := make([]map[string][]session, len(p.watched)) // by app, then device
	for i, a := range p.watched {
		users[i] = p.use(i, p.targetOf(a, m), devices, weights, m)
	}
	s := &sheet{header: []string{"day", "device_id", "app_id", "uses", "seconds"}}
	if byMonth {
		s.header = []string{"month", "device_id", "app_id", "active_days", "uses", "seconds"}
	}
	for _, d := range devices {
		for i, a := range p.watched {
			s.addUsage(d.id, a.id, m, users[i][d.id], byMonth)
		}
	}
	return s
}

// use draws the users of one app in month m and their sessions. The expected
// weight of the users is the target.
func (p *micropanel) use(i int, t target, devices []*device, weights []float64, m panel.Month) map[string][]session {
	chances := p.chances(t, devices, weights)
	r, days := stream(p.seed, "usage/"+string(t.id)+"/"+m.String()), dayWeights(m.Days(), t.days)
	out := map[string][]session{}
	for j, d := range devices {
		if chances[j] > 0 && d.inclined(r, i, chances[j]) {
			out[d.id] = t.sessions(r, days)
		}
	}
	return out
}

// chances is each device's probability of using the app: logistic in its
// lifts, with the intercept at which the weighted sum is the target.
func (p *micropanel) chances(t target, devices []*device, weights []float64) []float64 {
	lifts := p.lifts(t.id)
	byOdds := map[float64]float64{} // weight by odds: many devices share theirs
	odds := make([]float64, len(devices))
	able := make([]bool, len(devices))
	for j, d := range devices {
		odds[j], able[j] = t.odds(d, p.people.strata[d.stratum].province, lifts)
		if able[j] {
			byOdds[odds[j]] += weights[d.stratum]
		}
	}
	order := slices.Sorted(maps.Keys(byOdds))
	total := func(intercept float64) (sum float64) {
		for _, o := range order {
			sum += byOdds[o] * logistic(intercept+o)
		}
		return sum
	}
	intercept := bisect(total, t.devices, -25, 25)
	for j := range odds {
		if able[j] {
			odds[j] = logistic(intercept + odds[j])
		}
	}
	return odds
}

// addUsage adds the rows of one device and app, one a day or one for the month.
func (s *sheet) addUsage(device string, app panel.AppID, m panel.Month, days []session, byMonth bool) {
	if len(days) == 0 {
		return
	}
	var uses, seconds int
	for _, d := range days {
		uses, seconds = uses+d.uses, seconds+d.seconds
		if !byMonth {
			day := m.Start().AddDate(0, 0, d.day-1).Format("2006-01-02")
			s.add(day, device, string(app), strconv.Itoa(d.uses), strconv.Itoa(d.seconds))
		}
	}
	if byMonth {
		s.add(compact(m), device, string(app), strconv.Itoa(len(days)), strconv.Itoa(uses), strconv.Itoa(seconds))
	}
}
