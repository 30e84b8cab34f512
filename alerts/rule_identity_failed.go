package alerts

import (
	"fmt"
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

var identityFailed = Rule{
	Name:  "identity_failed",
	Zh:    "交付的数之间不自洽但仍被接收：抑制所涉应用当月的结论；涉及全网或应用过多时抑制整个数据源",
	En:    "Numbers of a delivery contradict each other, and it was let in with a note: the apps concerned are suppressed for the month, or all of the source when it is about the whole, or about too many.",
	Lasts: saidAgain,
	Data:  true,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, source := range h.sources() {
			if f, ok := judgeIdentities(h, source, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// judgeIdentities looks at the identities that the setting names. From
// p.Limit of the apps on that the source speaks for, none of them is believed.
func judgeIdentities(h History, source string, p Params) (f Finding, ok bool) {
	now, _, have := h.panelAt(source)
	if !have {
		return Finding{}, false
	}
	apps := h.spokenFor(source)
	var names []string
	var concerned []panel.AppID
	whole := false
	for _, x := range now.Failed {
		if !slices.Contains(p.Identities, x.Name) {
			continue
		}
		names = append(names, x.Name)
		whole = whole || x.App == panel.AllNetwork
		if slices.Contains(apps, x.App) {
			concerned = append(concerned, x.App)
		}
	}
	slices.Sort(concerned)
	concerned = slices.Compact(concerned)
	if whole || len(concerned) > 0 && float64(len(concerned)) >= p.Limit*float64(len(apps)) {
		concerned = apps
	}
	f = aboutSource("identity_failed", h.Month, source, p).because(contradiction(names, len(concerned), len(apps)))
	f.Inhibits = everything(concerned)
	return f, len(concerned) > 0
}

// contradiction names the identities with how often each failed.
func contradiction(names []string, concerned, all int) Fact {
	var parts []string
	for i, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
		n := 0
		for _, x := range names {
			if x == name {
				n++
			}
		}
		if i < 4 {
			parts = append(parts, fmt.Sprintf("%s ×%d", name, n))
		}
	}
	list := strings.Join(parts, ", ")
	return Fact{
		fmt.Sprintf("交付的数不自洽（%s），所涉 %d 个应用（共 %d 个）的结论暂不采信", list, concerned, all),
		fmt.Sprintf("numbers of the delivery contradict each other (%s): %d of %d apps are not believed this month", list, concerned, all),
	}
}
