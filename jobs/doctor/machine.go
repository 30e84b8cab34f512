package doctor

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/etl/panel"
)

// slack asks for token, scopes and membership of every channel that messages go
// to, or that stands in for one; it sends nothing. A token that cannot be read
// is a failure like another.
func (e *examination) slack(ctx context.Context) {
	post, err := e.Slack()
	if err != nil {
		e.fail("slack", err, err.Error(), "mend the file of the secret, or its name")
		return
	}
	if _, local := post.(slack.Folder); local {
		e.warn("slack token", "none: nobody is told but who looks into "+e.Config.Slack.Folder, "set SLACK_BOT_TOKEN or SLACK_BOT_TOKEN_FILE, and SLACK_CHANNEL to the id of a channel")
		e.writable("slack folder", e.Config.Slack.Folder, "PANELWATCH_OUTBOX")
		return
	}
	for _, s := range post.Inspect(ctx, e.channels()...) {
		e.step(s)
	}
}

// buttons are of use only where somebody hears them.
func (e *examination) buttons(ctx context.Context) {
	app, err := e.Secret("SLACK_APP_TOKEN")
	switch {
	case err != nil:
		e.fail("slack buttons", err, err.Error(), "mend the file of the secret, or its name")
		return
	case app == "" && e.Config.Slack.Buttons:
		e.warn("slack buttons", "slack.buttons is on; here is no SLACK_APP_TOKEN, without which nobody hears them", "set SLACK_APP_TOKEN, or its _FILE, where panelwatch serve runs, or switch slack.buttons off")
		return
	case app == "":
		return
	case !e.Config.Slack.Buttons:
		e.warn("slack buttons", "SLACK_APP_TOKEN is set, and slack.buttons is off: messages have none", "switch slack.buttons on in panelwatch.yaml")
		return
	}
	e.step((slack.Socket{AppToken: app, APIURL: e.Getenv("SLACK_API_URL")}).Inspect(ctx))
}

func (e *examination) step(s slack.Step) {
	check := "slack " + s.Name
	switch {
	case s.Err != nil:
		e.fail(check, s.Err, s.Says, s.Do)
	case s.Do != "":
		e.warn(check, s.Says, s.Do)
	default:
		e.ok(check, "%s", s.Says)
	}
}

// channels are all that may be written to, each once.
func (e *examination) channels() (ids []string) {
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, way := range e.Config.Slack.Ways() {
		add(way.Channel)
	}
	for _, id := range slices.Clone(ids) {
		add(e.Config.Slack.FallbackOf(id))
	}
	return ids
}

// monthsAhead is how far the rule calendar_missing looks by default.
const monthsAhead = 13

func (e *examination) calendar() {
	gap, short := alerts.CalendarGap(e.Config.Calendar, panel.MonthIn(e.Now()), monthsAhead)
	if short {
		e.warn("calendar", gap.What().En, "add the next year to calendar/days_off.csv and lunar.csv in your configuration folder")
		return
	}
	e.ok("calendar", "%s to %s", e.Config.Calendar.CoversFrom(), e.Config.Calendar.CoversThrough())
}

const leastMemory = 256 << 20

func (e *examination) machine() {
	e.zone()
	e.writable("temp", os.TempDir(), "TMPDIR")
	switch {
	case e.Memory == 0:
		e.ok("memory", "no limit")
	case e.Memory < leastMemory:
		e.warn("memory", "the limit is "+bytesOf(e.Memory), "give it 512Mi; microdata beyond the limit go to disk")
	default:
		e.ok("memory", "the limit is %s", bytesOf(e.Memory))
	}
}

// zone: TZ changes nothing of what is computed, only how a terminal's clock
// compares with the log's.
func (e *examination) zone() {
	tz := e.Getenv("TZ")
	if _, err := time.LoadLocation(tz); err != nil {
		e.warn("TZ", fmt.Sprintf("TZ=%q is no zone and stands for UTC", tz), "write it as Asia/Shanghai, or leave it out")
		return
	}
	says := "TZ=" + cmp.Or(tz, "(not set)")
	if e.Config != nil {
		says += "; schedules go by " + e.Config.Timezone
	}
	e.ok("TZ", "%s, instants in the warehouse by UTC", says)
}
