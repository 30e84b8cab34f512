package jobs

import (
	"time"

	"panelwatch/etl/panel"
)

// A Stage is a step of a run with the time it took, all months together.
type Stage struct {
	Name    string  `json:"stage"`
	Times   int     `json:"times"`
	Seconds float64 `json:"seconds"`
}

// Stages of a run, in order.
const (
	StageLease     = "lease"     // waiting for it
	StagePrepare   = "prepare"   // dimension tables, leftovers
	StageLook      = "look"      // what the sources have, downloads included
	StageArchive   = "archive"   // bytes kept
	StageRead      = "read"      // rows read, checked, tabulated
	StagePublish   = "publish"   // facts and indicators
	StageRecompute = "recompute" // indicators of months whose inputs moved
	StageJudge     = "judge"
	StageDeliver   = "deliver"
)

// stage does one step of a run and keeps how long it took. Stages do not lie
// within each other.
func (r *run) stage(name string, m panel.Month, do func() error) error {
	r.step, r.began = name, r.Now()
	err := do()
	took := r.Now().Sub(r.began)
	r.summary.took(name, took)
	r.Log.Debug("stage done", "month", m, "stage", name, "duration_ms", took.Milliseconds(), "ok", err == nil)
	return err
}

// soFar are the attributes of a log line within a stage.
func (r *run) soFar(attrs ...any) []any {
	return append(attrs, "stage", r.step, "duration_ms", r.Now().Sub(r.began).Milliseconds())
}

func (s *Summary) took(name string, took time.Duration) {
	for i := range s.Stages {
		if s.Stages[i].Name == name {
			s.Stages[i].Times++
			s.Stages[i].Seconds += took.Seconds()
			return
		}
	}
	s.Stages = append(s.Stages, Stage{name, 1, took.Seconds()})
}
