// Package source brings finished deliveries from the place where they land (a
// folder, HTTPS, S3, SFTP) into a spool: a local folder that etl/extract
// reads. It knows no database, no configuration file, no clock and of the
// environment only the proxy; it must not import configs, sql or jobs.
package source

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// A Place is where a source's deliveries land. Names are relative to it, with
// slashes. Its errors wrap ErrDenied, ErrUnavailable, ErrGone or ErrChanged.
type Place interface {
	// List names every file of the place, in no particular order.
	List(ctx context.Context) ([]Entry, error)
	// Stat asks for one file what List may have left open.
	Stat(ctx context.Context, name string) (Entry, error)
	// Open reads a file from offset on, if it still is of that version, or
	// else from its beginning: see Content.Offset.
	Open(ctx context.Context, name string, offset int64, version string) (*Content, error)
	Close() error
}

// Unknown is a size that a place does not tell.
const Unknown = -1

// An Entry is one file of a place.
type Entry struct {
	Name    string
	Size    int64  // bytes, or Unknown
	Version string // another one when the content is another; "" when the place does not tell
	Link    bool   // a symbolic link, which is not followed
}

// Content is a file being read. Reading fails with ErrChanged when the place
// notices that the file became another one meanwhile.
type Content struct {
	io.ReadCloser
	Offset  int64  // of the first byte: as asked for, or 0 where the file must be read anew
	Size    int64  // of the whole file, or Unknown
	Version string // of the bytes; "" when they cannot be resumed later
}

var (
	// ErrDenied says that the place does not accept us, or that we must not
	// trust it. Trying again does not help.
	ErrDenied = errors.New("not permitted")
	// ErrUnavailable says that the place did not answer, or broke off.
	ErrUnavailable = errors.New("unavailable")
	// ErrGone says that a file is not there (any more).
	ErrGone = errors.New("not there")
	// ErrChanged says that a file became another one while it was read.
	ErrChanged = errors.New("changed while it was read")
	// ErrSettings says that a place cannot be set up as it is described.
	ErrSettings = errors.New("settings")
)

// The kinds of place.
const (
	Folder = "folder"
	HTTPS  = "https"
	S3     = "s3"
	SFTP   = "sftp"
)

// Settings describe a place of one kind; fields of other kinds are ignored.
type Settings struct {
	Kind string

	Folder     string // folder
	URL        string // https: the address that names are relative to
	Index      string // https: where names are listed, relative to URL; "" = at URL itself
	Endpoint   string // s3: https://host[:port]
	Bucket     string // s3
	Region     string // s3; "" = us-east-1, which most other servers accept
	Host       string // sftp: host or host:port
	KnownHosts string // sftp: file in the format of OpenSSH
	Prefix     string // s3, sftp: the folder that names are relative to
	CAFile     string // https, s3: certificates (PEM) to trust instead of the system's
	User       string // https, sftp: login; s3: access key id

	// Secrets, as far as the kind needs them.
	Password   string // https, sftp
	Token      string // https: bearer token
	SecretKey  string // s3
	Key        string // sftp: private key, PEM
	Passphrase string // sftp: of the private key
}

// Connect sets a place up. No connection is made before the first List. A
// fault of the settings is an ErrSettings.
func Connect(s Settings) (Place, error) {
	set := map[string]func(Settings) (Place, error){
		Folder: newFolder, HTTPS: newWeb, S3: newBucket, SFTP: newServer,
	}[s.Kind]
	if set == nil {
		return nil, fmt.Errorf("%w: kind %q: want %s, %s, %s or %s", ErrSettings, s.Kind, Folder, HTTPS, S3, SFTP)
	}
	place, err := set(s)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrSettings, s.Kind, err)
	}
	return place, nil
}
