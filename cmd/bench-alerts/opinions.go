package main

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/alerts/expect"
	"panelwatch/alerts/expect/score"
	"panelwatch/alerts/expect/simulated"
)

// An opinion is a method that judges a series without others, by the
// logarithms of its values.
type opinion struct {
	name string
	z    func(logs []float64) (z float64, ok bool)
}

var opinions = []opinion{{"robust STL, z 3", expect.STL}, {"airline, z 3", expect.Airline}}

func logsOf(s simulated.Series) []float64 {
	var out []float64
	for _, v := range s.Values {
		out = append(out, math.Log(v))
	}
	return out
}

// judge has distance 0 where there is no opinion.
func (o opinion) judge(all []simulated.Series) []score.Judged {
	var out []score.Judged
	for _, s := range all {
		z, _ := o.z(logsOf(s))
		out = append(out, score.Judged{Series: s, Distance: math.Abs(z), P: math.NaN(), Z: z, Fired: math.Abs(z) > 3})
	}
	return out
}

// combined gives second opinions a part of the say, where there are any.
func combined(ours, second []score.Judged, weight float64) []score.Judged {
	var out []score.Judged
	for i, j := range ours {
		if z := second[i].Z; z != 0 {
			j.Z = (1-weight)*j.Z + weight*math.Max(-8, math.Min(8, z))
		}
		j.Distance = math.Abs(j.Z)
		out = append(out, j)
	}
	return out
}

// secondOpinions shows what they add to the expectation.
func secondOpinions(ours []score.Judged, methods []method) {
	fmt.Println("\n| second opinion | weight | AUC | R@1% | R@2% | R@5% | n=24 | 36 | 48 | 60 | missing peak |\n|---|---|---|---|---|---|---|---|---|---|---|")
	for _, m := range methods {
		for _, w := range []float64{0, 0.1, 0.2, 0.35} {
			j := combined(ours, m.judged, w)
			fmt.Printf("| %s | %.2f | %.3f | %.3f | %.3f | %.3f |", m.name, w, score.AUC(j), score.Recall(j, 0.01), score.Recall(j, 0.02), score.Recall(j, 0.05))
			for _, n := range simulated.Lengths {
				of := score.Keep(j, func(s simulated.Series) bool { return s.Months() == n })
				fmt.Printf(" %.2f |", score.Recall(of, 0.01))
			}
			of := score.Keep(j, func(s simulated.Series) bool {
				return s.Class == simulated.MissingPeak || s.Class == simulated.Clean
			})
			fmt.Printf(" %.2f |\n", score.Recall(of, 0.01))
		}
	}
}

// normal is the signed normal score of a p-value.
func normal(p, sign float64) float64 {
	return math.Copysign(-distuv.UnitNormal.Quantile(math.Max(p, 1e-15)/2), sign)
}
