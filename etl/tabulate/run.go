package tabulate

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// tableBytes is what the table of a bucket should not exceed, so that it stays
// in a core's cache; mostBuckets bounds their number.
const (
	tableBytes  = 1 << 20
	pairBytes   = 16
	mostBuckets = 4096
	mostPlaces  = 1 << 16
)

// perBucket is how many devices a bucket gets.
func perBucket(apps int) func(devices int) int {
	return func(devices int) int {
		n := max(1, tableBytes/(pairBytes*max(1, apps)), devices/mostBuckets)
		return min(n, mostPlaces)
	}
}

// A job is the tabulation of a month: the devices, then what they did, then
// the groups one by one.
type job struct {
	options   Options
	catalogue *panel.Catalogue
	delivery  extract.Delivery
	intake    *extract.Intake
	roster    *roster
	plan      *plan
	scan      *scan
	store     *store
}

func begin(d extract.Delivery, cat *panel.Catalogue, o Options) (*job, error) {
	for _, dimension := range o.Dimensions {
		if _, known := cat.Dimensions[dimension]; !known && dimension != panel.Category {
			return nil, fmt.Errorf("tabulate %s: the catalogue has no dimension %q", d.Manifest.Month, dimension)
		}
	}
	if !o.Shard.valid() {
		return nil, fmt.Errorf("shard %d of %d: want 1 of 1 to %d of %d", o.Shard.Index, o.Shard.Of, panel.Groups, panel.Groups)
	}
	o.MaxRejects, o.Workers = cmp.Or(o.MaxRejects, defaultMaxRejects), cmp.Or(o.Workers, runtime.GOMAXPROCS(0))
	return &job{
		options: o, catalogue: cat, delivery: d,
		intake: extract.NewIntake(d, cat, extract.Options{
			MaxRejects: o.MaxRejects, Progress: o.Progress, Limits: o.Limits, TempDir: o.TempDir, Contracts: o.Contracts,
		}),
	}, nil
}

func (j *job) run(ctx context.Context) (*Tables, error) {
	defer j.close()
	if err := j.read(ctx); err != nil {
		return nil, err
	}
	sum := newTotal(j.plan)
	ledgers, rejects, err := j.finish(ctx, sum.add)
	if err != nil {
		return nil, err
	}
	t := sum.tables(j.delivery.Manifest.Month)
	t.Ledgers, t.Rejects, t.Notes = ledgers, rejects, j.intake.Notes()
	return t, nil
}

func (j *job) close() {
	if j.store != nil {
		j.store.Close()
	}
}

// read takes all rows in.
func (j *job) read(ctx context.Context) error {
	if err := j.devices(ctx); err != nil {
		return err
	}
	m := j.delivery.Manifest
	if err := j.roster.calibrate(m.ControlTotals); err != nil {
		return err
	}
	j.plan = newPlan(j.roster, j.intake.Apps(), j.catalogue, j.options, m.UsageGrain == "day", m.MinSecondsValid)
	if err := j.makeStore(); err != nil {
		return err
	}
	return j.usage(ctx)
}

// finish hands the sums of all groups over, in order, and closes the account
// of the rows.
func (j *job) finish(ctx context.Context, add func(group int, s *groupSums) error) ([]extract.Ledger, []extract.Reject, error) {
	c := newConflicts(j.intake, j.options.MaxRejects)
	if err := j.groups(ctx, c, add); err != nil {
		return nil, nil, err
	}
	if err := j.explain(ctx, c); err != nil {
		return nil, nil, err
	}
	return j.intake.Close()
}

// devices reads all devices.
func (j *job) devices(ctx context.Context) error {
	c := newCensus(j.intake)
	done := func(file, seen, loaded int) error { return j.intake.Loaded(ctx, file, seen, loaded) }
	err := j.files(ctx, extract.TableDevices, func(_ int, f source) error {
		month := j.delivery.Manifest.Month
		switch p := f.(type) {
		case *parquetFile:
			return newParquetPeople(newPeopleReader(c, p.cells.Columns, month), p).groups(done)
		case *rowFile:
			return newPeopleReader(c, p.Columns(), month).rowFile(p, done)
		}
		b := f.(*extract.Blocks)
		return newPeopleReader(c, b.Columns, month).blocks(b, done)
	})
	if err != nil {
		return err
	}
	j.roster = c.roster(perBucket(len(j.intake.Apps())), j.options.Workers)
	var sum float64
	for _, w := range j.roster.weights {
		sum += w
	}
	return j.intake.CheckTotals(sum)
}

