package tabulate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// Four devices of known groups, small enough to count by hand.
const byHand = `device_id,weight,rep_group,province,gender,occupation_tags
d1,1000,1,山东,男,白领;公职人员
d2,2000,2,山东,女,
d3,3000,2,,男,白领
d4,4000,80,北京,女,学生
`

const byHandUsage = `day,device_id,app_id,uses,seconds
2023-12-01,d1,yunshanfu,2,60
2023-12-31,d1,yunshanfu,3,30
2023-12-01,d2,yunshanfu,1,10
2023-12-01,d2,zhifubao,1,10
2023-12-01,d4,zhifubao,4,9
2023-12-02,d4,zhifubao,4,1
2023-12-02,d3,geshui,4,1
`

func tabulateByHand(t *testing.T, minSeconds int, o tabulate.Options) *tabulate.Tables {
	t.Helper()
	m := manifest("day", 1)
	m.MinSecondsValid = minSeconds
	tables, err := tabulate.Extract(t.Context(), deliver(t, m, byHand, byHandUsage), catalogue, o)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestCellsByHand(t *testing.T) {
	got := tabulateByHand(t, 0, tabulate.Options{Dimensions: []string{panel.Province, panel.Occupation, panel.Category}})
	want := map[string]string{
		"* all/all":                 "10000 0 0 0, 4 devices",
		"* province/山东":             "3000 0 0 0, 2 devices",
		"* province/北京":             "4000 0 0 0, 1 devices",
		"* province/未知":             "3000 0 0 0, 1 devices",
		"* occupation/白领":           "4000 0 0 0, 2 devices",
		"* occupation/公职人员":         "1000 0 0 0, 1 devices",
		"* occupation/学生":           "4000 0 0 0, 1 devices",
		"* occupation/未知":           "2000 0 0 0, 1 devices",
		"* category/支付":             "7000 0 0 0, 3 devices", // d2 used both apps and counts once
		"* category/金融公共":           "3000 0 0 0, 1 devices",
		"yunshanfu all/all":         "3000 4000 7000 110000, 2 devices",
		"yunshanfu province/山东":     "3000 4000 7000 110000, 2 devices",
		"yunshanfu occupation/白领":   "1000 2000 5000 90000, 1 devices",
		"yunshanfu occupation/公职人员": "1000 2000 5000 90000, 1 devices",
		"yunshanfu occupation/未知":   "2000 2000 2000 20000, 1 devices",
		"zhifubao all/all":          "6000 10000 34000 60000, 2 devices",
		"zhifubao province/山东":      "2000 2000 2000 20000, 1 devices",
		"zhifubao province/北京":      "4000 8000 32000 40000, 1 devices",
		"zhifubao occupation/未知":    "2000 2000 2000 20000, 1 devices",
		"zhifubao occupation/学生":    "4000 8000 32000 40000, 1 devices",
		"geshui all/all":            "3000 3000 12000 3000, 1 devices",
		"geshui province/未知":        "3000 3000 12000 3000, 1 devices",
		"geshui occupation/白领":      "3000 3000 12000 3000, 1 devices",
	}
	if diff := cmp.Diff(want, describeCells(got)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func describeCells(t *tabulate.Tables) map[string]string {
	cells := map[string]string{}
	for k, c := range t.Cells {
		cells[fmt.Sprintf("%s %s/%s", k.App, k.Segment.Dimension, k.Segment.Member)] = fmt.Sprintf("%v %v %v %v, %d devices",
			c.Devices[0], c.DeviceDays[0], c.Uses[0], c.Seconds[0], c.N)
	}
	return cells
}

func TestDaysAndPairsByHand(t *testing.T) {
	got := tabulateByHand(t, 0, tabulate.Options{})
	var days, pairs []string
	for _, d := range got.Daily {
		days = append(days, fmt.Sprintf("%s %d: %v, %d", d.App, d.Day, d.Devices[0], d.N))
	}
	for _, o := range got.Overlaps {
		pairs = append(pairs, fmt.Sprintf("%s %s: %v, %d", o.A, o.B, o.Devices[0], o.N))
	}
	if diff := cmp.Diff([]string{
		"geshui 2: 3000, 1", "yunshanfu 1: 3000, 2", "yunshanfu 31: 1000, 1", "zhifubao 1: 6000, 2", "zhifubao 2: 4000, 1",
	}, days); diff != "" {
		t.Errorf("days: want -, got +:\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"geshui yunshanfu: 0, 0", "geshui zhifubao: 0, 0", "yunshanfu zhifubao: 2000, 1",
	}, pairs); diff != "" {
		t.Errorf("pairs: want -, got +:\n%s", diff)
	}
}

func TestReplicatesByHand(t *testing.T) {
	got := tabulateByHand(t, 0, tabulate.Options{}).Cells[panel.Key{App: "yunshanfu", Segment: panel.All}].Devices
	for g, want := range map[int]float64{
		0:  3000,
		1:  2000 * 10000. / 9000,
		2:  1000 * 10000. / 5000,
		3:  3000,
		80: 3000 * 10000. / 6000,
	} {
		if math.Abs(got[g]-want) > 1e-9*want {
			t.Errorf("without group %d: got %v, want %v", g, got[g], want)
		}
	}
}

func TestShortUseDoesNotCount(t *testing.T) {
	got := describeCells(tabulateByHand(t, 30, tabulate.Options{}))
	want := map[string]string{"* all/all": "10000 0 0 0, 4 devices", "yunshanfu all/all": "1000 2000 5000 90000, 1 devices"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// A stratum whose devices are all in one group keeps its estimate when that
// group is left out: nobody could stand in for them.
func TestStratumOfOneGroup(t *testing.T) {
	devices := "device_id,weight,rep_group,strata\na,1000,1,A\nb,4000,1,B\nc,5000,2,B\n"
	usage := "device_id,app_id,active_days,uses,seconds\na,geshui,1,1,1\nc,geshui,1,1,1\n"
	tables, err := tabulate.Extract(t.Context(), deliver(t, manifest("month", 1), devices, usage), catalogue, tabulate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := tables.Cells[panel.Key{App: "geshui", Segment: panel.All}].Devices
	for g, want := range map[int]float64{0: 6000, 1: 1000 + 5000*9000./5000, 2: 1000} {
		if math.Abs(got[g]-want) > 1e-9*want {
			t.Errorf("without group %d: got %v, want %v", g, got[g], want)
		}
	}
}

func TestFaultsStopTheTabulation(t *testing.T) {
	d := deliver(t, manifest("day", 1), byHand, byHandUsage)
	if _, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{Dimensions: []string{"zodiac"}}); err == nil || !strings.Contains(err.Error(), "zodiac") {
		t.Errorf("unknown dimension: got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tabulate.Extract(ctx, d, catalogue, tabulate.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
	d.Manifest.WeightSum = 20_000
	var fault *extract.DataError
	if _, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{}); !errors.As(err, &fault) {
		t.Errorf("wrong weight sum: got %v", err)
	}
}

func TestRejectsComeAlong(t *testing.T) {
	usage := byHandUsage + "2023-12-01,d9,geshui,1,1\n2023-12-01,d8,geshui,1,1\n"
	got, err := tabulate.Extract(t.Context(), deliver(t, manifest("day", 1), byHand, usage), catalogue, tabulate.Options{MaxRejects: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := []extract.Ledger{{Read: 4, Loaded: 4}, {Read: 9, Loaded: 7, Rejected: 2}}
	if diff := cmp.Diff(want, got.Ledgers); diff != "" || len(got.Rejects) != 1 || got.Rejects[0].Line != 9 {
		t.Errorf("%v want -, got +:\n%s", got.Rejects, diff)
	}
}

// Days that one file has in a run, and another file again: one of them is
// equal, of another the two say otherwise.
func TestDaysOfARunMetAgain(t *testing.T) {
	head := "day,device_id,app_id,uses,seconds\n"
	first := head + "2023-12-01,d1,yunshanfu,1,10\n2023-12-02,d1,yunshanfu,2,20\n2023-12-03,d1,yunshanfu,3,30\n2023-12-04,d1,yunshanfu,4,40\n"
	second := head + "2023-12-03,d1,yunshanfu,3,30\n2023-12-04,d1,yunshanfu,5,40\n2023-12-05,d1,yunshanfu,6,60\n2023-12-06,d1,yunshanfu,7,70\n"
	m := manifest("day", 1)
	m.Files = []extract.File{
		{Name: "devices.csv", Table: extract.TableDevices, Rows: 4},
		{Name: "first.csv", Table: extract.TableUsage, Rows: 4},
		{Name: "second.csv", Table: extract.TableUsage, Rows: 4},
	}
	d := extract.Delivery{Dir: t.TempDir(), Manifest: m}
	if err := extract.WriteDelivery(d.Dir, m, [][]byte{[]byte(byHand), []byte(first), []byte(second)}); err != nil {
		t.Fatal(err)
	}
	whole, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cell := whole.Cells[panel.Key{App: "yunshanfu", Segment: panel.All}]
	got := []float64{cell.Devices[0], cell.DeviceDays[0], cell.Uses[0], cell.Seconds[0]}
	if diff := cmp.Diff([]float64{1000, 5000, 19_000, 190_000}, got); diff != "" {
		t.Errorf("devices, days, uses, seconds, want -, got +:\n%s", diff)
	}
	var ignored, rejected int
	for _, l := range whole.Ledgers {
		ignored, rejected = ignored+l.Ignored, rejected+l.Rejected
	}
	if ignored != 1 || rejected != 2 {
		t.Errorf("%d rows ignored, %d rejected, want 1 and 2", ignored, rejected)
	}
	var parts []io.Reader
	for i := range 2 {
		var part bytes.Buffer
		if err := tabulate.WritePart(t.Context(), d, catalogue, tabulate.Options{Shard: tabulate.Shard{Index: i + 1, Of: 2}}, &part); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, &part)
	}
	merged, err := tabulate.Merge([]string{"one", "two"}, parts)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole, merged); diff != "" {
		t.Errorf("whole -, merged +:\n%s", diff)
	}
}
