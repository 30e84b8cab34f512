package slackfake

import "slices"

// mustKeep keeps what people did; a folder that cannot be written has failed
// before, when the workspace was started.
func (f *Fake) mustKeep() {
	if err := f.keep(); err != nil {
		panic(err)
	}
}

// Say lets a user write into a channel, or into a thread of it, and returns
// the message's timestamp. It is not the bot's to change.
func (f *Fake) Say(channel, thread, user, text string) (ts string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := &Message{Channel: channel, ThreadTS: thread, User: user, Text: text, TS: f.nextTS(f.options.Now())}
	f.messages = append(f.messages, m)
	f.mustKeep()
	return m.TS
}

// Remove deletes a message, as an admin can; ok is false when there is none.
func (f *Fake) Remove(channel, ts string) (ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	defer f.mustKeep()
	n := len(f.messages)
	f.messages = slices.DeleteFunc(f.messages, func(m *Message) bool { return m.Channel == channel && m.TS == ts })
	return len(f.messages) < n
}

// Unreact takes a user's reaction back.
func (f *Fake) Unreact(channel, ts, emoji, user string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	defer f.mustKeep()
	if m := f.find(channel, ts); m != nil {
		m.Reactions = slices.DeleteFunc(m.Reactions, func(r Reaction) bool { return r == Reaction{emoji, user} })
	}
}

// React lets a user react to a message; ok is false when there is none.
func (f *Fake) React(channel, ts, emoji, user string) (ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.find(channel, ts)
	if m == nil {
		return false
	}
	defer f.mustKeep()
	if !slices.Contains(m.Reactions, Reaction{emoji, user}) {
		m.Reactions = append(m.Reactions, Reaction{emoji, user})
	}
	return true
}
