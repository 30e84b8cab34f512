package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// BucketOptions name a bucket of an S3-compatible store.
type BucketOptions struct {
	Endpoint  string // host:port
	Bucket    string
	Prefix    string // of all names in it, "" for none
	Region    string
	Plain     bool // http instead of https
	AccessKey string
	SecretKey string
	Transport http.RoundTripper // nil for the usual one
}

// A Bucket is a Place in an S3-compatible store.
type Bucket struct {
	client         *minio.Client
	bucket, prefix string
}

// NewBucket prepares the client; nothing is sent yet. Keys never appear in an
// error.
func NewBucket(o BucketOptions) (*Bucket, error) {
	client, err := minio.New(o.Endpoint, &minio.Options{
		Creds:  credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""),
		Secure: !o.Plain, Region: cmp.Or(o.Region, "us-east-1"), Transport: o.Transport, MaxRetries: 3,
	})
	if err != nil {
		return nil, fmt.Errorf("archive: endpoint %q: %w", o.Endpoint, err)
	}
	return &Bucket{client, o.Bucket, o.Prefix}, nil
}

func (b *Bucket) key(name string) string { return path.Join(b.prefix, name) }

// Put uploads an object; it is there once all of it is.
func (b *Bucket) Put(ctx context.Context, name string, r io.Reader, size int64) error {
	_, err := b.client.PutObject(ctx, b.bucket, b.key(name), r, size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", SendContentMd5: true,
	})
	return b.fault(name, err)
}

// Get opens an object. The client asks for it with the first Read only, so
// that it is asked for its size here.
func (b *Bucket) Get(ctx context.Context, name string) (io.ReadCloser, error) {
	o, err := b.client.GetObject(ctx, b.bucket, b.key(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, b.fault(name, err)
	}
	if _, err := o.Stat(); err != nil {
		_ = o.Close()
		return nil, b.fault(name, err)
	}
	return download{o, b, name}, nil
}

// A download gives the errors of its reads their kind.
type download struct {
	*minio.Object
	bucket *Bucket
	name   string
}

func (d download) Read(p []byte) (int, error) {
	n, err := d.Object.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = d.bucket.fault(d.name, err)
	}
	return n, err
}

// Size asks for an object's size.
func (b *Bucket) Size(ctx context.Context, name string) (int64, bool, error) {
	info, err := b.client.StatObject(ctx, b.bucket, b.key(name), minio.StatObjectOptions{})
	err = b.fault(name, err)
	if errors.Is(err, ErrAbsent) {
		return 0, false, nil
	}
	return info.Size, err == nil, err
}

// Names lists the bucket below prefix.
func (b *Bucket) Names(ctx context.Context, prefix string) (names []string, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	at := b.key(prefix) + "/"
	for o := range b.client.ListObjects(ctx, b.bucket, minio.ListObjectsOptions{Prefix: at, Recursive: true}) {
		if o.Err != nil {
			return nil, b.fault(prefix, o.Err)
		}
		names = append(names, path.Join(prefix, strings.TrimPrefix(o.Key, at)))
	}
	slices.Sort(names)
	return names, nil
}

// Remove removes an object.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	err := b.fault(name, b.client.RemoveObject(ctx, b.bucket, b.key(name), minio.RemoveObjectOptions{}))
	if errors.Is(err, ErrAbsent) {
		return nil
	}
	return err
}

// Clean drops the parts of uploads that were broken off.
func (b *Bucket) Clean(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for u := range b.client.ListIncompleteUploads(ctx, b.bucket, b.key("objects"), true) {
		switch err := b.fault("unfinished uploads", u.Err); {
		case minio.ToErrorResponse(u.Err).Code == minio.NoSuchUpload:
			return nil // how some servers say that there are none
		case errors.Is(err, ErrDenied):
			return nil // a key that may only read and write leaves them to the bucket
		case err != nil:
			return err
		}
		if err := b.client.RemoveIncompleteUpload(ctx, b.bucket, u.Key); err != nil {
			return b.fault(u.Key, err)
		}
	}
	return nil
}

var denials = []string{"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AllAccessDisabled"}

// fault says which of the package's errors it is.
func (b *Bucket) fault(name string, err error) error {
	switch code := minio.ToErrorResponse(err).Code; {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, ErrDamaged):
		return err
	case code == minio.NoSuchKey, code == "NotFound":
		return fmt.Errorf("%w: %s: %w", ErrAbsent, name, err)
	case slices.Contains(denials, code):
		return fmt.Errorf("%w: bucket %s: %w", ErrDenied, b.bucket, err)
	default:
		return fmt.Errorf("%w: bucket %s: %s: %w", ErrUnavailable, b.bucket, name, err)
	}
}
