package report

var e06 = exhibit{
	id: "E06", slug: "jiaoguan12123_users", months: 48,
	title: Text{"交管12123 · 用户规模", "交管12123 · number of users"},
	columns: []column{
		ofMonth, mudWan, yoy,
		{name: "ratio_to_2020_01", se: "ratio_to_2020_01_se", head: Text{"为2020年1月的倍数", "Multiple of January 2020"}, kind: times, absent: Text{"缺少2020年1月，或口径不同", "January 2020 is missing, or was counted otherwise"}},
		record, peak, peakAt,
	},
	say: func(v view) []Text {
		return sizeOf(v, wan).add("为2020年1月的 %s", "%s January 2020", times.around(v.last("ratio_to_2020_01"), v.last("ratio_to_2020_01_se"))).sentences()
	},
	show: func(v view) []Chart { return []Chart{sizeChart(v, wan, 0)} },
}

var e08 = exhibit{
	id: "E08", slug: "jiaoguan12123_provinces", months: 1,
	title: Text{"交管12123 · 用户画像：TOP6 省份", "交管12123 · the six largest provinces"}, dimension: "province", member: "province",
	columns: []column{
		isPlace, province, mudWan, plainShare,
		{name: "is_above_1000_wan", head: Text{"超过1000万台", "Above 1000万台"}, kind: yesNo},
	},
	say: func(v view) []Text {
		over := v.where(func(i int) bool { return v.num(i, "is_above_1000_wan") == 1 })
		p := &phrase{}
		return p.add("%s居首，%s", "%s is first, %s", same(v.text(0, "province")), wan.around(v.num(0, "mud_devices"), v.num(0, "mud_se_devices"))).
			add("超过 1000 万台的省份有 %s 个", "provinces above 1000万台: %s", whole.with(float64(over.len()))).sentences()
	},
	show: func(v view) []Chart {
		title := Text{v.text(0, "province") + "居首：" + wan.with(v.num(0, "mud_devices")).Zh, v.text(0, "province") + " is first: " + wan.with(v.num(0, "mud_devices")).En}
		return []Chart{barsOf(v, "province", "mud_devices", "mud_se_devices", wan, title, devicesOfMonth, 1e7)}
	},
}

var e09 = exhibit{
	id: "E09", slug: "jiaoguan12123_people", months: 1,
	title:   Text{"交管12123 · 用户画像：性别、年龄、婚姻", "交管12123 · gender, age, marital status"},
	member:  "member",
	columns: []column{dimension, member, isShare, isTGI},
	say:     sayProfile,
	show:    showProfile,
}

// sayProfile names the largest member of each dimension.
func sayProfile(v view) []Text {
	p := &phrase{apart: true}
	for _, d := range v.members("dimension") {
		w := v.only("dimension", d)
		if top := w.highest("share_ratio"); top >= 0 {
			p.add("%s：%s最多，%s", "%s: most are %s, %s", dimensions[d], same(w.text(top, "member")), share.around(w.num(top, "share_ratio"), w.num(top, "share_se_ratio")))
		}
	}
	return p.sentences()
}

func showProfile(v view) []Chart {
	p := &phrase{}
	for _, d := range v.members("dimension") {
		w := v.only("dimension", d)
		if top := w.highest("share_ratio"); top >= 0 {
			p.add("%s %s", "%s %s", same(w.text(top, "member")), share.with(w.num(top, "share_ratio")))
		}
	}
	return []Chart{profileChart(v, p.title())}
}

var e10 = exhibit{
	id: "E10", slug: "jiaoguan12123_tiers", months: 1,
	title: Text{"交管12123 · 用户画像：城市等级", "交管12123 · city tiers"},
	columns: []column{
		{name: "of_year", head: Text{"年份", "Year"}, kind: yearly},
		{name: "city_tier", head: Text{"城市等级", "City tier"}, kind: name},
		{name: "share_ratio", se: "share_se_ratio", head: Text{"占比", "Share"}, kind: share, absent: Text{"年内口径不同", "counted in two ways within the year"}},
		{name: "change_pp", se: "change_se_pp", head: Text{"较上年", "On the year before"}, kind: points, absent: Text{"上年没有同样多的月份，或口径不同", "the year before has not as many months, or was counted otherwise"}},
		{name: "months", head: Text{"合并月数", "Months pooled"}, kind: whole},
	},
	say:  sayTiers,
	show: func(v view) []Chart { return []Chart{tiersChart(v)} },
}

var e12 = exhibit{
	id: "E12", slug: "tielu12306_users", months: 48,
	title:   Text{"铁路12306 · 用户规模", "铁路12306 · number of users"},
	columns: []column{ofMonth, mudWan, mom, yoy, record},
	say:     func(v view) []Text { return sizeOf(v, wan).sentences() },
	show:    func(v view) []Chart { return []Chart{sizeChart(v, wan, 0)} },
}

var e13 = exhibit{
	id: "E13", slug: "tielu12306_cities", months: 12, dimension: "city", member: "city",
	title: Text{"铁路12306 · 一线城市用户规模", "铁路12306 · first-tier cities"},
	columns: []column{
		ofMonth,
		{name: "city", head: Text{"城市", "City"}, kind: name},
		mudWan,
		{name: "is_local_peak", head: Text{"小高峰", "Local peak"}, kind: yesNo, absent: Text{"前后月份未齐", "a month beside it is missing"}},
	},
	say: func(v view) (all []Text) {
		for _, g := range grouped(v.members("city"), func(city string) Text { return peakMonths(v.only("city", city)) }) {
			p := &phrase{}
			all = append(all, p.add("%s：小高峰在%s", "%s: local peaks in %s", g.names(), g.text).sentences()...)
		}
		return all
	},
	show: func(v view) []Chart {
		pic, known, p := panels{kind: wan}, false, &phrase{}
		for _, city := range v.members("city") {
			w := v.only("city", city)
			s := w.series(city, "mud_devices", "mud_se_devices")
			for i := range w.sheet.Rows {
				if w.num(i, "is_local_peak") == 1 {
					s = s.marked(wan, i)
				}
			}
			known = known || s.hasError()
			pic.all = append(pic.all, s)
			p.add("%s %s", "%s %s", same(city), wan.with(w.last("mud_devices")))
		}
		return []Chart{{p.title(), joined(same(" · "), subtitle(devicesOfMonth, wan.unit, v.span(), known, isBand), Text{"点为小高峰", "dots: local peaks"}), pic}}
	},
}

// peakMonths names the months of the local peaks.
func peakMonths(v view) Text {
	var peaks []Text
	for i := range v.sheet.Rows {
		if v.num(i, "is_local_peak") == 1 {
			peaks = append(peaks, spell(v.monthOf(i)))
		}
	}
	return joined(Text{"、", ", "}, peaks...)
}
