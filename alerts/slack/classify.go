package slack

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"

	slackgo "github.com/slack-go/slack"
)

// codes are the API errors with a class of their own; any other code says
// that nothing was done.
var codes = map[string]Class{
	"ratelimited": Limited, "rate_limited": Limited,

	"internal_error": Ambiguous, "fatal_error": Ambiguous, "request_timeout": Ambiguous,
	"service_unavailable": Ambiguous,

	"invalid_blocks": Malformed, "invalid_blocks_format": Malformed, "msg_too_long": Malformed,
	"msg_blocks_too_long": Malformed, "no_text": Malformed, "invalid_arguments": Malformed,
	"invalid_metadata_format": Malformed, "metadata_too_large": Malformed,

	"invalid_auth": Denied, "not_authed": Denied, "token_revoked": Denied, "token_expired": Denied,
	"account_inactive": Denied, "missing_scope": Denied, "no_permission": Denied, "not_allowed_token_type": Denied,

	"message_not_found": Gone, "cant_update_message": Gone, "edit_window_closed": Gone,

	"channel_not_found": BadChannel, "not_in_channel": BadChannel, "is_archived": BadChannel, "restricted_action": BadChannel,
}

// classify puts an error of slack-go into its class and takes the token out of
// its text.
func classify(err error, token string) error {
	if err == nil {
		return nil
	}
	f := classOf(err)
	if token != "" {
		f.Detail = strings.ReplaceAll(f.Detail, token, "[token]")
	}
	return f
}

func classOf(err error) *Failure {
	var (
		limited *slackgo.RateLimitedError
		api     slackgo.SlackErrorResponse
		status  slackgo.StatusCodeError
		number  *strconv.NumError
	)
	switch {
	case errors.As(err, &limited):
		return &Failure{Class: Limited, Code: "429", RetryAfter: limited.RetryAfter}
	case errors.As(err, &api):
		return apiFailure(api)
	case errors.As(err, &status):
		return statusFailure(status.Code)
	case errors.As(err, &number): // slack-go reads nothing but Retry-After with strconv
		return &Failure{Class: Limited, Code: "429", Detail: "Retry-After is no number"}
	case neverConnected(err):
		return &Failure{Class: Unreachable, Code: "no connection", Detail: err.Error()}
	case errors.Is(err, context.DeadlineExceeded) || isTimeout(err):
		return &Failure{Class: Ambiguous, Code: "timeout", Detail: err.Error()}
	}
	return &Failure{Class: Ambiguous, Code: "broken answer", Detail: err.Error()}
}

func apiFailure(api slackgo.SlackErrorResponse) *Failure {
	class, known := codes[api.Err]
	if !known {
		class = Refused
	}
	detail := strings.Join(api.ResponseMetadata.Messages, "; ")
	if api.Needed != "" {
		detail = "needed " + api.Needed + ", provided " + api.Provided
	}
	return &Failure{Class: class, Code: api.Err, Detail: detail}
}

// statusFailure: a 429 did nothing, a 5xx may have done something, any other
// status comes from something in front of Slack.
func statusFailure(code int) *Failure {
	f := &Failure{Class: Refused, Code: strconv.Itoa(code)}
	switch {
	case code == http.StatusTooManyRequests:
		f.Class = Limited
	case code >= http.StatusInternalServerError:
		f.Class = Ambiguous
	}
	return f
}

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}

func isDial(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// neverConnected: no name, no connection or no trust, so that no request left.
func neverConnected(err error) bool {
	var (
		dns    *net.DNSError
		cert   *tls.CertificateVerificationError
		record tls.RecordHeaderError
	)
	return isDial(err) || errors.As(err, &dns) || errors.As(err, &cert) || errors.As(err, &record)
}
