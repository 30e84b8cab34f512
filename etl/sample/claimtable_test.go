package sample_test

import (
	"fmt"
	"slices"
	"strings"
)

const december = "2023-12"

// one prints with one decimal, as the report prints percentages and 万台.
func one(x float64) string { return fmt.Sprintf("%.1f", x) }

// change is x over base less one, in %.
func change(x, base float64) float64 { return 100 * (x/base - 1) }

func yes(b bool) string { return fmt.Sprint(b) }

// claims in the report's order; C and D numbers are those of the list of
// statements and of derived quantities kept with the report.
var claims = slices.Concat(networkClaims, roadClaims, railClaims, utilityClaims, taxClaims, govClaims, payClaims, bankClaims)

var networkClaims = []claim{
	{"C002 全网 2023-12, 亿台", "13.9", func(v *vendor) string { return one(v.devices["全网"][december] / 1e4) }},
	{"C003 全网 flat in the second half of 2023", "true", func(v *vendor) string {
		x := of(v.devices["全网"], in(2023, 7, 12))
		return yes(slices.Max(x)/slices.Min(x) < 1.002)
	}},
	{"全网 never moves by 1 % in a month", "true", func(v *vendor) string {
		months := allMonths(v.devices["全网"])
		for i := 1; i < len(months); i++ {
			if c := change(v.devices["全网"][months[i]], v.devices["全网"][months[i-1]]); c > 1 || c < -1 {
				return "false"
			}
		}
		return "true"
	}},
}

var roadClaims = []claim{
	{"C005 C016 12123 above 1.4亿 once in 2023", "2023 true 1", func(v *vendor) string {
		s := v.devices["交管12123"]
		top := peak(s, allMonths(s))
		return fmt.Sprintf("%s %t %d", top[:4], s[top] > 14000, crossings(s, 14000))
	}},
	{"C017 12123 2023-12 over 2020-01", "1.9", func(v *vendor) string {
		return one(v.devices["交管12123"][december] / v.devices["交管12123"]["2020-01"])
	}},
	{"C018 12123 on the year", "14.4", func(v *vendor) string {
		return one(change(v.devices["交管12123"][december], v.devices["交管12123"]["2022-12"]))
	}},
	{"C021 12123 provinces", "广东 湖南 四川", func(v *vendor) string {
		return strings.Join(v.ranked("交管12123", "省份", december)[:3], " ")
	}},
	{"C022 12123 provinces above 1000万", "广东", func(v *vendor) string {
		var above []string
		for _, p := range v.ranked("交管12123", "省份", december) {
			if v.members["交管12123"]["省份/"+p][december] > 1000 {
				above = append(above, p)
			}
		}
		return strings.Join(above, " ")
	}},
	{"C023 12123 men, married, up to 40: majorities", "true true true", func(v *vendor) string {
		s := func(key string) float64 { return v.shares["交管12123"][key][december] }
		return fmt.Sprint(s("性别/男") > 50, s("婚姻/已婚") > 50, s("年龄/24岁及以下")+s("年龄/25-35岁")+s("年龄/36-40岁") > 50)
	}},
	{"C024 12123 四线, pooled years, pp", "0.6", func(v *vendor) string { return one(v.tierShift("四线城市")) }},
	{"C025 12123 五线, pooled years, pp", "1.5", func(v *vendor) string { return one(v.tierShift("五线城市")) }},
	{"C199 12123 penetration rising", "true", func(v *vendor) string {
		return yes(increasing(yearly(v.penetration("交管12123", "全网"))...))
	}},
}

// tierShift is 2023 less 2022 of a tier's share of 交管12123, in pp.
func (v *vendor) tierShift(tier string) float64 {
	key := "城市等级/" + tier
	return v.pooled("交管12123", key, in(2023, 1, 12)) - v.pooled("交管12123", key, in(2022, 1, 12))
}

var railClaims = []claim{
	{"C004 C026 12306 highest", "2023-09 11900.0", func(v *vendor) string {
		s := v.devices["铁路12306"]
		top := peak(s, allMonths(s))
		return top + " " + one(s[top])
	}},
	{"C028 北京 local peaks in 2023", "[3 8]", func(v *vendor) string { return v.cityPeaks("北京") }},
	{"C029 上海 local peaks in 2023", "[3 8]", func(v *vendor) string { return v.cityPeaks("上海") }},
	{"C030 深圳 local peaks in 2023", "[3 8]", func(v *vendor) string { return v.cityPeaks("深圳") }},
	{"C031 北京 and 上海 move together", "true", func(v *vendor) string {
		city := func(name string) []float64 { return of(v.members["铁路12306"]["城市/"+name], in(2023, 1, 12)) }
		return yes(correlation(city("北京"), city("上海")) > 0.98)
	}},
	{"12306 low in the epidemic", "true true true", func(v *vendor) string {
		s := v.devices["铁路12306"]
		return fmt.Sprint(slices.Max(of(s, in(2020, 2, 3))) < 0.75*s["2020-01"],
			s["2022-04"] < 0.9*s["2022-02"], slices.Max(of(s, in(2022, 11, 12))) < 0.85*s["2022-07"])
	}},
	{"C198 12306 and 12123 higher in 2023", "true true", func(v *vendor) string {
		rail, road := yearly(v.devices["铁路12306"]), yearly(v.devices["交管12123"])
		return fmt.Sprint(rail[3] > 1.2*rail[2], road[3] > 1.1*road[2])
	}},
}

