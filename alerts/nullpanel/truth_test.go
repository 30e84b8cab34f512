package nullpanel_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/alerts/nullpanel"
	"panelwatch/configs"
	"panelwatch/etl/panel"
)

// others are the apps beside the printed list, in 万台 of an ordinary month.
var others = map[panel.AppID]float64{
	"shilizhengwu_a": 105, "shilizhengwu_b": 96,
	"abc": 20200, "icbc": 16900, "ccb": 11200, "boc": 6900, "bocom": 4100, "psbc": 5500,
	"tielu12306": 8600, "jiaoguan12123": 12600, "geshui": 8000, "wangshangguowang": 5000, "yunshanfu": 9900,
	"zhongyouhaoke": 650, "yijiejiayou": 700,
}

// seasons are the months that stand out, by profile, as logarithms.
var seasons = map[string]map[int]float64{
	"rail":    {1: 0.12, 2: 0.05, 4: 0.10, 7: 0.12, 8: 0.15, 9: 0.20, 10: 0.05},
	"tax":     {3: 0.9, 4: 0.5, 5: 0.3, 6: 0.4, 12: 0.1},
	"utility": {1: 0.08, 7: 0.25, 8: 0.28, 9: 0.10},
	"road":    {10: 0.05},
}

// divisions are the dimensions by which apps are divided, those that shares
// are judged by.
var divisions = map[panel.AppID]string{
	"jiaoguan12123": panel.CityTier, "yijiejiayou": panel.CityTier, "geshui": panel.CityTier,
	"wangshangguowang": panel.Province, "yunshanfu": panel.Province,
}

// divided gives each member of a dimension a share that falls with its place.
func divided(c *panel.Catalogue, dimension string) (parts []nullpanel.Part) {
	members := c.Dimensions[dimension]
	var sum float64
	for i := range members {
		sum += 1 / float64(i+2)
	}
	for i, m := range members {
		parts = append(parts, nullpanel.Part{Segment: panel.Segment{Dimension: dimension, Member: m}, Share: 1 / float64(i+2) / sum})
	}
	return parts
}

// reported is a truth with the levels of the report's list of December 2023,
// and made-up ones beside it; it has the catalogue's lists.
func reported(t testing.TB) nullpanel.Truth {
	t.Helper()
	catalogue, err := configs.Catalogue(nil)
	if err != nil {
		t.Fatal(err)
	}
	wan := printed(t)
	out := nullpanel.Truth{Universe: 1.39e9}
	for _, a := range catalogue.Apps {
		level := wan[a.Name] + others[a.ID]
		if level == 0 {
			continue
		}
		app := nullpanel.App{ID: a.ID, Name: a.Name, Profile: a.Profile, Category: a.Category, Devices: level * 1e4}
		app.Parts = divided(catalogue, divisions[a.ID])
		for month, effect := range seasons[a.Profile] {
			app.Season[month-1] = effect
		}
		out.Apps = append(out.Apps, app)
	}
	for _, l := range catalogue.Lists {
		out.Lists = append(out.Lists, nullpanel.List{Name: l.Name, Size: l.Size, Apps: l.Apps})
	}
	return out
}

func printed(t testing.TB) map[string]float64 {
	t.Helper()
	f, err := os.Open("../testdata/top20_government_apps_2023_12.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		out[row[1]] = v
	}
	if len(out) != 20 {
		t.Fatalf("%d apps printed, want 20", len(out))
	}
	return out
}

func shipped(t testing.TB) (alerts.Knowledge, alerts.Settings) {
	t.Helper()
	rules, err := configs.Rules(nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := calendar.Load(os.DirFS("../../configs/calendar"))
	if err != nil {
		t.Fatal(err)
	}
	return alerts.Knowledge{Calendar: c, Model: expect.Structural{Calendar: c}}, rules
}

func near(got, want, tolerance float64) bool { return math.Abs(got-want) <= tolerance }
