package chart

import (
	"math"

	"panelwatch/etl/panel"
)

func head(title, subtitle, language string) Head {
	return Head{
		Title: title, Subtitle: subtitle, Language: language,
		Source: "来源：示例数据 · extract 2023-12 r2",
	}
}

// seasonal is a series of months from first with a spring and an autumn peak.
func seasonal(first panel.Month, months int, level float64) (points []Point) {
	for i := range months {
		m := first + panel.Month(i)
		year := 2 * math.Pi * float64(m%12) / 12
		v := level * (1 + 0.004*float64(i)) * (1 + 0.08*math.Sin(year) + 0.10*math.Cos(2*year))
		points = append(points, Point{Month: m, Value: v})
	}
	return points
}

func bandAround(points []Point, half float64) (out []Band) {
	for _, pt := range points {
		out = append(out, Band{Month: pt.Month, Low: pt.Value * (1 - half), High: pt.Value * (1 + half)})
	}
	return out
}

// recordHigh is a record two years into a series whose expectation starts
// after the first.
func recordHigh() Line {
	points := seasonal(panel.MustMonth("2022-01"), 21, 0.86e8)
	b := bandAround(points[12:], 0.06)
	points[20].Value = 1.19e8
	return Line{
		Head: head("铁路12306：2023年9月 1.19亿台，创 2022 年以来新高，高于预测区间",
			"月独立设备数（亿台）· 2022-01 至 2023-09 · 阴影为 95% 预测区间", Chinese),
		Unit: Devices, Points: points, Band: b,
		Mark: &Mark{Month: panel.MustMonth("2023-09"), Label: "国庆预售 9/15 起 +9.3%"},
	}
}

// withGaps misses two months and ends with a provisional one; the band has a
// gap and a month that stands alone.
func withGaps() Line {
	points := seasonal(panel.MustMonth("2020-01"), 48, 5e7)
	b := bandAround(points, 0.08)
	b = append(b[24:36:36], b[38], b[40], b[41], b[42])
	points[47].Provisional = true
	points[30].Value = math.NaN()
	points = append(points[:14], points[16:]...)
	points[24].Value *= 0.55
	return Line{
		Head: head("网上国网：2022年3月低于预测区间", "月独立设备数（万台）· 2020-01 至 2023-12 · 阴影为 95% 预测区间", Chinese),
		Unit: Devices, Points: points, Band: b, Mark: &Mark{Month: points[24].Month, Label: "−42.1%"},
	}
}

// growth is a rate that falls below zero, in English, with a long title.
func growth() Line {
	var points []Point
	for i := range 18 {
		points = append(points, Point{Month: panel.MustMonth("2022-07") + panel.Month(i), Value: 0.04 - 0.005*float64(i)})
	}
	return Line{
		Head: Head{
			Title:    "Jiangsu Government Services: six-month compound growth fell below its threshold of −3 % a month, beyond sampling error",
			Subtitle: "Six-month compound growth per month, % · 2022-07 to 2023-12",
			Source:   "Source: sample data · extract 2023-12 r1", Language: English,
		},
		Unit: Ratio, Points: points, Mark: &Mark{Month: panel.MustMonth("2023-12"), Label: "threshold −3.0%"},
	}
}

// places is a rank over time.
func placesLine() Line {
	l := Line{
		Head: head("北京交警：升至第4名", "地方政务榜名次 · 2023-01 至 2023-12", Chinese), Unit: Places,
		Mark: &Mark{Month: panel.MustMonth("2023-12"), Label: "较上月 ▲1"},
	}
	for i, v := range []float64{8, 8, 7, 7, 7, 6, 6, 6, 5, 5, 5, 4} {
		l.Points = append(l.Points, Point{Month: panel.MustMonth("2023-01") + panel.Month(i), Value: v})
	}
	return l
}

// top20 has ties, moves in both directions and a newcomer.
func top20() RankBars {
	b := RankBars{Head: head("地方政务 TOP20：闽政通居首，江苏政务服务升 6 位", "月独立设备数（万台）· 2023-12 · 右侧为较 2023-06 的名次变化", Chinese), Unit: Devices}
	names := []string{
		"闽政通", "浙里办", "天府市民云", "北京交警", "陕西养老保险", "我的南京", "灯塔党建在线", "辽事通", "鄂汇办", "云岭先锋",
		"天津政务", "内蒙古12333", "昆明人社通", "江苏政务服务", "贵州公安", "民生山西", "天津人力社保", "云南人社", "我的长沙", "办事通",
	}
	regions := []string{
		"福建", "浙江", "四川-成都", "北京", "陕西", "江苏-南京", "山东", "辽宁", "湖北", "云南",
		"天津", "内蒙古", "云南-昆明", "江苏", "贵州", "山西", "天津", "云南", "湖南-长沙", "云南",
	}
	for i, name := range names {
		b.Rows = append(b.Rows, Row{
			Rank: i + 1, Name: name, Note: regions[i], Value: 1.798e7 / math.Pow(float64(i+1), 0.9),
			Tied: i == 4 || i == 10 || i == 11, Move: Move{Known: true, Places: []int{0, 0, 0, 0, 0, 1, -1, 0, 2, -2}[i%10]},
		})
	}
	b.Rows[13].Move = Move{Known: true, Places: 6}
	b.Rows[13].Marked = true
	b.Rows[18].Move = Move{Known: true, New: true}
	b.Rows[19].Value = math.NaN()
	return b
}

