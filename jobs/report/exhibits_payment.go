package report

var e28 = exhibit{
	id: "E28", slug: "yunshanfu_penetration", months: 48,
	title: Text{"云闪付 · 渗透率", "云闪付 · penetration"},
	columns: []column{
		ofMonth, {name: "penetration_industry_ratio", head: Text{"支付行业渗透率", "Penetration of the payment industry"}, kind: share, se: "penetration_industry_se_ratio", indicator: "penetration_industry"},
	},
	say: func(v view) []Text {
		p := &phrase{}
		return p.add("%s在支付行业的渗透率 %s", "%s: penetration of the payment industry %s", spell(v.month), share.around(v.last("penetration_industry_ratio"), v.last("penetration_industry_se_ratio"))).sentences()
	},
	show: func(v view) []Chart {
		s, p := v.series("", "penetration_industry_ratio", "penetration_industry_se_ratio"), &phrase{}
		return []Chart{{
			p.add("支付行业渗透率 %s", "penetration of the payment industry: %s", share.with(v.last("penetration_industry_ratio"))).title(),
			subtitle(Text{"支付行业渗透率", "Penetration of the payment industry"}, share.unit, v.span(), s.hasError(), isBand),
			lines{kind: share, line: s.marked(share, s.highest(), s.newest())},
		}}
	},
}

var e29 = exhibit{
	id: "E29", slug: "yunshanfu_zhifubao_overlap", months: 48,
	title: Text{"云闪付与支付宝 · 用户重合", "云闪付 and 支付宝 · overlap"},
	columns: []column{
		ofMonth,
		{name: "a_devices", head: Text{"云闪付", "云闪付"}, kind: wan},
		{name: "b_devices", head: Text{"支付宝", "支付宝"}, kind: wan},
		{name: "both_devices", head: Text{"共同用户", "Devices with both"}, kind: wan, se: "se_both_devices"},
		{name: "exclusive_a_ratio", head: Text{"云闪付独占", "Exclusive to 云闪付"}, kind: share, se: "se_exclusive_a_ratio"},
		{name: "exclusive_b_ratio", head: Text{"支付宝独占", "Exclusive to 支付宝"}, kind: share, se: "se_exclusive_b_ratio"},
		{name: "overlap_of_union_ratio", head: Text{"共同用户占两者合计", "Both over either"}, kind: share},
	},
	say: func(v view) []Text {
		n, p := v.now(), &phrase{}
		return p.add("云闪付独占 %s", "exclusive to 云闪付: %s", share.around(n.num(0, "exclusive_a_ratio"), n.num(0, "se_exclusive_a_ratio"))).
			add("与支付宝共同的有 %s", "with 支付宝 in common: %s", wan.around(n.num(0, "both_devices"), n.num(0, "se_both_devices"))).sentences()
	},
	show: func(v view) []Chart {
		n, p := v.now(), &phrase{}
		a, b, both := n.num(0, "a_devices"), n.num(0, "b_devices"), n.num(0, "both_devices")
		s := v.series("", "exclusive_a_ratio", "se_exclusive_a_ratio")
		return []Chart{
			{
				p.add("云闪付用户中 %s 不用支付宝", "%s of the users of 云闪付 do not use 支付宝", share.with(n.num(0, "exclusive_a_ratio"))).title(),
				joined(same(" · "), Text{"设备数（万台）", "Devices (万台)"}, n.span(), Text{"上下相对的一段为共同用户", "the parts one above the other are the same devices"}),
				overlap{kind: wan, a: n.text(0, "app_a_name"), b: n.text(0, "app_b_name"), onlyA: a - both, onlyB: b - both, both: both},
			},
			{
				exclusiveTitle(v),
				subtitle(Text{"独占比例", "Exclusive share"}, share.unit, v.span(), s.hasError(), isBand),
				lines{kind: share, line: s.marked(share, s.newest(), s.highest())},
			},
		}
	},
}

// exclusiveTitle tells where the exclusive share came from and where it is.
func exclusiveTitle(v view) Text {
	first, p := v.monthOf(0), &phrase{}
	p.add("云闪付独占比例在%s为 %s", "exclusive to 云闪付 in %s: %s", spell(v.month), share.with(v.last("exclusive_a_ratio")))
	return p.when(first < v.month, "在%s为 %s", "in %s: %s", spell(first), share.with(v.num(0, "exclusive_a_ratio"))).title()
}

var e30 = exhibit{
	id: "E30", slug: "yunshanfu_occupations", months: 1,
	title: Text{"云闪付 · 群体标签：职业", "云闪付 · occupations"}, dimension: "occupation", member: "occupation",
	columns: []column{isPlace, {name: "occupation", head: Text{"职业", "Occupation"}, kind: name}, isShare, isTGI},
	say: func(v view) []Text {
		p := &phrase{}
		return p.add("%s最多，%s", "most are %s, %s", same(v.text(0, "occupation")), share.around(v.num(0, "share_ratio"), v.num(0, "share_se_ratio"))).sentences()
	},
	show: func(v view) []Chart {
		p := &phrase{}
		title := p.add("%s最多：%s", "%s is the largest: %s", same(v.text(0, "occupation")), share.with(v.num(0, "share_ratio"))).title()
		return []Chart{barsOf(v, "occupation", "share_ratio", "share_se_ratio", share, title, Text{"职业占比", "Share of occupations"}, 0)}
	},
}

var e31 = exhibit{
	id: "E31", slug: "yunshanfu_provinces", months: 1,
	title: Text{"云闪付 · TOP15 省份", "云闪付 · the fifteen largest provinces"}, dimension: "province", member: "province",
	columns: []column{
		isPlace, province, mudWan, isTGI,
		{name: "uses_per_device_day", head: Text{"单机单日使用次数", "Uses per device and day of use"}, kind: uses, indicator: "uses_per_device_day"},
		{name: "minutes_per_device_day", head: Text{"单机单日有效时间", "Minutes per device and day of use"}, kind: minute, indicator: "minutes_per_device_day"},
	},
	say: func(v view) []Text {
		above := v.where(func(i int) bool { return v.num(i, "tgi") > 100 })
		p := &phrase{}
		return p.add("%s居首，%s", "%s is first, %s", same(v.text(0, "province")), wan.around(v.num(0, "mud_devices"), v.num(0, "mud_se_devices"))).
			add("TGI 高于 100 的有 %s 个", "provinces with TGI above 100: %s", whole.with(float64(above.len()))).sentences()
	},
	show: func(v view) []Chart { return []Chart{provincesChart(v)} },
}
