package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
	"panelwatch/configs"
	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver/servertest"
)

// A courier is a warehouse whose messages are all due, and the workspace that
// they are for; senders are processes of their own.
type courier struct {
	dir, dsn string
	db       *sql.DB
	house    *warehouse.Warehouse
	fake     *slackfake.Fake
	draw     *rand.Rand
	edition  int // of the newest correction
}

// newCourier runs the job for some months, without Slack, and keeps what it
// wrote as what is to be sent.
func newCourier(t *testing.T, stream uint64) *courier {
	t.Helper()
	c := &courier{dir: t.TempDir(), dsn: servertest.NewDatabase(t), draw: rand.New(rand.NewPCG(chaosSeed, stream))}
	var err error
	c.house, err = warehouse.Open(t.Context(), c.dsn, time.Now, time.Second)
	check(t, err)
	t.Cleanup(func() { _ = c.house.Close() })
	check(t, c.house.Migrate(t.Context()))
	c.db, err = sql.Open("mysql", c.dsn)
	check(t, err)
	t.Cleanup(func() { _ = c.db.Close() })
	config, err := configs.Load("", func(string) string { return "" })
	check(t, err)
	check(t, sample.Write(filepath.Join(c.dir, "inbox"), config.Catalogue, sample.Options{
		From: panel.MustMonth("2023-10"), To: panel.MustMonth("2023-12"), MicroMonths: -1,
	}))
	check(t, os.Mkdir(filepath.Join(c.dir, "config"), 0o755))
	check(t, os.WriteFile(filepath.Join(c.dir, "config", "panelwatch.yaml"), []byte(`timezone: Asia/Shanghai
schedule: "0 2 * * *"
sources: [{name: vendor, folder: `+filepath.Join(c.dir, "inbox", "vendor")+`}]
primary: {default: vendor, apps: {}}
tabulate: {dimensions: [], pairs: []}
indicators: {cagr_steps: 6, top_n: 5, min_devices: 5, min_change: 5, min_vendor_wan: 10, record_months: 24}
quality: {max_rejected_ratio: 0.01}
slack: {channel: `+courierChannels[0]+`, language: zh, deliver_from: 2023-10, folder: "${PANELWATCH_OUTBOX}",
  pace: 1ms, look_again: 20ms, timeout: 250ms, deadline: 3s}
lease: {ttl: 3s, wait: 60s}
`), 0o644))
	var out bytes.Buffer
	if err := c.start(t, &out, "run").Wait(); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	c.exec(t, `UPDATE message SET state = 'pending', ts = '', sent_hash = '', attempts = 0, attempted_at = NULL,
		file_state = CASE WHEN png IS NULL THEN file_state ELSE '' END`)
	c.exec(t, "CREATE TABLE message_kept LIKE message")
	for i, channel := range courierChannels {
		c.exec(t, "UPDATE message SET message_id = message_id + ?, channel = ? ORDER BY message_id DESC", i*1000, channel)
		c.exec(t, "INSERT INTO message_kept SELECT * FROM message")
	}
	return c
}

// courierChannels are told the same.
var courierChannels = []string{"C0PANELWATCH", "C0OTHER"}

func (c *courier) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	_, err := c.db.ExecContext(t.Context(), text, args...)
	check(t, err)
}

// reset makes everything due once more, in an empty workspace where one call
// in so many goes wrong.
func (c *courier) reset(t *testing.T, rate float64) {
	t.Helper()
	if c.fake != nil {
		check(t, c.fake.Close())
	}
	var err error
	c.fake, err = slackfake.New(slackfake.Options{
		FilesReadyAfter: 1, PageSize: 20, Channels: []slackfake.Channel{{ID: courierChannels[0]}, {ID: courierChannels[1]}},
	})
	check(t, err)
	t.Cleanup(func() { _ = c.fake.Close() })
	c.fake.Disturb(c.draw.Uint64(), rate)
	c.exec(t, "DELETE FROM message")
	c.exec(t, "INSERT INTO message SELECT * FROM message_kept")
	c.exec(t, "DELETE FROM job_lease")
}

// start starts a process; with a workspace it sends there.
func (c *courier) start(t *testing.T, out *bytes.Buffer, command string) *exec.Cmd {
	t.Helper()
	run := exec.Command("panelwatch", "--config", filepath.Join(c.dir, "config"), command)
	run.Env = append(os.Environ(), "PANELWATCH_DSN="+c.dsn, "PANELWATCH_OUTBOX="+filepath.Join(c.dir, "out"))
	if c.fake != nil {
		run.Env = append(run.Env, "SLACK_BOT_TOKEN="+slackfake.Token, "SLACK_API_URL="+c.fake.APIURL())
	}
	run.Stdout, run.Stderr = out, out
	check(t, run.Start())
	return run
}

// A sender is one process that delivers.
type sender struct {
	run  *exec.Cmd
	out  bytes.Buffer
	done chan struct{} // closed when it has ended
}

func (c *courier) send(t *testing.T) *sender {
	t.Helper()
	s := &sender{done: make(chan struct{})}
	s.run = c.start(t, &s.out, "deliver")
	go func() {
		defer close(s.done)
		_ = s.run.Wait()
	}()
	return s
}

