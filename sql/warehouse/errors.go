package warehouse

import (
	"crypto/tls"
	"errors"

	"github.com/go-sql-driver/mysql"
)

// ErrLeaseHeld says that another process holds the lease: a normal outcome.
var ErrLeaseHeld = errors.New("another run holds the lease")

// ErrLeaseLost says that the lease went to somebody else while this process
// was at work; nothing more may be written.
var ErrLeaseLost = errors.New("the lease was lost to another run; nothing was published")

// A ConfigError is a fault of DSN, server settings or schema version.
type ConfigError struct{ Msg string }

func (e *ConfigError) Error() string { return e.Msg }

// Denied says whether err is the server refusing user or privilege, or us not
// trusting the server.
func Denied(err error) bool {
	return isServerError(err, 1044, 1045, 1142, 1143, 1227, 1698, 3159) || untrusted(err)
}

// untrusted: a certificate that does not fit, or a server that wants another
// client's.
func untrusted(err error) bool {
	var cert *tls.CertificateVerificationError
	var alert tls.AlertError
	return errors.As(err, &cert) || errors.As(err, &alert)
}

// Misconfigured says whether err is a fault of configuration: no such
// database, a setting the server does not know, a schema that does not fit.
func Misconfigured(err error) bool {
	var c *ConfigError
	return errors.As(err, &c) || isServerError(err, 1049, 1193) || errors.Is(err, mysql.ErrNoTLS)
}

// Unavailable says whether err comes from the server or the way to it, so that
// a later try may succeed.
func Unavailable(err error) bool {
	var server *mysql.MySQLError
	return errors.Is(err, mysql.ErrInvalidConn) || isServerError(err, 1205, 1213, 3572, 1290, 1792, 1053, 1927) ||
		(!errors.As(err, &server) && isNetwork(err))
}

// permanent errors are not cured by waiting for the server to come up.
func permanent(err error) bool {
	var server *mysql.MySQLError
	return errors.As(err, &server) || untrusted(err) || errors.Is(err, mysql.ErrNoTLS)
}

// transient errors are cured by running the whole transaction again.
func transient(err error) bool { return isServerError(err, 1205, 1213, 3572) }

func isServerError(err error, numbers ...uint16) bool {
	var server *mysql.MySQLError
	if !errors.As(err, &server) {
		return false
	}
	for _, n := range numbers {
		if server.Number == n {
			return true
		}
	}
	return false
}
