package slackfake

import (
	"net/url"
	"slices"
	"strconv"
)

// history lists the messages of a channel, newest first, without replies but
// those that were broadcast.
func (f *Fake) history(form url.Values) answer {
	channel := form.Get("channel")
	if code := f.readable(channel); code != "" {
		return errorAnswer(code)
	}
	var found []*Message
	for _, m := range slices.Backward(f.messages) {
		if m.Channel == channel && (m.ThreadTS == "" || m.Broadcast) && within(form, m.TS) {
			found = append(found, m)
		}
	}
	after := func(m *Message) bool { return m.TS < form.Get("cursor") }
	return f.page(form, found, after)
}

// replies lists a thread, its parent first, then oldest first.
func (f *Fake) replies(form url.Values) answer {
	channel, parent := form.Get("channel"), form.Get("ts")
	if code := f.readable(channel); code != "" {
		return errorAnswer(code)
	}
	if !f.isParent(channel, parent) {
		return errorAnswer("thread_not_found")
	}
	var found []*Message
	for _, m := range f.messages {
		if m.Channel == channel && (m.TS == parent || m.ThreadTS == parent && within(form, m.TS)) {
			found = append(found, m)
		}
	}
	after := func(m *Message) bool { return m.TS > form.Get("cursor") }
	return f.page(form, found, after)
}

func (f *Fake) readable(channel string) string {
	c, ok := f.channels[channel]
	switch {
	case !ok || c.Private && c.NotIn:
		return "channel_not_found"
	case c.NotIn:
		return "not_in_channel"
	}
	return ""
}

// within applies oldest and latest, which exclude their own moment unless
// inclusive is set. Timestamps of equal length compare as text.
func within(form url.Values, ts string) bool {
	oldest, latest, inclusive := form.Get("oldest"), form.Get("latest"), isTrue(form.Get("inclusive"))
	switch {
	case oldest != "" && (ts < oldest || ts == oldest && !inclusive):
		return false
	case latest != "" && (ts > latest || ts == latest && !inclusive):
		return false
	}
	return true
}

// page cuts a listing; the cursor is the last timestamp shown.
func (f *Fake) page(form url.Values, found []*Message, after func(*Message) bool) answer {
	if form.Get("cursor") != "" {
		found = slices.DeleteFunc(found, func(m *Message) bool { return !after(m) })
	}
	size := f.options.PageSize
	if n, err := strconv.Atoi(form.Get("limit")); err == nil && n > 0 {
		size = min(size, n)
	}
	next := ""
	if len(found) > size {
		found = found[:size]
		next = found[size-1].TS
	}
	views := make([]answer, 0, len(found))
	for _, m := range found {
		views = append(views, f.view(m, isTrue(form.Get("include_all_metadata"))))
	}
	return answer{
		"ok": true, "messages": views, "has_more": next != "",
		"response_metadata": answer{"next_cursor": next},
	}
}

// reactions shows at most one user of each emoji unless full is asked for,
// which is what Slack reserves itself.
func (f *Fake) reactions(form url.Values) answer {
	if code := f.readable(form.Get("channel")); code != "" {
		return errorAnswer(code)
	}
	m := f.find(form.Get("channel"), form.Get("timestamp"))
	if m == nil {
		return errorAnswer("message_not_found")
	}
	users := map[string][]string{}
	var names []string
	for _, r := range m.Reactions {
		if users[r.Name] == nil {
			names = append(names, r.Name)
		}
		users[r.Name] = append(users[r.Name], r.User)
	}
	v := f.view(m, false)
	list := make([]answer, 0, len(names))
	for _, name := range names {
		shown := users[name]
		if !isTrue(form.Get("full")) {
			shown = shown[:1]
		}
		list = append(list, answer{"name": name, "count": len(users[name]), "users": shown})
	}
	if len(list) > 0 { // Slack leaves it out when there is none
		v["reactions"] = list
	}
	return answer{"ok": true, "type": "message", "channel": m.Channel, "message": v}
}
