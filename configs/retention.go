package configs

import "fmt"

// Retention says how many months things are kept that nothing needs any more;
// 0 keeps them for good. What is in force, what was told and what explains it
// is never pruned.
type Retention struct {
	Superseded int `yaml:"superseded"` // publications, counted from when another took their place
	Rejects    int `yaml:"rejects"`    // rows held back, of deliveries that were replaced
	Runs       int `yaml:"runs"`       // records of runs that published and judged nothing
	Archive    int `yaml:"archive"`    // bytes of deliveries of which no publication is left
}

func (c *Config) checkRetention() error {
	r := c.Retention
	for key, months := range map[string]int{"superseded": r.Superseded, "rejects": r.Rejects, "runs": r.Runs, "archive": r.Archive} {
		if months < 0 {
			return fmt.Errorf("retention.%s: %d months: want 0 (for good) or more", key, months)
		}
	}
	return nil
}
