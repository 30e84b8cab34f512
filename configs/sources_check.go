package configs

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

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
	if s.Loose != nil {
		if err := s.Loose.check(); err != nil {
			return &fault{"loose", err.Error()}
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
			key := strings.TrimSuffix(fmt.Sprintf("$.sources[%d].%s", i, wrong.key), ".")
			return at("panelwatch.yaml", text, key, fmt.Sprintf("sources[%d]: %v", i, wrong))
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
