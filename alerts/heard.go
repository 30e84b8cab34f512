package alerts

// A Held is a silence as a digest tells it: with how much of the month it held
// back.
type Held struct {
	Silence
	Findings int
}

// HeldBack are the silences of a month with what each held back of its
// findings. Those that held back nothing are named where idle is set.
func HeldBack(silences []Silence, found []Finding, idle bool) (out []Held) {
	for _, s := range silences {
		h := Held{Silence: s}
		for _, f := range found {
			if f.Silence == s.Name() {
				h.Findings++
			}
		}
		if h.Findings > 0 || idle {
			out = append(out, h)
		}
	}
	return out
}
