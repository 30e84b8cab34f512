package jobs_test

import (
	_ "embed"
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

//go:embed testdata/groundtruth.sql
var groundTruthSQL string

// truth is the text of a section of groundtruth.sql.
func truth(t *testing.T, name string) string {
	t.Helper()
	_, text, ok := strings.Cut(groundTruthSQL, "\n-- ["+name+"]")
	if !ok {
		t.Fatalf("groundtruth.sql has no [%s]", name)
	}
	_, text, _ = strings.Cut(text, "\n")
	text, _, _ = strings.Cut(text, "\n-- [")
	return text
}

// rowsOf reads a CSV without its head, by the head's names.
func rowsOf(t *testing.T, name string) (out []map[string]string) {
	t.Helper()
	f, err := os.Open(name)
	must(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	must(t, err)
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, column := range rows[0] {
			m[column] = row[i]
		}
		out = append(out, m)
	}
	return out
}

// What the report states as a value, and what the warehouse has to answer.
var stated = map[string]string{
	"A09": "1.9", "A11": "广东 湖南 四川", "A16": "山东 四川 河北 河南 山西 36.8",
	"A30": "闽政通 1796.8 浙里办 808.8", "A37": "11.5", "A38": "1",
}

// Every row of the ground truth against the findings of the whole sample: what
// must be told is in the warehouse, in these words, and what must not is not.
func TestGroundTruthInTheWarehouse(t *testing.T) {
	w := loaded(t)
	expectations := map[string]string{}
	for _, row := range rowsOf(t, "../alerts/testdata/ground_truth_alerts.csv") {
		expectations[row["id"]] = row["expectation"]
	}
	held := map[string]bool{}
	for _, row := range rowsOf(t, "testdata/groundtruth.csv") {
		held[row["id"]] = true
		if want := strings.HasPrefix(expectations[row["id"]], "must_not_fire"); want != (row["times"] == "0") {
			t.Errorf("%s is %q and groundtruth.csv wants it %s times", row["id"], expectations[row["id"]], row["times"])
		}
		w.holds(t, row)
	}
	for id, want := range stated {
		held[id] = true
		var got string
		must(t, w.db.QueryRowContext(t.Context(), truth(t, id)).Scan(&got))
		if got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	for id := range expectations {
		if !held[id] {
			t.Errorf("%s is not held against the warehouse", id)
		}
	}
}

// A said is what a finding of the warehouse told.
type said struct{ month, verdict, severity, text string }

// holds checks one row: so many findings, of that verdict, in these words.
func (s *site) holds(t *testing.T, row map[string]string) {
	t.Helper()
	found := s.said(t, row)
	n, more := strings.CutSuffix(row["times"], "+")
	want, err := strconv.Atoi(n)
	must(t, err)
	if len(found) != want && !(more && len(found) > want) {
		t.Errorf("%s %s %s: told %d times, want %s: %v", row["id"], row["app_id"], row["rule"], len(found), row["times"], found)
	}
	for _, f := range found {
		if f.verdict != row["verdict"] || f.severity != row["severity"] {
			t.Errorf("%s %s: %s %s, want %s %s", row["id"], f.month, f.verdict, f.severity, row["verdict"], row["severity"])
		}
		for word := range strings.SplitSeq(row["says"], ";") {
			if !strings.Contains(f.text, word) {
				t.Errorf("%s: %q does not say %q", row["id"], f.text, word)
			}
		}
	}
}

func (s *site) said(t *testing.T, row map[string]string) (found []said) {
	t.Helper()
	rows, err := s.db.QueryContext(t.Context(), truth(t, "told"), row["app_id"], row["rule"], row["rule"], row["rule"],
		row["member"], month(row["from"]).Start().Format(time.DateOnly), month(row["to"]).Start().Format(time.DateOnly))
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var f said
		must(t, rows.Scan(&f.month, &f.verdict, &f.severity, &f.text))
		found = append(found, f)
	}
	must(t, rows.Err())
	return found
}
