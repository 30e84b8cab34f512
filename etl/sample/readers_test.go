package sample_test

import (
	"path/filepath"
	"testing"

	"panelwatch/configs"
	"panelwatch/etl/extract"
)

// The sample is what newcomers load first: not a row of it may be refused.
func TestReadersAcceptEveryRow(t *testing.T) {
	cat := catalogue(t)
	contracts, err := configs.Datasets(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{"vendor", "panel"} {
		found, unfinished, err := extract.Find(source, filepath.Join(written(t), source))
		if err != nil || len(unfinished) > 0 || len(found) == 0 {
			t.Fatalf("%s: found %d, unfinished %v: %v", source, len(found), unfinished, err)
		}
		for _, d := range found {
			if err := d.Verify(t.Context()); err != nil {
				t.Errorf("%s %s: %v", source, d.Manifest.Month, err)
			}
			var rejects []extract.Reject
			if source == "vendor" {
				figures, err := extract.ReadAggregate(t.Context(), d, cat, extract.Options{Contracts: contracts})
				if err != nil {
					t.Errorf("%s %s: %v", source, d.Manifest.Month, err)
				}
				rejects = figures.Rejects
			} else {
				p, err := extract.ReadPanel(t.Context(), d, cat, extract.Options{Contracts: contracts})
				if err != nil {
					t.Fatalf("%s %s: %v", source, d.Manifest.Month, err)
				}
				rejects = p.Rejects
			}
			if len(rejects) > 0 {
				t.Errorf("%s %s: %d rows refused, first %+v", source, d.Manifest.Month, len(rejects), rejects[0])
			}
		}
	}
}