// cityPeaks are the local peaks of 铁路12306 in a city in 2023, January = 0.
func (v *vendor) cityPeaks(city string) string {
	return fmt.Sprint(localPeaks(of(v.members["铁路12306"]["城市/"+city], in(2023, 1, 12))))
}

var utilityClaims = []claim{
	{"D001 网上国网", "5451.1", func(v *vendor) string { return one(v.devices["网上国网"][december]) }},
	{"C033 网上国网 June is the highest of each first half", "2020-06 2021-06 2022-06 2023-06", func(v *vendor) string {
		var tops []string
		for year := 2020; year <= 2023; year++ {
			tops = append(tops, peak(v.devices["网上国网"], in(year, 1, 6)))
		}
		return strings.Join(tops, " ")
	}},
	{"C034 网上国网 summers above springs", "true", func(v *vendor) string {
		for year := 2020; year <= 2023; year++ {
			if mean(of(v.devices["网上国网"], in(year, 6, 9))) < 1.1*mean(of(v.devices["网上国网"], in(year, 2, 5))) {
				return "false"
			}
		}
		return "true"
	}},
	{"C035 网上国网 provinces", "山东 四川 河北 河南 山西", func(v *vendor) string {
		return strings.Join(v.ranked("网上国网", "省份", december)[:5], " ")
	}},
	{"C036 网上国网 share of the five", "36.8", func(v *vendor) string {
		var sum float64
		for _, p := range v.ranked("网上国网", "省份", december)[:5] {
			sum += v.members["网上国网"]["省份/"+p][december]
		}
		return one(100 * sum / v.devices["网上国网"][december])
	}},
	{"C037 C038 山东", "525.3 121.5", func(v *vendor) string {
		return one(v.members["网上国网"]["省份/山东"][december]) + " " + one(v.tgi["网上国网"]["省份/山东"][december])
	}},
	{"C007 C048 中油好客e站 crosses 700万 once", "2022-01 1 true", func(v *vendor) string {
		s := v.devices["中油好客e站"]
		return fmt.Sprint(allMonths(s)[0], " ", crossings(s, 700), " ", s[december] > 700)
	}},
	{"C049 易捷加油 on the year above 30 %", "2021-12 true", func(v *vendor) string {
		s := v.devices["易捷加油"]
		return fmt.Sprint(allMonths(s)[0], " ", change(s[december], s["2022-12"]) > 30)
	}},
	{"C008 C050 易捷加油 towards smaller cities", "true", func(v *vendor) string {
		smaller := func(month string) (sum float64) {
			for _, tier := range []string{"三线城市", "四线城市", "五线城市"} {
				sum += v.shares["易捷加油"]["城市等级/"+tier][month]
			}
			return sum
		}
		return yes(increasing(smaller("2022-12"), smaller("2023-06"), smaller(december)))
	}},
}

var taxClaims = []claim{
	{"C055 个税 highest, 亿台", "2023-03 1.8", func(v *vendor) string {
		s := v.devices["个人所得税"]
		top := peak(s, allMonths(s))
		return top + " " + one(s[top]/1e4)
	}},
	{"C056 个税 2023-03 on the year", "3.7", func(v *vendor) string {
		return one(change(v.devices["个人所得税"]["2023-03"], v.devices["个人所得税"]["2022-03"]))
	}},
	{"C052 个税 peaks in the settlement window", "2020-04 2021-03 2022-03 2023-03", func(v *vendor) string {
		return strings.Join(taxPeaks(v.devices["个人所得税"]), " ")
	}},
	{"C053 C200 个税 peaks and their penetration rising", "true true", func(v *vendor) string {
		s, p := v.devices["个人所得税"], v.penetration("个人所得税", "全网")
		return fmt.Sprint(increasing(of(s, taxPeaks(s))...), increasing(of(p, taxPeaks(s))...))
	}},
	{"C009 C057 个税 peak penetration 2023 and 2020", "13.0 8.0", func(v *vendor) string {
		p := of(v.penetration("个人所得税", "全网"), taxPeaks(v.devices["个人所得税"]))
		return one(p[3]) + " " + one(p[0])
	}},
	{"C010 C058 个税 peak penetration, pp", "5.0", func(v *vendor) string {
		p := of(v.penetration("个人所得税", "全网"), taxPeaks(v.devices["个人所得税"]))
		return one(p[3] - p[0])
	}},
	{"C054 个税 mean of 2023 on the three years before", "45.0", func(v *vendor) string {
		y := yearly(v.devices["个人所得税"])
		return one(change(y[3], mean(y[:3])))
	}},
	{"C059 个税 新一线 and 二线 above 40", "true", func(v *vendor) string {
		s := v.shares["个人所得税"]
		return yes(s["城市等级/新一线城市"][december]+s["城市等级/二线城市"][december] > 40)
	}},
	{"C060 个税 25-35岁", "38.3", func(v *vendor) string { return one(v.shares["个人所得税"]["年龄/25-35岁"][december]) }},
	{"C061 个税 men in ten", "6", func(v *vendor) string {
		return fmt.Sprintf("%.0f", v.shares["个人所得税"]["性别/男"][december]/10)
	}},
	{"C062 个税 married just under 70", "true", func(v *vendor) string {
		s := v.shares["个人所得税"]["婚姻/已婚"][december]
		return yes(s > 69 && s < 70)
	}},
}

