package configs

import (
	"fmt"

	"panelwatch/etl/extract"
)

// Reading bounds what reading a delivery may take, so that a file that was
// made or broken to exhaust us is refused. 0 is the default.
type Reading struct {
	InflatedMiB int64 `yaml:"inflated_mib"` // that a compressed file may inflate to: 65536 for microdata, 1024 for tables
	Ratio       int64 `yaml:"ratio"`        // bytes that each compressed byte may inflate to, beyond 64 MiB: 250
	ScratchMiB  int64 `yaml:"scratch_mib"`  // that an unpacked workbook or Parquet file may take on disk: 4096
	TextMiB     int64 `yaml:"text_mib"`     // of text that a workbook may share between cells: 64
	Columns     int   `yaml:"columns"`      // of a table: 4096
}

// Limits are those of the reader.
func (r Reading) Limits() extract.Limits {
	return extract.Limits{
		Inflated: r.InflatedMiB << 20, Ratio: r.Ratio, Scratch: r.ScratchMiB << 20, Text: r.TextMiB << 20, Columns: r.Columns,
	}
}

// mostMiB keeps a limit within what a number of bytes can be.
const mostMiB = 1 << 40

func (r Reading) check() error {
	for key, value := range map[string]int64{
		"inflated_mib": r.InflatedMiB, "ratio": r.Ratio, "scratch_mib": r.ScratchMiB, "text_mib": r.TextMiB, "columns": int64(r.Columns),
	} {
		if value < 0 || value > mostMiB {
			return fmt.Errorf("quality.reading.%s: %d: want 0 for the default, or more", key, value)
		}
	}
	return nil
}
