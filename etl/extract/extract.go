// Package extract reads deliveries: it finds them, verifies them against their
// manifest, decodes their tables, whatever format they are in, and checks every
// row against the contract of its table. It knows no database and no clock.
package extract

import (
	"errors"
	"fmt"
	"strings"

	"panelwatch/etl/panel"
)

// A Delivery is one finished delivery: a folder with a manifest and _SUCCESS.
type Delivery struct {
	Source   string // name of the source in the configuration
	Dir      string
	Manifest Manifest
	// Identity is the SHA-256 over month, revision and Content: two deliveries
	// with one identity are the same, whatever their folder is called.
	Identity string
	// Content is the SHA-256 over the files (table, sha256) and over what the
	// manifest says of them, but for names, revision and time of delivery: two
	// revisions with one content say the same.
	Content string
}

// Rows is the number of data rows that the manifest promises.
func (d Delivery) Rows() (n int) {
	for _, f := range d.Manifest.Files {
		n += f.Rows
	}
	return n
}

// A Value is one number of an aggregate extract in base units (devices,
// seconds, ratios such as 0.144; TGI 100 = average), with the place it came
// from.
type Value struct {
	Measure string // see Measures
	App     panel.AppID
	Other   panel.AppID // second app of a pair, else ""
	Segment panel.Segment
	List    string // of a top_list: the list's name, else ""
	Network string // of an hourly table: G or ALL, else ""
	Value   float64
	File    int // index into Manifest.Files
	Line    int // physical line in the file, the header being line 1 or later
}

// Measures of aggregate extracts, in base units.
const (
	Devices             = "devices"                // 台, monthly unique devices
	DAUAverage          = "dau_avg"                // 台, mean over calendar days
	Uses                = "uses"                   // 次 a month
	Seconds             = "seconds"                // a month
	UsesPerDeviceDay    = "uses_per_device_day"    // 次
	MinutesPerDeviceDay = "minutes_per_device_day" // 分
	Share               = "share"                  // ratio of the app's devices
	TGI                 = "tgi"                    // index, 100 = average
	MoM                 = "mom"                    // ratio
	CAGR6               = "cagr6"                  // ratio a month
	Position            = "position"               // place in a list or table
	OverlapDevices      = "overlap_devices"        // 台 with both apps
	UnionDevices        = "union_devices"          // 台 with one of both
	OverlapRate         = "overlap_rate"           // ratio, vendor's own denominator
	ExclusiveShare      = "exclusive_share"        // ratio of A's devices without B
	HourlyShare         = "hourly_share"           // ratio of the day's device-hours
)

// A Reject is a row that was refused, with the place and what was wrong.
type Reject struct {
	File   int    // index into Manifest.Files
	Line   int    // physical line; 0 when the whole file is meant
	Cell   string // of a workbook: such as B7, "" when the whole row is meant
	Column string // as in the header, "" when the whole row is meant
	Raw    string // the offending value, or the row, as delivered
	Rule   string // short stable name: negative, not_a_number, unknown_app, duplicate, ...
	Hint   string // what to do
}

// Message is one sentence: place, value, rule and what to do.
func (r Reject) Message(file string) string {
	where := &DataError{File: file, Line: r.Line, Column: r.Column, Msg: fmt.Sprintf("%q: %s", r.Raw, r.Rule)}
	if r.Cell != "" {
		where.File, where.Line = file+": "+r.Cell, 0
	}
	if r.Hint == "" {
		return where.Error()
	}
	return where.Error() + ": " + r.Hint
}

// A Ledger counts a file's rows: Read = Loaded + Rejected + Ignored.
type Ledger struct{ Read, Loaded, Rejected, Ignored int }

// Balanced says whether every row read is accounted for.
func (l Ledger) Balanced() bool { return l.Read == l.Loaded+l.Rejected+l.Ignored }

// A DataError is a fault of the delivery itself: nothing of it may be
// published. Its text names file, line and column and says what to do. It is
// returned as *DataError, for errors.As.
type DataError struct {
	File   string
	Line   int    // physical line, 0 when the whole file is meant
	Cell   string // of a workbook: such as B7
	Column string // as in the header, "" when the whole line is meant
	Msg    string
}

// Error is "usage.csv.gz: line 812: column uses: ...".
func (e *DataError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	switch {
	case e.Cell != "":
		fmt.Fprintf(&b, ": cell %s", e.Cell)
	case e.Line > 0:
		fmt.Fprintf(&b, ": line %d", e.Line)
	}
	if e.Column != "" {
		fmt.Fprintf(&b, ": column %s", e.Column)
	}
	return b.String() + ": " + e.Msg
}

// ErrUnbalanced says that rows of a file got lost between reading and
// loading: a fault of this program, not of the delivery.
var ErrUnbalanced = errors.New("rows unaccounted for")
