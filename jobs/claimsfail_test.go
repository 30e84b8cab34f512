package jobs_test

import "testing"

// spoils are ways to make the warehouse say something else.
var spoils = []struct{ name, statement string }{
	{"half as much again in December 2023, and no growth of zero", `UPDATE indicator i JOIN publication p ON p.publication_id = i.publication_id
		SET i.value = i.value * 1.5 + 0.01 WHERE p.month_start = '2023-12-01'`},
	{"less than half in 2023", `UPDATE indicator i JOIN publication p ON p.publication_id = i.publication_id
		SET i.value = i.value * 0.4 WHERE p.month_start >= '2023-01-01'`},
	{"small is large and large is small", `UPDATE indicator SET value = 1000000000000 / value WHERE value <> 0`},
	{"small is large in 北京", `UPDATE indicator SET value = 1000000000000 / value WHERE value <> 0 AND member = '北京'`},
	{"peaks of another month", `UPDATE indicator SET at_month = DATE_ADD(at_month, INTERVAL 7 MONTH) WHERE at_month IS NOT NULL`},
	{"lists upside down", `UPDATE ranking SET place = 23 - place`},
	{"night is day", `UPDATE hourly SET share_ratio = 1 - share_ratio`},
	{"more exclusive users", `UPDATE overlap SET exclusive_a_ratio = exclusive_a_ratio + 0.01`},
	{"a month is missing", `DELETE FROM current_publication WHERE month_start = '2021-05-01'`},
}

// A check that nothing can fail checks nothing: each claim must be refuted by
// at least one way of spoiling the warehouse.
func TestClaimsCanFail(t *testing.T) {
	w := loaded(t)
	open := map[string]claim{}
	for _, c := range readClaims(t) {
		if len(questionsOf(c)) > 0 {
			open[c.id] = c
		}
	}
	for _, s := range spoils {
		refuted := spoiled(t, w, s.statement, open)
		if refuted == 0 {
			t.Errorf("%s: no claim was left for it to refute", s.name)
		}
		t.Logf("%s: refutes %d more claims", s.name, refuted)
	}
	for _, c := range open {
		t.Errorf("%s %s: no spoiled warehouse refutes it", c.id, c.sentence)
	}
}

// spoiled takes the claims out of open that a change of the warehouse
// refutes. The change is taken back.
func spoiled(t *testing.T, w *site, statement string, open map[string]claim) (refuted int) {
	t.Helper()
	tx, err := w.db.BeginTx(t.Context(), nil)
	must(t, err)
	defer func() { must(t, tx.Rollback()) }()
	_, err = tx.ExecContext(t.Context(), statement)
	must(t, err)
	for id, c := range open {
		if c.check(t.Context(), tx) != nil {
			delete(open, id)
			refuted++
		}
	}
	return refuted
}

// Printed precision decides, to the last device.
func TestPrintedPrecision(t *testing.T) {
	for _, test := range []struct {
		name, op, value, unit, answer string
		want                          bool
	}{
		{"equal", "=", "1796.8", "万台", "17968000.0000000000", true},
		{"rounds up to it", "=", "1796.8", "万台", "17967500", true},
		{"rounds down to it", "=", "1796.8", "万台", "17968499", true},
		{"one device too many", "=", "1796.8", "万台", "17968500", false},
		{"one device too few", "=", "1796.8", "万台", "17967499.9999999999", false},
		{"half away from zero below zero", "=", "-1.6", "%/月", "-0.0155000000", true},
		{"just short of half below zero", "=", "-1.6", "%/月", "-0.0154999999", false},
		{"zero has no sign", "=", "0.0", "%/月", "-0.0004", true},
		{"percentage points", "=", "5", "pp", "0.0540", true},
		{"a rank", "=", "1", "rank", "2", false},
		{"about", "~", "13.9", "亿台", "1394900000", true},
		{"about, and a digit off", "~", "13.9", "亿台", "1395000000", false},
		{"more", ">", "1.4", "亿台", "140000001", true},
		{"not more", ">", "1.4", "亿台", "140000000", false},
		{"nearly", "~<", "1800", "万台", "17968000", true},
		{"nearly is less", "~<", "1800", "万台", "18000000", false},
		{"nearly is close", "~<", "1800", "万台", "17099999", false},
		{"no number", "=", "1", "rank", "first", false},
		{"no comparison", "<>", "1", "rank", "1", false},
	} {
		err := printed(claim{op: test.op, value: test.value, unit: test.unit}, test.answer)
		if (err == nil) != test.want {
			t.Errorf("%s: %s %s %s, answer %s: %v, want it to hold: %t",
				test.name, test.op, test.value, test.unit, test.answer, err, test.want)
		}
	}
}
