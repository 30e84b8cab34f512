package alerts

import (
	"strings"

	"panelwatch/etl/panel"
)

// String names a subject by its ids: "tielu12306 city=北京", "云闪付 地方政务".
func (s Subject) String() string {
	var parts []string
	for _, part := range []string{string(s.App), string(s.Other), s.List} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if s.Segment != panel.All && s.Segment != (panel.Segment{}) {
		parts = append(parts, s.Segment.Dimension+"="+s.Segment.Member)
	}
	return strings.Join(parts, " ")
}
