package slack

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// Room for what is told of earlier months, in characters, and for one line.
const (
	followupsRoom = 1200
	silencesRoom  = 700
	answersRoom   = 700
	lifeLine      = 300
	lastLines     = 400 // kept free for what follows
)

// life is the digest's section about what was told before: what became of it,
// what is held back, what people answered.
func life(p *page, d alerts.Digest, l language) {
	for _, part := range []struct {
		zh, en string
		lines  []string
		room   int
	}{
		{"此前发现的后续", "Findings of earlier months", followups(d, l), followupsRoom},
		{"静默与静音", "Silenced", silenced(d, l), silencesRoom},
		{"对此前消息的回应", "Answers to earlier messages", answers(d, l), answersRoom},
	} {
		if len(part.lines) == 0 {
			continue
		}
		for i := range part.lines {
			part.lines[i] = clip(part.lines[i], lifeLine)
		}
		left := p.lines("*"+l.pick(part.zh, part.en)+"*", part.lines, min(part.room, p.room-lastLines))
		if left > 0 {
			p.context(l.more(left, "见 panelwatch alerts list", "see panelwatch alerts list"))
		}
	}
}

var followIcons = map[alerts.FollowState]string{alerts.Ongoing: "⏳", alerts.Resolved: "✅", alerts.Unfollowed: "❔"}

// followups tell of the month before how all of it stands, of earlier ones only
// what has ended: that something lasts is said once, then counted.
func followups(d alerts.Digest, l language) (lines []string) {
	lasting := 0
	for _, f := range d.Followups {
		switch {
		case !f.Posted:
		case f.Last || f.State == alerts.Resolved:
			lines = append(lines, followIcons[f.State]+" "+l.join(escape(f.Zh), escape(f.En)))
		default:
			lasting++
		}
	}
	if lasting > 0 {
		lines = append(lines, l.pick(fmt.Sprintf("⏳ 更早的另有 %d 项未解除", lasting), fmt.Sprintf("⏳ %d of months before are not resolved", lasting)))
	}
	return lines
}

// silenced names each silence and mute, and how much it held back.
func silenced(d alerts.Digest, l language) (lines []string) {
	for _, s := range d.Silenced {
		held := l.pick(fmt.Sprintf("本月不予告知 %d 项", s.Findings), fmt.Sprintf("%d held back this month", s.Findings))
		if s.Muted != nil {
			who := mention(s.Author)
			lines = append(lines, "🔕 "+l.pick(
				fmt.Sprintf("%s 静音 `%s`（%s），至 %s", who, escape(s.Muted.Topic), s.Muted.Told, s.To),
				fmt.Sprintf("%s muted `%s` (%s) until %s", who, escape(s.Muted.Topic), s.Muted.Told, s.To))+l.pickShort("；", "; ")+held)
			continue
		}
		until := s.Until.Format(time.DateOnly)
		lines = append(lines, "🔕 "+l.pick(
			fmt.Sprintf("静默 %d `%s`：%s（%s，至 %s）", s.ID, escape(s.What()), escape(s.Reason), person(s.Author), until),
			fmt.Sprintf("silence %d `%s`: %s (%s, until %s)", s.ID, escape(s.What()), escape(s.Reason), person(s.Author), until))+l.pickShort("；", "; ")+held)
	}
	return lines
}

// answers are grouped by what was answered to what: one line, all its people.
func answers(d alerts.Digest, l language) (lines []string) {
	type group struct {
		month panel.Month
		topic string
		kind  alerts.ResponseKind
	}
	people := map[group][]string{}
	var order []group
	for _, a := range d.Acknowledged {
		g := group{a.Month, a.Topic, a.Kind}
		if people[g] == nil {
			order = append(order, g)
		}
		if who := mention(a.User); !slices.Contains(people[g], who) {
			people[g] = append(people[g], who)
		}
	}
	slices.SortStableFunc(order, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.month, b.month), cmp.Compare(place(a.kind), place(b.kind)), cmp.Compare(a.topic, b.topic))
	})
	for _, g := range order {
		of := l.pick("摘要", "digest")
		if g.topic != "" {
			of = "`" + escape(g.topic) + "`"
		}
		lines = append(lines, answered(g.kind, g.topic == "", strings.Join(people[g], " "), fmt.Sprintf("%s (%s)", of, g.month), l))
	}
	return lines
}

var kinds = []alerts.ResponseKind{alerts.Ack, alerts.Mute, alerts.FalseAlarm}

func place(k alerts.ResponseKind) int { return slices.Index(kinds, k) }

func answered(kind alerts.ResponseKind, digest bool, who, of string, l language) string {
	switch {
	case kind == alerts.Mute && digest:
		return "🔕 " + l.pick(who+" 静音了"+of+"：请标在线程中的单条上，摘要不能静音", who+" muted the "+of+": mute a finding in its thread, a digest cannot be muted")
	case kind == alerts.Mute:
		return "🔕 " + l.pick(who+" 静音 "+of, who+" muted "+of)
	case kind == alerts.FalseAlarm:
		return "👎 " + l.pick(who+" 认为误报 "+of, who+" called a false alarm "+of)
	}
	return "✅ " + l.pick(who+" 已知悉 "+of, who+" acknowledged "+of)
}

// mention names a user of Slack by id.
func mention(user string) string { return "<@" + escape(user) + ">" }

var slackID = regexp.MustCompile(`^[UW][A-Z0-9]{8,}$`)

// person mentions who gave the id of a user; anybody else is named.
func person(who string) string {
	if slackID.MatchString(who) {
		return mention(who)
	}
	return escape(who)
}