// kill ends a sender where it stands, and with it its lease, which would
// end by itself some seconds later. It is false for one that had ended.
func (c *courier) kill(t *testing.T, s *sender) bool {
	t.Helper()
	_ = s.run.Process.Kill()
	<-s.done
	c.exec(t, "UPDATE job_lease SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE owner LIKE ?", fmt.Sprintf("%%/%d/%%", s.run.Process.Pid))
	return s.run.ProcessState.ExitCode() == -1
}

// ended waits for a sender and checks that it found no bug; what Slack did to
// it is told by its code.
func (s *sender) ended(t *testing.T) (code int) {
	t.Helper()
	<-s.done
	code = s.run.ProcessState.ExitCode()
	if code != exitDone && code != exitUnavailable {
		t.Fatalf("exit code %d\n%s", code, s.out.String())
	}
	return code
}

// holder is the sender that has the lease, nil when there is none.
func (c *courier) holder(t *testing.T, all []*sender) *sender {
	t.Helper()
	var owner sql.NullString
	err := c.db.QueryRowContext(t.Context(), "SELECT owner FROM job_lease WHERE name = 'panelwatch'").Scan(&owner)
	if !errors.Is(err, sql.ErrNoRows) {
		check(t, err)
	}
	for _, s := range all {
		if strings.Contains(owner.String, fmt.Sprintf("/%d/", s.run.Process.Pid)) {
			return s
		}
	}
	return nil
}

// moment waits for a point of a sender's life that nobody chose: some time
// after its start, or some time after one of its calls.
func (c *courier) moment(s *sender, whole time.Duration) {
	if c.draw.IntN(4) == 0 {
		c.pause(s, time.Duration(c.draw.Float64()*float64(whole)))
		return
	}
	at := c.calls() + 1 + c.draw.IntN(25)
	for c.calls() < at && !c.pause(s, 500*time.Microsecond) {
	}
	c.pause(s, time.Duration(c.draw.IntN(6000))*time.Microsecond)
}

// pause waits, and says whether the sender ended meanwhile.
func (c *courier) pause(s *sender, d time.Duration) (ended bool) {
	select {
	case <-s.done:
		return true
	case <-time.After(d):
		return false
	}
}

func (c *courier) calls() (n int) {
	for _, method := range []string{"conversations.history", "conversations.replies", "files.getUploadURLExternal", "upload", "files.info"} {
		n += c.fake.Calls(method)
	}
	return n + c.visible()
}

// visible counts the calls that readers see.
func (c *courier) visible() (n int) {
	for _, method := range []string{"chat.postMessage", "chat.update", "files.completeUploadExternal"} {
		n += c.fake.Calls(method)
	}
	return n
}

// correct gives some messages other content, as a new revision does, while
// nobody sends.
func (c *courier) correct(t *testing.T) {
	t.Helper()
	c.edition++
	var changed []alerts.Message
	for _, r := range c.outbox(t) {
		if c.draw.IntN(4) > 0 {
			continue
		}
		m := r.message
		m.Text = fmt.Sprintf("订正 %d：%s", c.edition, m.Text)
		if len(m.PNG) > 0 && c.draw.IntN(2) == 0 {
			m.PNG = append(m.PNG, byte(c.edition))
		}
		m.Hash = fmt.Sprintf("%x", sha256.Sum256(append([]byte(m.Text), m.Blocks...)))
		m.Revision, m.Replace = c.edition+1, true
		changed = append(changed, m)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	lease, held, err := c.house.Claim(ctx, "panelwatch", "the test", time.Minute, 30*time.Second)
	check(t, err)
	added, err := c.house.SaveReminders(held, lease, changed)
	if added != 0 {
		t.Errorf("%d corrections are new messages", added)
	}
	check(t, errors.Join(err, lease.Release()))
}

// A row is a message of the outbox with what became of it.
type row struct {
	message         alerts.Message
	state, ts, sent string
	fileState       string
}

// outbox lists all messages, of each channel in the order in which they are to
// be read.
func (c *courier) outbox(t *testing.T) (rows []row) {
	t.Helper()
	found, err := c.db.QueryContext(t.Context(), `SELECT channel, kind, DATE_FORMAT(month_start, '%Y-%m'), subject, text, blocks, png, alt_text, content_hash, state, ts, sent_hash, file_state
		FROM message ORDER BY channel DESC, month_start, CASE kind WHEN 'digest' THEN 0 ELSE 1 END, message_id`)
	check(t, err)
	defer func() { _ = found.Close() }()
	for found.Next() {
		var r row
		var month, blocks string
		m := &r.message
		check(t, found.Scan(&m.Channel, &m.Kind, &month, &m.Subject, &m.Text, &blocks, &m.PNG, &m.Alt, &m.Hash, &r.state, &r.ts, &r.sent, &r.fileState))
		m.Month, m.Blocks = panel.MustMonth(month), json.RawMessage(blocks)
		rows = append(rows, r)
	}
	check(t, found.Err())
	return rows
}
