// Command measure
package main

import (
	"cmp"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"


	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/alerts/expect/bayes"
	"panelwatch/alerts/expect/simulated"
	"panelwatch/etl/panel"
)

type scored struct {
	s     simulated.Series
	score float64
	p     float64
	z     float64
}

func main() {
	seed := flag.Uint64("seed", 1, "")
	n := flag.Int("n", 480, "")
	useUnusual := flag.Bool("unusual", true, "")
	cleaning := flag.Bool("clean", true, "")

	flag.Float64Var(&expect.Extra, "extra", 0, "")
	flag.StringVar(&expect.Shapes, "shapes", "alt", "")
	flag.Parse()
	c, err := calendar.Load(os.DirFS("alerts/expect/simulated/testdata/calendar"))
	if err != nil {
		panic(err)
	}
	simulated.BayesOpt = !*cleaning
	all := simulated.Make(*seed, *n)
	unusual := func(m panel.Month) bool {
		return m >= panel.MustMonth("2020-02") && m <= panel.MustMonth("2020-08") || m == panel.MustMonth("2022-04") || m == panel.MustMonth("2022-05") || m == panel.MustMonth("2022-11") || m == panel.MustMonth("2022-12")
	}
	_ = unusual
	model := expect.Structural{Calendar: c}
	if *useUnusual {
		model.Unusual = unusual
	}
	expect.Cleaning = *cleaning
	var oracle []scored
	for _, s := range all {
		oracle = append(oracle, scored{s, math.Abs(s.OracleZ), 2 * distuv.UnitNormal.CDF(-math.Abs(s.OracleZ)), s.OracleZ})
	}
	report("oracle", oracle)
	var inf []scored
	for _, s := range all {
		inf = append(inf, scored{s, math.Abs(s.InfZ), 2 * distuv.UnitNormal.CDF(-math.Abs(s.InfZ)), s.InfZ})
	}
	report("informed", inf)
	for i := range inf {
		inf[i].score = inf[i].s.LR
	}
	report("informed LR", inf)
	for i := range inf {
		z := inf[i].s.Opt
		inf[i].score, inf[i].z, inf[i].p = math.Abs(z), z, 2 * distuv.UnitNormal.CDF(-math.Abs(z))
	}
	report("optimal", inf)
	if *cleaning == false {
		return
	}
	bm := bayes.Model{Calendar: c, Unusual: unusual}
	var data []bayes.Series
	for _, s := range all {
		data = append(data, series(s))
	}
	experiment(bm, data, all)
}

var knows bool

func mixed(model expect.Structural, all []simulated.Series, df float64) (out []scored) {
	for _, s := range all {
		pts := points(s)
		last := pts[len(pts)-1]
		z := expect.SignedZ(model.Mixture(pts[:len(pts)-1], last.Month, s.Profile), math.Log(last.Value), df)
		out = append(out, scored{s, math.Abs(z), 2 * distuv.UnitNormal.CDF(-math.Abs(z)), z})
	}
	return out
}

func run(model expect.Structural, all []simulated.Series) (out []scored) {
	for _, s := range all {
		pts := points(s)
		last := pts[len(pts)-1]
		p, ok := model.Predict(pts[:len(pts)-1], last.Month, s.Profile)
		if knows {
			p, ok = model.Knowing(pts[:len(pts)-1], last.Month, s.Profile, s.Sigma, s.Walk, s.ShiftAt)
		}
		if !ok {
			fmt.Println("no prediction")
			continue
		}
		z := (math.Log(last.Value) - p.Mean) / p.SD
		t := distuv.StudentsT{Sigma: 1, Nu: p.DF}
		pv := 2 * t.CDF(-math.Abs(z))
		zeq := -distuv.UnitNormal.Quantile(pv/2) * math.Copysign(1, z)
		if pv < 1e-14 {
			zeq = math.Copysign(8, z)
		}
		out = append(out, scored{s, math.Abs(zeq), pv, zeq})
	}
	return out
}

func inputs(all []simulated.Series) (out []expect.Input) {
	for _, s := range all {
		p := points(s)
		out = append(out, expect.Input{Past: p[:len(p)-1], Next: s.Last, Profile: s.Profile})
	}
	return out
}

