package indicator

import "panelwatch/etl/panel"

// Terms are what a month was counted by. What two months have to agree in
// before they are compared depends on what is compared.
type Terms struct {
	Vendor, DefinitionsVersion, TGIBase string
	TierListYear                        int
}

// Against says why a number about a segment cannot be compared with one under
// other terms; nil if it can. Definitions and vendor concern every number, the
// list of city tiers those of the tiers. The base of TGI concerns TGI alone,
// of which months are not compared.
func (t Terms) Against(o Terms, s panel.Segment) []Flag {
	switch {
	case t.Vendor != o.Vendor, t.DefinitionsVersion != o.DefinitionsVersion:
		return []Flag{TermsDiffer}
	case s.Dimension == panel.CityTier && t.TierListYear != o.TierListYear:
		return []Flag{TermsDiffer, TierListDiffers}
	}
	return nil
}

// against compares the month with an earlier one; a month that is not there
// has no terms.
func (c computation) against(then *Facts, s panel.Segment) []Flag {
	if then == nil {
		return nil
	}
	return c.now.Terms.Against(then.Terms, s)
}
