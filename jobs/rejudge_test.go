package jobs

import (
	"testing"
	"time"

	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// TestAMonthIsKnownWhenItWasFirstComplete: every source that delivered it
// counts, unless another month was out by then.
func TestAMonthIsKnownWhenItWasFirstComplete(t *testing.T) {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	// Each pair is a month of 2023 and the day on which it was published.
	published := func(pairs ...[2]int) (out []warehouse.Edition) {
		for _, p := range pairs {
			month := panel.MustMonth("2022-12") + panel.Month(p[0])
			out = append(out, warehouse.Edition{
				Issue: warehouse.Issue{MonthStart: month.Start()}, PublishedAt: start.AddDate(0, 0, p[1]),
			})
		}
		return out
	}
	october := panel.MustMonth("2023-10")
	for _, tc := range []struct {
		name     string
		editions [][]warehouse.Edition
		want     int
	}{
		{"one source", [][]warehouse.Edition{published([2]int{9, 1}, [2]int{10, 2}, [2]int{11, 3})}, 2},
		{"corrected later", [][]warehouse.Edition{published([2]int{10, 2}, [2]int{10, 3}, [2]int{11, 4})}, 2},
		{"the second source next day", [][]warehouse.Edition{published([2]int{10, 2}, [2]int{11, 9}), published([2]int{10, 3}, [2]int{11, 10})}, 3},
		{"the second source after November", [][]warehouse.Edition{published([2]int{10, 2}, [2]int{11, 3}), published([2]int{10, 4}, [2]int{11, 5})}, 2},
		{"a source without the month", [][]warehouse.Edition{published([2]int{9, 1}), published([2]int{10, 4})}, 4},
		{"filled in after November", [][]warehouse.Edition{published([2]int{11, 1}, [2]int{10, 5})}, 5},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := firstComplete(tc.editions, october); !got.Equal(start.AddDate(0, 0, tc.want)) {
				t.Errorf("known on %s, want day %d", got, tc.want)
			}
		})
	}
}
