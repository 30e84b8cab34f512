package slack

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"path"
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
	// Edit makes the message at m.TS show the content of m. Doing so twice is
	// doing it once.
	Edit(ctx context.Context, m alerts.Message) error
	// Find looks for a message by its Key among those not older than since.
	Find(ctx context.Context, m alerts.Message, since time.Time) (at Found, found bool, err error)
	// Share uploads a file of a sent message into its thread.
	Share(ctx context.Context, m alerts.Message, f File) error
	// Shared looks for the file in the thread.
	Shared(ctx context.Context, m alerts.Message, f File) (bool, error)
}

// A Found message is one that arrived: where it stands, and the hash of what
// it shows.
type Found struct{ TS, Hash string }

// A File goes with a message into its thread.
type File struct {
	Part  Part
	Name  string // by which it is found again
	Alt   string // what it shows
	Data  []byte
	State string // FileShared, FileUploading, "" or why it is not shared
}

// filesOf are the files of a message, the chart first.
func filesOf(m alerts.Message) (out []File) {
	if len(m.PNG) > 0 {
		out = append(out, File{PartChart, chartName(m), m.Alt, m.PNG, m.FileState})
	}
	if m.File.Name != "" {
		out = append(out, File{PartFile, named(m.File.Name, m.File.Data), "", m.File.Data, m.File.State})
	}
	return out
}

// named is a file's name with a hash of what is in it, so that a later
// revision is not taken for the one that was shared before.
func named(name string, data []byte) string {
	sum, ending := sha256.Sum256(data), path.Ext(name)
	return fmt.Sprintf("%s-%x%s", strings.TrimSuffix(name, ending), sum[:4], ending)
}

// threadOf is the thread that a message's files belong to.
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
func chartName(m alerts.Message) string {
	return named(m.Month.String()+"-"+slug(m)+".png", m.PNG)
}

// metadata travels with a message: what it is, nothing that it says.
func metadata(m alerts.Message) map[string]any {
	return map[string]any{"key": Key(m), "month": m.Month.String(), "revision": m.Revision, "hash": m.Hash}
}
