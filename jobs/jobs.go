// Package jobs tells the stories: a delivery is ingested, its month recomputed,
// judged and delivered. Running a story twice gives what running it once
// gives. It knows neither flags nor environment; cmd hands everything in.
package jobs

import (
	"context"
	"log/slog"
	"time"

	"panelwatch/alerts/slack"
	"panelwatch/configs"
	"panelwatch/etl/archive"
	"panelwatch/etl/panel"
	places "panelwatch/etl/source"
	"panelwatch/sql/warehouse"
)

// A Notifier sends what is due in the outbox.
type Notifier interface {
	Deliver(ctx context.Context, outbox slack.Outbox) (slack.Report, error)
}

// A Job is everything the stories need from the world.
type Job struct {
	Config    *configs.Config
	Warehouse *warehouse.Warehouse
	Notifier  Notifier
	Alone     bool             // the notifier has no threads: digests go without details, and what was sent is not edited
	Archive   *archive.Archive // nil keeps no bytes
	Reactions slack.Reader     // nil reads none
	Log       *slog.Logger
	Now       func() time.Time
	// Secret reads a secret of a source by its name in the environment, "" if
	// there is none. It may be nil where no source needs one.
	Secret func(name string) (string, error)
	// Memory is the bytes that a tabulation may take, 0 for no limit; rows
	// beyond it go to the system's folder for temporary files.
	Memory int64
	// Patience with sources; the zero value tries for about a quarter of a minute.
	Patience places.Patience
	// Progress is told how far a long step has come; total 0 when unknown.
	Progress func(step string, done, total int)

	// meddle, set by tests alone, spoils what was read before it is checked.
	meddle func(*warehouse.Arrival, *warehouse.Facts)

	RunID   string
	Owner   string // who holds the lease: host, process, run
	Version string
}

// Options narrow a run down. The zero value runs everything that is due.
type Options struct {
	From, To panel.Month // deliveries of other months are left alone; 0 = no limit
	Source   string      // "" = every source
	Silent   bool        // judge, but write no messages
	Tell     bool        // write them also of months before slack.deliver_from, from From to To
	// Rehearsal leaves the places of deliveries as they are: nothing is fetched,
	// and loose files are not put together. The rest is for the job's parts: a
	// rehearsing warehouse, no archive, a notifier that only shows.
	Rehearsal bool
	Replay    Replay // read an archived delivery again, and load no others
}

// A Replay names the month whose delivery is to be read again.
type Replay struct {
	Source string
	Month  panel.Month // 0 for no replay
}

func (o Options) wants(m panel.Month) bool {
	return o.Replay.Month == 0 && (o.From == 0 || m >= o.From) && (o.To == 0 || m <= o.To)
}
