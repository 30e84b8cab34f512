package race

import (
	"fmt"
	"io"
	"slices"
	"time"

	"panelwatch/etl/tabulate/peers/tables"
)

// spread is the median, least and most of a figure.
type spread struct{ median, least, most float64 }

func of(costs []Cost, figure func(Cost) float64) spread {
	var all []float64
	for _, c := range costs {
		all = append(all, figure(c))
	}
	slices.Sort(all)
	n := len(all)
	return spread{(all[(n-1)/2] + all[n/2]) / 2, all[0], all[n-1]}
}

func (s spread) String() string {
	return fmt.Sprintf("%.2f (%.2f–%.2f)", s.median, s.least, s.most)
}

func wall(c Cost) float64 { return c.Wall.Seconds() }
func cpu(c Cost) float64  { return c.CPU.Seconds() }
func peak(c Cost) float64 { return float64(c.Peak) / (1 << 20) }

// WriteTimes writes the laps as a table of Markdown: medians with their range,
// and ratios of medians.
func WriteTimes(w io.Writer, laps []Lap) {
	fmt.Fprintln(w, "| month | DuckDB wall s | panelwatch wall s | **ratio** | DuckDB CPU s | panelwatch CPU s | ratio | DuckDB peak MiB | panelwatch peak MiB | ratio | wall / floor |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|---|---|---|---|")
	for _, l := range laps {
		fmt.Fprintf(w, "| %s ", l.Variant.Name)
		for i, figure := range []func(Cost) float64{wall, cpu, peak} {
			theirs, ours := of(l.Theirs, figure), of(l.Ours, figure)
			format := []string{"| %v | %v | **%.1f** ", "| %v | %v | %.1f ", "| %.0f | %.0f | %.1f "}[i]
			if i == 2 {
				fmt.Fprintf(w, format, theirs.median, ours.median, theirs.median/ours.median)
				continue
			}
			fmt.Fprintf(w, format, theirs, ours, theirs.median/ours.median)
		}
		fmt.Fprintf(w, "| %.1f |\n", of(l.Ours, wall).median/of(l.Floor, wall).median)
	}
}

// WriteEqual writes what was found equal.
func WriteEqual(w io.Writer, v Variant, all []tables.Comparison, took time.Duration) {
	for _, c := range all {
		fmt.Fprintf(w, "%s: %s: %d rows, %d numbers equal, sums to %.1e of the full sample's\n", v.Name, c.Table, c.Figures, c.Numbers, c.Worst)
	}
	fmt.Fprintf(w, "%s: compared in %s\n", v.Name, took.Round(time.Second))
}
