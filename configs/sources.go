package configs

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// The kinds of source.
const (
	KindFolder = "folder"
	KindHTTPS  = "https"
	KindS3     = "s3"
	KindSFTP   = "sftp"
)

// How a delivery shows that it is finished.
const (
	CompleteMarker = "marker" // by a file _SUCCESS
	CompleteStable = "stable" // or by two polls that find the same
)

// A Source is a place where deliveries land. Secrets are not among its keys:
// see Secret.
type Source struct {
	Name     string `yaml:"name"`
	Kind     string `yaml:"kind"`     // folder (default), https, s3, sftp
	Folder   string `yaml:"folder"`   // folder
	Spool    string `yaml:"spool"`    // local folder that a copy goes to; all but folder need one
	Glob     string `yaml:"glob"`     // only what matches; needs a spool
	Complete string `yaml:"complete"` // marker (default) or stable; stable needs a spool

	URL        string `yaml:"url"`         // https
	Index      string `yaml:"index"`       // https: list of names, relative to url; default url itself
	Endpoint   string `yaml:"endpoint"`    // s3: https://host[:port]
	Bucket     string `yaml:"bucket"`      // s3
	Region     string `yaml:"region"`      // s3
	Host       string `yaml:"host"`        // sftp: host[:port]
	KnownHosts string `yaml:"known_hosts"` // sftp: file with the server's key
	Prefix     string `yaml:"prefix"`      // s3, sftp: folder to begin at
	CAFile     string `yaml:"ca_file"`     // https, s3: certificates to trust instead of the system's
	User       string `yaml:"user"`        // https, sftp; for s3 the access key id
}

// Landing is the local folder that deliveries are read from: the spool, or the
// source's own folder where it is read in place.
func (s Source) Landing() string {
	if s.Spool != "" {
		return s.Spool
	}
	return s.Folder
}

var notInNames = regexp.MustCompile(`[^A-Z0-9]+`)

// Secret is the name in the environment of one of the source's secrets, such
// as PANELWATCH_SOURCE_VENDOR_PASSWORD.
func (s Source) Secret(what string) string {
	return "PANELWATCH_SOURCE_" + notInNames.ReplaceAllString(strings.ToUpper(s.Name), "_") + "_" + what
}

// keys maps the names of the source's keys to their values.
func (s *Source) keys() map[string]*string {
	return map[string]*string{
		"kind": &s.Kind, "folder": &s.Folder, "spool": &s.Spool, "glob": &s.Glob, "complete": &s.Complete,
		"url": &s.URL, "index": &s.Index, "endpoint": &s.Endpoint, "bucket": &s.Bucket, "region": &s.Region,
		"host": &s.Host, "known_hosts": &s.KnownHosts, "prefix": &s.Prefix, "ca_file": &s.CAFile, "user": &s.User,
	}
}

// keysOf lists the keys that a kind needs, and those that it may have besides.
var keysOf = map[string]struct{ needs, may []string }{
	KindFolder: {[]string{"folder"}, []string{"spool", "glob", "complete"}},
	KindHTTPS:  {[]string{"url", "spool"}, []string{"index", "ca_file", "user", "glob", "complete"}},
	KindS3:     {[]string{"endpoint", "bucket", "spool"}, []string{"region", "prefix", "ca_file", "user", "glob", "complete"}},
	KindSFTP:   {[]string{"host", "user", "known_hosts", "spool"}, []string{"prefix", "glob", "complete"}},
}

// A fault is what is wrong with one key of a source; "" means the source.
type fault struct{ key, msg string }

// fillIn sets the keys that have a default.
func (s *Source) fillIn() {
	if s.Kind == "" {
		s.Kind = KindFolder
	}
	if s.Complete == "" {
		s.Complete = CompleteMarker
	}
}

// check finds the first thing that is wrong with a source by itself.
func (s *Source) check() *fault {
	takes, known := keysOf[s.Kind]
	if !known {
		return &fault{"kind", fmt.Sprintf("%q is not folder, https, s3 or sftp", s.Kind)}
	}
	if s.Complete != CompleteMarker && s.Complete != CompleteStable {
		return &fault{"complete", fmt.Sprintf("%q is not marker or stable", s.Complete)}
	}
	values := s.keys()
	for _, key := range takes.needs {
		if *values[key] == "" {
			return &fault{"", fmt.Sprintf("a source of kind %s needs the key %s", s.Kind, key)}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if *values[key] != "" && key != "kind" && !slices.Contains(takes.needs, key) && !slices.Contains(takes.may, key) {
			return &fault{key, "a source of kind " + s.Kind + " has no such key"}
		}
	}
	return s.checkSpool()
}

// checkSpool: what is read in place cannot be chosen from.
func (s *Source) checkSpool() *fault {
	if _, err := path.Match(s.Glob, ""); err != nil {
		return &fault{"glob", fmt.Sprintf("%q: %v", s.Glob, err)}
	}
	switch {
	case s.Spool != "" && path.Clean(s.Spool) == path.Clean(s.Folder):
		return &fault{"spool", "is the folder itself"}
	case s.Spool != "":
		return nil
	case s.Glob != "":
		return &fault{"glob", "needs the key spool: a folder that is read in place is read as a whole"}
	case s.Complete == CompleteStable:
		return &fault{"complete", "stable needs the key spool: what the polls saw is kept there"}
	}
	return nil
}

// checkPlaces checks every source by itself and against those before it. A
// fault names its place in panelwatch.yaml.
func (c *Config) checkPlaces(fsys fs.FS) error {
	text, err := fs.ReadFile(fsys, "panelwatch.yaml")
	if err != nil {
		return err
	}
	names, secrets, landings := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range c.Sources {
		s := &c.Sources[i]
		s.fillIn()
		wrong := s.check()
		switch secret, landing := s.Secret(""), path.Clean(s.Landing()); {
		case s.Name == "":
			wrong = &fault{"", "the key name is missing"}
		case names[s.Name]:
			wrong = &fault{"name", fmt.Sprintf("%q is used twice", s.Name)}
		case secrets[secret]:
			wrong = &fault{"name", fmt.Sprintf("%q has the same secrets in the environment (%s...) as another source", s.Name, secret)}
		case wrong == nil && landings[landing]:
			wrong = &fault{"spool", fmt.Sprintf("%s belongs to another source already", landing)}
		default:
			names[s.Name], secrets[secret], landings[landing] = true, true, true
		}
		if wrong != nil {
			return fmt.Errorf("panelwatch.yaml: %ssources[%d]: %w", position(text, i, wrong.key), i, wrong)
		}
	}
	return nil
}

func (f *fault) Error() string {
	if f.key == "" {
		return f.msg
	}
	return f.key + ": " + f.msg
}

// position is "[line:column] " of a source's key, or of the source where it
// does not have the key; "" where the text has neither.
func position(text []byte, source int, key string) string {
	whole := fmt.Sprintf("$.sources[%d]", source)
	for _, where := range []string{whole + "." + key, whole} {
		at, err := yaml.PathString(strings.TrimSuffix(where, "."))
		if err != nil {
			continue
		}
		node, err := at.ReadNode(bytes.NewReader(text))
		if err != nil || node == nil {
			continue
		}
		start := node.GetToken()
		return fmt.Sprintf("[%d:%d] ", start.Position.Line, start.Position.Column)
	}
	return ""
}
