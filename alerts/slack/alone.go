package slack

import (
	"slices"

	"panelwatch/alerts"
)

// aloneLine stands where a digest without a thread has no details to show.
func aloneLine(d alerts.Digest) string {
	m := d.Month.String()
	return language(d.Language).join(
		"此频道经 Webhook 发送：无线程、图表、更正编辑；明细见 `panelwatch alerts list --from "+m+"`",
		"Posted by webhook: no thread, charts or edits here; details: `panelwatch alerts list --from "+m+"`")
}

// elsewhere is where the rest stands: in the thread, as thread says, unless
// there is none.
func elsewhere(d alerts.Digest, thread string) string {
	if d.Alone {
		return "panelwatch alerts list"
	}
	return thread
}

// WithoutThread keeps of a month's messages those that are complete without a
// thread: the digest, which is never edited, and corrections.
func WithoutThread(messages []alerts.Message) (kept []alerts.Message) {
	for _, m := range messages {
		if slices.Contains([]string{alerts.KindDigest, alerts.KindCorrection}, m.Kind) {
			m.PNG, m.File, m.Replace, m.Broadcast = nil, alerts.Attachment{}, false, false
			kept = append(kept, m)
		}
	}
	return kept
}

// Alone says whether the sender's messages have no threads.
func (s *Sender) Alone() bool {
	_, webhook := s.Poster.(*Webhook)
	return webhook
}
