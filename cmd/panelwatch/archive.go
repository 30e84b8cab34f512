package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"panelwatch/configs"
	"panelwatch/etl/archive"
	"panelwatch/etl/panel"
)

type archiveCommand struct {
	Restore restoreCommand `cmd:"" help:"Write deliveries back as folders that run accepts."`
}

type restoreCommand struct {
	Source   string      `help:"Only this source of the configuration." placeholder:"NAME"`
	Month    panel.Month `help:"Only this month." placeholder:"YYYY-MM"`
	Revision int         `help:"Only this revision."`
	To       string      `help:"Folder to write to: below it, SOURCE/MONTH/ARRIVAL-rREVISION." required:"" type:"path" placeholder:"DIR"`
}

// Run needs no warehouse: the archive knows what it has.
func (c *restoreCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	a, err := w.openArchive(config)
	if err != nil {
		return err
	}
	if a == nil {
		return configError{errors.New("archive.kind is none: nothing is kept")}
	}
	records, err := a.Records(w.ctx, c.Source, c.Month)
	if err != nil {
		return err
	}
	restored := 0
	for _, r := range records {
		if c.Revision != 0 && r.Revision != c.Revision {
			continue
		}
		dir := filepath.Join(c.To, r.Source, r.Month.String(), fmt.Sprintf("%03d-r%d", r.Arrival, r.Revision))
		if err := a.Restore(w.ctx, r, dir); err != nil {
			return err
		}
		restored++
		fmt.Fprintln(w.stdout, dir)
	}
	if restored == 0 {
		return fmt.Errorf("%w: no delivery like that", archive.ErrAbsent)
	}
	return nil
}

// openArchive is the archive of the configuration, nil if there is to be none.
func (w *world) openArchive(config *configs.Config) (*archive.Archive, error) {
	switch c := config.Archive; c.Kind {
	case configs.ArchiveNone:
		return nil, nil
	case configs.ArchiveS3:
		return w.openBucket(c.S3)
	default:
		return archive.New(archive.Folder{Dir: c.Folder}), nil
	}
}

func (w *world) openBucket(c configs.Bucket) (*archive.Archive, error) {
	o := archive.BucketOptions{
		Endpoint: c.Endpoint, Bucket: c.Bucket, Prefix: c.Prefix, Region: c.Region, Plain: c.Plain,
	}
	for name, to := range map[string]*string{
		"PANELWATCH_ARCHIVE_ACCESS_KEY": &o.AccessKey, "PANELWATCH_ARCHIVE_SECRET_KEY": &o.SecretKey,
	} {
		var err error
		if *to, err = w.secret(name); err != nil {
			return nil, err
		}
		if *to == "" {
			return nil, configError{fmt.Errorf("archive.kind is s3: set %s or %s_FILE", name, name)}
		}
	}
	b, err := archive.NewBucket(o)
	if err != nil {
		return nil, configError{err}
	}
	return archive.New(b), nil
}
