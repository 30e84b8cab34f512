package source

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"panelwatch/etl/extract"
)

// deepest is how many folders deep extract.Find looks for a delivery.
const deepest = 3

// findings are the files of a place, sorted out.
type findings struct {
	deliveries map[string]*delivery // by folder, "." being the place itself
	loose      []Entry
}

// A delivery is a folder of the place with a manifest.
type delivery struct {
	dir    string
	marked bool // has a _SUCCESS
	steady bool // as it was at the poll before
	files  map[string]Entry
}

// sort tells deliveries from loose files and refuses bad names.
func (m *mirror) sort(listed []Entry) findings {
	listed = m.acceptable(listed)
	f := findings{deliveries: map[string]*delivery{}}
	for _, e := range listed {
		if dir := path.Dir(e.Name); path.Base(e.Name) == extract.ManifestName && f.above(dir) == nil {
			f.deliveries[dir] = &delivery{dir: dir, files: map[string]Entry{}}
		}
	}
	for _, e := range listed {
		d := f.above(path.Dir(e.Name))
		switch {
		case d == nil:
			f.loose = append(f.loose, e)
		case path.Dir(e.Name) == d.dir:
			d.files[path.Base(e.Name)] = e
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(f.deliveries)) {
		d := f.deliveries[dir]
		_, d.marked = d.files[extract.SuccessName]
		if strings.Count(dir, "/") >= deepest {
			m.report.Faults = append(m.report.Faults, m.fault(dir,
				"the delivery lies more than %d folders deep: let the source begin nearer to it", deepest))
			delete(f.deliveries, dir)
		}
	}
	return f
}

// above is the delivery that a folder is, or lies in. A delivery has no
// deliveries inside.
func (f findings) above(dir string) *delivery {
	var top *delivery
	for ; ; dir = path.Dir(dir) {
		if d := f.deliveries[dir]; d != nil {
			top = d
		}
		if dir == "." {
			return top
		}
	}
}

// acceptable are the entries whose names can be taken, in order, each once,
// those of manifests higher up first.
func (m *mirror) acceptable(listed []Entry) (all []Entry) {
	slices.SortStableFunc(listed, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(strings.Count(a.Name, "/"), strings.Count(b.Name, "/")), cmp.Compare(a.Name, b.Name))
	})
	folders, seen := map[string]bool{}, map[string]bool{}
	for _, e := range listed {
		if checkName(e.Name) == "" {
			for dir := path.Dir(e.Name); dir != "."; dir = path.Dir(dir) {
				folders[dir] = true
			}
		}
	}
	for _, e := range listed {
		why := checkName(e.Name)
		if why == "" && folders[e.Name] {
			why = "is a file and a folder at once"
		}
		switch {
		case why != "":
			m.report.Faults = append(m.report.Faults, m.fault(fmt.Sprintf("%.300q", e.Name), "the name %s: refused", why))
		case seen[e.Name] || ignored(e.Name) || !within(m.options.Glob, e.Name) && path.Base(e.Name) != extract.SuccessName:
		case e.Link:
			m.report.Skipped = append(m.report.Skipped, e.Name+": a symbolic link is not followed; let the source begin where it leads")
		default:
			all = append(all, e)
		}
		seen[e.Name] = true
	}
	return all
}

// look finds out what is finished, and remembers what is not. It asks for
// sizes and versions that the list left open only where the answer matters.
func (m *mirror) look(ctx context.Context, f *findings) error {
	now := map[string]seen{}
	for _, dir := range slices.Sorted(maps.Keys(f.deliveries)) {
		if err := m.lookAt(ctx, f.deliveries[dir], now); err != nil {
			return err
		}
	}
	if err := m.lookAtLoose(ctx, f, now); err != nil {
		return err
	}
	if !m.options.Stable {
		now = nil
	}
	return m.remember(func(old *memory) { old.Seen = now })
}

// lookAt compares a delivery that no _SUCCESS closes with the poll before.
func (m *mirror) lookAt(ctx context.Context, d *delivery, now map[string]seen) error {
	if d.marked || !m.options.Stable {
		return nil
	}
	d.steady = true
	for _, base := range slices.Sorted(maps.Keys(d.files)) {
		e := d.files[base]
		if err := m.stat(ctx, &e); err != nil {
			return err
		}
		now[e.Name] = seen{e.Size, e.Version}
		d.steady = d.steady && m.memory.Seen[e.Name] == now[e.Name]
	}
	return nil
}

// lookAtLoose leaves the loose files that are finished.
func (m *mirror) lookAtLoose(ctx context.Context, f *findings, now map[string]seen) error {
	var finished []Entry
	marked := f.markedFolders()
	for _, e := range f.loose {
		closed := marked[path.Dir(e.Name)]
		switch {
		case path.Base(e.Name) == extract.SuccessName:
			continue
		case !closed && !m.options.Stable:
			m.unfinished(e.Name, "no "+extract.SuccessName+" beside it")
			continue
		}
		if err := m.stat(ctx, &e); err != nil {
			return err
		}
		now[e.Name] = seen{e.Size, e.Version}
		if !closed && m.memory.Seen[e.Name] != now[e.Name] {
			m.unfinished(e.Name, asBefore)
			continue
		}
		finished = append(finished, e)
	}
	f.loose = finished
	return nil
}

// asBefore says why something is not finished where polls are compared.
const asBefore = "new or changed since the last poll"

// markedFolders are the folders of loose files that have a _SUCCESS.
func (f findings) markedFolders() map[string]bool {
	marked := map[string]bool{}
	for _, e := range f.loose {
		if path.Base(e.Name) == extract.SuccessName {
			marked[path.Dir(e.Name)] = true
		}
	}
	return marked
}

// stat fills in what the list left open. A file that went meanwhile keeps an
// unknown size, and is found missing later.
func (m *mirror) stat(ctx context.Context, e *Entry) error {
	if e.Size != Unknown {
		return nil
	}
	return m.patience.ask(ctx, func(ctx context.Context) error {
		now, err := m.place.Stat(ctx, e.Name)
		if err == nil {
			*e = now
		}
		return ignoreGone(err)
	})
}
