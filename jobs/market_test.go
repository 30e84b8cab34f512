package jobs_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// A market is an invented vendor of many apps, for measurements: those of the
// catalogue and as many more as it takes. Its numbers are plausible and nothing
// else.
type market struct {
	profiled  int // so many apps have 60 segments every month, the others gender alone
	catalogue *panel.Catalogue
	level     map[panel.AppID]float64 // 万台 in the first month
}

// marketUniverse is 全网, 万台.
const marketUniverse = 139_000

// newMarket extends the catalogue of a site to that many apps, of which the first
// have a whole profile.
func newMarket(t testing.TB, s *site, apps, profiled int) market {
	t.Helper()
	c, draw := *s.config.Catalogue, rand.New(rand.NewPCG(5, 5))
	for i := len(c.Apps); i < apps; i++ {
		c.Apps = append(c.Apps, panel.App{
			ID: panel.AppID(fmt.Sprintf("app%03d", i)), Name: fmt.Sprintf("应用%03d", i), Category: "工具", Profile: "none",
		})
	}
	must(t, c.Index())
	s.config.Catalogue = &c
	m := market{profiled, &c, map[panel.AppID]float64{}}
	for _, a := range c.Apps {
		m.level[a.ID] = 300 * math.Exp(1.2*draw.NormFloat64())
	}
	return m
}

// write puts deliveries of the months into the inbox of a site.
func (m market) write(t testing.TB, s *site, from, to panel.Month) {
	t.Helper()
	for at := from; at <= to; at++ {
		manifest := extract.Manifest{
			Vendor: "measurements", Product: "market", Kind: extract.Aggregate, Month: at, Revision: 1,
			DeliveredAt: at.Start().AddDate(0, 1, 9), Encoding: "utf-8", UniverseWan: marketUniverse, PanelSize: 6_000_000, Deff: 1.5,
			TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1", Synthetic: "invented for a measurement",
		}
		var contents [][]byte
		tables := m.month(at, at-from)
		for _, table := range slices.Sorted(maps.Keys(tables)) {
			manifest.Files = append(manifest.Files, extract.File{Name: table + ".csv", Table: table, Rows: len(tables[table]) - 1})
			var text bytes.Buffer
			must(t, csv.NewWriter(&text).WriteAll(tables[table]))
			contents = append(contents, text.Bytes())
		}
		must(t, extract.WriteDelivery(filepath.Join(s.inbox, "vendor", at.String(), "r1"), manifest, contents))
	}
}

// month are the tables of a month, so many months after the first.
func (m market) month(at, since panel.Month) map[string][][]string {
	t := map[string][][]string{
		extract.TableUniverse: {{"分类", "月份", "月独立设备数(万台)"}, {"全网", at.String(), tenth(marketUniverse)}, {"支付", at.String(), tenth(83_000)}},
		extract.TableAppMonth: {{"应用名称", "月份", "月独立设备数(万台)", "日均独立设备数(万台)", "月度总有效时长(万小时)", "月总使用次数(万次)"}},
		extract.TableProfile:  {{"应用名称", "月份", "维度", "选项", "独立设备数(万台)", "占比(%)", "TGI", "单机单日使用次数(次)", "单机单日有效时间(分)"}},
		extract.TableOverlap:  {{"APP A", "APP B", "月份", "A(万台)", "B(万台)", "A∩B(万台)", "A∪B(万台)"}},
		extract.TableHourly:   {{"应用名称", "月份", "网络"}},
	}
	for hour := range 24 {
		t[extract.TableHourly][0] = append(t[extract.TableHourly][0], fmt.Sprint(hour, "点"))
	}
	draw := rand.New(rand.NewPCG(3, uint64(at)))
	devices := map[panel.AppID]float64{}
	add := func(table string, rows ...[]string) { t[table] = append(t[table], rows...) }
	for i, a := range m.catalogue.Apps {
		d := m.level[a.ID] * math.Exp(0.006*float64(since)+0.08*math.Sin(float64(at))+0.02*draw.NormFloat64())
		devices[a.ID] = d
		add(extract.TableAppMonth, []string{a.Name, at.String(), tenth(d), tenth(d / 6), tenth(d * 9), tenth(d * 40)})
		add(extract.TableProfile, m.members(a, at, i < m.profiled, d, draw)...)
		add(extract.TableHourly, hours(a, at, "G网", draw), hours(a, at, "全部", draw))
	}
	for i := range m.catalogue.Apps {
		add(extract.TableOverlap, m.pair(i, at, devices))
	}
	return t
}

// members are the rows of an app's profile. Of every dimension the first
// members are the largest.
func (m market) members(a panel.App, at panel.Month, whole bool, devices float64, draw *rand.Rand) (rows [][]string) {
	for _, d := range []struct{ name, zh string }{
		{panel.Province, "省份"},
		{panel.City, "城市"},
		{panel.CityTier, "城市等级"},
		{panel.Gender, "性别"},
		{panel.AgeBand, "年龄"},
		{panel.Marital, "婚姻"},
		{panel.Occupation, "职业标签"},
	} {
		if !whole && d.name != panel.Gender {
			continue
		}
		members := m.catalogue.Dimensions[d.name]
		if d.name != panel.City {
			members = append(slices.Clone(members), panel.Unknown)[:min(len(members)+1, 32)]
		}
		for i, member := range members {
			share := 2 * float64(len(members)-i) / float64(len(members)*(len(members)+1)) * math.Exp(0.01*draw.NormFloat64())
			if d.name == panel.City {
				share /= 10
			}
			rows = append(rows, []string{
				a.Name, at.String(), d.zh, member, tenth(devices * share), fmt.Sprintf("%.2f", 100*share),
				tenth(100 * math.Exp(0.1*draw.NormFloat64())), tenth(3 + draw.Float64()), tenth(10 + draw.Float64()),
			})
		}
	}
	return rows
}

// pair is an app with the next one of the catalogue.
func (m market) pair(i int, at panel.Month, devices map[panel.AppID]float64) []string {
	a, b := m.catalogue.Apps[i], m.catalogue.Apps[(i+1)%len(m.catalogue.Apps)]
	both := 0.4 * min(devices[a.ID], devices[b.ID])
	return []string{
		a.Name, b.Name, at.String(), tenth(devices[a.ID]), tenth(devices[b.ID]), tenth(both), tenth(devices[a.ID] + devices[b.ID] - both),
	}
}

// hours are the shares of a day's hours, which sum to 100 %.
func hours(a panel.App, at panel.Month, network string, draw *rand.Rand) []string {
	row, parts, sum := []string{a.Name, at.String(), network}, make([]float64, 24), 0.0
	for hour := range parts {
		parts[hour] = 2 + math.Sin(float64(hour-10)/4) + 0.1*draw.Float64()
		sum += parts[hour]
	}
	for _, part := range parts {
		row = append(row, fmt.Sprintf("%.2f", 100*part/sum))
	}
	return row
}

func tenth(v float64) string { return fmt.Sprintf("%.1f", v) }
