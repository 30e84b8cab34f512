package source

import (
	"context"
	"errors"
	"path"
)

func looseWant(e Entry) want {
	return want{name: e.Name, folder: path.Join(growingOne, path.Dir(e.Name)), size: e.Size, version: e.Version}
}

// loose brings one file that lies in no delivery, unless the spool has it in
// this version.
func (m *mirror) loose(ctx context.Context, e Entry) error {
	home := path.Join(LooseFolder, e.Name)
	now := seen{e.Size, e.Version}
	if e.Version != "" && m.memory.Loose[e.Name] == now && m.spool.exists(home) {
		return nil
	}
	w := looseWant(e)
	err := m.fetch(ctx, w)
	var other errOther
	switch {
	case errors.Is(err, ErrGone), errors.Is(err, ErrChanged), errors.As(err, &other):
		m.unfinished(e.Name, "changes while it is read")
		return nil
	case err != nil:
		return err
	}
	if err := m.spool.root.MkdirAll(path.Dir(home), 0o750); err != nil {
		return spoolError(err)
	}
	if err := m.spool.root.Rename(w.file(), home); err != nil {
		return spoolError(err)
	}
	m.report.Loose = append(m.report.Loose, e.Name)
	return m.remember(func(old *memory) { old.Loose[e.Name] = now })
}
