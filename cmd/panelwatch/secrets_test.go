package main

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"panelwatch/alerts/slack/slackfake"
	"panelwatch/configs"
	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver/servertest"
)

// planted are secrets that no text has by chance.
const (
	plantedToken = "xoxb-planted-4711-token"
	plantedWord  = "planted-4711-password"
	plantedHook  = "https://127.0.0.1:1/services/T0/B0/planted4711hook"
	plantedApp   = "xapp-planted-4711-token"
)

// A failure is a run that goes wrong where a secret is at hand.
type failure struct {
	name string
	env  []string
	args []string // run by default
	exit int
}

func failures(t *testing.T, dir, dsn string, fake *slackfake.Fake) []failure {
	t.Helper()
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	socket := dsn[strings.Index(dsn, "@")+1:]
	file := filepath.Join(dir, "token")
	check(t, os.WriteFile(file, []byte(plantedToken+"\n"), 0o600))
	token := []string{"SLACK_BOT_TOKEN=" + plantedToken, "SLACK_API_URL=" + fake.APIURL()}
	bad := func(dsn string) []string { return []string{"PANELWATCH_DSN=" + dsn} }
	return []failure{
		{"wrong password", bad("nobody:" + plantedWord + "@" + socket), nil, exitDenied},
		{"unreachable host", bad("u:" + plantedWord + "@tcp(127.0.0.1:1)/db"), nil, exitUnavailable},
		{"broken DSN", bad("u:" + plantedWord + "@tcp(127.0.0.1:1/db"), nil, exitConfig},
		{"DSN of another kind", bad("mysql://u:" + plantedWord + "@127.0.0.1/db"), nil, exitConfig},
		{"unknown TLS", bad("u:" + plantedWord + "@tcp(127.0.0.1:1)/db?tls=nosuch"), nil, exitConfig},
		{"doctor, wrong password", bad("nobody:" + plantedWord + "@" + socket), []string{"doctor"}, exitDenied},
		{"wrong token", token, nil, exitDenied},
		{"token in a file", []string{"SLACK_BOT_TOKEN_FILE=" + file, "SLACK_API_URL=" + fake.APIURL()}, nil, exitDenied},
		{"alerts test, wrong token", token, []string{"alerts", "test"}, exitDenied},
		{"no Slack", []string{"SLACK_BOT_TOKEN=" + plantedToken, "SLACK_API_URL=http://127.0.0.1:1/api/"}, nil, exitUnavailable},
		{"token in two lines", []string{"SLACK_BOT_TOKEN=" + plantedToken + "\nx", "SLACK_API_URL=" + fake.APIURL()}, nil, exitDenied},
		{"no webhook", []string{"SLACK_WEBHOOK_URL=" + plantedHook}, nil, exitUnavailable},
		{"webhook is no address", []string{"SLACK_WEBHOOK_URL=" + strings.Replace(plantedHook, "https://", "", 1)}, nil, exitConfig},
		{"webhook refused", []string{"SLACK_WEBHOOK_URL=" + fake.URL + "/services/T0/C0PANELWATCH/planted4711hook"}, nil, exitDenied},
		{"alerts test, webhook refused", []string{"SLACK_WEBHOOK_URL=" + fake.URL + "/services/T0/C0PANELWATCH/planted4711hook"}, []string{"alerts", "test"}, exitDenied},
		{"Slack without TLS", []string{"SLACK_BOT_TOKEN=" + plantedToken, "SLACK_API_URL=" + strings.Replace(plain.URL, "http:", "https:", 1) + "/api/"}, nil, exitUnavailable},
	}
}

