package slack

import (
	"bytes"
	"context"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"panelwatch/alerts"
)

// Sharing is asynchronous: so often is it asked for.
const shareLooks = 6

// Share uploads a file in Slack's three steps and waits until it is shared:
// "ok" alone does not mean that anybody sees it. See Poster.
func (c *Client) Share(ctx context.Context, m alerts.Message, f File) error {
	var file *slackgo.FileSummary
	err := c.guard.over(ctx, func() (err error) {
		file, err = c.api.UploadFileContext(ctx, slackgo.UploadFileParameters{
			Filename: f.Name, Title: strings.TrimSpace(m.Month.String() + " " + m.Subject), AltTxt: f.Alt,
			Reader: bytes.NewReader(f.Data), FileSize: len(f.Data),
			Channel: m.Channel, ThreadTimestamp: threadOf(m),
		})
		return err
	})
	if err != nil {
		return classify(err, c.token)
	}
	for look := range shareLooks {
		if look > 0 {
			if err := c.sleep(ctx, c.pause); err != nil {
				return &Failure{Class: Ambiguous, Code: "not confirmed", Detail: err.Error()}
			}
		}
		info, _, _, err := c.api.GetFileInfoContext(ctx, file.ID, 0, 0)
		if err != nil { // the upload itself is done
			failed := failureOf(classify(err, c.token))
			return &Failure{Class: Ambiguous, Code: "not confirmed", Detail: failed.Error()}
		}
		if len(info.Shares.Public[m.Channel])+len(info.Shares.Private[m.Channel]) > 0 {
			return nil
		}
	}
	return &Failure{Class: Ambiguous, Code: "not shared", Detail: "files.info shows no share of " + f.Name}
}

// Shared looks for the file's name in the thread. See Poster.
func (c *Client) Shared(ctx context.Context, m alerts.Message, f File) (bool, error) {
	_, found, err := c.search(ctx, m.Channel, threadOf(m), time.Time{}, func(got slackgo.Message) bool {
		for _, had := range got.Files {
			if had.Name == f.Name {
				return true
			}
		}
		return false
	})
	return found, err
}
