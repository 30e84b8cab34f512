package warehouse

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/go-sql-driver/mysql"
)

// TLS names the files of a connection's trust, each "" for none: the
// certificates (PEM) to trust instead of the system's, and the client's own
// certificate with its key. They are read at each Open.
type TLS struct{ CAFile, CertFile, KeyFile string }

// secure decides how a connection is protected. Off this host it is encrypted
// and the server's certificate checked, unless the DSN says tls=false; on this
// host only when there is a CA file or the DSN says tls=true. Encryption that
// trusts anybody is refused: it looks like protection and is none.
func secure(config *mysql.Config, trust ...TLS) error {
	var files TLS
	for _, t := range trust {
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

func (t TLS) config() (*tls.Config, error) {
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
