package jobs_test

import (
	"bytes"
	"image"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
)

// TestDecember keeps what the sample's December of 2023 is sent to a Chinese and to an
// English channel: payloads, the same as a terminal shows them, and charts.
// Each was looked at, as a page and as a picture, before it was kept; -update
// rewrites them.
func TestDecember(t *testing.T) {
	for _, route := range []alerts.Route{
		{Channel: "C0ZH", Language: "zh", Owners: []alerts.Owner{{Users: []string{"U0EXAMPLE"}, Categories: []string{"地方政务"}}}},
		{Channel: "C0EN", Language: "en"},
	} {
		t.Run(route.Language, func(t *testing.T) {
			messages := render(t, loaded(t), "2023-12", route)
			var screen, payloads bytes.Buffer
			for _, m := range messages {
				must(t, slack.Preview(&screen, m, false))
			}
			must(t, slack.WritePayloads(&payloads, messages))
			kept(t, route.Language+".txt", screen.Bytes())
			kept(t, route.Language+".json", payloads.Bytes())
			for _, m := range messages {
				if kind, wanted := pictured[m.Subject]; wanted {
					keptChart(t, filepath.Join("testdata", "december", route.Language+"_"+kind+".png"), m.PNG)
				}
			}
		})
	}
}

// pictured are the findings whose charts are kept, one of each kind.
var pictured = map[string]string{
	"cagr_fall dengta 地方政务":                    "line",
	"rank_change guizhougongan 地方政务":           "ranks",
	"share_shift jiaoguan12123 city_tier=五线城市": "shares",
}

// What a payload says of the bytes of a chart, which another machine may draw
// a little otherwise.
var (
	drawnName   = regexp.MustCompile(`-[0-9a-f]{8}\.png`)
	drawnLength = regexp.MustCompile(`,\n *"length": \d+`)
)

// render is what a route would be sent of a month.
func render(t *testing.T, s *site, m string, routes ...alerts.Route) []alerts.Message {
	t.Helper()
	config := *s.config
	config.Slack.Routes = routes
	j := jobs.Job{Config: &config, Warehouse: s.house, Archive: s.bytes, Log: slog.New(slog.DiscardHandler), Now: ticking()}
	messages, err := j.Render(t.Context(), month(m), "")
	must(t, err)
	return messages
}

func kept(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "december", name)
	got = drawnLength.ReplaceAll(drawnName.ReplaceAll(got, []byte(".png")), nil)
	if *update {
		must(t, os.WriteFile(file, got, 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// keptChart allows for what floating point makes of edges on other machines.
func keptChart(t *testing.T, file string, got []byte) {
	t.Helper()
	const tolerance, few = 48 << 8, 200 // of 65 535; pixels
	if *update {
		must(t, os.WriteFile(file, got, 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	a, b := decoded(t, got), decoded(t, want)
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%s: size %v, want %v", file, a.Bounds(), b.Bounds())
	}
	different := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if apart(a, b, x, y) > tolerance {
				different++
			}
		}
	}
	if different > few {
		t.Errorf("%s: %d pixels differ, want at most %d", file, different, few)
	}
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	must(t, err)
	return img
}

// apart is the largest difference of a pixel's red, green and blue.
func apart(a, b image.Image, x, y int) (most uint32) {
	r, g, l, _ := a.At(x, y).RGBA()
	r2, g2, l2, _ := b.At(x, y).RGBA()
	for _, c := range [][2]uint32{{r, r2}, {g, g2}, {l, l2}} {
		most = max(most, max(c[0], c[1])-min(c[0], c[1]))
	}
	return most
}

// Rendering a month leaves every table as it was, and needs neither token nor
// lease.
func TestRenderWritesNothing(t *testing.T) {
	s := loaded(t)
	before := s.checksums(t)
	if got := render(t, s, "2023-09", alerts.Route{Channel: "C0A", Apps: []panel.AppID{"tielu12306"}}); len(got) < 2 {
		t.Fatalf("%d messages, want a digest and the detail of 铁路12306", len(got))
	}
	if diff := cmp.Diff(before, s.checksums(t)); diff != "" {
		t.Errorf("tables before (-) and after (+):\n%s", diff)
	}
}

// checksums are those of all tables, by name.
func (s *site) checksums(t *testing.T) map[string]string {
	t.Helper()
	var names []string
	rows, err := s.db.Query("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name")
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		names = append(names, name)
	}
	must(t, rows.Err())
	sums := map[string]string{}
	for _, name := range names {
		var table, sum string
		must(t, s.db.QueryRow("CHECKSUM TABLE `"+name+"`").Scan(&table, &sum))
		sums[name] = sum
	}
	return sums
}
