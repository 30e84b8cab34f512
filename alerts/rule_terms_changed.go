package alerts

import "panelwatch/etl/panel"

var termsChanged = Rule{
	Name: "terms_changed",
	Zh:   "数据源的口径、供应商或城市等级名单与上一个月不同：当月依赖它的结论一律抑制",
	En:   "A source's definitions, vendor or list of city tiers are not those of the month before it: what depends on them is suppressed for the month.",
	Data: true,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, source := range h.sources() {
			if f, ok := judgeTerms(h, source, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// judgeTerms compares with the last month that the source has. Another list of
// city tiers touches only what is about tiers.
func judgeTerms(h History, source string, p Params) (f Finding, ok bool) {
	now, before, have := h.panelAt(source)
	if !have || len(before) == 0 {
		return Finding{}, false
	}
	was, apps := before[len(before)-1], h.spokenFor(source)
	f = aboutSource("terms_changed", h.Month, source, p)
	if now.TierList != was.TierList {
		f = f.because(TierListBreak(h.Month, was.TierList, now.TierList).What)
		f.Inhibits = inDimension(panel.CityTier, apps)
	}
	if now.Vendor != was.Vendor {
		f = f.because(VendorBreak(h.Month, was.Vendor, now.Vendor).What)
		f.Inhibits = everything(apps)
	}
	if now.Definitions != was.Definitions {
		f = f.because(DefinitionsBreak(h.Month, was.Definitions, now.Definitions).What)
		f.Inhibits = everything(apps)
	}
	return f, len(f.Facts) > 0
}
