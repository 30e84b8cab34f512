// Package heartbeat tells a dead man's switch (healthchecks.io and its like)
// that a job began, succeeded or failed: only one who waits for a sign notices
// that nothing runs any more. It must not import anything of the trade.
package heartbeat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// patience is how long one sign may take.
const patience = 10 * time.Second

// A Sign is what a switch is told.
type Sign string

// The signs, as parts of a path.
const (
	Start   Sign = "start"
	Success Sign = ""
	Fail    Sign = "fail"
)

// ErrNoAddress says that what should be an address is none.
var ErrNoAddress = errors.New("heartbeat: the address is none, want https://host/path")

// Send gives a sign to the switch at address, a POST without a body. Whoever
// knows the address can give signs too, so that no error names it.
func Send(ctx context.Context, address string, s Sign) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	to, err := url.Parse(address)
	if err != nil || to.Host == "" {
		return ErrNoAddress
	}
	to.Path = strings.TrimSuffix(strings.TrimSuffix(to.Path, "/")+"/"+string(s), "/")
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), nil)
	if err != nil {
		return ErrNoAddress
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("heartbeat: %w", bare(err))
	}
	_ = answer.Body.Close()
	if answer.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("heartbeat: answered %s", answer.Status)
	}
	return nil
}

// bare is an error of a request without its address.
func bare(err error) error {
	var request *url.Error
	if errors.As(err, &request) {
		return request.Err
	}
	return err
}
