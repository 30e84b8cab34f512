package configs

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/identities"
)

// Rules reads the settings of the alert rules from rules.yaml in fsys, or the
// shipped ones when fsys is nil. Settings.Validate checks their names.
func Rules(fsys fs.FS) (alerts.Settings, error) {
	if fsys == nil {
		fsys = shipped
	}
	var s alerts.Settings
	if err := decode(fsys, "rules.yaml", &s); err != nil {
		return nil, err
	}
	return s, nil
}

// checkIdentities looks for the names of identities that rules ask for.
func checkIdentities(s alerts.Settings) error {
	known := slices.Sorted(maps.Keys(identities.Defaults))
	for _, rule := range slices.Sorted(maps.Keys(s)) {
		for i, p := range s[rule] {
			for _, name := range p.Identities {
				if !slices.Contains(known, name) {
					return fmt.Errorf("rule %s, setting %d: no identity %q, have %s", rule, i+1, name, strings.Join(known, ", "))
				}
			}
		}
	}
	return nil
}
