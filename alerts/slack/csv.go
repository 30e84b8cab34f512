package slack

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"strings"

	"panelwatch/alerts"
)

// findingsCSV are findings for a spreadsheet: UTF-8 with a byte order mark,
// numbers in base units, and no text that could be taken for a formula.
func findingsCSV(findings []alerts.Finding) []byte {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	_ = w.Write([]string{ // a buffer takes everything
		"month", "verdict", "severity", "rule", "also", "app_id", "app", "list", "dimension", "member", "source",
		"unit", "value", "se", "expected", "low", "high", "rank_before", "rank_before_month",
		"text_zh", "text_en", "trace_id",
	})
	for _, f := range findings {
		s := f.Subject
		_ = w.Write([]string{
			f.Month.String(), string(f.Verdict), string(f.Severity), f.Rule, strings.Join(f.Also, " "),
			harmless(string(s.App)), harmless(f.Series.Name), harmless(s.List), s.Segment.Dimension, harmless(s.Segment.Member), harmless(s.Source),
			string(f.Unit), digits(f.Value), digits(f.SE), digits(f.Expected), digits(f.Low), digits(f.High), rankBefore(f), monthBefore(f),
			harmless(f.Zh), harmless(f.En), f.TraceID,
		})
	}
	w.Flush()
	return out.Bytes()
}

func digits(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func rankBefore(f alerts.Finding) string {
	if f.Was.Rank == 0 {
		return ""
	}
	return strconv.Itoa(f.Was.Rank)
}

func monthBefore(f alerts.Finding) string {
	if f.Was.Rank == 0 {
		return ""
	}
	return f.Was.Month.String()
}

// harmless puts an apostrophe before what a spreadsheet would compute.
func harmless(s string) string {
	if strings.IndexAny(s, "=+-@\t\r\n") == 0 {
		return "'" + s
	}
	return s
}
