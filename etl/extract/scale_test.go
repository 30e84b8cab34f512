package extract

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"panelwatch/etl/panel"
)

// countsOf are the devices of so many apps: 10000, 20000, ...
func countsOf(apps int, times float64) (values []Value) {
	for i := range apps {
		values = append(values, Value{
			Measure: Devices, App: panel.AppID(fmt.Sprint("app", i)), Segment: panel.All, Value: float64(i+1) * 1e4 * times,
		})
	}
	return values
}

func TestUnitsOffByAPowerOfTen(t *testing.T) {
	d := Delivery{Manifest: Manifest{Files: []File{{Name: "apps.csv", Table: TableAppMonth}}}}
	november := panel.MustMonth("2023-11")
	for _, c := range []struct {
		name  string
		times float64
		unit  string
		want  string // "" for none
	}{
		{"the same", 1, "万台", ""},
		{"a holiday", 1.8, "万台", ""},
		{"ten times is not a unit", 10, "万台", ""},
		{"台 under 万台", 1e4, "万台", "10000 times 2023-11 by the median of 5 numbers, read as 万台, likelier 台"},
		{"and growth besides", 1.5e4, "万台", "10000 times"},
		{"万台 under 台", 1e-4, "台", "1/10000 of 2023-11 by the median of 5 numbers, read as 台, likelier 万台"},
		{"亿台 under 台", 0.9e-8, "台", "likelier 亿台"},
		{"台 under 亿台", 1e8, "亿台", "likelier 台"},
		{"万台 under 千万台", 1e3, "千万台", "likelier 万台"},
		{"no unit explains it", 1e8, "万台", "read as 万台; correct"},
	} {
		f := Figures{Values: countsOf(5, c.times), Scales: []Scale{{Measure: Devices, Column: "设备", Unit: c.unit, of: TypeDevices}}}
		_, err := f.CheckScale(d, nil, november, countsOf(5, 1))
		var fault *DataError
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &fault) || fault.Column != "设备" || !strings.Contains(fault.Msg, c.want)) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// One app in five that grew ten thousandfold is news, not a unit.
func TestTheMedianDecides(t *testing.T) {
	d := Delivery{Manifest: Manifest{Files: []File{{Name: "apps.csv", Table: TableAppMonth}}}}
	f := Figures{Values: countsOf(5, 1), Scales: []Scale{{Measure: Devices, Column: "设备", Unit: "万台", of: TypeDevices}}}
	f.Values[0].Value *= 1e4
	if _, err := f.CheckScale(d, nil, december-1, countsOf(5, 1)); err != nil {
		t.Error(err)
	}
	warned := Contracts{TableAppMonth: Contract{Drift: Drift{Scale: Warn}}}
	f.Values = countsOf(5, 1e4)
	if notes, err := f.CheckScale(d, warned, december-1, countsOf(5, 1)); err != nil || len(notes) != 1 || notes[0].Rule != "scale" {
		t.Errorf("warn: got %v %v, want one note", notes, err)
	}
	if _, err := f.CheckScale(d, nil, december-1, nil); err != nil {
		t.Errorf("nothing to compare with: %v", err)
	}
}
