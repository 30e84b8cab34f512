package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
)

func (p Patience) filledIn() Patience {
	return Patience{
		Tries: cmp.Or(p.Tries, 5), First: cmp.Or(p.First, time.Second),
		Most: cmp.Or(p.Most, 30*time.Second), Idle: cmp.Or(p.Idle, time.Minute),
		Answer: cmp.Or(p.Answer, 5*time.Minute),
	}
}

// insist repeats an attempt while its error may pass. An attempt returns how
// far it has come: as long as each comes farther than all before, the
// attempts are not counted.
func (p Patience) insist(ctx context.Context, attempt func() (reached int64, err error)) error {
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.MaxInterval, waits.Multiplier, waits.RandomizationFactor = p.First, p.Most, 2, 0
	var fruitless int
	var farthest int64
	once := func() (struct{}, error) {
		reached, err := attempt()
		fruitless++
		if reached > farthest {
			fruitless, farthest = 1, reached
			waits.Reset()
		}
		if err != nil && (fruitless >= p.Tries || ctx.Err() != nil || !passing(err)) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, p.obey(err)
	}
	_, err := backoff.Retry(ctx, once, backoff.WithBackOff(waits), backoff.WithMaxElapsedTime(0))
	return err
}

// ask repeats a short question, each time for no longer than Answer.
func (p Patience) ask(ctx context.Context, question func(context.Context) error) error {
	return p.insist(ctx, func() (int64, error) {
		inner, cancel := context.WithTimeoutCause(ctx, p.Answer, fmt.Errorf("%w: no answer in %s", ErrUnavailable, p.Answer))
		defer cancel()
		return 0, question(inner)
	})
}

// obey waits as long as a busy server asks for, but no longer than Most.
func (p Patience) obey(err error) error {
	var final *backoff.PermanentError
	var busy busyError
	if err == nil || errors.As(err, &final) || !errors.As(err, &busy) || busy.wait == 0 {
		return err
	}
	return &backoff.RetryAfterError{Duration: min(busy.wait, p.Most)}
}

// passing errors are worth another attempt.
func passing(err error) bool {
	return errors.Is(err, ErrUnavailable) || errors.Is(err, ErrChanged)
}

func ignoreGone(err error) error {
	if errors.Is(err, ErrGone) {
		return nil
	}
	return err
}
