package source_test

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"path"
	"sync"

	"panelwatch/etl/source"
)

var quiet = log.New(io.Discard, "", 0)

// A line is what the bytes of a file go through on their way from a server.
// It counts them, and lets one thing happen to each transfer.
type line struct {
	mu     sync.Mutex
	events []event
	served int64
	asked  []string // methods and base names of HTTP requests
}

// An event happens after so many bytes of a transfer.
type event struct {
	after  int64
	status int    // answer this instead
	drop   bool   // break off
	stall  bool   // send nothing any more
	call   func() // do this first
}

// expect lets events happen, one to each of the next transfers.
func (l *line) expect(events ...event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events, l.served, l.asked = events, 0, nil
}

func (l *line) next() (e event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.events) > 0 {
		e, l.events = l.events[0], l.events[1:]
	}
	return e
}

func (l *line) count(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.served += int64(n)
}

func (l *line) bytes() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.served
}

// around puts an HTTP handler behind the line. Only the data file meets events.
func (l *line) around(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		base := path.Base(r.URL.Path)
		l.mu.Lock()
		l.asked = append(l.asked, r.Method+" "+base)
		l.mu.Unlock()
		if r.Method != http.MethodGet || base != dataName {
			h.ServeHTTP(w, r)
			return
		}
		e := l.next()
		if e.status != 0 {
			w.WriteHeader(e.status)
			return
		}
		h.ServeHTTP(&lineWriter{ResponseWriter: w, flow: flow{line: l, event: e}, gone: r.Context().Done()}, r)
	})
}

// A flow is one transfer.
type flow struct {
	line  *line
	event event
	sent  int64
}

// pass sends p as far as the event lets it. It tells whether the event came.
func (f *flow) pass(p []byte, send func([]byte) (int, error)) (n int, came bool, err error) {
	eventful := f.event.drop || f.event.stall || f.event.call != nil
	if !eventful || f.sent > f.event.after || f.sent+int64(len(p)) <= f.event.after {
		n, err = send(p)
		f.sent += int64(n)
		f.line.count(n)
		return n, false, err
	}
	n, err = send(p[:f.event.after-f.sent])
	f.line.count(n)
	f.sent = f.event.after + 1
	if f.event.call != nil {
		f.event.call()
	}
	if !f.event.drop && !f.event.stall {
		rest, err2 := send(p[n:])
		f.line.count(rest)
		return n + rest, false, err2
	}
	return n, true, err
}

type lineWriter struct {
	http.ResponseWriter
	flow
	gone <-chan struct{}
}

func (w *lineWriter) Write(p []byte) (int, error) {
	n, came, err := w.pass(p, w.ResponseWriter.Write)
	if came {
		_ = http.NewResponseController(w.ResponseWriter).Flush()
	}
	if came && w.event.stall {
		<-w.gone
	}
	if came {
		panic(http.ErrAbortHandler)
	}
	return n, err
}

// wrap puts a connection behind the line.
func (l *line) wrap(c net.Conn) net.Conn {
	return &lineConn{Conn: c, flow: flow{line: l, event: l.next()}, closed: make(chan struct{})}
}

type lineConn struct {
	net.Conn
	flow
	closed chan struct{}
	once   sync.Once
}

func (c *lineConn) Write(p []byte) (int, error) {
	n, came, err := c.pass(p, c.Conn.Write)
	if came && c.event.stall {
		<-c.closed
	}
	if came {
		c.Conn.Close()
		return n, io.ErrClosedPipe
	}
	return n, err
}

// Read notices when the client hangs up.
func (c *lineConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if err != nil {
		c.once.Do(func() { close(c.closed) })
	}
	return n, err
}

// lined puts a folder behind the line.
type lined struct {
	source.Place
	line *line
}

func (l lined) Open(ctx context.Context, name string, offset int64, version string) (*source.Content, error) {
	c, err := l.Place.Open(ctx, name, offset, version)
	if err != nil || path.Base(name) != dataName {
		return c, err
	}
	e := l.line.next()
	if e.status != 0 {
		c.Close()
		return nil, source.ErrUnavailable
	}
	c.ReadCloser = &lineReader{ReadCloser: c.ReadCloser, flow: flow{line: l.line, event: e}, gone: ctx.Done()}
	return c, nil
}

type lineReader struct {
	io.ReadCloser
	flow
	gone <-chan struct{}
}

func (r *lineReader) Read(p []byte) (int, error) {
	n, readErr := r.ReadCloser.Read(p[:min(len(p), 10_000)])
	n, came, _ := r.pass(p[:n], func(p []byte) (int, error) { return len(p), nil })
	if came && r.event.stall {
		<-r.gone
	}
	if came {
		return n, source.ErrUnavailable
	}
	return n, readErr
}
