package tabulate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/tabulate"
)

// Headers in Chinese, a column that nobody knows and apps by their names give
// what the plain files give.
func TestDriftDoesNotChangeTheTables(t *testing.T) {
	contracts, err := configs.Datasets(nil)
	if err != nil {
		t.Fatal(err)
	}
	for table, c := range contracts {
		c.Drift.NewColumn = extract.Warn
		contracts[table] = c
	}
	devices := "device_id,weight,province\nd1,2,北京\nd2,3,上海\n"
	usage := "device_id,app_id,active_days,uses,seconds\nd1,geshui,1,2,60\nd2,yunshanfu,3,4,50\n"
	m := manifest("month", 1)
	m.UniverseWan, m.WeightSum, m.NDevices = 5e-4, 0, 0
	want, err := tabulate.Extract(t.Context(), deliver(t, m, devices, usage), catalogue, tabulate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	devices = "设备标识,权重,省份,星座\nd1,2,北京市,白羊\nd2,3,上海,金牛\n"
	usage = "设备标识,应用标识,活跃天数,渠道,使用次数,使用时长\nd1,个税,1,桌面,2,60\nd2,云闪付,3,,4,50\n"
	got, err := tabulate.Extract(t.Context(), deliver(t, m, devices, usage), catalogue, tabulate.Options{Contracts: contracts})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Notes) != 2 || got.Notes[0].Column != "星座" || got.Notes[1].Column != "渠道" {
		t.Errorf("notes %+v", got.Notes)
	}
	got.Notes = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("plain -, drifted +:\n%s", diff)
	}
}
