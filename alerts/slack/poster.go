package slack

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"time"

	"panelwatch/alerts"
)

// A Poster puts messages where people read them. Its errors are *Failure.
type Poster interface {
	// Post sends text and blocks, into the thread of ThreadTS when it is set,
	// and returns the timestamp that names the message from then on.
	Post(ctx context.Context, m alerts.Message) (ts string, err error)
	// Find looks for a message by its Key among those not older than since.
	Find(ctx context.Context, m alerts.Message, since time.Time) (ts string, found bool, err error)
	// Share uploads the chart of a sent message into its thread.
	Share(ctx context.Context, m alerts.Message) error
	// Shared looks for the chart in the thread.
	Shared(ctx context.Context, m alerts.Message) (bool, error)
}

// threadOf is the thread that a message's chart belongs to.
func threadOf(m alerts.Message) string { return cmp.Or(m.ThreadTS, m.TS) }

var unsafe = regexp.MustCompile(`[^\p{L}\p{N}_#=.-]+`)

// slug names a message in file names: digest, record_high-tielu12306.
func slug(m alerts.Message) string {
	if m.Kind == alerts.KindDigest {
		return m.Kind
	}
	s := strings.Trim(unsafe.ReplaceAllString(m.Subject, "-"), "-.")
	for len(s) > 150 { // bytes: file systems allow 255
		r := []rune(s)
		s = string(r[:len(r)-1])
	}
	return cmp.Or(s, m.Kind)
}

// chartName is the file name of a message's chart, by which it is found again.
func chartName(m alerts.Message) string { return m.Month.String() + "-" + slug(m) + ".png" }

// metadata travels with a message: what it is, nothing that it says.
func metadata(m alerts.Message) map[string]any {
	return map[string]any{"key": Key(m), "month": m.Month.String(), "hash": m.Hash}
}
