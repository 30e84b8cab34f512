package warehouse

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// large is a month of so many cells that writing it takes a while.
func large(month string, cells int) delivered {
	m := panelMonth(month)
	some := *m.facts.Panel.Cells[panel.Key{App: rail, Segment: panel.All}]
	t := *m.facts.Panel
	t.Cells = map[panel.Key]*tabulate.Cell{}
	for i := range cells {
		t.Cells[panel.Key{App: rail, Segment: panel.Segment{Dimension: panel.City, Member: fmt.Sprint("city ", i)}}] = &some
	}
	m.facts.Panel = &t
	return m
}

// TestCancelledWhileWriting cancels as soon as a part of the facts is on the
// server: another connection looks at what is not yet committed.
func TestCancelledWhileWriting(t *testing.T) {
	w, dsn := newHouseAt(t)
	l := claimed(t, w)
	publishAll(t, w, l, panelMonth("2023-01"))
	before := contents(t, w)

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	look := peeker(t, dsn)
	peeked := make(chan string)
	go func() { peeked <- peek(ctx, look, cancel) }()
	m := large("2023-02", 600)
	m.formulas = func(indicator.History, panel.Month) indicator.Results {
		t.Error("all facts were written before the context was cancelled")
		return indicator.Results{}
	}
	if err := m.publishIn(ctx, w, l); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	if rows := <-peeked; strings.Trim(rows, "0123456789") != "" {
		t.Errorf("peeking: %s", rows)
	}
	sameOnceRolledBack(t, w, before)
	publishAll(t, w, l, m.withFormulas(theFormulas))
}

func (m delivered) withFormulas(f Formulas) delivered {
	m.formulas = f
	return m
}

// peeker is one connection that sees what is not yet committed.
func peeker(t *testing.T, dsn string) *Warehouse {
	t.Helper()
	w := openAt(t, dsn)
	w.db.SetMaxOpenConns(1)
	run(t, w, "SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED")
	return w
}

// peek waits until rows of the second publication appear, cancels and says
// how many there were, or what went wrong.
func peek(ctx context.Context, w *Warehouse, cancel func()) string {
	const text = `SELECT COUNT(*) FROM panel_estimate
		 WHERE publication_id = (SELECT MAX(publication_id) FROM publication WHERE month_start = '2023-02-01')`
	for rows := 0; ; {
		if err := w.db.GetContext(ctx, &rows, text); err != nil {
			return err.Error()
		}
		if rows > 0 {
			cancel()
			return fmt.Sprint(rows)
		}
	}
}

// sameOnceRolledBack waits for the server to undo what a broken connection
// left behind, and wants the tables as they were. The server's list of
// transactions is refreshed only when it was not read for 0.1 s.
func sameOnceRolledBack(t *testing.T, w *Warehouse, before map[string]string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(150 * time.Millisecond) {
		open := one(t, w, "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_rows_modified > 0")
		if open == "0" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s transactions are still open", open)
		}
	}
	if diff := cmp.Diff(before, contents(t, w)); diff != "" {
		t.Errorf("tables (-before +after):\n%s", diff)
	}
}

// Cancelled between facts and results, and just before the first statement.
func TestCancelledBeforeTheResults(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	publishAll(t, w, l, vendorMonth("2023-01"))
	before := contents(t, w)
	for _, early := range []bool{true, false} {
		ctx, cancel := context.WithCancel(t.Context())
		if early {
			cancel()
		}
		m := vendorMonth("2023-02")
		m.formulas = func(h indicator.History, month panel.Month) indicator.Results {
			cancel()
			return theFormulas(h, month)
		}
		if err := m.publishIn(ctx, w, l); !errors.Is(err, context.Canceled) {
			t.Errorf("early %v: %v, want context.Canceled", early, err)
		}
		cancel()
		sameOnceRolledBack(t, w, before)
	}
}

func TestCancelledJudgementLeavesNothing(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	before := contents(t, w)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.SaveJudgement(ctx, l, sampleJudgement(), sampleMessages()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	sameOnceRolledBack(t, w, before)
}
