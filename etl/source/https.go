package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// web is a base URL with an index of names.
type web struct {
	base, index *url.URL
	client      *http.Client
	authorize   func(*http.Request)
}

func newWeb(s Settings) (Place, error) {
	base, err := url.Parse(s.URL)
	if err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, errors.New("url: want https://host/path/ without user, query and fragment") // not quoted: it may hold a password
	}
	if base.Scheme != "https" && (base.Scheme != "http" || !loopback(base.Hostname())) {
		return nil, fmt.Errorf("url %s: want https (http on this machine only)", base)
	}
	if !strings.HasSuffix(base.Path, "/") {
		base.Path, base.RawPath = base.Path+"/", ""
	}
	index, err := base.Parse(s.Index)
	if err != nil || index.Host != base.Host || index.Scheme != base.Scheme {
		return nil, fmt.Errorf("index %q: want a path on the host of url", s.Index)
	}
	t, err := transport(s.CAFile)
	if err != nil {
		return nil, err
	}
	w := &web{base: base, index: index, authorize: authorization(s)}
	secret := s.Token != "" || s.User != ""
	w.client = &http.Client{Transport: t, CheckRedirect: func(to *http.Request, via []*http.Request) error {
		return checkRedirect(to.URL, via[0].URL, len(via), secret)
	}}
	return w, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// authorization signs requests: with the bearer token if there is one, else
// with user and password.
func authorization(s Settings) func(*http.Request) {
	return func(r *http.Request) {
		switch {
		case s.Token != "":
			r.Header.Set("Authorization", "Bearer "+s.Token)
		case s.User != "":
			r.SetBasicAuth(s.User, s.Password)
		}
	}
}

// checkRedirect keeps credentials with the host they are for, and TLS on.
func checkRedirect(to, from *url.URL, hops int, secret bool) error {
	switch {
	case hops >= 10:
		return fmt.Errorf("%w: more than 10 redirects", ErrDenied)
	case to.Scheme != from.Scheme:
		return fmt.Errorf("%w: redirect from %s to %s", ErrDenied, from.Scheme, to.Scheme)
	case secret && to.Host != from.Host:
		return fmt.Errorf("%w: redirect with credentials from %s to another host, %s", ErrDenied, from.Host, to.Host)
	}
	return nil
}

// ask makes one request. A status that is no answer becomes an error.
func (w *web) ask(ctx context.Context, method string, u *url.URL, header map[string]string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Encoding", "identity")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w.authorize(r)
	answer, err := w.client.Do(r)
	if err != nil {
		return nil, netError(ctx, err)
	}
	if answer.StatusCode == http.StatusOK || answer.StatusCode == http.StatusPartialContent {
		return answer, nil
	}
	answer.Body.Close()
	return nil, statusError(answer.StatusCode, answer.Header.Get("Retry-After"))
}

func (w *web) address(name string) *url.URL {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return w.base.JoinPath(parts...)
}

func (w *web) Stat(ctx context.Context, name string) (Entry, error) {
	answer, err := w.ask(ctx, http.MethodHead, w.address(name), nil)
	if errors.Is(err, errMethod) {
		answer, err = w.ask(ctx, http.MethodGet, w.address(name), nil)
	}
	if err != nil {
		return Entry{}, fmt.Errorf("%s: %w", name, err)
	}
	answer.Body.Close()
	version := answer.Header.Get("ETag")
	if version == "" {
		version = answer.Header.Get("Last-Modified")
	}
	return Entry{Name: name, Size: answer.ContentLength, Version: version}, nil
}

// validator is what a later request may ask for with If-Range, "" if nothing:
// a strong ETag, or else the time of the last change, if that was so long ago
// that no other change can have the same (RFC 9110, section 8.8.2.2).
func validator(h http.Header) string {
	if tag := h.Get("ETag"); strings.HasPrefix(tag, `"`) {
		return tag
	}
	changed, err := http.ParseTime(h.Get("Last-Modified"))
	sent, err2 := http.ParseTime(h.Get("Date"))
	if err != nil || err2 != nil || sent.Sub(changed) < time.Second {
		return ""
	}
	return h.Get("Last-Modified")
}

func (w *web) Open(ctx context.Context, name string, offset int64, version string) (*Content, error) {
	header := map[string]string{}
	if offset > 0 && version != "" {
		header["Range"] = fmt.Sprintf("bytes=%d-", offset)
		header["If-Range"] = version
	}
	answer, err := w.ask(ctx, http.MethodGet, w.address(name), header)
	if errors.Is(err, ErrChanged) && len(header) > 0 {
		return w.Open(ctx, name, 0, "")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	c := &Content{ReadCloser: body{ctx, answer.Body}, Size: answer.ContentLength, Version: validator(answer.Header)}
	if answer.StatusCode != http.StatusPartialContent {
		return c, nil
	}
	c.Offset, c.Size = offset, size(answer.Header.Get("Content-Range"), offset)
	if c.Size < 0 || c.Version != version {
		c.Close()
		if len(header) == 0 {
			return nil, fmt.Errorf("%s: the server sends a part of it without being asked to", name)
		}
		return w.Open(ctx, name, 0, "")
	}
	return c, nil
}

// size is the whole in a Content-Range that begins at offset and goes to the
// end; Unknown otherwise.
func size(contentRange string, offset int64) int64 {
	var from, to, of int64
	n, err := fmt.Sscanf(contentRange, "bytes %d-%d/%d", &from, &to, &of)
	if n != 3 || err != nil || from != offset || to != of-1 {
		return Unknown
	}
	return of
}

func (w *web) Close() error {
	w.client.CloseIdleConnections()
	return nil
}

// A body is an answer being read.
type body struct {
	ctx context.Context
	io.ReadCloser
}

func (b body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	// A server that sees us leave may end its answer in good order: what we
	// broke off is not complete, whatever it looks like.
	if err != nil && (!errors.Is(err, io.EOF) || b.ctx.Err() != nil) {
		err = netError(b.ctx, err)
	}
	return n, err
}
