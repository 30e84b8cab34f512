package main

import (
	"io"
	"net"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// A proxy is a way to the server that can be cut.
type proxy struct {
	mu     sync.Mutex
	open   []net.Conn
	closed bool // nobody is let through any more
}

// throughProxy begins a run that reaches the server by a way that can be cut.
func (p *pods) throughProxy(t *testing.T) (*pod, *proxy) {
	t.Helper()
	direct := p.dsn
	defer func() { p.dsn = direct }()
	config, err := mysql.ParseDSN(direct)
	check(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	way := &proxy{}
	go way.serve(listener, config.Net, config.Addr)
	config.Net, config.Addr = "tcp", listener.Addr().String()
	p.dsn = config.FormatDSN()
	return p.begin(t), way
}

func (w *proxy) serve(listener net.Listener, network, address string) {
	for {
		near, err := listener.Accept()
		if err != nil {
			return // the test is over
		}
		far, err := net.Dial(network, address)
		if err != nil || !w.keeps(near, far) {
			_ = near.Close()
			continue
		}
		go relay(near, far)
		go relay(far, near)
	}
}

func (w *proxy) keeps(ends ...net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open = append(w.open, ends...)
	return !w.closed
}

func relay(from, to net.Conn) {
	_, _ = io.Copy(to, from) // ends when either side is cut
	_ = to.Close()
	_ = from.Close()
}

// cut ends every connection; forGood also those that would be made.
func (w *proxy) cut(forGood bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = forGood
	for _, c := range w.open {
		_ = c.Close()
	}
	w.open = nil
}

// with is a DSN with one more parameter.
func with(t *testing.T, dsn, key, value string) string {
	t.Helper()
	config, err := mysql.ParseDSN(dsn)
	check(t, err)
	if config.Params == nil {
		config.Params = map[string]string{}
	}
	config.Params[key] = value
	return config.FormatDSN()
}
