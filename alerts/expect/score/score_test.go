package score_test

import (
	"math"
	"testing"

	"panelwatch/alerts/expect/score"
	"panelwatch/alerts/expect/simulated"
)

// judged has clean series at distances 1 to 100 and odd ones where they are
// put.
func judged(odd ...float64) (out []score.Judged) {
	for i := range 100 {
		d := float64(i + 1)
		out = append(out, score.Judged{Series: simulated.Series{Class: simulated.Clean}, Distance: d, P: 1 / d})
	}
	for _, d := range odd {
		out = append(out, score.Judged{Series: simulated.Series{Class: simulated.High}, Distance: d, P: 1e-4})
	}
	return out
}

func equal(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestRecallAndOrder(t *testing.T) {
	all := judged(50.5, 98.5, 99.5, 200)
	equal(t, "recall at 1 %", score.Recall(all, 0.01), 0.5)
	equal(t, "recall at 2 %", score.Recall(all, 0.02), 0.75)
	equal(t, "AUC", score.AUC(all), (50+98+99+100)/400.0)
	equal(t, "clean below .05", score.CleanBelow(all, 0.05), 0.80)
}

func TestDiscoveriesOfABatch(t *testing.T) {
	var batch []score.Judged
	for i, p := range []float64{0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216} {
		class := simulated.Clean
		if i < 4 && i != 1 {
			class = simulated.Low
		}
		batch = append(batch, score.Judged{Series: simulated.Series{Class: class}, P: p})
	}
	// The example of Benjamini and Hochberg's procedure: two at 5 %.
	if got := len(score.Discoveries(batch, 0.05)); got != 2 {
		t.Errorf("%d discoveries at 5 %%, want 2", got)
	}
	fdp, power := score.Batches([][]score.Judged{batch}, 0.05)
	equal(t, "false discovery proportion", fdp, 0.5)
	equal(t, "power", power, 1.0/3)
}

func TestRivals(t *testing.T) {
	values := make([]float64, 36)
	for i := range values {
		values[i] = 100 + float64(i%2)
	}
	values[35] = 140
	for _, r := range score.Rivals {
		if j := r.Judge(simulated.Series{Values: values}); !j.Fired {
			t.Errorf("%s: %v does not fire at +39 %%", r.Name, j.Distance)
		}
		values[35] = 101
		if j := r.Judge(simulated.Series{Values: values}); j.Fired {
			t.Errorf("%s: %v fires at an ordinary month", r.Name, j.Distance)
		}
		values[35] = 140
	}
}
