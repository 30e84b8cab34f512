package sample

import (
	"fmt"
	"math"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

var (
	hourlyFrom = panel.MustMonth("2023-01") // first month of the hourly product
	utf8From   = panel.MustMonth("2022-01") // before, the vendor exported GB18030
)

const vendorNote = "合成样本，非实测：报告已公布数字之外的水平与结构均为 panelwatch 虚构，只有 origin 为 published 的文件是报告原数 " +
	"(synthetic sample, not measured)"

// vendorMonth is the vendor's delivery of one month.
func (h *history) vendorMonth(m panel.Month) (delivery, error) {
	d := delivery{manifest: extract.Manifest{
		Vendor: "示例厂商 Sample Vendor", Product: "APP月度数据", Kind: extract.Aggregate,
		Month: m, Revision: 1, DeliveredAt: deliveredAt(m), Encoding: utf8,
		UniverseWan: h.universe.at(m), PanelSize: 6_000_000, Deff: 1.5,
		TierListYear: tierYear, TGIBase: tgiBase, DefinitionsVersion: "sample-1",
		CatalogueVersion: h.cat.Version, Synthetic: vendorNote,
	}}
	if m < utf8From {
		d.manifest.Encoding = gb18030
	}
	for _, part := range []struct {
		table string
		sheet func(panel.Month) *sheet
	}{
		{extract.TableUniverse, h.universeSheet},
		{extract.TableAppMonth, h.appMonthSheet},
		{extract.TableProfile, h.profileSheet},
		{extract.TableOverlap, h.overlapSheet},
		{extract.TableHourly, h.hourlySheet},
	} {
		s := part.sheet(m)
		if len(s.rows) == 0 {
			continue
		}
		content, err := s.csv(d.manifest.Encoding)
		if err != nil {
			return d, fmt.Errorf("%s: %w", part.table, err)
		}
		d.add(extract.File{
			Name: part.table + ".csv", Table: part.table, Rows: len(s.rows), Origin: "synthetic", Source: invented,
		}, content)
	}
	if m == last {
		return d, h.addPublished(&d)
	}
	return d, nil
}

func (h *history) universeSheet(m panel.Month) *sheet {
	s := &sheet{header: []string{"分类", "月份", "月独立设备数(万台)"}}
	s.add("全网", m.String(), fixed(h.universe.at(m), 1))
	s.add(paymentSeries, m.String(), fixed(h.payment.at(m), 1))
	return s
}

// appMonthSheet has every app that was released and is not in a published
// table of the month. Totals follow from the printed daily average.
func (h *history) appMonthSheet(m panel.Month) *sheet {
	s := &sheet{header: []string{
		"应用名称", "一级分类", "二级分类", "月份", "月独立设备数(万台)", "环比增幅(%)", "日均独立设备数(万台)",
		"月度总有效时长(万小时)", "月总使用次数(万次)", "单机单日使用次数(次)", "单机单日有效时间(分)",
	}}
	for _, a := range h.apps {
		devices, daily := h.devices[a.id], h.daily[a.id]
		if _, published := h.topApps[a.id]; devices.at(m) == 0 || published && m == last {
			continue
		}
		app, _ := h.cat.App(a.id)
		uses, minutes := h.perDay(a, m)
		deviceDays := daily.at(m) * float64(m.Days())
		s.add(app.Name, "公共服务", app.Category, m.String(), fixed(devices.at(m), 1), change(devices, m),
			fixed(daily.at(m), 1), fixed(deviceDays*minutes/60, 1), fixed(deviceDays*uses, 1),
			fixed(uses, 1), fixed(minutes, 1))
	}
	return s
}

// change is the printed change on the month before, empty without one.
func change(s series, m panel.Month) string {
	if m == first || s.at(m-1) == 0 {
		return ""
	}
	return fixed(100*(s.at(m)/s.at(m-1)-1), 1)
}

// perDay is uses and minutes of a device on a day of use, as printed.
func (h *history) perDay(a appShape, m panel.Month) (uses, minutes float64) {
	r := stream(h.seed, "per day/"+string(a.id)+"/"+m.String())
	return round(a.uses*math.Exp(noise(r, 0.01)), 1), round(a.minutes*math.Exp(noise(r, 0.01)), 1)
}
