package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/sql/warehouse"
)

// listen reads how people reacted to our messages, and then all silences and
// answers as they stand. Reactions that cannot be read stop nothing: those read
// before count.
func (r *run) listen(ctx context.Context) error {
	if r.Reactions != nil && !r.options.Silent {
		if err := r.readReactions(ctx); err != nil {
			if ctx.Err() != nil {
				return err
			}
			r.Log.Warn("reactions to our messages could not be read; those read before count", "err", err)
		}
	}
	return r.recall(ctx)
}

const reactionsDeadline = 3 * time.Minute // of one reading

// readReactions looks at the messages of the newest months told.
func (r *run) readReactions(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, reactionsDeadline)
	defer cancel()
	posts, err := r.Warehouse.Answerable(ctx, r.Config.Slack.ReactionsFor())
	if err != nil || len(posts) == 0 {
		return err
	}
	known, err := r.Warehouse.Responses(ctx, posts[len(posts)-1].Month)
	if err != nil {
		return err
	}
	for i, p := range posts {
		r.progress("reactions", i, len(posts))
		seen, err := r.Reactions.Reactions(ctx, p.Channel, p.TS)
		if err != nil {
			return fmt.Errorf("message %s of %s: %w", p.TS, p.Channel, err)
		}
		if err := r.takeNote(ctx, p, seen, known); err != nil {
			return err
		}
	}
	return nil
}

// takeNote stores what is new on a message and takes back what is gone.
func (r *run) takeNote(ctx context.Context, p warehouse.Post, seen []slack.Reaction, known []alerts.Answer) error {
	now := r.Now()
	stands := r.meant(p, seen)
	for _, s := range stands {
		s.At = now
		fresh, _, err := r.Warehouse.Respond(ctx, s)
		if err != nil {
			return err
		}
		if fresh {
			r.Log.Info("reaction", "kind", s.Kind, "user", s.User, "month", p.Month, "subject", p.Topic)
		}
	}
	for _, k := range known {
		if k.Channel != p.Channel || k.TS != p.TS || k.Via != alerts.ViaReaction || !k.Lifted.IsZero() {
			continue
		}
		same := func(s alerts.Response) bool { return s.User == k.User && s.Kind == k.Kind }
		if slices.ContainsFunc(stands, same) {
			continue
		}
		if _, err := r.Warehouse.Lift(ctx, k.Response, now); err != nil {
			return err
		}
		r.Log.Info("reaction taken back", "kind", k.Kind, "user", k.User, "month", p.Month, "subject", p.Topic)
	}
	return nil
}

// meant are the reactions that mean something, each kind of a user once.
func (r *run) meant(p warehouse.Post, seen []slack.Reaction) (out []alerts.Response) {
	meanings := r.Config.Slack.Reactions.Meanings()
	for _, reaction := range seen {
		kind, ok := meanings[reaction.Emoji]
		if !ok {
			continue
		}
		for _, user := range reaction.Users {
			out = append(out, alerts.Response{
				Channel: p.Channel, TS: p.TS, User: user, Kind: kind, Via: alerts.ViaReaction, Emoji: reaction.Emoji,
			})
		}
	}
	return out
}
