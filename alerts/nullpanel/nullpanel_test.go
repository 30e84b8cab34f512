package nullpanel_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/nullpanel"
	"panelwatch/etl/panel"
)

func TestBinomial(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, c := range []struct {
		n int
		p float64
	}{{0, 0.5}, {10, 0}, {10, 1}, {250, 0.001}, {250, 0.3}, {12_500, 0.0011}, {12_500, 0.6}, {12_500, 0.999}} {
		const draws = 20_000
		var sum, squares float64
		for range draws {
			k := float64(nullpanel.Binomial(r, c.n, c.p))
			sum, squares = sum+k, squares+k*k
			if k < 0 || k > float64(c.n) {
				t.Fatalf("%v of %d", k, c.n)
			}
		}
		mean, v := float64(c.n)*c.p, float64(c.n)*c.p*(1-c.p)
		got := sum / draws
		if !near(got, mean, 5*math.Sqrt(v/draws)) || !near(squares/draws-got*got, v, 0.05*v+1e-9) {
			t.Errorf("n %d, p %v: mean %.4f, variance %.4f, want %.4f and %.4f", c.n, c.p, got, squares/draws-got*got, mean, v)
		}
	}
}

// TestAPanelIsWhatItSaysItIs: estimates lie about the truth as far as their
// jackknife errors say, and months are as alike as devices stay.
func TestAPanelIsWhatItSaysItIs(t *testing.T) {
	truth := nullpanel.Truth{Universe: 1e9, Apps: []nullpanel.App{{ID: "a", Name: "a", Profile: "none", Devices: 3e7, Season: [12]float64{11: 0.1}}}}
	r := rand.New(rand.NewPCG(7, 7))
	december := panel.MustMonth("2023-12")
	for _, staying := range []float64{0, 0.85} {
		const draws = 400
		var off, product, error2 float64
		for range draws {
			h := nullpanel.Panel{Devices: 20_000, Staying: staying}.Draw(r, truth, december, 3)
			s, ok := h.Find("a", panel.All, alerts.MUD)
			if !ok || len(s.Points) != 3 {
				t.Fatalf("%+v", h.Series)
			}
			z := func(i int, truth float64) float64 { return (s.Points[i].Value - truth) / truth }
			before, now := z(1, 3e7), z(2, 3e7*math.Exp(0.1))
			off, product = off+now*now, product+before*now
			error2 += math.Pow(s.Points[2].SE/s.Points[2].Value, 2)
		}
		if ratio := math.Sqrt(off / error2); !near(ratio, 1, 0.12) {
			t.Errorf("staying %v: deviations are %.2f times what the errors say", staying, ratio)
		}
		if c := product / off; !near(c, staying, 0.15) {
			t.Errorf("staying %v: months correlate with %.2f", staying, c)
		}
	}
}
