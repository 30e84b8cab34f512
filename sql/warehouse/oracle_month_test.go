package warehouse

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// An oracleMonth is a made-up month of a few hundred devices, as rows of the
// two tables of a delivery, among them rows that must not count.
type oracleMonth struct {
	grain   string // of usage: day or month
	strata  bool   // devices are in strata, one of them of a single device
	grouped bool   // the vendor delivers the jackknife groups

	draw     *rand.Rand
	devices  [][]string // see deviceColumns
	usage    [][]string // see usageColumns
	universe float64    // weights of the devices that count
}

var (
	deviceColumns = []string{
		"device_id", "weight", "rep_group", "strata", "province", "city", "city_tier", "gender", "age_band", "marital", "occupation_tags",
	}
	usageColumns = []string{"device_id", "app_id", "day", "active_days", "uses", "seconds"}
)

const (
	monthOfOracle    = "2024-02" // 29 days
	minSecondsOracle = 5
)

// oracleCatalogue has eight apps: nobody uses "unused", "opened" only for a
// moment, and "lone" together with no other.
func oracleCatalogue(t *testing.T) *panel.Catalogue {
	t.Helper()
	c := &panel.Catalogue{
		Version: "oracle",
		Dimensions: map[string][]string{
			panel.Province: {"山东", "四川", "北京", "湖南"}, panel.City: {"成都", "济南"}, panel.CityTier: {"一线", "新一线", "二线"},
			panel.Gender: {"男", "女"}, panel.AgeBand: {"24岁以下", "25-34岁", "35岁以上"}, panel.Marital: {"已婚", "未婚"},
			panel.Occupation: {"学生", "白领", "个体", "农民"},
		},
		MemberAliases: map[string]map[string]string{panel.Province: {"山东省": "山东"}, panel.Gender: {"M": "男"}},
	}
	for id, category := range map[panel.AppID]string{
		"rail": "交通出行", "road": "交通出行", "tax": "政务", "gov": "政务", "bank": "金融", "lone": "金融",
		"unused": "金融", "opened": "工具",
	} {
		c.Apps = append(c.Apps, panel.App{ID: id, Name: "应用" + string(id), Category: category, Profile: "none"})
	}
	if err := c.Index(); err != nil {
		t.Fatal(err)
	}
	return c
}

func (m *oracleMonth) make(seed uint64, devices int) {
	m.draw = rand.New(rand.NewPCG(seed, 11))
	for i := range devices {
		d := m.device(i)
		m.devices = append(m.devices, d)
		weight, err := strconv.ParseFloat(d[1], 64)
		if err != nil {
			panic(err)
		}
		m.universe += weight
		m.use(d[0])
	}
	m.spoilDevices()
	m.spoilUsage()
	shuffle := func(rows [][]string) {
		m.draw.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	shuffle(m.devices)
	shuffle(m.usage)
}

// device is a device with some attributes left out.
func (m *oracleMonth) device(i int) []string {
	pick := func(of ...string) string { return of[m.draw.IntN(len(of))] }
	id := fmt.Sprintf(pick("%08x", "设备-𠮷-%d", "D%07d"), i)
	weight := fmt.Sprintf("%.*f", m.draw.IntN(7), 100+5000*m.draw.ExpFloat64())
	stratum, group := "", ""
	if m.strata {
		stratum = pick("城", "乡", "乡")
		if i == 0 {
			stratum = "岛"
		}
	}
	if m.grouped {
		group = fmt.Sprint(1 + m.draw.IntN(panel.Groups))
	}
	return []string{
		id, weight, group, stratum,
		pick("", "山东", "山东省", "四川", "北京", "湖南"), pick("", "成都", "济南", "昆明", "大理"), pick("", "一线", "新一线", "二线"),
		pick("", "男", "女", "M"), pick("", "24岁以下", "25-34岁", "35岁以上"), pick("", "已婚", "未婚"),
		pick("", "学生", "白领;个体", "学生;农民；个体", "农民;农民"),
	}
}

// appsUsed are the apps and the part of the devices that have them.
var appsUsed = []struct {
	id    string
	share float64
}{{"bank", 0.5}, {"gov", 0.3}, {"opened", 0.2}, {"rail", 0.7}, {"road", 0.1}, {"tax", 0.6}}

// use writes what a device did; some of it is too short to count.
func (m *oracleMonth) use(id string) {
	if len(m.devices)%25 == 0 {
		m.add(id, "lone", monthOfOracle+"-29", 2, 3, 400)
		return
	}
	for _, app := range appsUsed {
		if m.draw.Float64() > app.share {
			continue
		}
		longest := 4000
		if app.id == "opened" {
			longest = minSecondsOracle
		}
		if m.grain == "month" {
			days := 1 + m.draw.IntN(29)
			m.add(id, app.id, "", days, days+m.draw.IntN(50), m.draw.IntN(longest))
			continue
		}
		for day := 1; day <= 29; day += 1 + m.draw.IntN(9) {
			m.add(id, app.id, fmt.Sprintf("%s-%02d", monthOfOracle, day), 1, m.draw.IntN(9), m.draw.IntN(longest)/(1+m.draw.IntN(300)))
		}
	}
}

// add writes a row of usage; days count in month grain only.
func (m *oracleMonth) add(id, app, day string, days, uses, seconds int) {
	active := ""
	if m.grain == "month" {
		active, day = fmt.Sprint(days), ""
	}
	m.usage = append(m.usage, []string{id, app, day, active, fmt.Sprint(uses), fmt.Sprint(seconds)})
}

// spoilDevices adds lines of devices that repeat, contradict, or are wrong.
// What they contradict no longer counts.
func (m *oracleMonth) spoilDevices() {
	with := func(row []string, column int, value string) []string {
		changed := append([]string(nil), row...)
		changed[column] = value
		return changed
	}
	first := m.devices
	m.devices = append(m.devices, first[1], first[2], first[2]) // word for word
	for i, column := range []int{1, 7, 10} {                    // says otherwise: weight, gender, tags
		row := first[10+i]
		weight, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			panic(err)
		}
		m.universe -= weight
		m.devices = append(m.devices, with(row, 7, "男"), with(row, column, map[int]string{1: "77.5", 7: "女", 10: "白领"}[column]))
	}
	for i, wrong := range [][]string{
		with(first[20], 1, "0"), with(first[21], 1, "-3"), with(first[22], 4, "山西"), with(first[23], 10, "学生;侠客"),
	} {
		wrong[0] = fmt.Sprint("wrong-", i)
		m.devices = append(m.devices, wrong)
		m.add(wrong[0], "rail", monthOfOracle+"-03", 1, 5, 500)
	}
}