// usage reads all usage into the store.
func (j *job) usage(ctx context.Context) error {
	j.scan = j.newScan(ctx, j.intake)
	j.intake.Find(j.find, j.part())
	packing := newPacking(len(j.intake.Apps()), j.roster.perBucket)
	joins := j.scan.byDay && packing.joins() && len(j.plan.apps) <= denseApps && !j.options.apart
	writers := make([]*writer, j.options.Workers)
	for i := range writers {
		writers[i] = newWriter(j.store, packing)
	}
	err := j.files(ctx, extract.TableUsage, func(worker int, f source) error {
		to := &collector{scan: j.scan, writer: writers[worker], joins: joins}
		switch p := f.(type) {
		case *parquetFile:
			return newParquetUsage(j.scan, p).groups(to)
		case *rowFile:
			return p.usage(to, nil)
		}
		b := f.(*extract.Blocks)
		return newCSVReader(j.scan, b.Columns).blocks(b, to)
	})
	for _, w := range writers {
		if err == nil {
			err = w.close()
		}
	}
	return err
}

// part is what this shard accounts for.
func (j *job) part() extract.Part {
	if j.options.Shard.Of <= 1 {
		return extract.Part{}
	}
	j.scan.holds = make([]bool, len(j.roster.first)-1)
	for g := 1; g <= panel.Groups; g++ {
		for bucket := j.roster.buckets[g]; bucket < j.roster.buckets[g+1]; bucket++ {
			j.scan.holds[bucket] = j.options.Shard.holds(g)
		}
	}
	return extract.Part{
		Holds: func(device int32) bool { return j.scan.holds[j.roster.records[device].bucket] },
		Rest:  j.options.Shard.Index == 1,
	}
}

// find is the ordinal of a device, for the Intake.
func (j *job) find(id string) (device int32, known bool) {
	at := j.roster.lookUp([]byte(id))
	return int32(at), at != nobody
}

func (j *job) newScan(ctx context.Context, in *extract.Intake) *scan {
	m := j.delivery.Manifest
	return &scan{
		ctx: ctx, intake: in, month: m.Month, byDay: m.UsageGrain == "day", apps: appDirectory(in.Apps()), roster: j.roster,
		minSeconds: uint64(m.MinSecondsValid),
	}
}

func appDirectory(apps []panel.AppID) *directory {
	d := newDirectory(len(apps))
	for i, id := range apps {
		n, h, long := nameOf([]byte(id), d.long)
		d.long = long
		d.records[i].name = n
		d.put(h, i)
	}
	return &d
}

// A source is a file being read: *extract.Blocks, *parquetFile or *rowFile.
type source interface{ Close() error }

func (j *job) open(ctx context.Context, in *extract.Intake, file int) (source, error) {
	f, err := in.Format(ctx, file)
	switch {
	case err != nil:
		return nil, err
	case f == extract.Format{Name: extract.Parquet}:
		return openParquet(j.delivery, in, file)
	case f.Name != extract.CSV:
		return openRowFile(ctx, in, file)
	}
	return in.Open(ctx, file)
}

