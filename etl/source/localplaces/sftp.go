package localplaces

import (
	"crypto/ed25519"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"sync"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// A Server serves a folder over SFTP, to be read only.
type Server struct {
	Folder   string
	User     string
	Password string        // "" = no password is accepted
	Key      ssh.PublicKey // nil = no key is accepted
	HostKey  ed25519.PrivateKey
	// Wrap, if set, puts something between the server and each connection.
	Wrap func(net.Conn) net.Conn
	// Rename, if set, is what the server calls a file in listings: a server
	// may lie.
	Rename func(name string) string
}

// Start serves on a free port. known is the line of the server for a file of
// known hosts.
func (s Server) Start() (running *Running, known string, err error) {
	signer, err := ssh.NewSignerFromKey(s.HostKey)
	if err != nil {
		return nil, "", fmt.Errorf("start local sftp: %w", err)
	}
	config := &ssh.ServerConfig{PasswordCallback: s.password, PublicKeyCallback: s.key}
	config.AddHostKey(signer)
	listener, err := loopback()
	if err != nil {
		return nil, "", fmt.Errorf("start local sftp: %w", err)
	}
	all := &connections{open: map[net.Conn]bool{}}
	go s.accept(listener, config, all)
	address := listener.Addr().String()
	stop := func() error { return errors.Join(listener.Close(), all.close()) }
	return &Running{Address: address, Close: stop}, knownhosts.Line([]string{address}, signer.PublicKey()), nil
}

var errStranger = errors.New("not accepted")

func (s Server) password(c ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
	if s.Password == "" || c.User() != s.User || subtle.ConstantTimeCompare(password, []byte(s.Password)) == 0 {
		return nil, errStranger
	}
	return nil, nil
}

func (s Server) key(c ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
	if s.Key == nil || c.User() != s.User || string(key.Marshal()) != string(s.Key.Marshal()) {
		return nil, errStranger
	}
	return nil, nil
}

// connections are those under way.
type connections struct {
	mu   sync.Mutex
	open map[net.Conn]bool
}

func (c *connections) add(conn net.Conn, there bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open[conn] = there; !there {
		delete(c.open, conn)
	}
}

func (c *connections) close() (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conn := range c.open {
		if e := conn.Close(); !errors.Is(e, net.ErrClosed) { // by its client, just now
			err = errors.Join(err, e)
		}
	}
	return err
}

func (s Server) accept(l net.Listener, config *ssh.ServerConfig, all *connections) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		all.add(conn, true)
		go func() {
			defer all.add(conn, false)
			defer conn.Close()
			if s.Wrap != nil {
				s.serve(s.Wrap(conn), config)
				return
			}
			s.serve(conn, config)
		}()
	}
}

// serve answers one connection until it ends.
func (s Server) serve(conn net.Conn, config *ssh.ServerConfig) {
	_, channels, requests, err := ssh.NewServerConn(conn, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for wanted := range channels {
		if wanted.ChannelType() != "session" {
			_ = wanted.Reject(ssh.UnknownChannelType, "sessions only")
			continue
		}
		channel, requests, err := wanted.Accept()
		if err != nil {
			return
		}
		go s.session(channel, requests)
	}
}

func (s Server) session(channel ssh.Channel, requests <-chan *ssh.Request) {
	defer channel.Close()
	for r := range requests {
		sftpWanted := r.Type == "subsystem" && len(r.Payload) > 4 && string(r.Payload[4:]) == "sftp"
		_ = r.Reply(sftpWanted, nil)
		if sftpWanted {
			go ssh.DiscardRequests(requests)
			h := readOnly{s.Folder, s.Rename}
			_ = sftp.NewRequestServer(channel, sftp.Handlers{FileGet: h, FilePut: h, FileCmd: h, FileList: h}).Serve()
			return
		}
	}
}
