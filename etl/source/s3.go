package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// bucket is a bucket of an S3-compatible store, from a prefix on.
type bucket struct {
	core         minio.Core
	transport    *http.Transport
	name, prefix string
}

func newBucket(s Settings) (Place, error) {
	at, err := url.Parse(s.Endpoint)
	if err != nil || at.Host == "" || at.User != nil || strings.Trim(at.Path, "/") != "" || at.RawQuery != "" ||
		at.Scheme != "https" && at.Scheme != "http" {
		return nil, errors.New("endpoint: want https://host or https://host:port")
	}
	if s.Bucket == "" {
		return nil, errors.New("bucket is missing")
	}
	if (s.User == "") != (s.SecretKey == "") {
		return nil, errors.New("the access key id (user) and the secret key go together")
	}
	t, err := transport(s.CAFile)
	if err != nil {
		return nil, err
	}
	region := s.Region
	if region == "" {
		region = "us-east-1" // or the client would ask for it first
	}
	core, err := minio.NewCore(at.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(s.User, s.SecretKey, ""),
		Secure: at.Scheme == "https", Transport: t, Region: region,
		MaxRetries: 1, // we try again ourselves
	})
	if err != nil {
		return nil, err
	}
	return &bucket{*core, t, s.Bucket, folderPrefix(s.Prefix)}, nil
}

// folderPrefix ends a prefix with a slash, unless it is empty.
func folderPrefix(prefix string) string {
	if prefix = strings.Trim(prefix, "/"); prefix != "" {
		prefix += "/"
	}
	return prefix
}

func (b *bucket) List(ctx context.Context) (all []Entry, err error) {
	inner, cancel := context.WithCancel(ctx)
	defer cancel() // ends the listing where we leave it early
	for o := range b.core.Client.ListObjects(inner, b.name, minio.ListObjectsOptions{Prefix: b.prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, fmt.Errorf("list bucket %s: %w", b.name, storeError(ctx, o.Err))
		}
		if len(all) > mostFiles {
			return nil, errTooMany
		}
		if name := strings.TrimPrefix(o.Key, b.prefix); !strings.HasSuffix(name, "/") && name != "" {
			all = append(all, Entry{Name: name, Size: o.Size, Version: strings.Trim(o.ETag, `"`)})
		}
	}
	return all, context.Cause(ctx)
}

// storeError gives an error of the store its meaning.
func storeError(ctx context.Context, err error) error {
	var says minio.ErrorResponse
	if !errors.As(err, &says) || says.StatusCode == 0 {
		return netError(ctx, err)
	}
	switch says.Code {
	case "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "RequestTimeTooSkewed":
		return fmt.Errorf("%w: %s", ErrDenied, says.Code)
	}
	return fmt.Errorf("%w (%s)", statusError(says.StatusCode, ""), says.Code)
}

func (b *bucket) Stat(ctx context.Context, name string) (Entry, error) {
	o, err := b.core.Client.StatObject(ctx, b.name, b.prefix+name, minio.StatObjectOptions{})
	if err != nil {
		return Entry{}, fmt.Errorf("%s: %w", name, storeError(ctx, err))
	}
	return Entry{Name: name, Size: o.Size, Version: o.ETag}, nil
}

func (b *bucket) Open(ctx context.Context, name string, offset int64, version string) (*Content, error) {
	var o minio.GetObjectOptions
	resume := offset > 0 && version != ""
	if resume {
		if err := errors.Join(o.SetRange(offset, 0), o.SetMatchETag(version)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	in, info, header, err := b.core.GetObject(ctx, b.name, b.prefix+name, o)
	if err != nil {
		err = storeError(ctx, err)
		if resume && errors.Is(err, ErrChanged) {
			return b.Open(ctx, name, 0, "")
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	c := &Content{ReadCloser: body{ctx, in}, Size: info.Size, Version: info.ETag}
	if !resume {
		return c, nil
	}
	c.Offset, c.Size = offset, size(header.Get("Content-Range"), offset)
	if c.Size < 0 || c.Version != version { // a store that knows neither Range nor If-Match
		c.Close()
		return b.Open(ctx, name, 0, "")
	}
	return c, nil
}

func (b *bucket) Close() error {
	b.transport.CloseIdleConnections()
	return nil
}
