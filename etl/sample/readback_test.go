package sample_test

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"panelwatch/etl/extract"
)

// A vendor is what the vendor's files say, read back: 万台 and % as printed.
type vendor struct {
	devices map[string]map[string]float64            // app (全网 and 支付 too) -> month
	members map[string]map[string]map[string]float64 // app -> dimension/member -> month
	shares  map[string]map[string]map[string]float64
	tgi     map[string]map[string]map[string]float64
	daily   map[string]float64 // in the last month
	growth  map[string]float64 // as published in the TOP20
	overlap map[string]string  // the row of the last month
	hours   map[string]map[string][]float64
	seen    map[string]bool // every number that was delivered, so that none comes twice
}

// put stores a value in a map of maps.
func put[T any](m map[string]map[string]T, a, b string, value T) {
	if m[a] == nil {
		m[a] = map[string]T{}
	}
	m[a][b] = value
}

// put3 stores a value one level deeper.
func put3(m map[string]map[string]map[string]float64, a, b, c string, value float64) {
	if m[a] == nil {
		m[a] = map[string]map[string]float64{}
	}
	put(m[a], b, c, value)
}

// once fails the test when a number is delivered a second time.
func (v *vendor) once(t *testing.T, key ...string) {
	t.Helper()
	k := strings.Join(key, " ")
	if v.seen[k] {
		t.Errorf("%s is delivered twice", k)
	}
	v.seen[k] = true
}

// readVendor reads every vendor delivery below dir.
func readVendor(t *testing.T, dir string) *vendor {
	t.Helper()
	v := &vendor{
		devices: map[string]map[string]float64{}, members: map[string]map[string]map[string]float64{},
		shares: map[string]map[string]map[string]float64{}, tgi: map[string]map[string]map[string]float64{},
		daily: map[string]float64{}, growth: map[string]float64{},
		hours: map[string]map[string][]float64{}, seen: map[string]bool{},
	}
	deliveries, err := filepath.Glob(filepath.Join(dir, "vendor", "*", "r1"))
	if err != nil || len(deliveries) == 0 {
		t.Fatalf("no deliveries: %v", err)
	}
	slices.Sort(deliveries)
	for _, d := range deliveries {
		m := manifest(t, d)
		for _, f := range m.Files {
			for _, r := range records(t, d, m, f) {
				v.row(t, m, f, r)
			}
		}
	}
	return v
}

func (v *vendor) row(t *testing.T, m extract.Manifest, f extract.File, r map[string]string) {
	t.Helper()
	month := m.Month.String()
	v.once(t, month, f.Table, f.App, r["APP名称"], r["应用名称"], r["分类"], r["APP A"], r["维度"], r["选项"], r["省份"])
	switch f.Table {
	case extract.TableUniverse:
		put(v.devices, r["分类"], month, number(t, r["月独立设备数(万台)"]))
	case extract.TableAppMonth:
		put(v.devices, r["应用名称"], month, number(t, r["月独立设备数(万台)"]))
		v.once(t, month, "level of", r["应用名称"])
		v.daily[r["应用名称"]] = number(t, r["日均独立设备数(万台)"])
	case extract.TableTopList:
		put(v.devices, r["APP名称"], month, number(t, r["2023年12月月总独立设备数(万台)"]))
		v.once(t, month, "level of", r["APP名称"])
		v.daily[r["APP名称"]] = number(t, r["2023年12月日均独立设备数(万台)"])
		v.growth[r["APP名称"]] = number(t, r["近6个月复合增长率(%)"])
	case extract.TableProfile:
		v.profile(t, month, f, r)
	case extract.TableOverlap:
		v.overlap = r
	case extract.TableHourly:
		day := make([]float64, 24)
		for h := range day {
			day[h] = number(t, r[strconv.Itoa(h)+"点"])
		}
		put(v.hours, r["应用名称"], month, day)
	}
}

func (v *vendor) profile(t *testing.T, month string, f extract.File, r map[string]string) {
	t.Helper()
	v.once(t, month, "share of", f.App, r["应用名称"], strings.TrimPrefix(r["维度"], "省份"), r["选项"], r["省份"])
	if f.App != "" { // a published table of provinces
		devices := r["2023年12月独立设备数(万台)"] + r["12月独立设备数(万台)"]
		put3(v.members, f.App, "省份/"+r["省份"], month, number(t, devices))
		put3(v.tgi, f.App, "省份/"+r["省份"], month, number(t, r["TGI"]))
		return
	}
	key := r["维度"] + "/" + r["选项"]
	put3(v.members, r["应用名称"], key, month, number(t, r["独立设备数(万台)"]))
	put3(v.shares, r["应用名称"], key, month, number(t, r["占比(%)"]))
	put3(v.tgi, r["应用名称"], key, month, number(t, r["TGI"]))
}
