package warehouse

import (
	"strconv"
	"strings"

	"panelwatch/etl/indicator"
)

// Quote is the SELECT, for people to copy, that reads a number that rules
// speak of: an indicator's value or an app's place in a list.
func Quote(publication int64, r indicator.Row) string {
	text := query("quote_number")
	if r.Segment.Dimension == indicator.InList {
		text = query("quote_place")
	}
	return strings.NewReplacer(
		"{publication}", strconv.FormatInt(publication, 10), "{indicator}", textLiteral(r.Indicator), "{app}", textLiteral(string(r.App)),
		"{dimension}", textLiteral(r.Segment.Dimension), "{member}", textLiteral(r.Segment.Member),
	).Replace(text)
}

// textLiteral writes a text as SQL does.
func textLiteral(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", "''").Replace(s) + "'"
}
