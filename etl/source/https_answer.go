package source

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// netError gives an error of the network its meaning.
func netError(ctx context.Context, err error) error {
	var untrusted *tls.CertificateVerificationError
	var at *url.Error
	if errors.As(err, &at) {
		at.URL, _, _ = strings.Cut(at.URL, "?") // where we were redirected to, the query may be a key
	}
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, ErrDenied):
		return err
	case errors.As(err, &untrusted):
		return fmt.Errorf("%w: %w (is ca_file the right one?)", ErrDenied, err)
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// A busyError is a server's wish to be asked again later.
type busyError struct {
	error
	wait time.Duration // 0 = it does not say
}

func (e busyError) Unwrap() error { return e.error }

// errMethod says that a server does not know HEAD.
var errMethod = errors.New("method not known")

func statusError(code int, retryAfter string) error {
	says := fmt.Sprintf("the server answered %d %s", code, http.StatusText(code))
	switch {
	case code == http.StatusMethodNotAllowed, code == http.StatusNotImplemented:
		return fmt.Errorf("%w: %s", errMethod, says)
	case code == http.StatusUnauthorized, code == http.StatusForbidden, code == http.StatusProxyAuthRequired:
		return fmt.Errorf("%w: %s", ErrDenied, says)
	case code == http.StatusNotFound, code == http.StatusGone:
		return fmt.Errorf("%w: %s", ErrGone, says)
	case code == http.StatusPreconditionFailed, code == http.StatusRequestedRangeNotSatisfiable:
		return fmt.Errorf("%w: %s", ErrChanged, says)
	case code == http.StatusRequestTimeout, code == http.StatusTooManyRequests, code >= 500:
		seconds, _ := strconv.Atoi(retryAfter) // a date is as good as nothing
		return busyError{fmt.Errorf("%w: %s", ErrUnavailable, says), time.Duration(max(seconds, 0)) * time.Second}
	}
	return errors.New(says)
}
