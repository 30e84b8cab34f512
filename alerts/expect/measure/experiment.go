package main

import (
	"fmt"
	"math"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/alerts/expect/bayes"
	"panelwatch/alerts/expect/simulated"
)

func series(s simulated.Series) bayes.Series {
	b := bayes.Series{Profile: s.Profile}
	for _, p := range points(s) {
		b.Month = append(b.Month, p.Month)
		b.Y = append(b.Y, math.Log(p.Value))
		b.C2 = append(b.C2, s.SE*s.SE)
	}
	b.Y = b.Y[:len(b.Y)-1]
	return b
}

func score(bm bayes.Model, data []bayes.Series, all []simulated.Series, df float64) (out []scored) {
	for i, s := range all {
		z := bayes.SignedZ(bm.Predict(data[i]), math.Log(s.Values[len(s.Values)-1]), df)
		out = append(out, scored{s, math.Abs(z), 2 * distuv.UnitNormal.CDF(-math.Abs(z)), z})
	}
	return out
}

func experiment(bm bayes.Model, data []bayes.Series, all []simulated.Series) {
	for _, rounds := range []int{3, 6} {
		began := time.Now()
		model := bm.Learn(data, rounds)
		fmt.Println("learn", time.Since(began)/time.Duration(len(all)))
		for _, own := range []bool{false, true} {
			bayes.OwnPeaks = own
			began = time.Now()
			got := score(model, data, all, 30)
			fmt.Println("predict", time.Since(began)/time.Duration(len(all)))
			report(fmt.Sprint("em ", rounds, own), got)
		}
		for _, k := range []string{"rail", "tax", "utility", "gov", "bank", "road"} {
			p := model.Priors[k]
			fmt.Printf("%s %.2f %.2f mu %.2f slope %.4f %.4f\n", k, p.Mean, p.SD, p.Mu, p.Slope, p.SSD)
		}
	}
}
