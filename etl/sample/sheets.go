package sample

import (
	"math"
	"strconv"

	"panelwatch/etl/panel"
)

// profileSheet has the members of every profiled app but those that a
// published table of the month has. Shares follow from the printed devices.
func (h *history) profileSheet(m panel.Month) *sheet {
	s := &sheet{header: []string{"应用名称", "月份", "维度", "选项", "独立设备数(万台)", "占比(%)", "TGI"}}
	for _, a := range h.apps {
		devices := h.devices[a.id]
		if devices.at(m) == 0 {
			continue
		}
		for _, p := range h.shares[a.id] {
			if m == last && p.publishedIn != "" {
				continue
			}
			member := round(devices.at(m)*p.share.at(m)/100, 1)
			share := 100 * member / devices.at(m)
			s.add(h.name(a.id), m.String(), dimensionZh[p.segment.Dimension], p.segment.Member,
				fixed(member, 1), fixed(share, 2), fixed(h.tgi(p.segment, share), 1))
		}
	}
	return s
}

// dimensionZh is how vendors head the dimensions.
var dimensionZh = map[string]string{
	panel.Province: "省份", panel.City: "城市", panel.CityTier: "城市等级", panel.Gender: "性别",
	panel.AgeBand: "年龄", panel.Marital: "婚姻", panel.Occupation: "职业标签",
}

// alipay is the app that 云闪付 is compared with.
const alipay panel.AppID = "zhifubao"

// overlapSheet compares 云闪付 with 支付宝: the exclusive share rises slowly to
// the published just under 40 %.
func (h *history) overlapSheet(m panel.Month) *sheet {
	s := &sheet{header: []string{
		"APP A", "APP B", "月份", "A(万台)", "B(万台)", "A∩B(万台)", "A∪B(万台)", "重合率(%)", "独占率(%)",
	}}
	exclusive := 0.396 - 0.001*float64(last-m) + noise(stream(h.seed, "overlap/"+m.String()), 0.001)
	da, db := h.devices[unionPay], h.devices[alipay]
	a, b := da.at(m), db.at(m)
	both := round(a*(1-exclusive), 1)
	s.add(h.name(unionPay), h.name(alipay), m.String(), fixed(a, 1), fixed(b, 1), fixed(both, 1),
		fixed(a+b-both, 1), fixed(100*both/(a+b-both), 1), fixed(100*(a-both)/a, 1))
	return s
}

// hourlyApps are the apps of the hourly product and the shape of their day.
var hourlyApps = []struct {
	id  panel.AppID
	day string
}{{stateGrid, "grid"}, {"abc", "bank"}, {"icbc", "bank"}, {"ccb", "bank"}, {"boc", "bank"}}

// hourlySheet is the share of each hour in the day's device-hours.
func (h *history) hourlySheet(m panel.Month) *sheet {
	s := &sheet{header: []string{"应用名称", "月份", "网络"}}
	for hour := range 24 {
		s.header = append(s.header, strconv.Itoa(hour)+"点")
	}
	if m < hourlyFrom {
		return s
	}
	for _, a := range hourlyApps {
		s.rows = append(s.rows, append([]string{h.name(a.id), m.String(), "G网"}, h.hours24(a.id, a.day, m)...))
	}
	return s
}

// hours24 draws a day that adds up to 100 %.
func (h *history) hours24(id panel.AppID, day string, m panel.Month) []string {
	r := stream(h.seed, "hours/"+string(id)+"/"+m.String())
	parts, sum := make([]float64, 24), 0.0
	for i, v := range h.hours[day] {
		parts[i] = v * math.Exp(noise(r, 0.005))
		sum += parts[i]
	}
	cells := make([]string, 24)
	for i, v := range parts {
		cells[i] = fixed(100*v/sum, 2)
	}
	return cells
}
