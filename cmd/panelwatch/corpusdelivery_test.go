package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"panelwatch/etl/extract"
)

// A parcel is a delivery of the corpus being put together.
type parcel struct {
	manifest map[string]any // what differs from the usual manifest
	raw      []byte         // the manifest as it is to be, if it was given whole
	files    []packed
	unsigned bool // without _SUCCESS
}

// A packed file has its bytes, and what the manifest is to say of it.
type packed struct {
	entry   map[string]any
	name    string
	bytes   []byte
	byDay   bool // a table of usage by day
	options options
}

// options are the words behind a section's name: gzip, rows=3.
type options map[string]string

func parseOptions(words []string) options {
	o := options{}
	for _, w := range words {
		key, value, _ := strings.Cut(w, "=")
		o[key] = value
	}
	return o
}

func (o options) has(key string) bool { _, ok := o[key]; return ok }

func (o options) number(t *testing.T, key string, usual int) int {
	t.Helper()
	if !o.has(key) {
		return usual
	}
	n, err := strconv.Atoi(o[key])
	check(t, err)
	return n
}

// pack adds the file of a section, such as r1/app_month.csv gzip, to its
// parcel.
func (s *stage) pack(t *testing.T, words []string, content []byte) {
	t.Helper()
	dir, name := filepath.Split(words[0])
	p := s.parcels[dir]
	if p == nil {
		p = &parcel{manifest: map[string]any{}}
		s.parcels[dir] = p
	}
	o := parseOptions(words[1:])
	switch name {
	case "manifest":
		p.unsigned = o.has("unsigned")
		for _, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
			key, value, _ := strings.Cut(line, ": ")
			var v any
			check(t, json.Unmarshal([]byte(value), &v))
			p.manifest[key] = v
		}
	case extract.ManifestName:
		p.raw = content
	default:
		p.files = append(p.files, packFile(t, name, content, o))
	}
}

func packFile(t *testing.T, name string, content []byte, o options) packed {
	t.Helper()
	table, _, _ := strings.Cut(name, ".")
	if o.has("table") {
		table = o["table"]
	}
	f := packed{name: name, options: o, bytes: asBytes(t, content, o), byDay: strings.HasPrefix(string(content), "day,")}
	f.entry = map[string]any{"name": name, "table": table, "rows": o.number(t, "rows", dataRows(content, o.number(t, "titles", 0)))}
	for _, key := range []string{"app", "dimension", "list", "encoding"} {
		if o.has(key) {
			f.entry[key] = o[key]
		}
	}
	return f
}

// dataRows counts the lines below titles and header.
func dataRows(content []byte, titles int) (n int) {
	for _, line := range strings.Split(string(content), "\n") {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return max(n-1-titles, 0)
}

// deliver writes the parcels that were packed since the last run.
func (s *stage) deliver(t *testing.T) {
	t.Helper()
	for _, dir := range slices.Sorted(maps.Keys(s.parcels)) {
		s.parcels[dir].write(t, filepath.Join(s.inbox(), dir))
	}
	clear(s.parcels)
}

func (p *parcel) write(t *testing.T, dir string) {
	t.Helper()
	check(t, os.MkdirAll(dir, 0o755))
	var entries []any
	for _, f := range p.files {
		sum := sha256.Sum256(f.bytes)
		f.entry["bytes"], f.entry["sha256"] = len(f.bytes), hex.EncodeToString(sum[:])
		if !f.options.has("unlisted") {
			entries = append(entries, f.entry)
		}
		if f.options.has("tampered") {
			f.bytes[len(f.bytes)/2] ^= 1
		}
		if f.options.has("half") { // the upload was cut off
			f.bytes = f.bytes[:len(f.bytes)/2]
		}
		if !f.options.has("missing") {
			check(t, os.WriteFile(filepath.Join(dir, f.name), f.bytes, 0o644))
		}
	}
	manifest := p.usual()
	manifest["files"] = entries
	maps.Copy(manifest, p.manifest)
	text, err := json.MarshalIndent(manifest, "", "  ")
	check(t, err)
	if p.raw != nil {
		text = p.raw
	}
	check(t, os.WriteFile(filepath.Join(dir, extract.ManifestName), text, 0o644))
	if !p.unsigned {
		check(t, os.WriteFile(filepath.Join(dir, extract.SuccessName), nil, 0o644))
	}
}

// usual is the manifest that cases differ from.
func (p *parcel) usual() map[string]any {
	m := map[string]any{
		"vendor": "示例数据商", "product": "语料", "kind": extract.Aggregate, "extract_month": "2023-12", "revision": 1,
		"delivered_at": "2024-01-12T09:00:00+08:00", "universe_wan": 139000, "tier_list_year": 2023,
		"tgi_base": "全网", "definitions_version": "2023", "synthetic": "corpus of tests",
	}
	for _, f := range p.files {
		switch f.entry["table"] {
		case extract.TableDevices:
			m["kind"], m["universe_wan"] = extract.Microdata, 0.1
		case extract.TableUsage:
			m["usage_grain"] = "month"
			if f.byDay {
				m["usage_grain"] = "day"
			}
		}
	}
	return m
}
