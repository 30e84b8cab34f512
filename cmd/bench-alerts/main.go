// Command bench-alerts measures how well the expectation finds anomalies, on
// simulated series of which the truth is known, beside simple rules and beside
// those who know more than a method can. It prints the tables of DESIGN.md. It
// is no part of the shipped program.
package main

import (
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"runtime"
	"syscall"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/alerts/expect/score"
	"panelwatch/alerts/expect/simulated"
	"panelwatch/etl/panel"
)

const batch = 300 // series of a month

func main() {
	log.SetFlags(0)
	seed := flag.Uint64("seed", 2, "seed of the series; 1 is the one that was tuned on")
	n := flag.Int("series", 2400, "series to judge")
	months := flag.Int("months", 20, "months of 300 series with 15 anomalies")
	folder := flag.String("calendar", "configs/calendar", "tables of the calendar")
	calibrate := flag.Bool("calibrate", false, "print the widening of the interval instead")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	tables, err := simulated.Calendar(os.DirFS(*folder))
	if err != nil {
		log.Fatal(err)
	}
	c, err := calendar.Load(tables)
	if err != nil {
		log.Fatal(err)
	}
	b := bench{model: expect.Structural{Calendar: c}}
	if *calibrate {
		b.calibrate(*seed, *n)
		return
	}
	b.detection(*seed, *n)
	b.profiles(*seed, *n)
	b.months(*seed, *months)
}

type bench struct{ model expect.Model }

// judged are series as the model judges them that has learned from the same
// series, in batches, and the processor time it took.
func (b bench) judged(all []simulated.Series, size int) ([]score.Judged, time.Duration) {
	began := processor()
	var out []score.Judged
	for from := 0; from < len(all); from += size {
		of := all[from:min(from+size, len(all))]
		questions := make([]expect.Question, len(of))
		for i, s := range of {
			questions[i] = question(s)
		}
		m := b.model.Learn(questions)
		for i, s := range of {
			out = append(out, judge(m, questions[i], s))
		}
	}
	return out, processor() - began
}

// processor is the time that this process has had a processor.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		log.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func question(s simulated.Series) expect.Question {
	q := expect.Question{Next: s.Last, Profile: s.Profile, NextSE: s.SE}
	last := len(s.Values) - 1
	for i, v := range s.Values[:last] {
		q.Past = append(q.Past, expect.Point{Month: s.Last - panel.Month(last-i), Value: v, SE: v * s.SE})
	}
	return q
}

func judge(m expect.Model, q expect.Question, s simulated.Series) score.Judged {
	f, reason, ok := m.Expect(q)
	if !ok {
		log.Fatalf("%s %s: %s", s.Profile, s.Last, reason)
	}
	value := s.Values[len(s.Values)-1]
	p := f.P(value)
	z := normal(p, value-f.Expected)
	return score.Judged{Series: s, Distance: math.Abs(z), P: p, Light: f.Uncalibrated(value), Z: z, Fired: p < 0.01}
}

// knowing are judgements by a distance that somebody knows.
func knowing(all []simulated.Series, z func(simulated.Series, float64) float64) []score.Judged {
	var out []score.Judged
	for _, s := range all {
		d := math.Abs(z(s, s.Values[len(s.Values)-1]))
		p := 2 * distuv.UnitNormal.CDF(-d)
		out = append(out, score.Judged{Series: s, Distance: d, P: p, Fired: p < 0.01})
	}
	return out
}

func percent(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return fmt.Sprintf("%.2f", 100*x)
}