// six is a short list in English without anything to compare with.
func six() RankBars {
	return RankBars{
		Head: Head{
			Title: "State banks: the first two cannot be told apart", Subtitle: "Unique devices a month (M) · 2023-12",
			Source: "Source: sample data · extract 2023-12 r1", Language: English,
		},
		Unit: Devices,
		Rows: []Row{
			{Rank: 1, Name: "Agricultural Bank of China", Value: 2.021e8},
			{Rank: 2, Name: "ICBC", Value: 1.98e8, Tied: true},
			{Rank: 3, Name: "China Construction Bank", Value: 1.71e8},
			{Rank: 4, Name: "Bank of China", Value: 0.98e8},
			{Rank: 5, Name: "Postal Savings Bank of China", Value: 0.71e8, Marked: true},
			{Rank: 6, Name: "Bank of Communications", Value: 0.49e8},
		},
	}
}

// around is an app that rose, among its neighbours, with intervals.
func around() RankBars {
	b := RankBars{
		Head: head("江苏政务服务 2023-12：地方政务榜第14位（2023-06 第21位，升7位）", "月独立设备数（万台）· 2023-12 · 名次旁为 95% 区间，横线为抽样误差 · 右侧较 2023-06", Chinese),
		Unit: Devices,
	}
	names := []string{"云岭先锋", "天津政务", "内蒙古12333", "昆明人社通", "江苏政务服务", "贵州公安", "民生山西", "天津人力社保", "云南人社"}
	from := []int{10, 12, 13, 15, 21, 14, 11, 19, 18}
	for i, name := range names {
		rank := 10 + i
		r := Row{Rank: rank, Name: name, Value: 1.585e6 - 6e4*float64(i), SE: 2.2e4, Low: rank, High: rank}
		r.Move = Move{Known: true, Places: from[i] - rank, From: from[i]}
		if r.Move.Places == 0 {
			r.Move.From = 0
		}
		r.Tied = i == 1 || i == 2 || i == 4
		b.Rows = append(b.Rows, r)
	}
	b.Rows[0].High, b.Rows[1].Low, b.Rows[1].High, b.Rows[2].Low = 12, 10, 12, 10
	b.Rows[3].High, b.Rows[4].Low = 14, 13
	b.Rows[4].Marked = true
	return b
}

// tiers are shares of city tiers in two years, one of them told.
func tiers() Parts {
	c := Parts{
		Head: head("交管12123 五线城市 2023-12：近12个月占比 15.7%，较前12个月 +1.5个百分点", "占比 · 横线为 95% 抽样误差", Chinese),
		Unit: Ratio, Before: "2022-01 至 2022-12", Now: "2023-01 至 2023-12",
	}
	for i, name := range []string{"五线城市", "一线城市", "新一线城市", "二线城市", "三线城市", "四线城市"} {
		now := []float64{0.157, 0.11, 0.21, 0.19, 0.20, 0.133}[i]
		c.Parts = append(c.Parts, Part{Name: name, Before: now - 0.015 + 0.004*float64(i), BeforeSE: 0.0008, Now: now, SE: 0.0009, Marked: i == 0})
	}
	return c
}

// preferences are TGI in English, some months without a year before, more
// than can be drawn.
func preferences() Parts {
	c := Parts{
		Head: Head{
			Title: "UnionPay QuickPass 2023-12: preference (TGI of 130 or more) in Shandong and Hebei", Subtitle: "TGI, 100 for the average",
			Source: "Source: sample data · extract 2023-12 r1", Language: English,
		},
		Unit: Index, Now: "2023-12", Limit: 130,
	}
	for i := range 13 {
		c.Parts = append(c.Parts, Part{Name: "Province " + string(rune('A'+i)), Before: math.NaN(), Now: 152 - 9*float64(i), SE: 2, Marked: i < 2})
	}
	return c
}

// busyHour moves from the morning to the evening.
func busyHour() Hours {
	h := Hours{
		Head: head("铁路12306 2023-12：WiFi 网高峰时段由 10点 移至 20点", "各时段占全天使用的比例", Chinese),
		From: 10, To: 20, UsualName: "过去一年中位数", NowName: "2023-12",
	}
	for hour := range hoursOfDay {
		peak := func(at, wide float64) float64 { return math.Exp(-math.Pow((float64(hour)-at)/wide, 2)) }
		h.Usual[hour] = 0.012 + 0.05*peak(10, 3) + 0.04*peak(19, 4)
		h.Now[hour] = 0.012 + 0.042*peak(10, 3) + 0.052*peak(20, 4)
	}
	return h
}

// busyHourBy is the next hour already, in English and in millions.
func busyHourBy() Hours {
	h := busyHour()
	h.Head = Head{Title: "China Railway 12306 2023-12: the busy hour moved from 10:00 to 11:00", Subtitle: "Share of the day's use by hour", Source: "Source: sample data", Language: English}
	h.UsualName, h.To = "median of the year before", 11
	h.Now = h.Usual
	h.Now[11], h.Now[10] = 0.078, 0.066
	return h
}
