package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"panelwatch/alerts"
)

// A Webhook is a Poster for an incoming webhook, which can post into one
// channel and nothing else: no threads, edits, files or answers, and no look
// at what is there. A message whose fate is unclear stays so.
type Webhook struct {
	url  string
	http *http.Client
}

// CannotDo is what a webhook lacks, in a sentence.
const CannotDo = "an incoming webhook posts the digest only: no threads with details, no charts, no edits, no reading of reactions; " +
	"a message that may or may not have arrived is not sent again. A bot token (SLACK_BOT_TOKEN) can do all of it"

// NewWebhook makes a poster; nothing is called yet. The address is a secret.
// client is one with a timeout of 30 s when nil.
func NewWebhook(address string, client *http.Client) (*Webhook, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Hostname() != "127.0.0.1" {
		return nil, errors.New("SLACK_WEBHOOK_URL: want https://hooks.slack.com/services/..., and nothing around it")
	}
	if client == nil {
		client = &http.Client{Timeout: 30 * time.Second}
	}
	return &Webhook{url: address, http: client}, nil
}

// Post sends a message to the webhook's own channel. Its timestamp is made
// here: Slack tells none.
func (w *Webhook) Post(ctx context.Context, m alerts.Message) (ts string, err error) {
	body, err := json.Marshal(struct {
		Text        string          `json:"text"`
		Blocks      json.RawMessage `json:"blocks,omitempty"`
		UnfurlLinks bool            `json:"unfurl_links"`
		UnfurlMedia bool            `json:"unfurl_media"`
	}{m.Text, m.Blocks, false, false})
	if err != nil {
		return "", &Failure{Class: Malformed, Code: "blocks are no JSON array", Detail: err.Error()}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return "", &Failure{Class: Refused, Code: "no request", Detail: w.redact(err)}
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	answer, err := w.http.Do(request)
	if err != nil {
		f := classOf(err)
		f.Detail = w.redact(err)
		return "", f
	}
	defer func() { _ = answer.Body.Close() }()
	reason, err := io.ReadAll(io.LimitReader(answer.Body, 1000))
	if f := webhookFailure(answer, strings.TrimSpace(string(reason)), err); f != nil {
		return "", f
	}
	return fmt.Sprintf("webhook %.12s", m.Hash), nil
}

// redact takes the address out of an error; net/http puts it in front.
func (w *Webhook) redact(err error) string {
	var of *url.Error
	if errors.As(err, &of) {
		err = of.Err
	}
	return strings.ReplaceAll(err.Error(), w.url, "[webhook]")
}

// webhookCodes are the reasons that a webhook gives, as plain text, for which
// the status alone says too little.
var webhookCodes = map[string]Class{
	"invalid_payload": Malformed, "invalid_blocks": Malformed, "no_text": Malformed, "msg_too_long": Malformed,
	"invalid_blocks_format": Malformed, "msg_blocks_too_long": Malformed, "too_many_attachments": Malformed,

	"no_service": Denied, "no_service_id": Denied, "no_team": Denied, "team_disabled": Denied, "invalid_token": Denied,
	"action_prohibited": Denied, "posting_to_general_channel_denied": BadChannel,

	"channel_is_archived": BadChannel, "channel_not_found": BadChannel, "no_active_hooks": Denied,
}

// webhookFailure is what an answer means, nil when it is ok.
func webhookFailure(answer *http.Response, reason string, cut error) *Failure {
	switch {
	case answer.StatusCode == http.StatusTooManyRequests:
		pause, err := time.ParseDuration(answer.Header.Get("Retry-After") + "s")
		if err != nil {
			pause = 0
		}
		return &Failure{Class: Limited, Code: "429", RetryAfter: pause}
	case answer.StatusCode >= http.StatusInternalServerError, cut != nil:
		return &Failure{Class: Ambiguous, Code: answer.Status}
	case answer.StatusCode == http.StatusOK && reason == "ok":
		return nil
	case answer.StatusCode == http.StatusOK:
		return &Failure{Class: Ambiguous, Code: "broken answer", Detail: "200 without ok: is this an incoming webhook?"}
	}
	class, known := webhookCodes[reason]
	if !known {
		return &Failure{Class: Refused, Code: answer.Status, Detail: clip(escape(reason), 200)}
	}
	return &Failure{Class: class, Code: reason}
}

// Edit leaves the message as it stands: what changed is told by a message of
// its own.
func (w *Webhook) Edit(context.Context, alerts.Message) error { return nil }

// Find cannot tell.
func (w *Webhook) Find(context.Context, alerts.Message, time.Time) (Found, bool, error) {
	return Found{}, false, &Failure{
		Class: Ambiguous, Code: "a webhook cannot look",
		Detail: "look in the channel yourself, then say: panelwatch alerts settle",
	}
}

// Share cannot be done.
func (w *Webhook) Share(context.Context, alerts.Message, File) error {
	return &Failure{Class: Refused, Code: "a webhook has no files"}
}

// Shared is never so.
func (w *Webhook) Shared(context.Context, alerts.Message, File) (bool, error) { return false, nil }

// Inspect says what a webhook cannot do; whether it works is seen only by
// posting.
func (w *Webhook) Inspect(context.Context, ...string) []Step {
	return []Step{{Name: "webhook", Says: CannotDo + ". Its channel is fixed by its address: slack.channel only names it"}}
}
