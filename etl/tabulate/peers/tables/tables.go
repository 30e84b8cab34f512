// Package tables holds the results of a peer as files that can be compared:
// one folder with cells.csv, daily.csv, overlap.csv and books.csv. It computes
// nothing.
package tables

// A Table is one file of results: Keys columns name a figure, Counts are whole
// numbers, Sums are weighted and may differ in their last digits.
type Table struct {
	Name         string
	Keys, Counts []string
	Sums         []string
}

// All are the tables that every peer writes. A sum of replicate 0 is the full
// sample's.
var All = []Table{
	{"cells", []string{"app", "dimension", "member", "replicate"}, []string{"n_devices"}, []string{"devices", "device_days", "uses", "seconds"}},
	{"daily", []string{"app", "day", "replicate"}, []string{"n_devices"}, []string{"devices"}},
	{"overlap", []string{"app_a", "app_b", "replicate"}, []string{"n_devices"}, []string{"devices"}},
	{"books", []string{"table_name"}, []string{"n_read", "n_loaded", "n_rejected", "n_ignored"}, nil},
}

// Header are the columns of the file, in order.
func (t Table) Header() []string {
	return append(append(append([]string(nil), t.Keys...), t.Counts...), t.Sums...)
}

// Path is the table's file in a folder of results.
func (t Table) Path(dir string) string { return dir + "/" + t.Name + ".csv" }
