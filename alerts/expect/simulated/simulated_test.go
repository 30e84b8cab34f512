package simulated_test

import (
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect/simulated"
	"panelwatch/etl/panel"
)

func TestSameSeedSameSeries(t *testing.T) {
	if diff := cmp.Diff(simulated.Make(3, 48), simulated.Make(3, 48)); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(simulated.Make(3, 48), simulated.Make(4, 48)) {
		t.Error("two seeds give the same series")
	}
}

// Planted anomalies have the sizes that the documentation gives, and missing
// peaks end in a month that has one.
func TestPlantedAnomalies(t *testing.T) {
	ends := map[string][]time.Month{"rail": {1, 2, 9}, "tax": {3}, "utility": {7, 8}, "road": {10}}
	count := map[simulated.Class]int{}
	all := simulated.Make(1, 2400)
	for _, s := range all {
		count[s.Class]++
		size := s.Planted / s.Noise
		switch s.Class {
		case simulated.Clean:
			if s.Planted != 0 {
				t.Errorf("clean series with %+.3f", s.Planted)
			}
		case simulated.High, simulated.Low:
			if s.Class == simulated.Low {
				size = -size
			}
			if size < 3 || size > 8 {
				t.Errorf("%s of %.2f times the noise", s.Class, size)
			}
		case simulated.MissingPeak:
			if part := -s.Planted / s.Peak; part < 0.6 || part > 1 {
				t.Errorf("%.2f of a peak is missing", part)
			}
			if !slices.Contains(ends[s.Profile], s.Last.OfYear()) {
				t.Errorf("a missing peak of %s in %s", s.Profile, s.Last)
			}
		}
	}
	if odd := len(all) - count[simulated.Clean]; odd < 1120 || odd > 1280 {
		t.Errorf("%d of %d series end in an anomaly", odd, len(all))
	}
	for class, least := range map[simulated.Class]int{simulated.High: 400, simulated.Low: 400, simulated.MissingPeak: 100} {
		if count[class] < least {
			t.Errorf("%d of class %s", count[class], class)
		}
	}
}

// The oracle is off by what nobody can foresee: noise of one standard
// deviation. One who has to tell components apart is off by more.
func TestOracleIsAsGoodAsItSays(t *testing.T) {
	var oracle, informed, ratio, n float64
	for _, s := range simulated.Batch(2, 2400, 0) {
		now := s.Values[len(s.Values)-1]
		a, b := s.Oracle.Z(now), s.Informed.Z(now)
		oracle, informed, ratio, n = oracle+a*a, informed+b*b, ratio+math.Log(s.Informed.SD/s.Oracle.SD), n+1
	}
	for name, v := range map[string]float64{"oracle": oracle / n, "informed": informed / n} {
		if v < 0.85 || v > 1.15 {
			t.Errorf("%s: mean square of z %.3f, want about 1", name, v)
		}
	}
	if ratio/n < math.Log(1.3) {
		t.Errorf("telling components apart widens by %.2f only", math.Exp(ratio/n))
	}
}

func TestBatchHasWhatItWasAskedFor(t *testing.T) {
	odd, profiles, lengths := 0, map[string]int{}, map[int]int{}
	for _, s := range simulated.Batch(5, 300, 15) {
		if s.Class != simulated.Clean {
			odd++
		}
		profiles[s.Profile]++
		lengths[len(s.Values)]++
	}
	if odd != 15 {
		t.Errorf("%d anomalies, want 15", odd)
	}
	if diff := cmp.Diff(map[string]int{"rail": 50, "tax": 50, "utility": 50, "gov": 50, "bank": 50, "road": 50}, profiles); diff != "" {
		t.Error(diff)
	}
	if len(lengths) != 4 {
		t.Errorf("lengths %v", lengths)
	}
}

func TestCalendarReachesBackToTheFirstMonth(t *testing.T) {
	tables, err := simulated.Calendar(os.DirFS("../../../configs/calendar"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := calendar.Load(tables)
	if err != nil {
		t.Fatal(err)
	}
	if from := c.CoversFrom(); from > panel.MustMonth("2017-01") {
		t.Errorf("covered from %s", from)
	}
	if len(c.Windows("gov", panel.MustMonth("2018-02"))) == 0 {
		t.Error("no window around Spring Festival 2018")
	}
}
