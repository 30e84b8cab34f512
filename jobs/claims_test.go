package jobs_test

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/panel"
)

// A claim is one statement of the report, a row of testdata/claims.csv.
type claim struct {
	id, kind, app, period, measure, dimension, member string
	op, value, unit, comparator, sentence             string
}

func readClaims(t *testing.T) (claims []claim) {
	t.Helper()
	f, err := os.Open("testdata/claims.csv")
	must(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	must(t, err)
	want := "claim_id,page,kind,app,period,measure,dimension,member,op,value,unit,comparator,sentence_zh"
	if got := strings.Join(rows[0], ","); got != want {
		t.Fatalf("claims.csv has columns %s, want %s", got, want)
	}
	for _, r := range rows[1:] {
		claims = append(claims, claim{
			id: r[0], kind: r[2], app: r[3], period: r[4], measure: r[5], dimension: r[6], member: r[7],
			op: r[8], value: r[9], unit: r[10], comparator: r[11], sentence: r[12],
		})
	}
	return claims
}

// What the report says is what the warehouse answers, to the last digit
// printed: every statement is checked, or left out with a reason.
func TestClaims(t *testing.T) {
	w := loaded(t)
	checked := 0
	for _, c := range readClaims(t) {
		questions, reason := questionsOf(c), leftOut[c.id]
		switch {
		case len(questions) > 0 && reason != "":
			t.Errorf("%s is checked and left out", c.id)
		case len(questions) == 0 && reason == "":
			t.Errorf("%s (%s %s) is neither checked nor left out: %s", c.id, c.measure, c.dimension, c.sentence)
		case reason == "":
			checked++
			if err := c.check(t.Context(), w.db); err != nil {
				t.Errorf("%s %s: %v", c.id, c.sentence, err)
			}
		}
	}
	report := fmt.Sprintf("claims: %d checked, %d left out\n", checked, len(leftOut))
	for _, id := range slices.Sorted(maps.Keys(leftOut)) {
		report += fmt.Sprintf("  left out %s: %s\n", id, leftOut[id])
	}
	t.Log(report)
	// go test hides what a passing package prints; make test shows this file.
	if path := os.Getenv("CLAIMS_REPORT"); path != "" {
		if err := os.WriteFile(path, []byte(report), 0o600); err != nil {
			t.Error(err)
		}
	}
}

// What is left out is a claim, and no claim with a number is.
func TestLeftOutAreClaims(t *testing.T) {
	kinds := map[string]string{}
	numbers := 0
	for _, c := range readClaims(t) {
		kinds[c.id] = c.kind
		if c.kind == "number" {
			numbers++
		}
	}
	if len(kinds) != 201 || numbers != 163 {
		t.Errorf("%d claims, %d of them with a number; want 201 and 163", len(kinds), numbers)
	}
	for id := range leftOut {
		if kinds[id] == "" || kinds[id] == "number" {
			t.Errorf("%s is left out: its kind is %q", id, kinds[id])
		}
	}
}

// A querier is the warehouse, or a transaction in it.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// check puts the claim's questions, for each of its apps, and compares.
func (c claim) check(ctx context.Context, q querier) error {
	for _, app := range c.apps() {
		for _, question := range questionsOf(c) {
			answer, err := c.ask(ctx, q, app, question.section)
			if err == nil {
				err = question.says(c, answer)
			}
			if err != nil {
				return fmt.Errorf("%s [%s]: %w", app, question.section, err)
			}
		}
	}
	return nil
}

//go:embed testdata/claims.sql
var claimsSQL string

// section is the text of one question in claims.sql.
func section(name string) (string, error) {
	_, text, ok := strings.Cut(claimsSQL, "\n-- ["+name+"]")
	if !ok {
		return "", fmt.Errorf("claims.sql has no [%s]", name)
	}
	_, text, _ = strings.Cut(text, "\nSELECT ") // what is left of the heading
	text, _, _ = strings.Cut(text, "\n-- [")
	return "SELECT " + text, nil
}

// ask puts one question for one app.
func (c claim) ask(ctx context.Context, q querier, app, name string) (string, error) {
	text, err := section(name)
	if err != nil {
		return "", err
	}
	text, args, err := sqlx.Named(text, c.parameters(app))
	if err != nil {
		return "", err
	}
	var answer sql.NullString
	if err := q.QueryRowContext(ctx, text, args...).Scan(&answer); err != nil {
		return "", err
	}
	if !answer.Valid {
		return "", fmt.Errorf("the warehouse does not say")
	}
	return answer.String, nil
}

// parameters are what the questions of claims.sql take from a claim.
func (c claim) parameters(app string) map[string]any {
	members := c.members()
	return map[string]any{
		"app": app, "other": c.other(),
		"dimension": c.dimensionName(), "member": members[0], "members": strings.Join(members, ","), "n": len(members),
		"month": firstDay(c.period), "year": year(c.period),
		"base": firstDay(c.comparator), "base_year": year(c.comparator),
	}
}

// apps are those that a claim speaks of; it has to hold for each.
func (c claim) apps() []string {
	if group, ok := groups[c.app]; ok {
		return group
	}
	return strings.Split(c.app, ";")
}

// members are those of the claim's dimension, by the catalogue's names.
func (c claim) members() []string {
	names := strings.FieldsFunc(c.member, func(r rune) bool { return strings.ContainsRune(";>+", r) })
	for i, name := range names {
		if c.dimension == panel.CityTier && !strings.HasSuffix(name, "城市") {
			names[i] = name + "城市"
		}
	}
	return append(names, "")[:max(1, len(names))]
}

// dimensionName is the claim's dimension by the catalogue's name.
func (c claim) dimensionName() string {
	switch c.dimension {
	case "age":
		return panel.AgeBand
	case "occupation_tag":
		return panel.Occupation
	}
	return c.dimension
}

// other is the app that the claim compares with.
func (c claim) other() string {
	if c.dimension == "vs_app" {
		return c.member
	}
	return c.comparator
}

// firstDay is the first day of the month with which a period begins, or ""
// where it begins with none.
func firstDay(period string) string {
	if len(period) < 7 {
		return ""
	}
	m, err := panel.ParseMonth(period[:7])
	if err != nil {
		return ""
	}
	return m.Start().Format("2006-01-02")
}

// year is the year with which a period begins.
func year(period string) string { return period[:min(4, len(period))] }
