package score

import (
	"math"
	"slices"

	"panelwatch/alerts/expect/simulated"
)

// A Rival is a simple method that the expectation is measured beside: its
// distance of the last month, and the distance that it fires at.
type Rival struct {
	Name     string
	Distance func(logs []float64) float64
	Fires    float64
}

// Rivals are the rules that spreadsheets are made of.
var Rivals = []Rival{
	{"month on month, 30 %", func(y []float64) float64 { return change(y, 1) }, 0.3},
	{"year on year, 30 %", func(y []float64) float64 { return change(y, 12) }, 0.3},
	{"month on month, z 3", func(y []float64) float64 { return among(differences(y, 1)) }, 3},
	{"year on year, z 3", func(y []float64) float64 { return among(differences(y, 12)) }, 3},
	{"last twelve months, z 3", func(y []float64) float64 { return among(y[len(y)-13:]) }, 3},
}

// Judge is the rival's judgement of a series; it knows no p.
func (r Rival) Judge(s simulated.Series) Judged {
	var logs []float64
	for _, v := range s.Values {
		logs = append(logs, math.Log(v))
	}
	d := r.Distance(logs)
	return Judged{Series: s, Distance: d, P: math.NaN(), Fired: d > r.Fires}
}

// change is the relative change of the newest over so many months.
func change(y []float64, months int) float64 {
	return math.Abs(math.Expm1(y[len(y)-1] - y[len(y)-1-months]))
}

func differences(y []float64, months int) []float64 {
	var out []float64
	for i := months; i < len(y); i++ {
		out = append(out, y[i]-y[i-months])
	}
	return out
}

// among is how many standard deviations the newest lies from the mean of the
// others.
func among(x []float64) float64 {
	before := slices.Clone(x[:len(x)-1])
	var mean, square float64
	for _, v := range before {
		mean += v / float64(len(before))
	}
	for _, v := range before {
		square += (v - mean) * (v - mean) / float64(len(before)-1)
	}
	return math.Abs(x[len(x)-1]-mean) / math.Sqrt(square)
}
