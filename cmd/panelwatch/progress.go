package main

import (
	"fmt"
	"io"
	"time"
)

// progress draws one line that rewrites itself: step, share done, rate, time
// left. It draws at most ten times a second.
type progress struct {
	w     io.Writer
	now   func() time.Time
	step  string
	began map[string]time.Time // of each step: a long one goes on after a short one inside it
	drawn time.Time
	wide  int
}

func (p *progress) tell(step string, done, total int) {
	now := p.now()
	if p.began == nil {
		p.began = map[string]time.Time{}
	}
	if _, known := p.began[step]; !known {
		p.began[step] = now
	}
	if step != p.step {
		p.step, p.drawn = step, time.Time{}
	}
	if now.Sub(p.drawn) < 100*time.Millisecond && done < total {
		return
	}
	p.drawn = now
	p.draw(line(step, done, total, now.Sub(p.began[step])))
}

func line(step string, done, total int, spent time.Duration) string {
	text := step
	if total > 0 {
		text += fmt.Sprintf("  %d/%d (%d%%)", done, total, 100*done/total)
	} else if done > 0 {
		text += fmt.Sprintf("  %d", done)
	}
	if done == 0 || spent < time.Second {
		return text
	}
	rate := float64(done) / spent.Seconds()
	text += fmt.Sprintf("  %.0f/s", rate)
	if total > done {
		text += fmt.Sprintf("  %s left", time.Duration(float64(total-done)/rate*float64(time.Second)).Round(time.Second))
	}
	return text
}

func (p *progress) draw(text string) {
	pad := max(0, p.wide-len(text))
	fmt.Fprintf(p.w, "\r%s%*s", text, pad, "")
	p.wide = len(text)
}

// clear removes the line, so that other output begins at the margin.
func (p *progress) clear() {
	if p.wide > 0 {
		p.draw("")
		fmt.Fprint(p.w, "\r")
	}
	p.step, p.wide = "", 0
}
