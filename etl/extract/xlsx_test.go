package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSheetsOfOtherPrograms reads what programs other than Excel write, or
// Excel seldom does: prefixes, absolute targets, cells without names, texts in
// cells, readings of characters, escapes, charts, cached and empty results.
func TestSheetsOfOtherPrograms(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"XL/workbook.xml", `<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:rel="r">
			<x:sheets><x:sheet name="图" sheetId="1" rel:id="c"/><x:sheet name="数据" sheetId="2" rel:id="s"/></x:sheets></x:workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships>
			<Relationship Id="c" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/chartsheet" Target="chartsheets/sheet1.xml"/>
			<Relationship Id="s" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/worksheets/Sheet2.xml"/></Relationships>`},
		{"xl/worksheets/sheet2.xml", `<?xml version="1.0" encoding="UTF-8"?><x:worksheet><x:sheetViews/><x:sheetData>
			<x:row><x:c t="inlineStr"><x:is><x:t>应用</x:t><x:rPh sb="0"><x:t>yingyong</x:t></x:rPh><x:t>名称</x:t></x:is></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row>
			<x:row r="3"><x:c r="A3" t="s"><x:v>3</x:v></x:c><x:c r="B3" t="d"><x:v>2023-12-01T00:00:00</x:v></x:c><x:c r="C3"><x:f>1+1</x:f><x:v>1.7968E3</x:v></x:c><x:c r="D3" t="str"><x:f>""</x:f><x:v></x:v></x:c></x:row>
			<x:row r="4"><x:c r="A4" t="str"><x:f>A3</x:f><x:v>浙里办</x:v></x:c><x:c r="B4" t="s"><x:v>4</x:v></x:c><x:c r="C4" t="e"><x:v>#N/A</x:v></x:c><x:c r="D4"/></x:row>
			</x:sheetData><x:autoFilter ref="A1:C4"/></x:worksheet>`},
		{"xl/sharedStrings.xml", `<sst><si><t>月份</t></si><si><r><t xml:space="preserve">月独立</t></r><r><rPr><b/></rPr><t>设备数_x000A_(万台)</t></r></si><si><t>一级分类</t></si><si><t>闽政通</t></si><si><t xml:space="preserve"> 2023年12月 </t></si></sst>`},
	} {
		e, err := w.Create(part[0])
		if err == nil {
			_, err = io.WriteString(e, part[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := fileOf(t, t.TempDir(), TableAppMonth, out.Bytes()).open(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	var got []string
	for {
		r, f, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || f != nil {
			t.Fatal(f, err)
		}
		got = append(got, fmt.Sprintf("%d %q", r.line, r.cells))
	}
	want := []string{`3 ["闽政通" "2023-12-01" "1796.8" ""]`, `4 ["浙里办" " 2023年12月 " "#N/A" ""]`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}
