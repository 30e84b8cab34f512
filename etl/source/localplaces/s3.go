package localplaces

import (
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// A Store is an S3 server that keeps its objects in memory.
type Store struct {
	KeyID   string // the access key id it accepts
	backend *s3mem.Backend
	handler http.Handler
}

// NewStore makes a store that only the access key id may use.
func NewStore(keyID string) *Store {
	backend := s3mem.New()
	fake := gofakes3.New(backend, gofakes3.WithTimeSkewLimit(0), gofakes3.WithLogger(gofakes3.DiscardLog()))
	return &Store{KeyID: keyID, backend: backend, handler: fake.Server()}
}

// someTime is when all objects were stored: clients want one, nobody asks which.
const someTime = "Mon, 01 Jan 2024 00:00:00 GMT"

// Put stores one object, and makes the bucket if need be.
func (s *Store) Put(bucket, key string, content []byte) error {
	if there, err := s.backend.BucketExists(bucket); err != nil {
		return err
	} else if !there {
		if err := s.backend.CreateBucket(bucket); err != nil {
			return fmt.Errorf("bucket %s: %w", bucket, err)
		}
	}
	_, err := s.backend.PutObject(bucket, key, map[string]string{"Last-Modified": someTime}, strings.NewReader(string(content)), int64(len(content)), nil)
	if err != nil {
		return fmt.Errorf("put %s/%s: %w", bucket, key, err)
	}
	return nil
}

// PutFolder stores all files of a folder under their paths.
func (s *Store) PutFolder(bucket string, folder fs.FS) error {
	return fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		return s.Put(bucket, name, content)
	})
}

// Delete takes an object away.
func (s *Store) Delete(bucket, key string) error {
	_, err := s.backend.DeleteObject(bucket, key)
	return err
}

// ServeHTTP checks what gofakes3 leaves to others: who asks, and If-Match.
func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.Header.Get("Authorization"), "Credential="+s.KeyID+"/") {
		refuse(w, http.StatusForbidden, "InvalidAccessKeyId")
		return
	}
	if want := r.Header.Get("If-Match"); want != "" && r.Method == http.MethodGet && want != s.tag(r.URL.Path) {
		refuse(w, http.StatusPreconditionFailed, "PreconditionFailed")
		return
	}
	s.handler.ServeHTTP(w, r)
}

// tag is the ETag of the object under a path of the form /bucket/key.
func (s *Store) tag(path string) string {
	bucket, key, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	object, err := s.backend.HeadObject(bucket, key)
	if err != nil {
		return ""
	}
	defer object.Contents.Close()
	return fmt.Sprintf(`"%x"`, object.Hash)
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>refused</Message></Error>", code)
}

// A Running server is reached at Address, host and port, until it is closed.
type Running struct {
	Address string
	Close   func() error
}

// Start serves the store on a free port.
func (s *Store) Start() (*Running, error) {
	listener, err := loopback()
	if err != nil {
		return nil, fmt.Errorf("start local s3: %w", err)
	}
	server := &http.Server{Handler: s}
	go func() { _ = server.Serve(listener) }() // ends with Close
	return &Running{Address: listener.Addr().String(), Close: server.Close}, nil
}
