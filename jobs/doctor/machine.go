package doctor

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A Workspace is what is asked of Slack.
type Workspace interface {
	Check(ctx context.Context, channel string) error
}

// slack asks for token, scopes and membership of the channel; it sends nothing.
func (e *examination) slack(ctx context.Context) {
	c := e.Config.Slack
	if e.Slack == nil {
		e.warn("slack", "no token: messages are shown and left in "+c.Folder, "set SLACK_BOT_TOKEN or SLACK_BOT_TOKEN_FILE, and SLACK_CHANNEL to the id of a channel")
		e.writable("slack folder", c.Folder)
		return
	}
	if err := e.Slack.Check(ctx, c.Channel); err != nil {
		e.fail("slack", err, err.Error(), "a bot token with the scopes of README, a channel by its id (C...), and /invite the bot there")
		return
	}
	e.ok("slack", "token and scopes suffice, the bot is a member of %s", c.Channel)
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
	temp := os.TempDir()
	e.writable("temp", temp)
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
