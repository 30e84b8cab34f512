package jobs

import (
	"context"
	"errors"
	"fmt"
	"os"

	"panelwatch/configs"
	places "panelwatch/etl/source"
)

// fetch brings what is new at a source into its spool. What goes wrong decides
// the exit code, but keeps neither the other sources from being read nor the
// deliveries that the spool has already.
func (r *run) fetch(ctx context.Context, c configs.Source) error {
	if c.Spool == "" {
		return nil // read in place
	}
	err := r.mirror(ctx, c)
	if err != nil && ctx.Err() == nil {
		r.faults = append(r.faults, fmt.Errorf("source %s: %w", c.Name, err))
		return nil
	}
	return err
}

func (r *run) mirror(ctx context.Context, c configs.Source) error {
	if err := os.MkdirAll(c.Spool, 0o750); err != nil {
		return fmt.Errorf("%w: spool: %w", ErrSource, err)
	}
	settings, err := PlaceSettings(c, r.Secret)
	if err != nil {
		return err
	}
	place, err := places.Connect(settings)
	if err != nil {
		return err
	}
	defer func() { _ = place.Close() }()
	report, err := places.Mirror(ctx, place, c.Spool, places.Options{
		Glob: c.Glob, Stable: c.Complete == configs.CompleteStable, Patience: r.Patience,
		Progress: func(name string, done, total int64) { r.progress("fetch "+name, int(done), int(total)) },
	})
	r.tellFetched(c.Name, report)
	if err != nil && !errors.Is(err, places.ErrDenied) {
		err = fmt.Errorf("%w: %w", ErrSource, err)
	}
	return err
}

// tellFetched logs what a mirror did; its faults are those of deliveries.
func (r *run) tellFetched(name string, report places.Report) {
	for _, folder := range report.Fetched {
		r.Log.Info("delivery fetched", "source", name, "folder", folder)
	}
	for _, file := range report.Loose {
		r.Log.Info("loose file fetched", "source", name, "file", file)
	}
	r.warn("not finished, left for the next run", name, report.Unfinished)
	r.warn("left alone", name, report.Skipped)
	for _, fault := range report.Faults {
		r.faults = append(r.faults, fmt.Errorf("%s: %w", name, fault))
	}
}

// mostWarnings of one sort are logged one by one.
const mostWarnings = 10

func (r *run) warn(msg, name string, reasons []string) {
	for i, why := range reasons {
		if i == mostWarnings {
			r.Log.Warn(msg, "source", name, "more", len(reasons)-i)
			return
		}
		r.Log.Warn(msg, "source", name, "what", why)
	}
}

// PlaceSettings describe the place of a source, secrets filled in unless there
// is nobody to ask for them.
func PlaceSettings(c configs.Source, ask func(name string) (string, error)) (places.Settings, error) {
	s := places.Settings{
		Kind: c.Kind, Folder: c.Folder, URL: c.URL, Index: c.Index, Endpoint: c.Endpoint, Bucket: c.Bucket,
		Region: c.Region, Host: c.Host, KnownHosts: c.KnownHosts, Prefix: c.Prefix, CAFile: c.CAFile, User: c.User,
	}
	if ask == nil {
		return s, nil
	}
	var err error
	for _, secret := range []struct {
		what  string
		value *string
	}{
		{"PASSWORD", &s.Password}, {"TOKEN", &s.Token}, {"SECRET_KEY", &s.SecretKey}, {"KEY", &s.Key}, {"PASSPHRASE", &s.Passphrase},
	} {
		if *secret.value, err = ask(c.Secret(secret.what)); err != nil {
			return s, err
		}
	}
	return s, nil
}