func points(s simulated.Series) (out []expect.Point) {
	for i, v := range s.Values {
		m := s.Last - panel.Month(len(s.Values)-1-i)
		out = append(out, expect.Point{Month: m, Value: v, SE: v * s.SE})
	}
	return out
}

func report(name string, all []scored) {
	var pauc float64
	for i := 1; i <= 25; i++ {
		pauc += recall(all, .002*float64(i)) / 25
	}
	fmt.Printf("%-12s pAUC %.3f all: AUC %.3f R@1 %.3f R@2 %.3f R@5 %.3f |", name, pauc, auc(all), recall(all, .01), recall(all, .02), recall(all, .05))
	for _, n := range simulated.Lengths {
		of := filter(all, func(s scored) bool { return s.s.Months() == n })
		fmt.Printf(" n=%d R@1 %.2f R@5 %.2f", n, recall(of, .01), recall(of, .05))
	}
	miss := filter(all, func(s scored) bool { return s.s.Class == simulated.MissingPeak || s.s.Class == simulated.Clean })
	for _, profile := range []string{"rail", "tax", "utility", "gov", "bank", "road"} {
		of := filter(all, func(s scored) bool { return s.s.Profile == profile })
		clean := filter(of, func(s scored) bool { return s.s.Class == simulated.Clean })
		k := 0
		for _, s := range clean {
			if s.p < .01 {
				k++
			}
		}
		fmt.Printf(" %s R@1 %.2f fp %.1f%%", profile, recall(of, .01), 100*float64(k)/float64(len(clean)))
	}
	fmt.Printf(" | missing R@1 %.2f R@2 %.2f", recall(miss, .01), recall(miss,.02))
	clean := filter(all, func(s scored) bool { return s.s.Class == simulated.Clean })
	for _, p := range []float64{.05, .01, .001} {
		k := 0
		for _, s := range clean {
			if s.p < p {
				k++
			}
		}
		fmt.Printf(" clean p<%g %.2f%%", p, 100*float64(k)/float64(len(clean)))
	}
	k, a := 0, 0
	for _, s := range all {
		if s.s.Class != simulated.Clean {
			a++
			if s.p < .01 {
				k++
			}
		}
	}
	fmt.Printf(" recall p<.01 %.3f\n", float64(k)/float64(a))
}

func mean(of ...[]scored) (out []scored) {
	for i := range of[0] {
		s := of[0][i]
		s.z = 0
		for _, o := range of {
			s.z += o[i].z / float64(len(of))
		}
		s.score = math.Abs(s.z)
		s.p = 2 * distuv.UnitNormal.CDF(-s.score)
		out = append(out, s)
	}
	return out
}

func worst(all []scored) {
	clean := filter(all, func(s scored) bool { return s.s.Class == simulated.Clean })
	slices.SortFunc(clean, func(a, b scored) int { return cmp.Compare(a.p, b.p) })
	for _, s := range clean[:25] {
		fmt.Printf("%-8s %s n=%d p=%.1e oracle %.1f\n", s.s.Profile, s.s.Last, s.s.Months(), s.p, s.s.OracleZ)
	}
}

func filter(all []scored, keep func(scored) bool) (out []scored) {
	for _, s := range all {
		if keep(s) {
			out = append(out, s)
		}
	}
	return out
}

func recall(all []scored, far float64) float64 {
	var clean []float64
	for _, s := range all {
		if s.s.Class == simulated.Clean {
			clean = append(clean, s.score)
		}
	}
	slices.SortFunc(clean, func(a, b float64) int { return cmp.Compare(b, a) })
	limit := clean[int(far*float64(len(clean)))]
	hit, n := 0, 0
	for _, s := range all {
		if s.s.Class != simulated.Clean {
			n++
			if s.score > limit {
				hit++
			}
		}
	}
	return float64(hit) / float64(n)
}

func auc(all []scored) float64 {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	var sum, clean, odd float64
	for _, s := range sorted {
		if s.s.Class == simulated.Clean {
			clean++
		} else {
			odd++
			sum += clean
		}
	}
	return sum / clean / odd
}
