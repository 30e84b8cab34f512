package warehouse

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// membersOf publishes two months of the vendor, the second with another base
// of TGI, and lists what rules are given: the months of each series, and from
// when on it cannot be compared.
func membersOf(t *testing.T, w *Warehouse, known time.Time, needs ...alerts.Need) (out []string) {
	t.Helper()
	c, m := testCatalogue(t), panel.MustMonth("2023-01")
	h, err := w.History(t.Context(), c, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	whole := len(h.Series)
	h, err = w.WithMembers(t.Context(), known, c, h, needs)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range h.Series[whole:] {
		line := fmt.Sprint(s.App, " ", s.Name, " ", s.Indicator, " ", s.Segment.Dimension, "=", s.Segment.Member, " ", s.Unit, " ", s.Basis)
		for _, p := range s.Points {
			line += fmt.Sprintf(" %s:%g", p.Month, p.Value)
		}
		for _, b := range s.Breaks {
			line += " break " + b.Month.String()
		}
		out = append(out, line)
	}
	return out
}

func TestMembersForRules(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	writeCatalogue(t, w, l, "vendor")
	second := vendorMonth("2023-01")
	second.arrival.Delivery.Manifest.TGIBase = "another base"
	publishAll(t, w, l, vendorMonth("2022-12"))
	first, err := time.Parse(time.RFC3339Nano, one(t, w, "SELECT MAX(published_at) FROM publication"))
	if err != nil {
		t.Fatal(err)
	}
	publishAll(t, w, l, second)

	tgi := alerts.Need{Indicator: alerts.TGI, Dimension: panel.Province}
	got := membersOf(t, w, Latest, tgi)
	want := "rail 铁路12306 tgi province=山东 index vendor 2022-12:121.5 2023-01:121.5 break 2023-01"
	if !slices.Contains(got, want) || len(got) != 3 {
		t.Errorf("TGI of three apps: %q, want %q among them", got, want)
	}

	devices := alerts.Need{Indicator: alerts.MUD, Dimension: panel.Province, Apps: []panel.AppID{tax}}
	if got := membersOf(t, w, Latest, devices); len(got) != 1 || !strings.HasPrefix(got[0], "tax ") {
		t.Errorf("devices of the members of one app: %q", got)
	}

	newest := tgi
	newest.Months = 1
	want = "rail 铁路12306 tgi province=山东 index vendor 2023-01:121.5"
	if got := membersOf(t, w, Latest, newest); !slices.Contains(got, want) {
		t.Errorf("the newest month: %q, want %q among them", got, want)
	}
	want = "rail 铁路12306 tgi province=山东 index vendor 2022-12:121.5"
	if got := membersOf(t, w, first, tgi); !slices.Contains(got, want) {
		t.Errorf("as known in December: %q, want %q among them", got, want)
	}

	hours := membersOf(t, w, Latest, alerts.Need{Indicator: alerts.HourlyShare, Dimension: panel.Hour})
	if len(hours) != 24 || !slices.Contains(hours, "rail 铁路12306 hourly_share hour=ALL/17 ratio vendor 2022-12:0.0417 2023-01:0.0417") {
		t.Errorf("hours of a day: %q", hours)
	}
	if diff := cmp.Diff([]string(nil), membersOf(t, w, Latest, alerts.Need{Indicator: alerts.TopShare, Dimension: panel.City})); diff != "" {
		t.Errorf("a dimension that nobody delivered: %s", diff)
	}
}
