package slackfake

import (
	"encoding/json"
	"io"
	"net/http"
)

// webhookSecret ends the address of every incoming webhook.
const webhookSecret = "0000fakehook"

// WebhookURL is the incoming webhook of a channel. Its faults are scripted as
// those of the method "webhook".
func (f *Fake) WebhookURL(channel string) string {
	return f.URL + "/services/" + TeamID + "/" + channel + "/" + webhookSecret
}

// webhook takes a message as Slack does: the answer is plain text, and tells
// no timestamp.
func (f *Fake) webhook(w http.ResponseWriter, r *http.Request) {
	code := http.StatusOK
	serve := func() []byte {
		var reason string
		reason, code = f.hook(r)
		return []byte(reason)
	}
	if fault := f.nextFault("webhook"); fault != nil {
		fault(f, w, r, serve)
		return
	}
	body := serve()
	w.WriteHeader(code)
	_, _ = w.Write(body)
}

func (f *Fake) hook(r *http.Request) (reason string, code int) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return "invalid_payload", http.StatusBadRequest
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	channel := r.PathValue("channel")
	if r.PathValue("secret") != webhookSecret {
		return "invalid_token", http.StatusForbidden
	}
	if c, ok := f.channels[channel]; !ok {
		return "channel_not_found", http.StatusNotFound
	} else if c.Archived {
		return "channel_is_archived", http.StatusGone
	}
	m, reason := parseHook(body)
	if reason != "" {
		return reason, http.StatusBadRequest
	}
	m.Channel, m.TS = channel, f.nextTS(f.options.Now())
	f.messages = append(f.messages, m)
	return "ok", http.StatusOK
}

// parseHook checks a webhook's JSON; reason is "" when it is good.
func parseHook(body []byte) (m *Message, reason string) {
	var said struct {
		Text        string
		Blocks      json.RawMessage
		UnfurlLinks *bool `json:"unfurl_links"`
		UnfurlMedia *bool `json:"unfurl_media"`
	}
	if err := json.Unmarshal(body, &said); err != nil {
		return nil, "invalid_payload"
	}
	if len(said.Blocks) > 0 {
		if bad := checkBlocks(said.Blocks); bad != nil {
			return nil, bad["error"].(string)
		}
	}
	if said.Text == "" && len(said.Blocks) == 0 {
		return nil, "no_text"
	}
	quiet := said.UnfurlLinks != nil && !*said.UnfurlLinks && said.UnfurlMedia != nil && !*said.UnfurlMedia
	return &Message{Text: said.Text, Blocks: said.Blocks, NoUnfurl: quiet, Webhook: true}, ""
}
