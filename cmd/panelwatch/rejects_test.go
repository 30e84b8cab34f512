package main

import (
	"bytes"
	"encoding/csv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/sql/warehouse"
)

// Whatever a vendor wrote, no cell of an export begins with what a spreadsheet
// takes for a formula; list gives the very text.
func TestNoCellOfAnExportIsAFormula(t *testing.T) {
	for raw, want := range map[string]string{
		"=1+1": "'=1+1", "+86": "'+86", "-5": "'-5", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1",
		"": "", "5-3": "5-3", "'=1": "'=1", " =1": " =1", "云闪付": "云闪付",
	} {
		row := warehouse.Rejected{
			Source: "vendor", MonthStart: time.Date(2023, 12, 1, 0, 0, 0, 0, time.UTC), Revision: 1, Status: warehouse.Loaded,
			File: "app_month.csv", Line: 7, Column: raw, Raw: raw, Rule: "not_a_number", Hint: raw, Message: raw,
		}
		for cell, write := range map[string]func(string) string{want: neutral, raw: asDelivered} {
			var out bytes.Buffer
			check(t, writeRejects(&out, []warehouse.Rejected{row}, write))
			got, err := csv.NewReader(bytes.NewReader(out.Bytes())).ReadAll()
			check(t, err)
			line := []string{"vendor", "2023-12", "1", "loaded", "app_month.csv", "7", "", cell, cell, "not_a_number", cell, cell}
			if diff := cmp.Diff(line, got[1]); diff != "" {
				t.Errorf("%q: want (-), got (+):\n%s", raw, diff)
			}
		}
	}
}
