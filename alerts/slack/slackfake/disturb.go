package slackfake

import (
	"math/rand/v2"
	"net/http"
	"time"
)

// Disturb lets each call fail with probability rate, until Calm or another
// Disturb. Which call fails in which of the ways given follows from seed and
// the order of the calls; without ways it is any of AnyFault, and for the
// upload and its completion also what only they can meet. Faults scripted by
// Fail come first.
func (f *Fake) Disturb(seed uint64, rate float64, ways ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.disturbance = &disturbance{draw: rand.New(rand.NewPCG(seed, 0)), rate: rate, ways: ways}
}

// Calm ends a disturbance and forgets scripted faults. A token that Revoke
// took away is good again.
func (f *Fake) Calm() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.disturbance, f.revoked, f.unshared = nil, false, false
	clear(f.faults)
}

// A disturbance draws faults.
type disturbance struct {
	draw *rand.Rand
	rate float64
	ways []Fault
}

func (d *disturbance) next(method string) Fault {
	if d == nil || d.draw.Float64() >= d.rate {
		return nil
	}
	ways := d.ways
	if len(ways) == 0 {
		ways = append(AnyFault(), special[method]...)
	}
	return ways[d.draw.IntN(len(ways))]
}

// AnyFault lists the ways in which any call can fail: before its effect, after
// it, and with an answer that does not say which.
func AnyFault() []Fault {
	return []Fault{
		RateLimited(time.Second), Status(http.StatusTooManyRequests), APIError("ratelimited"),
		Status(http.StatusInternalServerError), StatusAfter(http.StatusInternalServerError),
		Status(http.StatusServiceUnavailable), StatusAfter(http.StatusServiceUnavailable),
		APIError("internal_error"), APIErrorAfter("internal_error"),
		APIError("fatal_error"), APIErrorAfter("fatal_error"), APIErrorAfter("request_timeout"),
		Drop(), StoreThenDrop(), Truncated(), Hang(), HangAfter(), SlowBody(time.Second),
	}
}

// special are the faults that only some methods know.
var special = map[string][]Fault{
	"upload":                       {ExpiredUpload()},
	"files.completeUploadExternal": {NotShared()},
}
