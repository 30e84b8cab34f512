package expect

import "math"

// A spread is a distribution that is the sum of bumps.
type spread []bump

type bump struct{ weight, mean, sd float64 }

// tails are the degrees of freedom of each bump's Student-t.
const tails = 30.0

// moments are those of the bumps as if each were normal.
func (s spread) moments() (mean, sd float64) {
	var square float64
	for _, b := range s {
		mean += b.weight * b.mean
	}
	for _, b := range s {
		square += b.weight * (b.sd*b.sd + (b.mean-mean)*(b.mean-mean))
	}
	return mean, math.Sqrt(square)
}

// merged has one bump for bumps that are alike: means within an eighth of the
// whole standard deviation, their own within a tenth.
func (s spread) merged() spread {
	type cell struct{ mean, sd int }
	_, usual := s.moments()
	index, out := map[cell]int{}, spread{}
	for _, b := range s {
		c := cell{int(math.Round(b.mean / usual * 8)), int(math.Round(math.Log(b.sd) * 10))}
		i, known := index[c]
		if !known {
			i = len(out)
			index[c] = i
			out = append(out, bump{})
		}
		m := &out[i]
		m.mean, m.sd, m.weight = m.mean+b.weight*b.mean, m.sd+b.weight*(b.sd*b.sd+b.mean*b.mean), m.weight+b.weight
	}
	kept := out[:0]
	for _, b := range out {
		if b.weight < 1e-7 {
			continue
		}
		b.mean /= b.weight
		b.sd = math.Sqrt(math.Max(1e-12, b.sd/b.weight-b.mean*b.mean))
		kept = append(kept, b)
	}
	return kept
}

// below is the probability of a value below x; above that of one above.
func (s spread) below(x float64) (p float64) {
	for _, b := range s {
		p += b.weight * student((x-b.mean)/b.sd)
	}
	return p
}

func (s spread) above(x float64) (p float64) {
	for _, b := range s {
		p += b.weight * student((b.mean-x)/b.sd)
	}
	return p
}

// student is the probability of a Student-t below z, to four digits (Wallace,
// Bounds on normal approximations to Student's and the chi-square
// distributions, 1959).
func student(z float64) float64 {
	normal := math.Sqrt(tails*math.Log1p(z*z/tails)) * (8*tails + 1) / (8*tails + 3)
	return math.Erfc(-math.Copysign(normal, z)/math.Sqrt2) / 2
}

// interval holds all but p of the distribution, half of it on each side.
func (s spread) interval(p float64) (low, high float64) {
	mean, sd := s.moments()
	low = bisect(mean-40*sd, mean, func(x float64) bool { return s.below(x) < p/2 })
	high = bisect(mean, mean+40*sd, func(x float64) bool { return s.above(x) > p/2 })
	return low, high
}

// bisect finds where holds turns false between two values.
func bisect(yes, no float64, holds func(float64) bool) float64 {
	for range 44 {
		if mid := (yes + no) / 2; holds(mid) {
			yes = mid
		} else {
			no = mid
		}
	}
	return (yes + no) / 2
}
