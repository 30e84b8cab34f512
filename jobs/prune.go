package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"panelwatch/etl/archive"
	"panelwatch/sql/warehouse"
)

// Pruned is what goes, or went, by table and of the archive.
type Pruned struct {
	DryRun  bool              `json:"dry_run"`
	Tables  []warehouse.Share `json:"tables"`
	Archive archive.Waste     `json:"archive"`
}

// Prune removes what the retention of the configuration gives up and nothing
// needs. A dry run says what that is and writes nothing, not even a lease.
func (j Job) Prune(ctx context.Context, dry bool) (p Pruned, err error) {
	p.DryRun = dry
	if dry {
		plan, waste, err := j.planPruning(ctx)
		p.Tables, p.Archive = plan.Shares, waste
		return p, err
	}
	lease, ctx, err := j.Warehouse.Claim(ctx, leaseName, j.Owner, j.Config.Lease.TTL, j.Config.Lease.Wait)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, lease.Release()) }()
	plan, waste, err := j.planPruning(ctx)
	if err != nil {
		return p, err
	}
	if p.Tables, err = j.Warehouse.Prune(ctx, lease, plan); err != nil {
		return p, err
	}
	if j.Archive != nil {
		err = j.Archive.Prune(ctx, waste)
	}
	p.Archive = waste
	return p, err
}

func (j Job) planPruning(ctx context.Context) (plan warehouse.Pruning, waste archive.Waste, err error) {
	r := j.Config.Retention
	plan, err = j.Warehouse.PlanPruning(ctx, warehouse.Retention{
		Superseded: j.monthsAgo(r.Superseded), Rejects: j.monthsAgo(r.Rejects), Runs: j.monthsAgo(r.Runs),
	})
	if err != nil || j.Archive == nil || r.Archive == 0 {
		return plan, waste, err
	}
	spent, err := j.Warehouse.Spent(ctx, plan, j.monthsAgo(r.Archive))
	if err != nil {
		return plan, waste, err
	}
	known := map[string]bool{}
	for _, s := range spent {
		known[delivery(s.Source, s.MonthStart, s.Revision, s.Identity)] = true
	}
	waste, err = j.Archive.PlanPruning(ctx, func(a archive.Record) bool {
		return known[delivery(a.Source, a.Month.Start(), a.Revision, a.Identity)]
	})
	return plan, waste, err
}

func delivery(source string, month time.Time, revision int, identity string) string {
	return fmt.Sprint(source, month.Format("2006-01"), revision, identity)
}

// monthsAgo is the instant so many months before now, zero for none.
func (j Job) monthsAgo(n int) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return j.Now().AddDate(0, -n, 0)
}
