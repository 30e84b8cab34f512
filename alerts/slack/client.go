package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	slackgo "github.com/slack-go/slack"

	"panelwatch/alerts"
)

// A Client posts through Slack's Web API with a bot token. It never retries by
// itself: a call that is sent twice is a message that is read twice.
type Client struct {
	api   *slackgo.Client
	token string
	pause time.Duration
	guard guard
	sleep func(context.Context, time.Duration) error

	mu  sync.Mutex
	bot string // own bot id, asked for once
}

// ClientOptions are what a client needs from the world.
type ClientOptions struct {
	Token  string
	APIURL string        // of the Web API, https://slack.com/api/ when empty
	HTTP   *http.Client  // 30 s timeout when nil
	Pause  time.Duration // between two looks whether a file is shared, 1 s when 0
	Sleep  func(context.Context, time.Duration) error
}

// NewClient makes a client; nothing is called yet.
func NewClient(o ClientOptions) *Client {
	if o.HTTP == nil {
		o.HTTP = &http.Client{Timeout: 30 * time.Second}
	}
	c := &Client{token: o.Token, sleep: o.Sleep, pause: cmp.Or(o.Pause, time.Second)}
	options := []slackgo.Option{slackgo.OptionHTTPClient(c.guard.watch(o.HTTP))}
	if o.APIURL != "" { // slack-go joins without a slash
		options = append(options, slackgo.OptionAPIURL(strings.TrimSuffix(o.APIURL, "/")+"/"))
	}
	c.api = slackgo.New(o.Token, options...)
	return c
}

// rawBlock hands a composed block to slack-go without taking it apart.
type rawBlock struct{ json.RawMessage }

// BlockType and ID are what slack-go asks of a block; it does not use them
// for posting.
func (rawBlock) BlockType() slackgo.MessageBlockType { return "" }

// ID is empty: our blocks have none.
func (rawBlock) ID() string { return "" }

// Post sends a message; see Poster.
func (c *Client) Post(ctx context.Context, m alerts.Message) (string, error) {
	options, err := content(m)
	if err != nil {
		return "", err
	}
	if m.ThreadTS != "" {
		options = append(options, slackgo.MsgOptionTS(m.ThreadTS))
	}
	if m.ThreadTS != "" && m.Broadcast {
		options = append(options, slackgo.MsgOptionBroadcast())
	}
	var ts string
	err = c.guard.over(ctx, func() (err error) {
		_, ts, err = c.api.PostMessageContext(ctx, m.Channel, options...)
		return err
	})
	if err == nil && ts == "" {
		return "", &Failure{Class: Ambiguous, Code: "answer without timestamp"}
	}
	return ts, classify(err, c.token)
}

// Edit changes a message in its place; see Poster. Text without blocks would
// take the blocks away, so all goes out again, the metadata too.
func (c *Client) Edit(ctx context.Context, m alerts.Message) error {
	options, err := content(m)
	if err != nil {
		return err
	}
	err = c.guard.over(ctx, func() error {
		_, _, _, err := c.api.UpdateMessageContext(ctx, m.Channel, m.TS, options...)
		return err
	})
	return classify(err, c.token)
}

// content is what a message shows, and the metadata by which it is known.
func content(m alerts.Message) ([]slackgo.MsgOption, error) {
	options := []slackgo.MsgOption{
		slackgo.MsgOptionText(m.Text, false), // escaped by Compose
		slackgo.MsgOptionDisableLinkUnfurl(),
		slackgo.MsgOptionDisableMediaUnfurl(),
		slackgo.MsgOptionMetadata(slackgo.SlackMetadata{EventType: eventType, EventPayload: metadata(m)}),
	}
	if len(m.Blocks) > 0 {
		var raw []json.RawMessage
		if err := json.Unmarshal(m.Blocks, &raw); err != nil {
			return nil, &Failure{Class: Malformed, Code: "blocks are no JSON array", Detail: err.Error()}
		}
		blocks := make([]slackgo.Block, len(raw))
		for i, b := range raw {
			blocks[i] = rawBlock{b}
		}
		options = append(options, slackgo.MsgOptionBlocks(blocks...))
	}
	return options, nil
}

// Find looks through the channel, or the thread of a reply; see Poster.
func (c *Client) Find(ctx context.Context, m alerts.Message, since time.Time) (at Found, found bool, err error) {
	ts, found, err := c.search(ctx, m.Channel, m.ThreadTS, since, func(got slackgo.Message) bool {
		ours := got.Metadata.EventType == eventType && got.Metadata.EventPayload["key"] == Key(m)
		if ours {
			at.Hash, _ = got.Metadata.EventPayload["hash"].(string)
		}
		return ours
	})
	at.TS = ts
	return at, found, err
}

// search returns the first of the bot's own messages that matches.
func (c *Client) search(ctx context.Context, channel, thread string, since time.Time, match func(slackgo.Message) bool) (string, bool, error) {
	bot, err := c.self(ctx)
	if err != nil {
		return "", false, err
	}
	cursor := ""
	for {
		messages, next, err := c.listPage(ctx, channel, thread, since, cursor)
		if err != nil {
			return "", false, classify(err, c.token)
		}
		for _, got := range messages {
			if got.BotID == bot && match(got) {
				return got.Timestamp, true, nil
			}
		}
		if next == "" {
			return "", false, nil
		}
		cursor = next
	}
}

// listPage reads one page of a channel's history, or of a thread, which the
// history leaves out.
func (c *Client) listPage(ctx context.Context, channel, thread string, since time.Time, cursor string) (messages []slackgo.Message, next string, err error) {
	const size = 200
	oldest := ""
	if !since.IsZero() {
		oldest = strconv.FormatInt(since.Unix(), 10) + ".000000"
	}
	if thread == "" {
		page, err := c.api.GetConversationHistoryContext(ctx, &slackgo.GetConversationHistoryParameters{
			ChannelID: channel, Cursor: cursor, Oldest: oldest, Limit: size, IncludeAllMetadata: true,
		})
		if err != nil {
			return nil, "", err
		}
		return page.Messages, page.ResponseMetaData.NextCursor, nil
	}
	messages, _, next, err = c.api.GetConversationRepliesContext(ctx, &slackgo.GetConversationRepliesParameters{
		ChannelID: channel, Timestamp: thread, Cursor: cursor, Oldest: oldest, Limit: size, IncludeAllMetadata: true,
	})
	return messages, next, err
}

// self is the id of the bot that the token belongs to.
func (c *Client) self(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.bot != "" {
		return c.bot, nil
	}
	who, err := c.api.AuthTestContext(ctx)
	if err != nil {
		return "", classify(err, c.token)
	}
	c.bot = cmp.Or(who.BotID, who.UserID)
	return c.bot, nil
}
