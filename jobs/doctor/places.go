package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"panelwatch/configs"
	"panelwatch/etl/source"
	"panelwatch/jobs"
)

// An Archive is what is asked of the archive: whether it can be listed. A
// folder's being writable is looked at apart.
type Archive interface {
	Check(ctx context.Context) error
}

// sources lists every place; it fetches nothing.
func (e *examination) sources(ctx context.Context) {
	for _, c := range e.Config.Sources {
		check := "source " + c.Name
		if err := e.list(ctx, c); err != nil {
			e.fail(check, err, err.Error(), sourceDo(c, err))
			continue
		}
		e.ok(check, "%s can be listed", c.Kind)
	}
	for _, c := range e.Config.Sources {
		if c.Spool != "" {
			e.writable("spool "+c.Name, c.Spool, "spool of the source in panelwatch.yaml")
		}
	}
}

func (e *examination) list(ctx context.Context, c configs.Source) error {
	settings, err := jobs.PlaceSettings(c, e.Secret)
	if err != nil {
		return err
	}
	if c.Kind == configs.KindFolder {
		_, err := os.ReadDir(c.Folder)
		return reach(err)
	}
	place, err := source.Connect(settings)
	if err != nil {
		return err
	}
	defer func() { _ = place.Close() }()
	_, err = place.List(ctx)
	if err != nil && !errors.Is(err, source.ErrDenied) {
		err = fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return err
}

// reach puts an error of the file system into the kinds of the exit codes.
func reach(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", ErrRights, err)
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

func sourceDo(c configs.Source, err error) string {
	switch {
	case c.Kind == configs.KindFolder:
		return "make the folder, mount it, or name another in panelwatch.yaml (the shipped one reads PANELWATCH_INBOX)"
	case errors.Is(err, source.ErrDenied):
		return "check user, key and the secrets " + c.Secret("...") + " (each also as _FILE)"
	case errors.Is(err, source.ErrSettings):
		return "mend the source in panelwatch.yaml"
	}
	return "check the address, and that firewall, proxy and NetworkPolicy let this host through"
}

// writable makes and removes a file, in the folder or where it would be made.
// The setting is what names the folder.
func (e *examination) writable(check, dir, setting string) {
	at, err := existing(dir)
	if err == nil {
		err = try(at)
	}
	if err != nil {
		e.fail(check, reach(err), fmt.Sprintf("%s cannot be written: %v", dir, bare(err)),
			fmt.Sprintf("let user %d write there, or name another folder by %s (in Kubernetes: a volume)", os.Getuid(), setting))
		return
	}
	e.space(check, at)
}

func try(dir string) error {
	f, err := os.CreateTemp(dir, ".panelwatch-doctor-")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// bare is the reason without the name of the file that was tried.
func bare(err error) error {
	if of := (*fs.PathError)(nil); errors.As(err, &of) {
		return of.Err
	}
	return err
}

// existing is the folder, or the nearest one above it.
func existing(dir string) (string, error) {
	for {
		info, err := os.Stat(dir)
		switch {
		case err == nil && info.IsDir():
			return dir, nil
		case err == nil:
			return "", fmt.Errorf("%s: %w", dir, syscall.ENOTDIR)
		case !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir):
			return "", err
		}
		dir = filepath.Dir(dir)
	}
}

// leastSpace is what a month may take while it is read, sorted and kept.
const leastSpace = 1 << 30

func (e *examination) space(check, dir string) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		e.warn(check, dir+": "+err.Error(), "look at the free space yourself")
		return
	}
	free := int64(s.Bavail) * int64(s.Bsize)
	if free < leastSpace {
		e.warn(check, fmt.Sprintf("%s: %s free", dir, bytesOf(free)), "keep 1 GiB free, more for large microdata: panelwatch ends with 78 when the disk is full")
		return
	}
	e.ok(check, "%s can be written, %s free", dir, bytesOf(free))
}

func bytesOf(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d bytes", n)
}

func (e *examination) archive(ctx context.Context) {
	c := e.Config.Archive
	switch c.Kind {
	case configs.ArchiveNone:
		e.warn("archive", "none: no number can be traced to its bytes, no delivery read again", "set archive.kind to folder or s3")
		return
	case configs.ArchiveFolder:
		e.writable("archive", c.Folder, "PANELWATCH_ARCHIVE")
		return
	}
	kept, err := e.Archive()
	if err == nil {
		err = kept.Check(ctx)
	}
	if err != nil {
		e.fail("archive", err, err.Error(), "check endpoint, bucket and keys: PANELWATCH_ARCHIVE_ACCESS_KEY, PANELWATCH_ARCHIVE_SECRET_KEY")
		return
	}
	e.ok("archive", "bucket %s at %s can be written and listed", c.S3.Bucket, c.S3.Endpoint)
}
