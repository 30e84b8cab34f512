package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"panelwatch/etl/extract"
)

// TestJSONLines reads lines as programs write them.
func TestJSONLines(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
	}{
		{"aliases, numbers of every kind, nulls, blank lines", `
{"应用名称": "闽政通", "月份": 202312, "月独立设备数(万台)": 1796.8, "mom": "-1.6%"}

 {"应用名称":"浙里办","月份":"2023-12","月独立设备数(万台)":8.088e2,"mom":null}
{"月独立设备数(万台)": 466500E-3, "月份":"2023年12月", "应用名称": "\u5317京交警"}`, `
2: devices minzhengtong 17968000
2: mom minzhengtong -0.016
4: devices zheliban 8088000
5: devices beijingjiaojing 4665000
read 3, loaded 3, rejected 0, ignored 0`},
		{"lines at fault", `{"app": "闽政通", "month": "2023-12", "devices": 1}
{"app": "浙里办", "month": "2023-12", "devices": {"value": 1}}
{"app": "浙里办", "month": "2023-12", "devices": [1]}
{"app": "浙里办", "month": "2023-12", "devices": true}
{"app": "浙里办", "app": "闽政通", "month": "2023-12", "devices": 1}
{"app": "浙里办", "month": "2023-12", "devices": 1
{"app": "浙里办", "month": "2023-12", "devices": 1} {}
"浙里办"
{"app": "浙里\ufffd", "month": "2023-12", "devices": 1}
{"app": "浙里\ud800", "month": "2023-12", "devices": 1}
{"app": "浙里办", "month": "2023-12", "devices": 1e999999999}
{"app": "浙里办", "month": "2023-12", "devices": 01}
{"app": "浙里办", "month": "2023-12"}
`, `
reject 2  nested devices "{\"app\": \"浙里办\", \"month\": \"2023-12\", \"devices\": {\"value\": 1}}"
reject 3  nested devices "{\"app\": \"浙里办\", \"month\": \"2023-12\", \"devices\": [1]}"
reject 4  not_a_number devices "true"
reject 5  twice app "{\"app\": \"浙里办\", \"app\": \"闽政通\", \"month\": \"2023-12\", \"devices\": 1}"
reject 6  json  "{\"app\": \"浙里办\", \"month\": \"2023-12\", \"devices\": 1"
reject 7  json  "{\"app\": \"浙里办\", \"month\": \"2023-12\", \"devices\": 1} {}"
reject 8  json  "\"浙里办\""
reject 9  encoding app "浙里\\xEF\\xBF\\xBD"
reject 10  encoding app "浙里\\xEF\\xBF\\xBD"
reject 11  out_of_range devices "1e999999999"
reject 12  json  "{\"app\": \"浙里办\", \"month\": \"2023-12\", \"devices\": 01}"
1: devices minzhengtong 10000
read 13, loaded 2, rejected 11, ignored 0`},
		{
			"an unknown key", "{\"app\": \"闽政通\", \"month\": \"2023-12\", \"devices\": 1}\n{\"app\": \"浙里办\", \"mouth\": \"2023-12\"}\n",
			`error x.xlsx: line 2: column mouth: is not in the contract of app_month, which has 应用名称, 一级分类, 二级分类, 月份, 月独立设备数, 环比增幅, 日均独立设备数, 月度总有效时长, 月总使用次数, 单机单日使用次数, 单机单日有效时间; did you mean "month"?`,
		},
		{"an array", `[{"app": "闽政通"}]`, "error x.xlsx: is one JSON array; deliver one object on each line"},
		{"no object", "{]\n{", "error x.xlsx: has no line that is a JSON object with keys"},
		{"wide", `{"应用名称": "闽政通", "2023年11月月独立设备数": 1, "2023年12月月独立设备数": 2}`, `
1: devices minzhengtong 20000
other month 2023-11 月独立设备数
read 1, loaded 1, rejected 0, ignored 0`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimSpace(c.want), readWorkbook(t, "app_month", "", []byte(c.text))); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// TestEncodingOfTables holds the rule by which the encoding is found: the
// manifest, a byte-order mark, UTF-8 if all is valid, else GB18030, else rows
// are rejected. No character is lost on the way.
func TestEncodingOfTables(t *testing.T) {
	const header, one, other = "应用名称,月份,月独立设备数\n", "闽政通,202312,1\n", "浙里办,202312,2\n"
	gb := func(s string) string { return must(simplifiedchinese.GB18030.NewEncoder().String(s)) }
	object := `{"app": "闽政通", "month": "202312", "devices": 1}` + "\n"
	sound := "minzhengtong"
	for _, c := range []struct{ name, encoding, text, want string }{
		{"utf-8", "", header + one, sound},
		{"byte-order mark", "", "\ufeff" + header + one, sound},
		{"gb18030", "", gb(header + one), sound},
		{"gb18030 declared", "gb18030", gb(header + one), sound},
		{"utf-8 declared, gb18030 delivered", "utf-8", gb(header + one), "is the encoding in manifest.json right?"},
		{"one broken row of utf-8", "", header + one + "浙里\xff,202312,2\n" + other, "reject 3 encoding"},
		{"one broken row of gb18030", "", gb(header+one) + "\xd5\xe3\xff,202312,2\n" + gb(other), "reject 3 encoding"},
		{"json in gb18030", "", gb(object), sound},
		{"json with a byte-order mark", "", "\ufeff" + object, sound},
		{"json in gb18030 declared", "gbk", gb(object), sound},
		{"json, a broken line", "", object + `{"app": "` + "\xff" + `", "month": "202312", "devices": 1}`, "reject 2 encoding"},
		{"utf-16", "", "\xff\xfea\x00", "is UTF-16"},
	} {
		m := soundManifest(extract.Aggregate)
		m.Encoding = c.encoding
		rows := strings.Count(c.text, "\n") - 1
		if strings.Contains(c.name, "json") {
			rows = strings.Count(strings.TrimSpace(c.text), "\n") + 1
		}
		m.Files = []extract.File{{Name: "x", Table: "app_month", Rows: rows}}
		got := strings.NewReplacer("x:3 ", "3 ", "x:2 ", "2 ").Replace(describeDelivery(t, m, [][]byte{[]byte(c.text)}))
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: want %q, got %s", c.name, c.want, got)
		}
	}
}