// spoilUsage adds rows of usage that repeat, contradict, or are wrong.
func (m *oracleMonth) spoilUsage() {
	known := m.usage[0][0]
	m.usage = append(m.usage, m.usage[1], m.usage[2], m.usage[2])
	for i, column := range []int{4, 5} {
		row := append([]string(nil), m.usage[20+i]...)
		row[column] = fmt.Sprint(30 + 7*i)
		m.usage = append(m.usage, row)
	}
	day := monthOfOracle + "-03"
	m.add("nobody", "rail", day, 1, 5, 500)
	m.add(known, "unheard-of", day, 1, 5, 500)
	m.add(known, "unused", day, 1, -1, 500)
	m.add(known, "unused", day, 1, 5, -500)
	m.add(known, "unused", day, 1, 5, 86_401)
	if m.grain == "month" {
		m.add(known, "unused", "", 0, 5, 500)
		m.add(known, "unused", "", 30, 50, 500)
		m.add(known, "unused", "", 9, 8, 500)
		return
	}
	m.add(known, "unused", "2024-01-31", 1, 5, 500)
	m.add(known, "unused", "2024-03-01", 1, 5, 500)
}

// deliver writes the month as a vendor would, its usage in two files, and
// finds it again.
func (m *oracleMonth) deliver(t *testing.T) extract.Delivery {
	t.Helper()
	dir, half := t.TempDir(), len(m.usage)/2
	foreign := map[string]string{"day": "active_days", "month": "day"}[m.grain]
	ungrouped := "rep_group"
	if m.grouped {
		ungrouped = ""
	}
	contents := [][]byte{
		asCSV(t, deviceColumns, ungrouped, m.devices), asCSV(t, usageColumns, foreign, m.usage[:half]), asCSV(t, usageColumns, foreign, m.usage[half:]),
	}
	manifest := extract.Manifest{
		Vendor: "oracle", Product: "test", Kind: extract.Microdata, Month: panel.MustMonth(monthOfOracle), Revision: 1,
		DeliveredAt: time.Date(2024, 3, 12, 0, 0, 0, 0, time.UTC), UsageGrain: m.grain, UniverseWan: m.universe / 1e4,
		MinSecondsValid: minSecondsOracle, TierListYear: 2023, TGIBase: "all_network", DefinitionsVersion: "2023", Synthetic: "made up by a test",
		Files: []extract.File{
			{Name: "devices.csv", Table: extract.TableDevices, Rows: len(m.devices)},
			{Name: "usage-1.csv", Table: extract.TableUsage, Rows: half},
			{Name: "usage-2.csv", Table: extract.TableUsage, Rows: len(m.usage) - half},
		},
	}
	if err := extract.WriteDelivery(dir, manifest, contents); err != nil {
		t.Fatal(err)
	}
	found, _, err := extract.Find("oracle", dir)
	if err != nil || len(found) != 1 {
		t.Fatalf("%d deliveries, %v", len(found), err)
	}
	return found[0]
}

// asCSV writes rows without the column to leave out.
func asCSV(t *testing.T, columns []string, leave string, rows [][]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, row := range append([][]string{columns}, rows...) {
		var cells []string
		for i, c := range columns {
			if c != leave {
				cells = append(cells, row[i])
			}
		}
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
