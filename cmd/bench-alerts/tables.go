package main

import (
	"fmt"
	"time"

	"panelwatch/alerts/expect/score"
	"panelwatch/alerts/expect/simulated"
)

type method struct {
	name   string
	judged []score.Judged
}

// detection compares all methods on the same series.
func (b bench) detection(seed uint64, n int) {
	all := simulated.Make(seed, n)
	ours, took := b.judged(all, batch)
	methods := []method{{"expectation", ours}}
	for _, r := range score.Rivals {
		m := method{name: r.Name}
		for _, s := range all {
			m.judged = append(m.judged, r.Judge(s))
		}
		methods = append(methods, m)
	}
	var second []method
	for _, o := range opinions {
		second = append(second, method{o.name, o.judge(all)})
	}
	methods = append(methods, second...)
	methods = append(methods,
		method{"knows the generator", knowing(all, func(s simulated.Series, v float64) float64 { return s.Informed.Z(v) })},
		method{"oracle", knowing(all, func(s simulated.Series, v float64) float64 { return s.Oracle.Z(v) })})
	each := took / time.Duration(n)
	fmt.Printf("%d series, seed %d, learned and judged in batches of %d on one core: %.1f ms a series, %.1f s for %d.\n\n",
		n, seed, batch, each.Seconds()*1e3, each.Seconds()*batch, batch)
	fmt.Println("| method | AUC | R@1% | R@2% | R@5% | n=24 | 36 | 48 | 60 | high | low | missing peak | own recall | own false alarms |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, m := range methods {
		m.row()
	}
	fmt.Println("\n| clean series with | p < .05 | p < .01 | p < .001 |\n|---|---|---|---|")
	for _, m := range []method{methods[0], methods[len(methods)-2], methods[len(methods)-1]} {
		fmt.Printf("| %s | %s %% | %s %% | %s %% |\n", m.name, percent(score.CleanBelow(m.judged, 0.05)),
			percent(score.CleanBelow(m.judged, 0.01)), percent(score.CleanBelow(m.judged, 0.001)))
	}
	secondOpinions(ours, second)
}

func (m method) row() {
	j := m.judged
	fmt.Printf("| %s | %.3f | %.2f | %.2f | %.2f |", m.name, score.AUC(j), score.Recall(j, 0.01), score.Recall(j, 0.02), score.Recall(j, 0.05))
	for _, n := range simulated.Lengths {
		of := score.Keep(j, func(s simulated.Series) bool { return s.Months() == n })
		fmt.Printf(" %.2f |", score.Recall(of, 0.01))
	}
	for _, class := range []simulated.Class{simulated.High, simulated.Low, simulated.MissingPeak} {
		of := score.Keep(j, func(s simulated.Series) bool { return s.Class == class || s.Class == simulated.Clean })
		fmt.Printf(" %.2f |", score.Recall(of, 0.01))
	}
	recall, falseAlarms := score.Own(j)
	fmt.Printf(" %.2f | %.3f |\n", recall, falseAlarms)
}

// profiles shows what a user with few series has: as many of each profile.
func (b bench) profiles(seed uint64, n int) {
	all := simulated.Make(seed, n)
	fmt.Println("\n| series of a profile | AUC | R@1% | R@2% | R@5% | clean p < .05 | p < .01 | p < .001 |\n|---|---|---|---|---|---|---|---|")
	for _, size := range []int{1, 3, 20} {
		j, _ := b.judged(all, 6*size)
		fmt.Printf("| %d | %.3f | %.2f | %.2f | %.2f | %s %% | %s %% | %s %% |\n", size, score.AUC(j), score.Recall(j, 0.01), score.Recall(j, 0.02),
			score.Recall(j, 0.05), percent(score.CleanBelow(j, 0.05)), percent(score.CleanBelow(j, 0.01)), percent(score.CleanBelow(j, 0.001)))
	}
}

// months are many with 15 anomalies among 300 series.
func (b bench) months(seed uint64, n int) {
	const odd = 15
	var ours, informed [][]score.Judged
	for i := range n {
		all := simulated.Batch(seed*1000+uint64(i), batch, odd)
		j, _ := b.judged(all, batch)
		ours = append(ours, j)
		informed = append(informed, knowing(all, func(s simulated.Series, v float64) float64 { return s.Informed.Z(v) }))
	}
	fmt.Printf("\n%d months of %d series, %d anomalies in each.\n\n| method | q | false discoveries | power |\n|---|---|---|---|\n", n, batch, odd)
	for _, q := range []float64{0.05, 0.10, 0.20} {
		for _, m := range []struct {
			name   string
			months [][]score.Judged
		}{{"expectation", ours}, {"knows the generator", informed}} {
			fdp, power := score.Batches(m.months, q)
			fmt.Printf("| %s | %.2f | %.3f | %.3f |\n", m.name, q, fdp, power)
		}
	}
}
