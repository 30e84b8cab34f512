package alerts

import (
	"strings"
	"testing"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// What lasts is told again as the setting says.
func TestAgainIsASetting(t *testing.T) {
	m := panel.MustMonth("2023-01")
	state := []reading{{month: m, size: 1, sure: true}, {month: m + 1, size: 2.5, sure: true}}
	if _, before := toldBefore(state, Params{}.again()); before {
		t.Error("more than twice as far is news without a setting")
	}
	if told, before := toldBefore(state, Params{Again: 3}.again()); !before || told != m {
		t.Errorf("with again: 3 it is not, told %s %t", told, before)
	}
}

// A fall that is less than hysteresis does not arm a threshold anew.
func TestHysteresisIsASetting(t *testing.T) {
	m := panel.MustMonth("2023-01")
	unknown := unknown.SE
	var points []expect.Point
	for i, v := range []float64{90e4, 110e4, 95e4, 111e4} {
		points = append(points, expect.Point{Month: m + panel.Month(i), Value: v, SE: unknown})
	}
	s := Series{App: "a", Indicator: MUD, Unit: Devices, Segment: panel.All, Points: points}
	threshold := Threshold{App: "a", Wan: 100}
	for hysteresis, want := range map[float64]bool{0: true, 0.04: true, 0.1: false} {
		if _, crossed := judgeThreshold(s, points[3], threshold, Params{Hysteresis: hysteresis}); crossed != want {
			t.Errorf("hysteresis %v: crossed again %t, want %t", hysteresis, crossed, want)
		}
	}
}

func TestLastingSettingsAreChecked(t *testing.T) {
	for fault, p := range map[string]Params{
		"again 0.5": {Again: 0.5}, "hysteresis 1": {Hysteresis: 1}, "hysteresis -0.1": {Hysteresis: -0.1},
		"lookback, recovery": {Lookback: -1},
	} {
		if err := p.validateLasting(); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%+v: %v, want %q", p, err, fault)
		}
	}
	if err := (Params{Again: 2, Hysteresis: 0.02, Lookback: 24, Recovery: 3, OrdinaryMonths: 6}).validateLasting(); err != nil {
		t.Error(err)
	}
}