// Whatever fails, no secret is in what the program says, in what it writes to
// files, or in any text of the warehouse.
func TestFailuresTellNoSecret(t *testing.T) {
	dir, dsn := t.TempDir(), servertest.NewDatabase(t)
	house, err := warehouse.Open(t.Context(), dsn, time.Now, time.Second)
	check(t, err)
	check(t, errors.Join(house.Migrate(t.Context()), house.Close()))
	config, err := configs.Load("", func(string) string { return "" })
	check(t, err)
	check(t, sample.Write(filepath.Join(dir, "inbox"), config.Catalogue, sample.Options{
		From: panel.MustMonth("2023-11"), To: panel.MustMonth("2023-12"), MicroMonths: -1,
	}))
	fake, err := slackfake.New(slackfake.Options{})
	check(t, err)
	t.Cleanup(func() { _ = fake.Close() })
	hasty(t, filepath.Join(dir, "config"), fmt.Sprintf("folder: %q", filepath.Join(dir, "inbox", "vendor")))
	common := append(os.Environ(), "PANELWATCH_CONFIG="+filepath.Join(dir, "config"), "PANELWATCH_DSN="+dsn, "PANELWATCH_INBOX="+filepath.Join(dir, "inbox"), "PANELWATCH_OUTBOX="+filepath.Join(dir, "out"),
		"PANELWATCH_CONNECT_WAIT=100ms", "SLACK_APP_TOKEN="+plantedApp)
	for i, f := range append(failures(t, dir, dsn, fake), sourceFailures(t, dir)...) {
		args := f.args
		if args == nil {
			args = []string{"run", "--summary-file", filepath.Join(dir, "summary.json")}
		}
		command := exec.Command("panelwatch", append([]string{"--log-level", "debug", "--log-format", []string{"text", "json"}[i%2]}, args...)...)
		command.Env = append(slices.Clone(common), f.env...)
		out, err := command.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != f.exit {
			t.Errorf("%s: %v, want exit code %d\n%s", f.name, err, f.exit, out)
		}
		if bytes.Contains(bytes.ToLower(out), []byte("planted")) {
			t.Errorf("%s: a secret, or a part of one, is in the output:\n%s", f.name, out)
		}
	}
	for place, text := range texts(t, dsn) {
		if strings.Contains(text, "4711") && strings.Contains(strings.ToLower(text), "planted") {
			t.Errorf("a secret is in %s: %s", place, text)
		}
	}
	if said := fmt.Sprintf("%+v", fake.Messages("C0PANELWATCH")); strings.Contains(said, "planted") {
		t.Errorf("a secret is in a message: %s", said)
	}
}

// sourceFailures are deliveries in places that do not let us in.
func sourceFailures(t *testing.T, dir string) (out []failure) {
	t.Helper()
	shut := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) }))
	t.Cleanup(shut.Close)
	address := strings.TrimPrefix(shut.URL, "http://")
	hosts := filepath.Join(dir, "known_hosts")
	check(t, os.WriteFile(hosts, nil, 0o600))
	for kind, place := range map[string]string{
		"s3 refused":      fmt.Sprintf("kind: s3, endpoint: %q, bucket: bucket, user: me", shut.URL),
		"s3 not there":    `kind: s3, endpoint: "http://127.0.0.1:1", bucket: bucket, user: me`,
		"sftp not there":  fmt.Sprintf(`kind: sftp, host: "127.0.0.1:1", user: me, known_hosts: %q`, hosts),
		"sftp is no sftp": fmt.Sprintf(`kind: sftp, host: %q, user: me, known_hosts: %q`, address, hosts),
		"https not there": `kind: https, url: "https://127.0.0.1:1/", user: me`,
		"https is http":   fmt.Sprintf("kind: https, url: %q, user: me", "https://"+address+"/"),
	} {
		folder := filepath.Join(dir, "config-"+strings.ReplaceAll(kind, " ", "-"))
		hasty(t, folder, place+`, spool: "`+filepath.Join(folder, "spool")+`"`)
		exit, args := exitUnavailable, []string{"doctor"} // asks each place once
		if kind == "s3 refused" {
			exit, args = exitDenied, nil
		}
		out = append(out, failure{kind, []string{
			"PANELWATCH_CONFIG=" + folder, "PANELWATCH_SOURCE_VENDOR_PASSWORD=" + plantedWord, "PANELWATCH_SOURCE_VENDOR_SECRET_KEY=" + plantedWord,
		}, args, exit})
	}
	return out
}

