package warehouse

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/go-sql-driver/mysql"
)

// Access is how a server is reached, besides the DSN: the files of its trust,
// each "" for none, and who to ask for the DSN again.
type Access struct {
	CAFile            string // certificates (PEM) to trust instead of the system's
	CertFile, KeyFile string // the client's own certificate with its key
	// Again, if it is set, gives the DSN whose user and password each new
	// connection takes, so that a password that was changed holds without a
	// new start.
	Again func() (string, error)
}

// rotating lets each new connection ask for user and password.
func rotating(config *mysql.Config, access ...Access) error {
	for _, a := range access {
		if a.Again == nil {
			continue
		}
		err := config.Apply(mysql.BeforeConnect(func(_ context.Context, c *mysql.Config) error {
			dsn, err := a.Again()
			if err != nil {
				return err
			}
			now, err := mysql.ParseDSN(dsn)
			if err != nil {
				return &ConfigError{unreadable}
			}
			c.User, c.Passwd = now.User, now.Passwd
			return nil
		}))
		if err != nil {
			return err
		}
	}
	return nil
}

// secure decides how a connection is protected. Off this host it is encrypted
// and the server's certificate checked, unless the DSN says tls=false; on this
// host only when there is a CA file or the DSN says tls=true. Encryption that
// trusts anybody is refused: it looks like protection and is none.
func secure(config *mysql.Config, access ...Access) error {
	var files Access
	for _, t := range access {
		files = t
	}
	switch config.TLSConfig {
	case "skip-verify", "preferred":
		return &ConfigError{"the DSN says tls=" + config.TLSConfig + ", which trusts whoever answers: take it out and name the CA in PANELWATCH_DSN_CA_FILE, or say tls=false for a connection that is open to be read"}
	case "false":
		return nil
	case "":
		if !isRemote(config) && files.CAFile == "" {
			return nil
		}
	}
	trusted, err := files.config()
	if err != nil {
		return &ConfigError{err.Error()}
	}
	if host, _, err := net.SplitHostPort(config.Addr); err == nil {
		trusted.ServerName = host
	}
	config.TLS = trusted
	return nil
}

func (t Access) config() (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if t.CAFile != "" {
		text, err := os.ReadFile(t.CAFile)
		if err != nil {
			return nil, fmt.Errorf("CA of the warehouse: %w", err)
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("CA of the warehouse: %s has no certificate in PEM", t.CAFile)
		}
	}
	if t.CertFile != "" || t.KeyFile != "" {
		pair, err := tls.LoadX509KeyPair(t.CertFile, t.KeyFile)
		if err != nil {
			return nil, fmt.Errorf("client certificate for the warehouse: %w", err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// isRemote says whether the server may be on another host.
func isRemote(config *mysql.Config) bool {
	if config.Net == "unix" {
		return false
	}
	host, _, err := net.SplitHostPort(config.Addr)
	if err != nil {
		host = config.Addr
	}
	ip := net.ParseIP(host)
	return host != "localhost" && (ip == nil || !ip.IsLoopback())
}

// remedy says what to do about a connection that was not made for want of
// trust.
func remedy(err error) string {
	switch {
	case errors.Is(err, mysql.ErrNoTLS):
		return ": switch TLS on at the server, or say tls=false in the DSN for a connection that is open to be read"
	case untrusted(err):
		return ": name the CA that signed the server's certificate in PANELWATCH_DSN_CA_FILE, and the host in the DSN as the certificate does"
	}
	return ""
}
