package slack

import (
	"fmt"
	"strings"

	"panelwatch/alerts"
)

// watchList names in one line what is odd, and no alert among so many apps.
func watchList(d alerts.Digest, l voice) string {
	var names []string
	for _, f := range d.Findings {
		if f.Watch {
			names = append(names, fmt.Sprintf("%s %+.1f%%", escape(l.name(nameOf(d, f))), 100*(f.Value/f.Expected-1)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return l.pick("观察（未达告警）", "Watch list, no alert") + l.colon() + strings.Join(names, l.pickShort("、", ", "))
}
