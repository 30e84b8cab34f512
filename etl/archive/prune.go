package archive

import (
	"context"
	"fmt"
	"path"
)

// A Waste is what goes of an archive.
type Waste struct {
	Records int   `json:"records"` // deliveries
	Objects int   `json:"objects"` // files that no other delivery has
	Bytes   int64 `json:"bytes"`   // of the objects
	names   []string
}

// PlanPruning finds what goes with the deliveries that spent tells: their
// records, and every object that no record names any more, those of an
// interrupted pruning among them. It writes nothing.
func (a *Archive) PlanPruning(ctx context.Context, spent func(Record) bool) (w Waste, err error) {
	names, err := a.place.Names(ctx, "deliveries/")
	if err != nil {
		return w, err
	}
	stay := map[string]bool{}
	for _, name := range names {
		r, err := a.record(ctx, name)
		if err != nil {
			return w, err
		}
		if spent(r) {
			w.Records++
			w.names = append(w.names, name)
			continue
		}
		for _, o := range append([]Object{r.Manifest}, r.Files...) {
			stay[o.key()] = true
		}
	}
	objects, err := a.place.Names(ctx, "objects/")
	if err != nil {
		return w, err
	}
	for _, name := range objects {
		if stay[path.Clean(name)] {
			continue
		}
		size, there, err := a.place.Size(ctx, name)
		if err != nil {
			return w, err
		}
		if there {
			w.Objects, w.Bytes = w.Objects+1, w.Bytes+size
			w.names = append(w.names, name)
		}
	}
	return w, nil
}

// Prune removes what was planned, records before objects: one that is broken
// off leaves objects that the next finds. Nobody else may be writing.
func (a *Archive) Prune(ctx context.Context, w Waste) error {
	for _, name := range w.names {
		if err := a.place.Remove(ctx, name); err != nil {
			return fmt.Errorf("prune the archive: %w", err)
		}
	}
	return nil
}
