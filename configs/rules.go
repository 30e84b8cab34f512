package configs

import (
	"io/fs"

	"panelwatch/alerts"
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
