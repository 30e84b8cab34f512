package main

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver/servertest"
)

const (
	chaosSeed  = 20231225
	chaosKills = 50
)

// A run that is killed at fifty random points, wherever they fall, in a
// download or in a load, and then run once more ends as one that nobody
// disturbed: the same rows, the same archive, nothing left over. That holds for
// every kind of source.
func TestKilledLoadsEndTheSame(t *testing.T) {
	for i, kind := range []string{configs.KindFolder, configs.KindHTTPS, configs.KindS3, configs.KindSFTP} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			killedLoads(t, newChaos(t, kind), rand.New(rand.NewPCG(chaosSeed, uint64(i))))
		})
	}
}

func killedLoads(t *testing.T, c *chaos, draw *rand.Rand) {
	took := time.Now()
	c.finish(t)
	whole := time.Since(took)
	want := c.state(t)
	if len(want.tables["v_indicator"]) < 500 || len(want.tables["panel_estimate"]) == 0 || len(want.tables["etl_reject"]) == 0 {
		t.Fatalf("the undisturbed load is too small to tell: %d indicators", len(want.tables["v_indicator"]))
	}
	c.reset(t)
	for kills, loads := 0, 0; ; {
		if kills < chaosKills && c.killed(t, time.Duration(draw.Float64()*float64(whole))) {
			kills++
			continue
		}
		c.finish(t)
		loads++
		if diff := cmp.Diff(want, c.state(t), cmp.AllowUnexported(state{})); diff != "" {
			t.Fatalf("after %d kills, load %d: undisturbed (-), killed and run again (+):\n%.4000s", kills, loads, diff)
		}
		if kills == chaosKills {
			t.Logf("%d kills in %d loads, each of %s when undisturbed", kills, loads, whole.Round(time.Millisecond))
			return
		}
		c.reset(t)
	}
}

// A chaos is a panelwatch that is killed time and again.
type chaos struct {
	dir, dsn string
	db       *sql.DB
	secrets  []string // of the sources, as the environment has them
}

func newChaos(t *testing.T, kind string) *chaos {
	t.Helper()
	return newChaosOn(t, kind, servertest.NewDatabase(t))
}

func newChaosOn(t *testing.T, kind, dsn string) *chaos {
	t.Helper()
	c := &chaos{dir: t.TempDir(), dsn: dsn}
	house, err := warehouse.Open(t.Context(), c.dsn, time.Now, time.Second)
	check(t, err)
	check(t, house.Migrate(t.Context()))
	check(t, house.Close())
	c.db, err = sql.Open("mysql", c.dsn)
	check(t, err)
	t.Cleanup(func() { _ = c.db.Close() })
	config, err := configs.Load("", func(string) string { return "" })
	check(t, err)
	check(t, sample.Write(filepath.Join(c.dir, "inbox"), config.Catalogue, sample.Options{
		From: panel.MustMonth("2023-09"), To: panel.MustMonth("2023-12"), MicroMonths: -1,
	}))
	for _, m := range []string{"2023-11", "2023-12"} {
		c.deliverDevices(t, panel.MustMonth(m))
	}
	check(t, os.Mkdir(filepath.Join(c.dir, "config"), 0o755))
	check(t, os.WriteFile(filepath.Join(c.dir, "config", "panelwatch.yaml"), []byte(`timezone: Asia/Shanghai
schedule: "0 2 * * *"
sources:
  - {name: vendor, `+c.place(t, kind, "vendor")+`}
  - {name: panel, `+c.place(t, kind, "panel")+`}
primary: {default: vendor, apps: {}}
tabulate: {dimensions: [gender], pairs: [[yunshanfu, zhifubao]]}
indicators: {cagr_steps: 6, top_n: 5, min_devices: 5, min_change: 5, min_vendor_wan: 10, record_months: 24}
quality: {max_rejected_ratio: 0.01}
slack: {channel: C0PANELWATCH, language: zh, folder: "${PANELWATCH_OUTBOX}"}
lease: {ttl: 60s, wait: 5s}
`), 0o644))
	return c
}

// deliverDevices writes a month of microdata in which one row in two hundred
// has no device.
func (c *chaos) deliverDevices(t *testing.T, m panel.Month) {
	t.Helper()
	const n = 1200
	draw := rand.New(rand.NewPCG(chaosSeed, uint64(m)))
	devices, usage := bytes.NewBufferString("device_id,weight,gender\n"), bytes.NewBufferString("device_id,app_id,active_days,uses,seconds\n")
	rows := 0
	for i := range n {
		fmt.Fprintf(devices, "%016x,%d,%s\n", i, 1000, []string{"男", "女"}[draw.IntN(2)])
		for _, app := range []string{"yunshanfu", "zhifubao", "tielu12306", "geshui"} {
			if draw.IntN(3) > 0 {
				continue
			}
			id := i
			if draw.IntN(200) == 0 {
				id += n
			}
			days := 1 + draw.IntN(30)
			fmt.Fprintf(usage, "%016x,%s,%d,%d,%d\n", id, app, days, days+draw.IntN(9), 60*days)
			rows++
		}
	}
	check(t, extract.WriteDelivery(filepath.Join(c.dir, "inbox", "panel", m.String(), "r1"), extract.Manifest{
		Vendor: "示例", Product: "chaos", Kind: extract.Microdata, Month: m, Revision: 1, UsageGrain: "month",
		DeliveredAt: m.Start().AddDate(0, 1, 9), UniverseWan: n * 1000 / 1e4, TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1",
		Synthetic: "made up by a test",
		Files:     []extract.File{{Name: "devices.csv", Table: extract.TableDevices, Rows: n}, {Name: "usage.csv", Table: extract.TableUsage, Rows: rows}},
	}, [][]byte{devices.Bytes(), usage.Bytes()}))
}

