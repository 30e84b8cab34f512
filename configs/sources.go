package configs

import (
	"regexp"
	"strings"
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
	Loose    *Loose `yaml:"loose,omitempty"` // files come without a manifest
	Kind     string `yaml:"kind"`            // folder (default), https, s3, sftp
	Folder   string `yaml:"folder"`          // folder
	Spool    string `yaml:"spool"`           // local folder that a copy goes to; all but folder need one
	Glob     string `yaml:"glob"`            // only what matches; needs a spool
	Complete string `yaml:"complete"`        // marker (default) or stable; stable needs a spool

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
