package slackfake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"time"
	"unicode/utf8"
)

// A Message as the workspace stores it.
type Message struct {
	Channel, TS string
	ThreadTS    string // of the parent; "" for a message of the channel itself
	User        string // who wrote it; "" is the bot
	Broadcast   bool   // a reply that the channel shows too
	Text        string
	Blocks      json.RawMessage
	Metadata    *Metadata
	Files       []string // names of shared files
	Reactions   []Reaction
	Edits       int
	NoUnfurl    bool
	Webhook     bool // posted by an incoming webhook: not the bot's to change
}

// Metadata travels with a message, unseen by its readers.
type Metadata struct {
	EventType    string         `json:"event_type"`
	EventPayload map[string]any `json:"event_payload"`
}

// A Reaction is one user's emoji on a message.
type Reaction struct{ Name, User string }

// limited marks an answer that the server turns into a 429.
const limited = "fake_rate_limited"

func limitedAnswer(body []byte) (after time.Duration, ok bool) {
	return time.Second, bytes.Contains(body, []byte(`"error":"`+limited+`"`))
}

func (f *Fake) postMessage(form url.Values) answer {
	channel := form.Get("channel")
	if code := f.writable(channel); code != "" {
		return errorAnswer(code)
	}
	m, bad := f.parseMessage(form)
	if bad != nil {
		return bad
	}
	m.ThreadTS = form.Get("thread_ts")
	m.Broadcast = m.ThreadTS != "" && isTrue(form.Get("reply_broadcast"))
	if m.ThreadTS != "" && !f.isParent(channel, m.ThreadTS) {
		return errorAnswer("thread_not_found")
	}
	now := f.options.Now()
	if last, ok := f.lastPost[channel]; f.options.OnePerSecond && ok && now.Sub(last) < time.Second {
		return errorAnswer(limited)
	}
	f.lastPost[channel] = now
	m.Channel, m.TS = channel, f.nextTS(now)
	f.messages = append(f.messages, m)
	return f.posted(m)
}

// posted is the answer of a stored message, with the warning of a cut text.
func (f *Fake) posted(m *Message) answer {
	a := answer{"ok": true, "channel": m.Channel, "ts": m.TS, "message": f.view(m, true)}
	if utf8.RuneCountInString(m.Text) > maxText {
		m.Text = string([]rune(m.Text)[:maxText])
		a["warning"] = "message_truncated"
		a["response_metadata"] = answer{"warnings": []string{"message_truncated"}}
	}
	return a
}

func (f *Fake) updateMessage(form url.Values) answer {
	if code := f.writable(form.Get("channel")); code != "" {
		return errorAnswer(code)
	}
	m := f.find(form.Get("channel"), form.Get("ts"))
	if m == nil {
		return errorAnswer("message_not_found")
	}
	if len(m.Files) > 0 || m.User != "" || m.Webhook {
		return errorAnswer("cant_update_message")
	}
	changed, bad := f.parseMessage(form)
	if bad != nil {
		return bad
	}
	m.Text, m.Blocks, m.Metadata = changed.Text, changed.Blocks, changed.Metadata
	m.Edits++
	return f.posted(m)
}

// parseMessage checks text, blocks and metadata of a form.
func (f *Fake) parseMessage(form url.Values) (*Message, answer) {
	m := &Message{Text: form.Get("text"), NoUnfurl: form.Get("unfurl_links") == "false" && form.Get("unfurl_media") == "false"}
	if raw := form.Get("blocks"); raw != "" {
		m.Blocks = json.RawMessage(raw)
		if bad := checkBlocks(m.Blocks); bad != nil {
			return nil, bad
		}
	}
	if m.Text == "" && len(m.Blocks) == 0 {
		return nil, errorAnswer("no_text")
	}
	if raw := form.Get("metadata"); raw != "" {
		decoder := json.NewDecoder(bytes.NewReader([]byte(raw)))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&m.Metadata); err != nil || m.Metadata.EventType == "" {
			return nil, errorAnswer("invalid_metadata_format")
		}
	}
	return m, nil
}

// nextTS is unique and rising, whatever the clock does.
func (f *Fake) nextTS(now time.Time) string {
	f.lastTS = max(f.lastTS+1, now.UnixMicro())
	return fmt.Sprintf("%d.%06d", f.lastTS/1e6, f.lastTS%1e6)
}

func (f *Fake) find(channel, ts string) *Message {
	i := slices.IndexFunc(f.messages, func(m *Message) bool { return m.Channel == channel && m.TS == ts })
	if i < 0 {
		return nil
	}
	return f.messages[i]
}

// isTrue reads a flag of a form.
func isTrue(s string) bool { return s == "true" || s == "1" }

// isParent says whether ts is a message of the channel itself; the ts of a
// reply starts no thread.
func (f *Fake) isParent(channel, ts string) bool {
	m := f.find(channel, ts)
	return m != nil && m.ThreadTS == ""
}

// view is a message as the API shows it.
func (f *Fake) view(m *Message, metadata bool) answer {
	v := answer{"type": "message", "ts": m.TS, "text": m.Text, "user": UserID, "bot_id": BotID, "team": TeamID}
	if m.User != "" {
		v["user"] = m.User
		delete(v, "bot_id")
	}
	if m.Broadcast {
		v["subtype"] = "thread_broadcast"
	}
	if len(m.Blocks) > 0 {
		v["blocks"] = m.Blocks
	}
	if m.ThreadTS != "" {
		v["thread_ts"] = m.ThreadTS
	}
	if metadata && m.Metadata != nil {
		v["metadata"] = m.Metadata
	}
	if len(m.Files) > 0 {
		var files []answer
		for _, name := range m.Files {
			files = append(files, answer{"name": name, "mode": "hosted"})
		}
		v["subtype"], v["files"] = "file_share", files
	}
	return v
}

func (f *Fake) permalink(form url.Values) answer {
	m := f.find(form.Get("channel"), form.Get("message_ts"))
	if m == nil {
		return errorAnswer("message_not_found")
	}
	return answer{"ok": true, "channel": m.Channel, "permalink": f.URL + "/archives/" + m.Channel + "/p" + m.TS}
}
