package sample

import (
	"fmt"
	"math"
	"path"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

const (
	top20File     = "published/top20_government_apps_2023_12.csv"
	unionPayFile  = "published/unionpay_top15_provinces_2023_12.csv"
	stateGridFile = "published/state_grid_top5_provinces_2023_12.csv"
	report        = "艾瑞咨询 iResearch《城市基础及公共服务类APP流量监测报告》2023年"
	invented      = "invented by panelwatch sample"
	growthMonths  = 6
)

// The apps of the two published province tables.
const (
	unionPay  panel.AppID = "yunshanfu"
	stateGrid panel.AppID = "wangshangguowang"
)

// A topApp is a row of the published TOP20.
type topApp struct {
	name   string
	wan    float64 // 万台, December 2023
	dauWan float64 // 万台
	growth float64 // a month, over the last six
}

func readTopApp(t *table, i int) topApp {
	return topApp{
		name:   t.text(i, "APP名称"),
		wan:    t.number(i, "2023年12月月总独立设备数"),
		dauWan: t.number(i, "2023年12月日均独立设备数"),
		growth: t.number(i, "近6个月复合增长率") / 100,
	}
}

// june is the level six months before that the printed growth implies.
func (a topApp) june() float64 { return round(a.wan/math.Pow(1+a.growth, growthMonths), 1) }

// markPublished notes which traits the published tables carry.
func (s *shapes) markPublished() {
	for _, p := range []struct {
		file string
		app  panel.AppID
	}{{unionPayFile, unionPay}, {stateGridFile, stateGrid}} {
		listed := map[string]bool{}
		s.rows(p.file, func(t *table, i int) { listed[t.text(i, "省份")] = true })
		for i, tr := range s.traits {
			if tr.app == p.app && tr.segment.Dimension == panel.Province && listed[tr.segment.Member] {
				s.traits[i].publishedIn = p.file
			}
		}
	}
}

// addPublished adds the report's three tables as printed, one of them in
// GB18030, as a delivery whose files differ in encoding.
func (h *history) addPublished(d *delivery) error {
	for _, p := range []struct {
		name string
		file extract.File
	}{
		{top20File, extract.File{Table: extract.TableTopList, List: "地方政务"}},
		{unionPayFile, extract.File{Table: extract.TableProfile, App: h.name(unionPay), Dimension: panel.Province, Encoding: gb18030}},
		{stateGridFile, extract.File{Table: extract.TableProfile, App: h.name(stateGrid), Dimension: panel.Province}},
	} {
		text, err := files.ReadFile(p.name)
		if err != nil {
			return err
		}
		content, err := encode(text, p.file.Encoding)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		p.file.Name, p.file.Rows = path.Base(p.name), len(readTable(p.name).rows)
		p.file.Origin, p.file.Source = "published", report
		d.add(p.file, content)
	}
	return nil
}
