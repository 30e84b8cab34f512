package tables_test

import (
	"os"
	"strings"
	"testing"

	"panelwatch/etl/tabulate/peers/tables"
)

var header = map[string]string{
	"cells":   "app,dimension,member,replicate,n_devices,devices,device_days,uses,seconds\n",
	"daily":   "app,day,replicate,n_devices,devices\n",
	"overlap": "app_a,app_b,replicate,n_devices,devices\n",
	"books":   "table_name,n_read,n_loaded,n_rejected,n_ignored\n",
}

// results writes a folder of tables, of which some have rows.
func results(t *testing.T, rows map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, table := range tables.All {
		if err := os.WriteFile(table.Path(dir), []byte(header[table.Name]+rows[table.Name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCompare(t *testing.T) {
	const want = "a,all,all,0,3,10,20,30,40\na,all,all,7,3,0,20,30,40\n"
	for _, c := range []struct{ name, got, complaint string }{
		{"equal in another order", "a,all,all,7,3,0,20,30,40\na,all,all,0,3,10,20,30,40\n", ""},
		{"last digits of a sum", "a,all,all,0,3,10.000000001,20,30,40\na,all,all,7,3,1e-9,20,30,40\n", ""},
		{"a sum", "a,all,all,0,3,10.0000001,20,30,40\na,all,all,7,3,0,20,30,40\n", "cells: 1 differences\n  a all all 0: devices: got 10.0000001, want 10"},
		{"not a number", "a,all,all,0,3,NaN,20,30,40\na,all,all,7,3,0,20,30,40\n", "a all all 0: devices: got NaN, want 10"},
		{"a count", "a,all,all,0,4,10,20,30,40\na,all,all,7,3,0,20,30,40\n", "a all all 0: n_devices: got [4], want [3]"},
		{"a row less", "a,all,all,0,3,10,20,30,40\n", "a all all 7 is missing"},
		{"a row more", want + "b,all,all,0,3,10,20,30,40\n", "b all all 0 is not wanted"},
		{"unreadable", "a,all,all,0,3,ten,20,30,40\n", "line 2"},
	} {
		all, err := tables.Compare(results(t, map[string]string{"cells": want}), results(t, map[string]string{"cells": c.got}))
		switch {
		case c.complaint == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.complaint == "" && (all[0].Figures != 2 || all[0].Numbers != 10):
			t.Errorf("%s: compared %+v", c.name, all[0])
		case c.complaint != "" && (err == nil || !strings.Contains(err.Error(), c.complaint)):
			t.Errorf("%s: got %v, want %q", c.name, err, c.complaint)
		}
	}
}
