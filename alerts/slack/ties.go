package slack

import (
	"fmt"
	"slices"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

const mostTies = 8 // in one line

// ties counts and names the swaps of places that mean nothing.
func ties(d alerts.Digest, l voice) string {
	var pairs []string
	seen := map[[2]panel.AppID]bool{}
	for _, f := range d.Findings {
		for _, s := range f.Swaps {
			if pair := [2]panel.AppID{s.Over, s.Under}; !s.Sure && s.Real >= 0 && !seen[pair] {
				seen[pair] = true
				pairs = append(pairs, escape(l.name(s.OverName))+" ≈ "+escape(l.name(s.UnderName)))
			}
		}
	}
	if len(pairs) == 0 {
		return ""
	}
	head := l.pick(fmt.Sprintf("名次变化在抽样误差内，视为并列（%d 对）", len(pairs)),
		fmt.Sprintf("Rank changes within sampling error, read as ties (%d)", len(pairs)))
	return head + l.colon() + firstOf(pairs, l)
}

// unsureLine names the apps that crossed the line of a list within error.
func unsureLine(d alerts.Digest, l voice) string {
	var names []string
	for _, f := range d.Findings {
		if name := escape(l.name(nameOf(d, f))); f.Verdict == alerts.Noise && f.Rule == "list_entry_exit" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return l.pick("进出榜在抽样误差内", "Entry or exit within sampling error") + l.colon() + firstOf(names, l)
}

// firstOf lists as many as a line has room for, and counts the rest.
func firstOf(all []string, l voice) string {
	line := strings.Join(all[:min(mostTies, len(all))], l.pickShort("、", ", "))
	if n := len(all) - mostTies; n > 0 {
		line += " " + l.pick(fmt.Sprintf("等 %d 项", len(all)), fmt.Sprintf("and %d more", n))
	}
	return line
}
