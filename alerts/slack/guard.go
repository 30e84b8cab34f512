package slack

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

var errHeldUp = errors.New("held up, another sender may have taken over: not sent")

// A guard keeps a call from leaving after its deadline. The context of a call
// alone does not: in a process that was paused and wakes, what was about to
// write writes before any timer is looked at. The guard asks at the last
// moment, for each write to the connection; half a request is none.
type guard struct{ until atomic.Pointer[time.Time] }

// over makes a call whose last bytes leave before the deadline of ctx.
func (g *guard) over(ctx context.Context, call func() error) error {
	if deadline, ok := ctx.Deadline(); ok {
		g.until.Store(&deadline)
		defer g.until.Store(nil)
	}
	return call()
}

func (g *guard) late() bool {
	until := g.until.Load()
	return until != nil && past(time.Now(), *until)
}

// past compares by the wall clock too: the other one stands still while a
// machine is suspended.
func past(now, until time.Time) bool {
	return !now.Before(until) || !now.Round(0).Before(until.Round(0))
}

// watch returns a client whose connections are under guard.
func (g *guard) watch(c *http.Client) *http.Client {
	transport, ok := c.Transport.(*http.Transport)
	if c.Transport == nil {
		transport, ok = http.DefaultTransport.(*http.Transport)
	}
	if !ok {
		return c
	}
	watched, dial := transport.Clone(), transport.DialContext
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	watched.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return guardedConn{conn, g}, nil
	}
	copied := *c
	copied.Transport = watched
	return &copied
}

type guardedConn struct {
	net.Conn
	guard *guard
}

// Write refuses what is late.
func (c guardedConn) Write(p []byte) (int, error) {
	if c.guard.late() {
		return 0, errHeldUp
	}
	return c.Conn.Write(p)
}
