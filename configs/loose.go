package configs

import (
	"fmt"
	"time"
)

// Loose says of a source whose files come without a manifest what a manifest
// would say. Their names are in the contracts of their tables.
type Loose struct {
	Vendor             string        `yaml:"vendor"`
	Product            string        `yaml:"product"`
	TierListYear       int           `yaml:"tier_list_year"`
	TGIBase            string        `yaml:"tgi_base"`
	DefinitionsVersion string        `yaml:"definitions_version"`
	Encoding           string        `yaml:"encoding,omitempty"`     // utf-8 or gb18030; empty: found out
	UniverseWan        float64       `yaml:"universe_wan,omitempty"` // 万台; 0 when a universe table has it
	PanelSize          int           `yaml:"panel_size,omitempty"`
	Deff               float64       `yaml:"deff,omitempty"`
	Settle             time.Duration `yaml:"settle,omitempty"` // a file this long unchanged is finished; default 2m
}

// settle is how long a file must have been left alone.
const settle = 2 * time.Minute

func (l *Loose) check() error {
	switch {
	case l.Vendor == "" || l.Product == "" || l.TGIBase == "" || l.DefinitionsVersion == "":
		return fmt.Errorf("vendor, product, tgi_base and definitions_version say what a manifest would say: none may be empty")
	case l.TierListYear < 2000 || l.TierListYear > 2100:
		return fmt.Errorf("tier_list_year: %d is not the year of a list of city tiers, such as 2023", l.TierListYear)
	case l.Encoding != "" && l.Encoding != "utf-8" && l.Encoding != "gb18030":
		return fmt.Errorf("encoding: %q is not utf-8 or gb18030", l.Encoding)
	case (l.PanelSize > 0) != (l.Deff > 0) || l.PanelSize < 0 || l.Deff < 0 || l.UniverseWan < 0:
		return fmt.Errorf("panel_size and deff are declared together or not at all, and nothing is below 0")
	case l.Settle < 0:
		return fmt.Errorf("settle: %s is below 0", l.Settle)
	case l.Settle == 0:
		l.Settle = settle
	}
	return nil
}
