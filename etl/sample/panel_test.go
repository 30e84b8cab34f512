package sample_test

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// A panelMonth is one delivery of the panel, read back.
type panelMonth struct {
	manifest extract.Manifest
	weight   map[string]float64         // by device
	strata   map[string]string          // by device
	users    map[string]map[string]bool // app -> devices
	days     map[string]int             // app -> device-days
}

// readPanel reads the panel's deliveries in order and checks each row's
// range as it goes.
func readPanel(t *testing.T) (out []panelMonth) {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(written(t), "panel", "*", "r1"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(dirs)
	for _, dir := range dirs {
		m := manifest(t, dir)
		p := panelMonth{m, map[string]float64{}, map[string]string{}, map[string]map[string]bool{}, map[string]int{}}
		for _, f := range m.Files {
			for i, r := range records(t, dir, m, f) {
				if err := p.row(f, r); err != nil {
					t.Fatalf("%s %s row %d: %v", m.Month, f.Name, i+1, err)
				}
			}
		}
		out = append(out, p)
	}
	return out
}

func (p *panelMonth) row(f extract.File, r map[string]string) error {
	id := r["device_id"]
	if f.Table == extract.TableDevices {
		w, err := strconv.ParseFloat(r["weight"], 64)
		if _, twice := p.weight[id]; err != nil || w <= 0 || twice || len(id) != 16 {
			return fmt.Errorf("device %q, weight %q, twice: %t", id, r["weight"], twice)
		}
		p.weight[id], p.strata[id] = w, r["strata"]
		return nil
	}
	return p.usage(id, r)
}

func (p *panelMonth) usage(id string, r map[string]string) error {
	app, days := r["app_id"], 1
	if r["active_days"] != "" {
		days, _ = strconv.Atoi(r["active_days"])
	} else if !strings.HasPrefix(r["day"], p.manifest.Month.String()) {
		return fmt.Errorf("day %s outside the month", r["day"])
	}
	uses, _ := strconv.Atoi(r["uses"])
	seconds, _ := strconv.Atoi(r["seconds"])
	if days < 1 || days > p.manifest.Month.Days() || uses < days || seconds < 1 || seconds > 86_400*days {
		return fmt.Errorf("%v: out of range", r)
	}
	if p.weight[id] == 0 {
		return fmt.Errorf("no device %s", id)
	}
	if p.users[app] == nil {
		p.users[app] = map[string]bool{}
	}
	p.users[app][id] = true
	p.days[app] += days
	return nil
}

func TestPanelHasThreeMonthsAndBothGrains(t *testing.T) {
	var got []string
	for _, p := range readPanel(t) {
		got = append(got, fmt.Sprint(p.manifest.Month, " ", p.manifest.UsageGrain, " ", len(p.users), " apps"))
	}
	want := []string{"2023-10 month 26 apps", "2023-11 day 26 apps", "2023-12 day 26 apps"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWeightsAddUpToTheUniverse(t *testing.T) {
	for _, p := range readPanel(t) {
		var sum float64
		for _, w := range p.weight {
			sum += w
		}
		if off := sum/(p.manifest.UniverseWan*1e4) - 1; math.Abs(off) > 1e-4 {
			t.Errorf("%s: weights are off the universe by %.4f %%", p.manifest.Month, 100*off)
		}
		if math.Abs(sum-p.manifest.WeightSum) > 1 || len(p.weight) != p.manifest.NDevices {
			t.Errorf("%s: %d devices of %.1f, the manifest says %d of %.1f",
				p.manifest.Month, len(p.weight), sum, p.manifest.NDevices, p.manifest.WeightSum)
		}
	}
}

// estimate is the weighted number of users of an app with its standard error
// under stratified sampling.
func (p *panelMonth) estimate(app string) (total, se float64) {
	type tally struct{ n, users, weight float64 }
	strata := map[string]tally{}
	for id, s := range p.strata {
		c := strata[s]
		c.n, c.weight = c.n+1, p.weight[id]
		if p.users[app][id] {
			c.users++
		}
		strata[s] = c
	}
	var variance float64
	for _, c := range strata {
		share := c.users / c.n
		total += c.weight * c.users
		variance += c.weight * c.weight * c.n * share * (1 - share) * c.n / (c.n - 1)
	}
	return total, math.Sqrt(variance)
}

func TestPanelAddsUpToTheVendor(t *testing.T) {
	cat, v := catalogue(t), readVendor(t, written(t))
	var squares, n float64
	for _, p := range readPanel(t) {
		for app := range p.users {
			a, _ := cat.App(panel.AppID(app))
			total, se := p.estimate(app)
			z := (total - 1e4*v.devices[a.Name][p.manifest.Month.String()]) / se
			if math.Abs(z) > 4 {
				t.Errorf("%s %s: %.1f 万台, %.1f standard errors off the vendor", p.manifest.Month, a.Name, total/1e4, z)
			}
			squares, n = squares+z*z, n+1
		}
	}
	if rms := math.Sqrt(squares / n); rms < 0.5 || rms > 1.6 {
		t.Errorf("deviations are %.2f standard errors in the mean: not those of a sample", rms)
	}
}

func TestPanelUsesAppsAsOftenAsTheVendorSays(t *testing.T) {
	cat, v := catalogue(t), readVendor(t, written(t))
	p := readPanel(t)[2]
	for app, users := range p.users {
		a, _ := cat.App(panel.AppID(app))
		want := 31 * v.daily[a.Name] / v.devices[a.Name][december]
		got := float64(p.days[app]) / float64(len(users))
		if tolerance := 4 * want / math.Sqrt(float64(len(users))); math.Abs(got-want) > tolerance {
			t.Errorf("%s: %.2f days of use, want %.2f ± %.2f", a.Name, got, want, tolerance)
		}
	}
}

func TestPanelPersists(t *testing.T) {
	months := readPanel(t)
	for i := 1; i < len(months); i++ {
		before, now := months[i-1], months[i]
		if gone := 1 - overlap(before.weight, now.weight); gone < 0.018 || gone > 0.032 {
			t.Errorf("%s: %.1f %% of the devices are new", now.manifest.Month, 100*gone)
		}
		for _, app := range []string{"zhifubao", "jiaoguan12123", "minzhengtong"} {
			if kept := overlap(before.users[app], now.users[app]); kept < 0.6 || kept > 0.95 {
				t.Errorf("%s %s: %.0f %% of the users used it the month before", now.manifest.Month, app, 100*kept)
			}
		}
	}
}

// overlap is the part of now that was there before.
func overlap[T any](before, now map[string]T) float64 {
	n := 0
	for id := range now {
		if _, ok := before[id]; ok {
			n++
		}
	}
	return float64(n) / float64(len(now))
}
