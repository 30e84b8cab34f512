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
	try := func(name string, rounds int) {
		began := time.Now()
		model := bm.Learn(data, rounds)
		learn := time.Since(began) / time.Duration(len(all))
		began = time.Now()
		got := score(model, data, all, 30)
		fmt.Println(learn, time.Since(began)/time.Duration(len(all)))
		report(name, got)
	}
	try("base", 4)
	bayes.Draws = 256
	try("256 draws", 4)
	bayes.Draws = 64
	bayes.Ratio = true
	try("ratio", 4)
	bayes.Phi = .15
	try("ratio, phi", 4)
	bayes.Ratio = false
	try("phi", 4)
	bayes.Phi = 0
	bayes.EMDraws = 64
	try("em draws 64", 4)
}
