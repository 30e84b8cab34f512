package configs

import (
	"cmp"
	"fmt"
	"path/filepath"
)

// Archive says where the bytes of deliveries are kept.
type Archive struct {
	Kind   string `yaml:"kind"` // folder (also when empty), s3 or none
	Folder string `yaml:"folder"`
	S3     Bucket `yaml:"s3"`
}

// A Bucket is a bucket of an S3-compatible store.
type Bucket struct {
	Endpoint string `yaml:"endpoint"` // host:port
	Bucket   string `yaml:"bucket"`
	Prefix   string `yaml:"prefix"`
	Region   string `yaml:"region"`
	Plain    bool   `yaml:"plain"` // http instead of https
}

// Kinds of archive.
const (
	ArchiveFolder = "folder"
	ArchiveS3     = "s3"
	ArchiveNone   = "none"
)

// perMachine are the values that the environment may fill.
func (a *Archive) perMachine() []*string {
	return []*string{&a.Kind, &a.Folder, &a.S3.Endpoint, &a.S3.Bucket, &a.S3.Prefix, &a.S3.Region}
}

// checkArchive fills in the default, a folder beside that of the messages.
func (c *Config) checkArchive() error {
	a := &c.Archive
	a.Kind = cmp.Or(a.Kind, ArchiveFolder)
	switch a.Kind {
	case ArchiveFolder:
		a.Folder = cmp.Or(a.Folder, filepath.Join(filepath.Dir(c.Slack.Folder), "archive"))
	case ArchiveS3:
		if a.S3.Endpoint == "" || a.S3.Bucket == "" {
			return fmt.Errorf("archive.s3: endpoint %q or bucket %q is empty", a.S3.Endpoint, a.S3.Bucket)
		}
	case ArchiveNone:
	default:
		return fmt.Errorf("archive.kind: %q is not folder, s3 or none", a.Kind)
	}
	return nil
}
