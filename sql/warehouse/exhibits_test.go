package warehouse

import (
	"io/fs"
	"regexp"
	"testing"

	statements "panelwatch/sql"
)

// Each exhibit says in both languages what it shows, and is the view that its
// file is named after.
func TestEveryExhibitIsExplained(t *testing.T) {
	files, err := fs.Glob(statements.Views, "views/*_v_exhibit_e*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d exhibits, %v", len(files), err)
	}
	form := regexp.MustCompile(`^-- E(\d\d) zh: \p{Han}.+\n-- E(\d\d) en: \S.+\n(?:-- .+\n)*CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e(\d\d) AS\n`)
	name := regexp.MustCompile(`_e(\d\d)\.sql$`)
	for _, file := range files {
		text, err := fs.ReadFile(statements.Views, file)
		if err != nil {
			t.Fatal(err)
		}
		number, said := name.FindStringSubmatch(file), form.FindStringSubmatch(string(text))
		if number == nil || said == nil || said[1] != number[1] || said[2] != number[1] || said[3] != number[1] {
			t.Errorf("%s does not begin with what it shows, in Chinese and English, and its view:\n%.200s", file, text)
		}
	}
}
