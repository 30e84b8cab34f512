package source

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// dialer prepares connections to one server, whose key must be in the file of
// known hosts.
func dialer(s Settings) (func(context.Context) (*ssh.Client, error), error) {
	if s.Host == "" || s.User == "" {
		return nil, errors.New("host or user is missing")
	}
	if s.KnownHosts == "" {
		return nil, errors.New("known_hosts is missing: name a file that holds the server's key")
	}
	if _, err := os.Stat(s.KnownHosts); err != nil {
		return nil, fmt.Errorf("known_hosts: %w", err)
	}
	check, err := knownhosts.New(s.KnownHosts)
	if err != nil {
		return nil, fmt.Errorf("known_hosts: %w", err)
	}
	auth, err := methods(s)
	if err != nil {
		return nil, err
	}
	address := s.Host
	if _, _, err := net.SplitHostPort(address); err != nil {
		address = net.JoinHostPort(strings.Trim(address, "[]"), "22")
	}
	config := &ssh.ClientConfig{User: s.User, Auth: auth, HostKeyCallback: check, HostKeyAlgorithms: algorithms(check, address)}
	return func(ctx context.Context) (*ssh.Client, error) { return dial(ctx, address, config) }, nil
}

// methods are the private key, the password, or both in this order.
func methods(s Settings) (all []ssh.AuthMethod, err error) {
	if s.Key != "" {
		var signer ssh.Signer
		if s.Passphrase != "" {
			signer, err = ssh.ParsePrivateKeyWithPassphrase([]byte(s.Key), []byte(s.Passphrase))
		} else {
			signer, err = ssh.ParsePrivateKey([]byte(s.Key))
		}
		if err != nil {
			return nil, fmt.Errorf("private key: %w", err)
		}
		all = append(all, ssh.PublicKeys(signer))
	}
	if s.Password != "" {
		all = append(all, ssh.Password(s.Password))
	}
	if len(all) == 0 {
		return nil, errors.New("neither a password nor a private key is given")
	}
	return all, nil
}

// algorithms are those of the keys known of a host. Without them the server
// would choose the kind of key, and one that we do not know would look like a
// wrong one.
func algorithms(check ssh.HostKeyCallback, address string) (names []string) {
	var known *knownhosts.KeyError
	if !errors.As(check(address, &net.TCPAddr{IP: net.IPv4zero}, nobodysKey{}), &known) {
		return nil
	}
	for _, k := range known.Want {
		if k.Key.Type() == ssh.KeyAlgoRSA {
			names = append(names, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
			continue
		}
		names = append(names, k.Key.Type())
	}
	return names
}

// nobodysKey is a key that no host has.
type nobodysKey struct{}

func (nobodysKey) Type() string                        { return "none" }
func (nobodysKey) Marshal() []byte                     { return []byte("none") }
func (nobodysKey) Verify([]byte, *ssh.Signature) error { return errors.New("nobody's key") }

func dial(ctx context.Context, address string, config *ssh.ClientConfig) (*ssh.Client, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, connectTimeout,
		fmt.Errorf("%w: %s did not let us in within %s", ErrUnavailable, address, connectTimeout))
	defer cancel()
	var d net.Dialer
	raw, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, netError(ctx, err)
	}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	conn, channels, requests, err := ssh.NewClientConn(raw, address, config)
	if err != nil {
		raw.Close()
		return nil, handshakeError(ctx, address, err)
	}
	if !stop() { // the time ran out just now
		conn.Close()
		return nil, context.Cause(ctx)
	}
	return ssh.NewClient(conn, channels, requests), nil
}

// handshakeError tells a wrong key or password from a broken connection.
func handshakeError(ctx context.Context, address string, err error) error {
	var key *knownhosts.KeyError
	var revoked *knownhosts.RevokedError
	switch {
	case errors.As(err, &revoked):
		return fmt.Errorf("%w: known_hosts revokes the key of %s", ErrDenied, address)
	case errors.As(err, &key) && len(key.Want) == 0:
		return fmt.Errorf("%w: known_hosts has no key of %s: ask its owner for the key and add it", ErrDenied, address)
	case errors.As(err, &key):
		return fmt.Errorf("%w: %s shows another key than known_hosts has", ErrDenied, address)
	case strings.Contains(err.Error(), "unable to authenticate"): // the library has no type for it
		return fmt.Errorf("%w: %s accepts neither our key nor our password", ErrDenied, address)
	}
	return netError(ctx, err)
}
