package archive

import (
	"path/filepath"
	"strings"
	"testing"
)

const sound = `{"source":"vendor","month":"2023-12","revision":1,"identity":"x","arrival":1,"folder":"/inbox",
 "manifest":{"name":"manifest.json","sha256":"0000000000000000000000000000000000000000000000000000000000000000","bytes":1},
 "files":[{"name":"a.csv","sha256":"1111111111111111111111111111111111111111111111111111111111111111","bytes":2}]}`

func TestRecordsThatLeadAstray(t *testing.T) {
	if _, err := parseRecord([]byte(sound)); err != nil {
		t.Fatal(err)
	}
	for old, bad := range map[string]string{
		`"vendor"`: `"../vendor"`, `"a.csv"`: `"../a.csv"`, `"manifest.json"`: `""`, "1111": "11", `"bytes":2`: `"bytes":-2`, `"2023-12"`: `"2023-13"`,
		`"files":[`: `"files":[{},`, "}]}": "}]",
	} {
		if r, err := parseRecord([]byte(strings.Replace(sound, old, bad, 1))); err == nil {
			t.Errorf("%s instead of %s: read as %+v", bad, old, r)
		}
	}
}

func FuzzRecord(f *testing.F) {
	f.Add([]byte(sound))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := parseRecord(text)
		if err != nil {
			return
		}
		for _, o := range append([]Object{r.Manifest}, r.Files...) {
			if len(o.key()) != len("objects/00/00/")+64 {
				t.Errorf("key %q", o.key())
			}
			if dir := t.TempDir(); filepath.Dir(filepath.Join(dir, o.Name)) != dir {
				t.Errorf("%q leads out of its folder", o.Name)
			}
		}
	})
}
