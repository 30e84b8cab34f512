package main

import (
	"errors"
	"fmt"
	"math"
	"text/tabwriter"
	"time"

	"panelwatch/alerts/chart"
	"panelwatch/alerts/slack"
	"panelwatch/etl/panel"
)

type alertsTest struct {
	Channel string `help:"Id of the channel, such as C012AB3CD; without it slack.channel of the configuration." placeholder:"ID"`
}

// Run looks at token, scopes and channel, then posts for real: a message, a
// reply with a chart, an edit of the message.
func (c *alertsTest) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	m, err := w.messenger(config)
	if err != nil {
		return err
	}
	if _, ok := m.(slack.Folder); ok {
		return configError{errors.New("no Slack to test: set SLACK_BOT_TOKEN or SLACK_BOT_TOKEN_FILE (or, for the digest only, SLACK_WEBHOOK_URL)")}
	}
	channel := c.Channel
	if channel == "" {
		channel = config.Slack.Channel
	}
	steps := m.Inspect(w.ctx, channel)
	if steps[0].Err != nil { // the token: nothing else can work
		return w.printSteps(steps)
	}
	now := time.Now()
	picture := trialChart(panel.MonthIn(now))
	png, err := picture.PNG()
	if err != nil {
		return err
	}
	trial := slack.Trial{Poster: m, Channel: channel, Language: config.Slack.Language, Now: now, PNG: png, Alt: picture.Alt()}
	return w.printSteps(append(steps, trial.Try(w.ctx)...))
}

// trialChart is a year of nothing.
func trialChart(last panel.Month) chart.Line {
	l := chart.Line{Head: chart.Head{Title: "测试图表 / test chart", Subtitle: "无数据含义 / made up", Source: "panelwatch alerts test", Language: chart.Chinese}, Unit: chart.Devices}
	for i := range panel.Month(13) {
		l.Points = append(l.Points, chart.Point{Month: last - 12 + i, Value: 1e6 * (3 + math.Sin(float64(i)/2))})
	}
	l.Mark = &chart.Mark{Month: last, Label: "测试 / test"}
	return l
}

// printSteps shows what was looked at; the errors of all that failed decide
// the exit code.
func (w *world) printSteps(steps []slack.Step) error {
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	var failed []error
	for _, s := range steps {
		state := "ok"
		if s.Err != nil {
			state = "FAIL"
			failed = append(failed, s.Err)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", state, s.Name, s.Says)
		if s.Do != "" {
			fmt.Fprintf(t, "\t\t-> %s\n", s.Do)
		}
	}
	return errors.Join(append(failed, t.Flush())...)
}
