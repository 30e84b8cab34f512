package tables

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// Write writes what panelwatch tabulated, with all replicates or the full
// sample alone.
func Write(dir string, t *tabulate.Tables, files []extract.File, replicates bool) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	last := 0
	if replicates {
		last = panel.Groups
	}
	for i, write := range []func(*writer, *tabulate.Tables, int){writeCells, writeDaily, writeOverlaps} {
		if err := writeTable(dir, All[i], func(w *writer) { write(w, t, last) }); err != nil {
			return err
		}
	}
	return writeTable(dir, All[3], func(w *writer) { writeBooks(w, t, files) })
}

// A writer writes rows whose cells need no quotes.
type writer struct {
	*bufio.Writer
	line []byte
}

func (w *writer) row(keys []string, counts []int, sums ...float64) {
	w.line = w.line[:0]
	for _, k := range keys {
		w.line = append(append(w.line, k...), ',')
	}
	for _, n := range counts {
		w.line = append(strconv.AppendInt(w.line, int64(n), 10), ',')
	}
	for _, s := range sums {
		w.line = append(strconv.AppendFloat(w.line, s, 'g', -1, 64), ',')
	}
	w.line[len(w.line)-1] = '\n'
	w.Write(w.line) // an error stays with the writer and comes up in Flush
}

func writeTable(dir string, t Table, rows func(*writer)) error {
	out, err := os.Create(t.Path(dir))
	if err != nil {
		return err
	}
	defer out.Close()
	w := &writer{Writer: bufio.NewWriter(out)}
	fmt.Fprintln(w, strings.Join(t.Header(), ","))
	rows(w)
	return cmp.Or(w.Flush(), out.Close())
}

func writeCells(w *writer, t *tabulate.Tables, last int) {
	for _, k := range slices.SortedFunc(maps.Keys(t.Cells), panel.Key.Compare) {
		c := t.Cells[k]
		for g := range last + 1 {
			w.row([]string{string(k.App), k.Segment.Dimension, k.Segment.Member, strconv.Itoa(g)}, []int{c.N},
				c.Devices[g], c.DeviceDays[g], c.Uses[g], c.Seconds[g])
		}
	}
}

func writeDaily(w *writer, t *tabulate.Tables, last int) {
	for _, d := range t.Daily {
		for g := range last + 1 {
			w.row([]string{string(d.App), strconv.Itoa(d.Day), strconv.Itoa(g)}, []int{d.N}, d.Devices[g])
		}
	}
}

func writeOverlaps(w *writer, t *tabulate.Tables, last int) {
	for _, o := range t.Overlaps {
		for g := range last + 1 {
			w.row([]string{string(o.A), string(o.B), strconv.Itoa(g)}, []int{o.N}, o.Devices[g])
		}
	}
}

// writeBooks sums the ledgers of the files of each table.
func writeBooks(w *writer, t *tabulate.Tables, files []extract.File) {
	for _, table := range []string{extract.TableDevices, extract.TableUsage} {
		var sum extract.Ledger
		for i, l := range t.Ledgers {
			if files[i].Table == table {
				sum.Read += l.Read
				sum.Loaded += l.Loaded
				sum.Rejected += l.Rejected
				sum.Ignored += l.Ignored
			}
		}
		w.row([]string{table}, []int{sum.Read, sum.Loaded, sum.Rejected, sum.Ignored})
	}
}
