package slack

import "panelwatch/alerts"

// What a button under a finding says to a Socket: its action id. The last one
// takes back what the same person pressed before.
const (
	pressAck  = "panelwatch_ack"
	pressMute = "panelwatch_mute"
	pressLift = "panelwatch_lift"
)

// pressed are the answers that buttons give.
var pressed = map[string]alerts.ResponseKind{pressAck: alerts.Ack, pressMute: alerts.Mute, pressLift: ""}

type (
	actionsBlock struct {
		Type     string   `json:"type"`
		Elements []button `json:"elements"`
	}
	button struct {
		Type     string     `json:"type"`
		Text     textObject `json:"text"`
		ActionID string     `json:"action_id"`
	}
)

// buttons let people answer a finding without an emoji.
func (p *page) buttons(l voice) {
	b := actionsBlock{Type: "actions"}
	used := 0
	for _, x := range []struct{ action, label string }{
		{pressAck, l.pick("✅ 知悉", "✅ Seen")}, {pressMute, l.pick("🔕 静音此项", "🔕 Mute this")}, {pressLift, l.pick("撤回", "Take back")},
	} {
		used += length(x.label)
		b.Elements = append(b.Elements, button{"button", textObject{"plain_text", x.label}, x.action})
	}
	p.put(b, used)
}