func (c *chaos) start(t *testing.T, out *bytes.Buffer) *exec.Cmd {
	t.Helper()
	run := exec.Command("panelwatch", "--config", filepath.Join(c.dir, "config"), "run")
	run.Env = append(append(os.Environ(), c.secrets...), "PANELWATCH_DSN="+c.dsn, "PANELWATCH_OUTBOX="+filepath.Join(c.dir, "out", "slack"), "TMPDIR="+filepath.Join(c.dir, "out", "tmp"))
	check(t, os.MkdirAll(filepath.Join(c.dir, "out", "tmp"), 0o755))
	run.Stdout, run.Stderr = out, out
	check(t, run.Start())
	return run
}

// finish runs to the end.
func (c *chaos) finish(t *testing.T) {
	t.Helper()
	var out bytes.Buffer
	if err := c.start(t, &out).Wait(); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
}

// killed starts a run and kills it after so long. The lease of a dead run ends
// by itself; here it is ended at once. It is false if the run was faster.
func (c *chaos) killed(t *testing.T, after time.Duration) bool {
	t.Helper()
	var out bytes.Buffer
	run := c.start(t, &out)
	dead := time.AfterFunc(after, func() { _ = run.Process.Kill() })
	err := run.Wait()
	dead.Stop()
	_, e := c.db.ExecContext(t.Context(), "DELETE FROM job_lease")
	check(t, e)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() != -1 {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return err != nil
}

// reset empties the warehouse and everything that was written.
func (c *chaos) reset(t *testing.T) {
	t.Helper()
	for _, table := range c.names(t, "BASE TABLE") {
		_, err := c.db.ExecContext(t.Context(), "DELETE FROM "+table)
		check(t, err)
	}
	check(t, os.RemoveAll(filepath.Join(c.dir, "out")))
}

// names lists tables or views but those of the schema itself, which no run
// fills: goose's, and what columns mean.
func (c *chaos) names(t *testing.T, kind string) (names []string) {
	t.Helper()
	h := hall{db: c.db}
	for _, r := range h.query(t, `SELECT table_name FROM information_schema.tables
		 WHERE table_schema = DATABASE() AND table_type = ? AND table_name NOT LIKE 'goose%' AND table_name <> 'dim_column' ORDER BY table_name`, kind) {
		names = append(names, r[0])
	}
	return names
}

// A state is all that a load leaves, without ids and instants.
type state struct {
	tables map[string][]string
	files  map[string]string
}

func (c *chaos) state(t *testing.T) state {
	t.Helper()
	s := state{map[string][]string{}, map[string]string{}}
	for _, table := range append(c.names(t, "BASE TABLE"), c.names(t, "VIEW")...) {
		if table != "etl_run" && table != "job_lease" {
			s.tables[table] = c.rows(t, table)
		}
	}
	check(t, filepath.WalkDir(filepath.Join(c.dir, "out"), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(c.dir, path)
		text, e2 := os.ReadFile(path)
		if strings.HasPrefix(name, filepath.Join("out", "slack")) {
			text = nil // its own tests say what stands there
		}
		s.files[name] = string(text)
		return errors.Join(err, e2)
	}))
	return s
}

// keys say, for an id, what it stands for.
var keys = map[string]string{
	"publication_id": "(SELECT CONCAT(p.source, p.month_start, p.revision, '.', p.reading) FROM publication p WHERE p.publication_id = x.publication_id)",
	"facts_id":       "(SELECT CONCAT(p.source, p.month_start, p.revision, '.', p.reading) FROM publication p WHERE p.publication_id = x.facts_id)",
	"extract_id":     "(SELECT CONCAT(e.source, e.month_start, e.identity) FROM etl_extract e WHERE e.extract_id = x.extract_id)",
	"judgement_id":   "(SELECT j.month_start FROM judgement j WHERE j.judgement_id = x.judgement_id)",
}

// ofTheWay are columns that tell how a load went, not what it led to: a message
// whose sending was cut off is tried again. The hashes of a message are over its
// text, in which numbered is left out.
var ofTheWay = []string{"attempts", "last_error", "content_hash", "sent_hash"}

// numbered are the places where a message names a publication by its id.
var numbered = regexp.MustCompile(`\d+(-[0-9a-f]{12})\b|(publication_id = )\d+`)

// rows are a table's rows, sorted, each id replaced by what it stands for and
// instants left out.
func (c *chaos) rows(t *testing.T, table string) (rows []string) {
	t.Helper()
	h := hall{db: c.db}
	var columns []string
	for _, r := range h.query(t, `SELECT column_name, data_type FROM information_schema.columns
		 WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`, table) {
		key := keys[r[0]]
		switch {
		case slices.Contains(ofTheWay, r[0]):
		case key != "":
			columns = append(columns, "COALESCE("+key+", '')")
		case r[1] != "datetime" && r[0] != "run_id" && !strings.HasSuffix(r[0], "_id") || r[0] == "app_id" || r[0] == "other_app_id":
			columns = append(columns, "COALESCE(x."+r[0]+", 'NULL')")
		}
	}
	for _, r := range h.query(t, "SELECT "+strings.Join(columns, ", ")+" FROM "+table+" x") {
		rows = append(rows, numbered.ReplaceAllString(strings.Join(r, "|"), "$1$2"))
	}
	slices.Sort(rows)
	return rows
}
