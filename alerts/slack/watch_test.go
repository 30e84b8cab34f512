package slack

import (
	"testing"

	"panelwatch/alerts"
)

func TestWatchListNamesWhatIsNoAlert(t *testing.T) {
	odd := alerts.Finding{Verdict: alerts.Noise, Watch: true, Series: alerts.Series{Name: "闽政通"}, Value: 94, Expected: 100}
	quiet := alerts.Finding{Verdict: alerts.Noise, Series: alerts.Series{Name: "浙里办"}, Value: 99, Expected: 100}
	for lang, want := range map[string]string{"zh": "观察（未达告警）：闽政通 -6.0%", "en": "Watch list, no alert: 闽政通 -6.0%"} {
		d := alerts.Digest{Findings: []alerts.Finding{odd, quiet}}
		if got := watchList(d, voice{language: language(lang)}); got != want {
			t.Errorf("%s: %s", lang, got)
		}
		d.Findings = d.Findings[1:]
		if got := watchList(d, voice{language: language(lang)}); got != "" {
			t.Errorf("nothing to watch: %s", got)
		}
	}
}