// hasty writes a configuration with one source, by which nothing is waited for
// long.
func hasty(t *testing.T, folder, place string) {
	t.Helper()
	check(t, os.MkdirAll(folder, 0o755))
	check(t, os.WriteFile(filepath.Join(folder, "panelwatch.yaml"), []byte(`timezone: Asia/Shanghai
schedule: "0 2 * * *"
sources:
  - {name: vendor, `+place+`}
primary: {default: vendor, apps: {}}
tabulate: {dimensions: [gender], pairs: []}
indicators: {cagr_steps: 6, top_n: 5, min_devices: 5, min_change: 5, min_vendor_wan: 10, record_months: 24}
quality: {max_rejected_ratio: 0.01}
slack: {channel: C0PANELWATCH, language: zh, folder: "${PANELWATCH_OUTBOX}", pace: 1ms, look_again: 10ms, timeout: 2s, deadline: 1s}
lease: {ttl: 60s, wait: 5s}
`), 0o644))
}

// texts are all texts of a database, by table and column.
func texts(t *testing.T, dsn string) map[string]string {
	t.Helper()
	db, err := sql.Open("mysql", dsn)
	check(t, err)
	defer func() { _ = db.Close() }()
	h, all := hall{db: db}, map[string]string{}
	for _, c := range h.query(t, `SELECT table_name, column_name FROM information_schema.columns
		 WHERE table_schema = DATABASE() AND data_type IN ('char', 'varchar', 'text', 'mediumtext', 'longtext', 'json')
		   AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE')`) {
		var text strings.Builder
		for _, r := range h.query(t, "SELECT `"+c[1]+"` FROM `"+c[0]+"` WHERE `"+c[1]+"` LIKE '%planted%'") {
			text.WriteString(r[0] + "\n")
		}
		all[c[0]+"."+c[1]] = text.String()
	}
	return all
}

// A bug that panics with a secret in hand does not tell it either.
func TestPanicTellsNoSecret(t *testing.T) {
	var out bytes.Buffer
	getenv := func(name string) string {
		switch name {
		case "SLACK_BOT_TOKEN":
			return plantedToken
		case "SLACK_API_URL":
			panic("a bug with " + plantedToken)
		}
		return ""
	}
	if code := run([]string{"alerts", "test"}, getenv, &out, &out); code != exitBug || !strings.Contains(out.String(), "a bug with") {
		t.Fatalf("exit code %d\n%s", code, out.String())
	}
	if strings.Contains(out.String(), plantedToken) {
		t.Errorf("the token is in the output of a panic:\n%s", out.String())
	}
}

// The guard of all tests sees a secret in either stream, over the joint of two
// writes, and in files.
func TestGuard(t *testing.T) {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "m.json"), []byte(`{"text":"`+plantedWord+`"}`), 0o600))
	secrets := secretsOf([]string{"X_PASSWORD=" + plantedWord, "PANELWATCH_DSN=u:" + plantedToken + "@tcp(h:1)/d", "PASSWORD=short", "OTHER=" + plantedApp})
	if len(secrets) != 2 {
		t.Fatalf("secrets %q", secrets)
	}
	for name, write := range map[string]func(g *guard){
		"whole": func(g *guard) { fmt.Fprint(g.watch("stdout", &bytes.Buffer{}), "x"+plantedToken+"y") },
		"joint": func(g *guard) {
			w := g.watch("stderr", &bytes.Buffer{})
			fmt.Fprint(w, plantedToken[:9])
			fmt.Fprint(w, plantedToken[9:])
		},
		"folder": func(g *guard) { g.files(dir) },
	} {
		g := &guard{secrets: secrets}
		write(g)
		if g.told() == "" {
			t.Errorf("%s: a secret was not seen", name)
		}
	}
	g := &guard{secrets: secrets}
	fmt.Fprint(g.watch("stdout", &bytes.Buffer{}), plantedApp, plantedToken[1:])
	if told := g.told(); told != "" {
		t.Errorf("seen in %s what is no secret", told)
	}
}
