package report

var e33 = exhibit{
	id: "E33", slug: "banks_users", months: 48,
	title:   Text{"六家国有银行手机银行 · 用户规模趋势", "The six state banks' apps · number of users"},
	columns: []column{ofMonth, ofApp, mudWan, yoy, isPlace},
	say: func(v view) []Text {
		n, p := v.now(), &phrase{}
		p.add("%s居首，%s", "%s is first, %s", same(n.text(0, "app_name")), wan.around(n.num(0, "mud_devices"), n.num(0, "mud_se_devices")))
		grow := n.where(func(i int) bool { return n.num(i, "yoy_ratio") > z95*n.num(i, "yoy_se_ratio") })
		return p.add("同比增长且超出抽样误差的有 %s 家", "%s of them grew on the year before, beyond sampling error", whole.with(float64(grow.len()))).sentences()
	},
	show: func(v view) []Chart {
		n, p := v.now(), &phrase{}
		title := p.add("%s居首：%s", "%s is first: %s", same(n.text(0, "app_name")), wan.with(n.num(0, "mud_devices"))).title()
		return []Chart{seriesOf(v, "app_name", wan, title)}
	},
}

var e34 = exhibit{
	id: "E34", slug: "banks_hours", months: 1,
	title:   Text{"农业银行、工商银行、建设银行、中国银行 · G网24小时活跃用户分布", "Four state banks · active users over the 24 hours, network G"},
	columns: []column{ofApp, ofHour, hourOf, topHour},
	say: func(v view) (all []Text) {
		for _, g := range hoursAlike(v) {
			p := &phrase{}
			all = append(all, p.add("%s：高点在%s", "%s: high points at %s", g.names(), g.text).sentences()...)
		}
		return all
	},
	show: func(v view) []Chart {
		g, p := hoursAlike(v)[0], &phrase{}
		title := p.add("%s的高点在%s", "high points of %s: %s", g.names(), g.text).title()
		return []Chart{hoursChart(v, title)}
	},
}

// hoursAlike groups the apps whose peaks are at the same hours.
func hoursAlike(v view) []alike {
	return grouped(v.members("app_name"), func(app string) Text { return peakHours(v.only("app_name", app)) })
}