// files has all files of a table read. Each worker takes a file that nobody
// has begun, as long as there is one, and helps with the others then.
func (j *job) files(ctx context.Context, table string, read func(worker int, f source) error) error {
	var open []source
	var indexes []int
	defer func() {
		for _, b := range open {
			b.Close()
		}
	}()
	for i, f := range j.delivery.Manifest.Files {
		if f.Table != table {
			continue
		}
		b, err := j.open(ctx, j.intake, i)
		if err != nil {
			return err
		}
		open, indexes = append(open, b), append(indexes, i)
	}
	g, _ := errgroup.WithContext(ctx)
	var next atomic.Int32
	for w := range j.options.Workers {
		g.Go(func() error {
			for i := int(next.Add(1)) - 1; i < len(open); i = int(next.Add(1)) - 1 {
				if err := read(w, open[i]); err != nil {
					return err
				}
			}
			for _, f := range open {
				if err := read(w, f); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, file := range indexes {
		if err := j.intake.CheckRows(file); err != nil {
			return err
		}
	}
	return nil
}

// groups finishes all groups, several at a time, and hands their sums over in
// order.
func (j *job) groups(ctx context.Context, c *conflicts, add func(group int, s *groupSums) error) error {
	list := j.options.Shard.groups()
	turns := make([]chan struct{}, len(list)+1)
	for i := range turns {
		turns[i] = make(chan struct{})
	}
	close(turns[0])
	var next atomic.Int32
	workers, ctx := errgroup.WithContext(ctx)
	for range j.options.Workers {
		workers.Go(func() error {
			f := j.finisher(c)
			for i := int(next.Add(1)) - 1; i < len(list); i = int(next.Add(1)) - 1 {
				if err := f.group(ctx, list[i]); err != nil {
					return err
				}
				select {
				case <-turns[i]:
				case <-ctx.Done():
					return ctx.Err()
				}
				if err := add(list[i], f.sums); err != nil {
					return err
				}
				close(turns[i+1])
			}
			return nil
		})
	}
	return workers.Wait()
}

func (j *job) finisher(c *conflicts) *finisher {
	return &finisher{
		plan: j.plan, packing: newPacking(len(j.plan.apps), j.roster.perBucket), store: j.store,
		conflicts: c, sums: newGroupSums(j.plan),
	}
}

// group sums up the devices of one group.
func (f *finisher) group(ctx context.Context, g int) error {
	f.sums.clear()
	for bucket := f.roster.buckets[g]; bucket < f.roster.buckets[g+1]; bucket++ {
		if err := f.bucket(bucket); err != nil {
			return fmt.Errorf("group %d: %w", g, err)
		}
	}
	f.sums.rollUp()
	return ctx.Err()
}

// explain looks for the lines of the rows that contradict each other.
func (j *job) explain(ctx context.Context, c *conflicts) error {
	if len(c.list) == 0 {
		return nil
	}
	again := extract.NewIntake(j.delivery, j.catalogue, extract.Options{
		Limits: j.options.Limits, TempDir: j.options.TempDir, Contracts: j.options.Contracts,
	})
	again.Find(j.find, extract.Part{})
	f := &finder{scan: j.newScan(ctx, again), subjects: c.list}
	wanted := c.wanted()
	for len(wanted) > 0 {
		file, n := wanted[0].file(), 0
		for n < len(wanted) && wanted[n].file() == file {
			n++
		}
		if err := j.reread(ctx, again, file, wanted[:n], f); err != nil {
			return err
		}
		wanted = wanted[n:]
	}
	c.tell(f.found)
	return nil
}

// reread gives the wanted chunks of a file to a finder.
func (j *job) reread(ctx context.Context, in *extract.Intake, file int, wanted []chunk, f *finder) error {
	opened, err := j.open(ctx, in, file)
	if err != nil {
		return err
	}
	defer opened.Close()
	if p, is := opened.(*rowFile); is {
		return p.usage(f, wanted)
	}
	if p, is := opened.(*parquetFile); is {
		r := newParquetUsage(f.scan, p)
		defer r.close()
		for _, c := range wanted {
			if err := r.read(c.seq(), c, f); err != nil {
				return err
			}
		}
		return nil
	}
	return f.blocks(opened.(*extract.Blocks), wanted)
}

// blocks gives the wanted blocks of a CSV file to the finder.
func (f *finder) blocks(file *extract.Blocks, wanted []chunk) error {
	r := newCSVReader(f.scan, file.Columns)
	for b := (extract.Block{}); len(wanted) > 0; {
		if err := file.Next(&b); err != nil {
			return fmt.Errorf("read the rows that contradict each other again: %w", err)
		}
		if b.Seq == wanted[0].seq() {
			if err := r.read(&b, wanted[0], f); err != nil {
				return err
			}
			wanted = wanted[1:]
		}
	}
	return nil
}
