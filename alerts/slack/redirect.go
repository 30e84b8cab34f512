package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"panelwatch/alerts"
)

// redirect gives a message up whose channel cannot be written to, where a
// fallback channel is configured: a row of its own stands in for it there and
// is sent in this very delivery. A message that may have arrived stays what it
// is, and so does one that already stands in for another.
func (r *round) redirect(ctx context.Context, m *Due, f *Failure) error {
	to := ""
	if r.Fallback != nil {
		to = r.Fallback(m.Channel)
	}
	certain := m.State == alerts.Pending || m.State == alerts.Sent
	if f.Class != BadChannel || to == "" || to == m.Channel || m.Home != "" || !certain {
		return nil
	}
	reason := clip(fmt.Sprintf("%s; told in %s instead", f, to), 500)
	if err := r.Outbox.Redirect(context.WithoutCancel(ctx), m.Message, to, reason); err != nil {
		return fmt.Errorf("give up %s for %s: %w", Key(m.Message), to, err)
	}
	r.Log.Warn("told in the fallback channel", "key", Key(m.Message), "channel", m.Channel, "fallback", to, "err", f)
	r.report.Redirected++
	m.State, m.LastError = alerts.Dead, reason
	return nil
}

// told is a message as it is posted: one that stands in another's place says
// so in its first line.
func told(m alerts.Message) alerts.Message {
	var notes string
	switch {
	case m.Home != "":
		notes = fmt.Sprintf("↪ 原定发往 <#%s>，该频道无法投递 | Meant for <#%s>, which cannot be written to", m.Home, m.Home)
	case m.LostTS != "":
		notes = "↻ 先前的同一消息已不在频道中或无法修改，现重新发布 | The earlier copy is gone or cannot be changed; told anew"
	default:
		return m
	}
	m.Text = notes + "\n" + m.Text
	if blocks, ok := headed(m.Blocks, notes); ok {
		m.Blocks = blocks
	}
	return m
}

// headed puts a line before blocks, unless there is no room for one.
func headed(blocks json.RawMessage, line string) (json.RawMessage, bool) {
	var all []json.RawMessage
	if len(blocks) == 0 || json.Unmarshal(blocks, &all) != nil || len(all) >= maxBlocks || spoken(blocks)+length(line) > maxBudget {
		return nil, false
	}
	head := contextBlock{Type: "context", Elements: []textObject{markdown(line)}}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(append([]any{head}, anys(all)...)) != nil {
		return nil, false
	}
	return bytes.TrimSpace(out.Bytes()), true
}

// spoken counts the characters of all text in blocks.
func spoken(blocks json.RawMessage) int {
	var count func(v any) int
	count = func(v any) (n int) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				n += count(e)
			}
		case map[string]any:
			for _, e := range v {
				n += count(e)
			}
			if s, ok := v["text"].(string); ok {
				n += length(s)
			}
		}
		return n
	}
	var all any
	_ = json.Unmarshal(blocks, &all) // was parsed before
	return count(all)
}

func anys(raw []json.RawMessage) (out []any) {
	for _, b := range raw {
		out = append(out, b)
	}
	return out
}
