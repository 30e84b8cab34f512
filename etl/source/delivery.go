package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"panelwatch/etl/extract"
)

// mostManifest bounds a manifest, in bytes.
const mostManifest = 16 << 20

// rootDelivery is the folder of the spool for a place that is a delivery itself.
const rootDelivery = "delivery"

// home is the delivery's folder in the spool, nursery the one where it grows.
func (d *delivery) home() string {
	if d.dir == "." {
		return rootDelivery
	}
	return d.dir
}

func (d *delivery) nursery() string { return path.Join(growingNew, d.dir) }

// delivery brings one delivery into the spool, if it is finished and not
// there. It grows elsewhere and appears as a whole.
func (m *mirror) delivery(ctx context.Context, d *delivery) error {
	if !d.marked && !d.steady {
		why := "no " + extract.SuccessName
		if m.options.Stable {
			why = asBefore
		}
		m.unfinished(d.dir, why)
		return nil
	}
	text, err := m.manifest(ctx, d)
	if errors.Is(err, ErrGone) || errors.Is(err, ErrChanged) {
		m.unfinished(d.dir, "its manifest changes")
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", d.dir, err)
	}
	// A manifest at fault comes alone: whoever reads the spool says what is wrong.
	manifest, faulty := extract.ParseManifest(extract.ManifestName, text)
	if faulty != nil {
		manifest.Files = nil
	}
	if m.spool.has(d, text, manifest) {
		m.report.Kept = append(m.report.Kept, d.dir)
		return spoolError(m.spool.root.RemoveAll(d.nursery()))
	}
	if err := m.spool.clash(d); err != nil {
		return err
	}
	if done, err := m.collect(ctx, d, text, manifest); !done || err != nil {
		return err
	}
	if err := m.spool.finish(d, text, manifest); err != nil {
		return err
	}
	m.report.Fetched = append(m.report.Fetched, d.dir)
	return nil
}

// manifest reads a delivery's manifest.
func (m *mirror) manifest(ctx context.Context, d *delivery) (text []byte, err error) {
	name := path.Join(d.dir, extract.ManifestName)
	err = m.patience.ask(ctx, func(ctx context.Context) error {
		in, err := m.place.Open(ctx, name, 0, "")
		if err != nil {
			return fmt.Errorf("open %s: %w", name, err)
		}
		defer in.Close()
		if text, err = io.ReadAll(io.LimitReader(in, mostManifest+1)); err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if in.Size != Unknown && in.Size <= mostManifest && int64(len(text)) != in.Size {
			return fmt.Errorf("read %s: %w: %d of %d bytes", name, ErrUnavailable, len(text), in.Size)
		}
		return nil
	})
	if err == nil && len(text) > mostManifest {
		err = m.fault(name, "has more than %d bytes: not a manifest", mostManifest)
	}
	return text, err
}

// collect fetches the files that the manifest promises. It is not done when
// the delivery turns out to be under way still.
func (m *mirror) collect(ctx context.Context, d *delivery, text []byte, manifest extract.Manifest) (done bool, err error) {
	for _, f := range manifest.Files {
		name := path.Join(d.dir, f.Name)
		if strings.HasPrefix(f.Name, ".") || checkName(f.Name) != "" {
			return false, m.fault(name, "the name is hidden or too long: refused")
		}
		if _, listed := d.files[f.Name]; !listed && !d.marked {
			m.unfinished(d.dir, f.Name+" is not there yet")
			return false, nil
		}
		err := m.fetch(ctx, want{name: name, folder: d.nursery(), size: f.Bytes, sum: f.SHA256})
		var other errOther
		switch {
		case err == nil:
		case errors.Is(err, ErrChanged):
			m.unfinished(d.dir, f.Name+" changes while it is read")
			return false, nil
		case errors.Is(err, ErrGone), errors.As(err, &other):
			return false, m.disagree(ctx, d, f.Name, text, err)
		default:
			return false, err
		}
	}
	return true, nil
}

// disagree is what it means that a file is missing or not what the manifest
// says: a fault, unless the manifest has been replaced meanwhile.
func (m *mirror) disagree(ctx context.Context, d *delivery, file string, text []byte, why error) error {
	now, err := m.manifest(ctx, d)
	if err != nil && !errors.Is(err, ErrGone) {
		return err
	}
	var other errOther
	growing := errors.Is(why, ErrGone) || errors.As(why, &other) && other.short
	if !bytes.Equal(now, text) || !d.marked && growing {
		m.unfinished(d.dir, file+" does not fit the manifest yet")
		return nil
	}
	name := path.Join(d.dir, file)
	if errors.Is(why, ErrGone) {
		return m.fault(name, "is named in %s but missing; deliver it, or a manifest without it", extract.ManifestName)
	}
	return m.fault(name, "%v: the content changed after the manifest was written; deliver it again, or a new revision", why)
}
