package main

import (
	"fmt"

	"panelwatch/alerts/slack/slackfake"
)

type fakeSlackCommand struct {
	Dir     string   `help:"Folder that keeps what was posted, and the page that shows it." required:"" type:"path"`
	Listen  string   `help:"Address on this machine; no other can be reached from." default:"127.0.0.1:8070"`
	Channel []string `help:"Ids of its channels; without it slack.channel and the routes of the configuration." placeholder:"ID"`
}

// Run is a workspace for rehearsals until it is stopped. It takes no token but
// its own, so that nothing meant for Slack ends here unnoticed.
func (c *fakeSlackCommand) Run(w *world) error {
	channels := c.Channel
	if len(channels) == 0 {
		config, err := w.loadConfig()
		if err != nil {
			return err
		}
		channels = config.Slack.Channels()
	}
	fake, err := slackfake.New(workspaceOf(c.Dir, c.Listen, channels))
	if err != nil {
		return err
	}
	defer func() { _ = fake.Close() }()
	fmt.Fprintf(w.stdout, `a rehearsal of Slack, nothing leaves this machine
page     %s/
folder   %s
to post here, set
SLACK_API_URL=%s
SLACK_BOT_TOKEN=%s
`, fake.URL, c.Dir, fake.APIURL(), slackfake.Token)
	<-w.ctx.Done()
	return w.ctx.Err()
}

// workspaceOf is a workspace as strict as Slack, but for its pace.
func workspaceOf(dir, listen string, channels []string) slackfake.Options {
	o := slackfake.Options{Dir: dir, Listen: listen}
	for _, id := range channels {
		o.Channels = append(o.Channels, slackfake.Channel{ID: id})
	}
	if len(channels) == 1 {
		o.Channels[0].Name = "panelwatch"
	}
	return o
}
