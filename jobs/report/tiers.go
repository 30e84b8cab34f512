package report

import (
	"fmt"
	"math"
)

// sayTiers tells which city tier is largest, and which grew most on the year.
func sayTiers(v view) []Text {
	p := &phrase{}
	if top := v.highest("share_ratio"); top >= 0 {
		p.add("%s占比最高，%s", "%s has the largest share, %s", same(v.text(top, "city_tier")), share.around(v.num(top, "share_ratio"), v.shareError(top)))
	}
	if grew := v.highest("change_pp"); grew >= 0 {
		p.add("上升最多的是%s，%s", "%s rose most, %s", same(v.text(grew, "city_tier")), points.around(v.num(grew, "change_pp"), v.num(grew, "change_se_pp")))
	}
	return p.sentences()
}

func (v view) shareError(row int) float64 {
	if !v.has("share_se_ratio") {
		return math.NaN()
	}
	return v.num(row, "share_se_ratio")
}

// tiersChart has the shares of the city tiers, and what each gained or lost.
func tiersChart(v view) Chart {
	g, known := group{}, false
	for i := range v.sheet.Rows {
		b := bar{name: v.text(i, "city_tier"), v: v.num(i, "share_ratio"), se: v.shareError(i), light: !(v.num(i, "change_pp") > 0)}
		if change := v.num(i, "change_pp"); !math.IsNaN(change) {
			b.note = points.print(change) + " pp"
		}
		known = known || !math.IsNaN(b.se)
		g.bars = append(g.bars, b)
	}
	p := &phrase{}
	if grew := v.highest("change_pp"); grew >= 0 {
		p.add("%s上升最多：%s", "%s rose most: %s", same(v.text(grew, "city_tier")), points.with(v.num(grew, "change_pp")))
	} else if top := v.highest("share_ratio"); top >= 0 {
		p.add("%s占比最高：%s", "%s has the largest share: %s", same(v.text(top, "city_tier")), share.with(v.num(top, "share_ratio")))
	}
	span := v.span()
	if v.has("of_year") {
		span = Text{fmt.Sprintf("%d 年各月合并", v.month.Year()), fmt.Sprintf("months of %d pooled", v.month.Year())}
	}
	return Chart{p.title(), joined(same(" · "), subtitle(Text{"占比", "Share"}, share.unit, span, known, isWhisker), Text{"深色为上升", "dark: rising"}), bars{kind: share, groups: []group{g}}}
}
