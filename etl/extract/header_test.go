package extract

import (
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"

	"panelwatch/etl/panel"
)

var december = panel.MustMonth("2023-12")

// shippedContracts are those of configs/datasets. Package configs cannot be
// asked: it imports this one.
var shippedContracts = sync.OnceValue(func() Contracts {
	contracts := Contracts{}
	for _, table := range TableNames() {
		text, err := os.ReadFile("../../configs/datasets/" + table + ".yaml")
		if err != nil {
			panic(err)
		}
		var c Contract
		if err := yaml.UnmarshalWithOptions(text, &c, yaml.Strict()); err != nil {
			panic(err)
		}
		contracts[table] = c
	}
	return contracts
})

func TestHeaders(t *testing.T) {
	for _, c := range []struct{ table, header, column, unit string }{
		{TableTopList, "2023年12月月总独立设备数(万台)", "devices", "万台"},
		{TableTopList, "2023年12月日均独立设备数（万台）", "dau_avg", "万台"},
		{TableTopList, "近6个月复合增长率(%)", "cagr6", "%"},
		{TableTopList, "近6个月复合增长率（％）", "cagr6", "%"},
		{TableProfile, "12月独立设备数(万台)", "devices", "万台"},
		{TableProfile, " 独立设备数 （ 台 ） ", "devices", "台"},
		{TableProfile, "tgi", "tgi", ""},
		{TableProfile, "省份", "member", ""},
		{TableAppMonth, "月独立设备数(亿台)", "devices", "亿台"},
		{TableAppMonth, "月度总有效时长(小时)", "total_hours", "小时"},
		{TableAppMonth, "月总使用次数", "total_uses", "万次"},
		{TableAppMonth, "ＡＰＰ名称", "app", ""},
		{TableOverlap, "APPA", "app_a", ""},
		{TableOverlap, "A∩B(台)", "devices_both", "台"},
		{TableOverlap, "B", "devices_b", "万台"},
		{TableHourly, "网络(G网)", "network", ""},
		{TableHourly, "07点", hourColumn, "%"},
		{TableHourly, "23点(%)", hourColumn, "%"},
	} {
		got, _, err := parseColumn(shippedContracts().of(c.table), december, c.header)
		if err != nil || got.name != c.column {
			t.Errorf("%s %q: got %q, %v, want %q", c.table, c.header, got.name, err, c.column)
			continue
		}
		if want := units[got.of.Type][c.unit]; got.factor != nil && got.factor.Cmp(want) != 0 {
			t.Errorf("%s %q: one is %v, want %v", c.table, c.header, got.factor, want)
		}
	}
}

func TestHeadersRefused(t *testing.T) {
	for _, c := range []struct{ table, header, msg string }{
		{TableTopList, "2023年11月月总独立设备数(万台)", "names 2023年11月"},
		{TableTopList, "2022年12月月总独立设备数(万台)", "names 2022年12月"},
		{TableTopList, "11月月总独立设备数(万台)", "names 11月"},
		{TableTopList, "2023年13月月总独立设备数(万台)", "names 2023年13月"},
		{TableTopList, "月总独立设备(万台)", `did you mean "月总独立设备数"?`},
		{TableTopList, "月总独立设备数(万人)", `unit "万人"`},
		{TableHourly, "24点", "not in the contract"},
		{TableProfile, "7点", "not in the contract"},
	} {
		_, err := parseHeader(shippedContracts().of(c.table), december, []string{c.header})
		var fault *DataError
		if !errors.As(err, &fault) || !strings.Contains(fault.Msg, c.msg) {
			t.Errorf("%s %q: got %v, want %q", c.table, c.header, err, c.msg)
		}
	}
}

func TestMonthCells(t *testing.T) {
	for _, cell := range []string{
		"2023年12月", "202312", "2023-12", "2023/12/1", "2023.12", "2023-12-31", "20231201", "Dec-23", "45261",
		"45291", "２０２３年１２月", " 2023年12月1日 ", "'202312",
	} {
		if got, ok := (monthReader{}).parse(cell); !ok || got != december {
			t.Errorf("%q: got %s, %v, want %s", cell, got, ok, december)
		}
	}
	for _, cell := range []string{"", "59", "202313", "202300", "2023", "12月", "2023-13", "23-12", "Dez-23", "December 2023"} {
		if got, ok := (monthReader{}).parse(cell); ok {
			t.Errorf("%q: got %s, want no month", cell, got)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"铁路12306", "天津人力社保", "个人所得税"}
	for word, want := range map[string]string{
		"铁路12036": "铁路12306", "天津人社保": "天津人力社保", "个人所得說": "个人所得税", "云闪付": "", "": "",
	} {
		if got := nearest(word, known); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}
