package identities

import (
	"fmt"
	"math"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// growth: what the vendor prints as growth is the growth of what it printed,
// as far as the rounding of all three lets one say.
func (b *book) growth(earlier map[string]Earlier) (notes []extract.Note) {
	for _, measure := range sorted(earlier) {
		e := earlier[measure]
		before := newBook(e.Values, false)
		for _, s := range b.of(measure) {
			now, ok := b.devices(s.app, s.segment)
			then, had := before.devices(s.app, s.segment)
			if !ok || !had || then.low() <= 0 || now.low() < 0 {
				continue
			}
			printed := b.at[s]
			low, high := e.rate(now.low()/then.high()), e.rate(now.high()/then.low())
			if above(printed.low(), high) || above(low, printed.high()) {
				notes = append(notes, printed.note(VendorGrowth, fmt.Sprintf(
					"%s of %s is printed as %s %%, the levels %s and %s make it %s %%", measure, s.app,
					panel.Decimal(printed.Value.Value, 2, 1), devices(then), devices(now),
					panel.Decimal(e.rate(now.Value.Value/then.Value.Value), 2, 1))))
			}
		}
	}
	return notes
}

// rate is the compound growth a month of a level that is times what it was.
func (e Earlier) rate(times float64) float64 { return math.Pow(times, 1/float64(e.Steps)) - 1 }
