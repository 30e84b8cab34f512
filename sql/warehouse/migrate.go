package warehouse

import (
	"context"
	"fmt"
	"io/fs"
	"path"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	statements "panelwatch/sql"
)

// A MigrationState is one migration and whether it was applied.
type MigrationState struct {
	Version int64
	Name    string
	Applied bool
}

// Migrate applies the migrations that are missing, then replaces the views and
// what is said of them.
// A schema newer than the program is a ConfigError.
func (w *Warehouse) Migrate(ctx context.Context) error {
	p, err := w.provider()
	if err != nil {
		return err
	}
	if err := w.refuseNewer(ctx, p); err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := w.replaceViews(ctx); err != nil {
		return err
	}
	return w.describe(ctx)
}

// MigrationStatus lists the migrations in order.
func (w *Warehouse) MigrationStatus(ctx context.Context) ([]MigrationState, error) {
	p, err := w.provider()
	if err != nil {
		return nil, err
	}
	status, err := p.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("migration status: %w", err)
	}
	out := make([]MigrationState, len(status))
	for i, s := range status {
		out[i] = MigrationState{s.Source.Version, path.Base(s.Source.Path), s.State == goose.StateApplied}
	}
	return out, nil
}

func (w *Warehouse) provider() (*goose.Provider, error) {
	files, err := fs.Sub(statements.Migrations, "migrations")
	if err != nil {
		return nil, err
	}
	locker, err := lock.NewMySQLTableLocker()
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(goose.DialectMySQL, w.db.DB, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLocker(locker))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

func (w *Warehouse) refuseNewer(ctx context.Context, p *goose.Provider) error {
	have, known, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if have > known {
		return &ConfigError{fmt.Sprintf("the schema is at version %d, this program knows %d: use a newer panelwatch", have, known)}
	}
	return nil
}

func (w *Warehouse) replaceViews(ctx context.Context) error {
	entries, err := fs.ReadDir(statements.Views, "views")
	if err != nil {
		return err
	}
	for _, e := range entries {
		text, err := fs.ReadFile(statements.Views, "views/"+e.Name())
		if err != nil {
			return err
		}
		if _, err := w.db.ExecContext(ctx, uncommented(string(text))); err != nil {
			return fmt.Errorf("create view %s: %w", e.Name(), err)
		}
	}
	return nil
}

// CheckSchema is a ConfigError unless the schema is exactly the program's.
func (w *Warehouse) CheckSchema(ctx context.Context) error {
	p, err := w.provider()
	if err != nil {
		return err
	}
	if err := w.refuseNewer(ctx, p); err != nil {
		return err
	}
	have, known, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if have != known {
		return &ConfigError{fmt.Sprintf("the schema is at version %d, this program needs %d: run panelwatch migrate up", have, known)}
	}
	return nil
}