// taxPeaks are the months of the yearly peaks.
func taxPeaks(s map[string]float64) (months []string) {
	for year := 2020; year <= 2023; year++ {
		months = append(months, peak(s, in(year, 1, 12)))
	}
	return months
}

var payClaims = []claim{
	{"C126 云闪付 in 支付", "11.5", func(v *vendor) string { return one(v.penetration("云闪付", "支付")[december]) }},
	{"D021 云闪付 within the bounds of its province table", "true", func(v *vendor) string {
		d := v.devices["云闪付"][december]
		return yes(d > 6891.6 && d < 11502.8)
	}},
	{"C127 云闪付 smaller than 支付宝, both within 支付", "true true", func(v *vendor) string {
		a, b, all := v.devices["云闪付"][december], v.devices["支付宝"][december], v.devices["支付"][december]
		return fmt.Sprint(a < b, b+a*number(nil, v.overlap["独占率(%)"])/100 < all)
	}},
	{"C128 云闪付 exclusive just under 40", "true", func(v *vendor) string {
		x := number(nil, v.overlap["独占率(%)"])
		return yes(x > 39 && x < 40)
	}},
	{"C129 云闪付 largest occupation", "白领 30.3", func(v *vendor) string {
		top := v.ranked("云闪付", "职业标签", december)[0]
		return top + " " + one(v.shares["云闪付"]["职业标签/"+top][december])
	}},
	{"C131 C134 云闪付 largest province", "湖南 751.0", func(v *vendor) string {
		top := v.ranked("云闪付", "省份", december)[0]
		return top + " " + one(v.members["云闪付"]["省份/"+top][december])
	}},
	{"E31 云闪付 fifteenth province", "安徽", func(v *vendor) string { return v.ranked("云闪付", "省份", december)[14] }},
	{"C133 C139 云闪付 TGI in 广东 as in the table", "73.2", func(v *vendor) string { return one(v.tgi["云闪付"]["省份/广东"][december]) }},
	{"C201 云闪付 rising", "true", func(v *vendor) string { return yes(increasing(yearly(v.devices["云闪付"])...)) }},
}

var bankClaims = []claim{
	{"C195 banks rising", "true", func(v *vendor) string {
		for _, bank := range []string{"农业银行", "工商银行", "建设银行", "中国银行", "交通银行", "邮储银行"} {
			if !increasing(yearly(v.devices[bank])...) {
				return "false"
			}
		}
		return "true"
	}},
	{"C047 网上国网 busy hours", "[10 15]", func(v *vendor) string { return v.busyHours("网上国网") }},
	{"C196 农业银行 busy hours", "[11 17]", func(v *vendor) string { return v.busyHours("农业银行") }},
	{"C196 工商银行 busy hours", "[11 17]", func(v *vendor) string { return v.busyHours("工商银行") }},
	{"C196 建设银行 busy hours", "[11 17]", func(v *vendor) string { return v.busyHours("建设银行") }},
	{"C196 中国银行 busy hours", "[11 17]", func(v *vendor) string { return v.busyHours("中国银行") }},
}

// busyHours are the local peaks of an app's day, or what was wrong when its
// months differ or do not add up to 100 %.
func (v *vendor) busyHours(app string) (hours string) {
	for month, day := range v.hours[app] {
		if sum := 24 * mean(day); sum < 99.9 || sum > 100.1 {
			return fmt.Sprintf("%s adds up to %.2f %%", month, sum)
		}
		if h := fmt.Sprint(localPeaks(day)); hours != "" && h != hours {
			return "not the same every month"
		} else {
			hours = h
		}
	}
	return hours
}
