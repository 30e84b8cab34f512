// Package slackfake is a Slack workspace for tests and rehearsals: the part of
// the Web API that panelwatch uses, on a local port, stricter than the
// original. It checks token, scopes, channel, blocks and limits, answers with
// Slack's own error codes, and fails on demand in the ways a network fails. It
// must not import any other package of panelwatch: it is the other side.
package slackfake

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Identity of the bot that the token belongs to.
const (
	Token  = "xoxb-0000-fake-token"
	BotID  = "B0FAKEBOT"
	UserID = "U0FAKEBOT"
	TeamID = "T0FAKE"
)

// AllScopes are the scopes that panelwatch asks for.
var AllScopes = []string{
	"chat:write", "files:write", "files:read", "channels:history", "channels:read", "groups:history", "groups:read",
	"reactions:read", "users:read", "users:read.email",
}

// Options describe the workspace. The zero value has one channel,
// C0PANELWATCH, every scope and no limit on the rate of messages.
type Options struct {
	Token    string // Token by default
	Scopes   []string
	Channels []Channel
	Users    []User
	Now      func() time.Time // time.Now by default; message timestamps follow it
	PageSize int              // largest page of history and replies, 100 by default
	// FilesReadyAfter is how many calls of files.info show a file without its
	// shares before the sharing is done.
	FilesReadyAfter int
	// UploadsLast is how long an upload's address is good; 0 is for ever.
	UploadsLast time.Duration
	// OnePerSecond answers a second message to a channel within a second with 429.
	OnePerSecond bool
	// Listen is an address of this machine, 127.0.0.1 and any free port by default.
	Listen string
	// Dir keeps messages and files, and a page that shows them; a workspace that
	// is started with the same folder begins with what it holds. Empty keeps
	// nothing.
	Dir string
}

// A Channel as conversations.info knows it.
type Channel struct {
	ID       string
	Name     string // its id in small letters when empty
	Private  bool   // needs the scopes of groups; one without the bot is not found
	Archived bool
	NotIn    bool // the bot is not a member
	Locked   bool // posting is restricted to admins
}

// A User as users.info knows it.
type User struct {
	ID, Name, Email string
	Bot, Deleted    bool
}

// A Fake is a running workspace. Its methods may be called from any goroutine.
type Fake struct {
	URL string // of the server; the API lives under URL + "/api/"

	server  *http.Server
	options Options

	mu          sync.Mutex
	channels    map[string]Channel
	messages    []*Message
	files       map[string]*File
	faults      map[string][]Fault
	calls       map[string]int
	lastTS      int64 // microseconds
	lastPost    map[string]time.Time
	disturbance *disturbance
	revoked     bool
	unshared    bool // the next completed upload is not shared
	fileIDs     int
	sockets     sockets
	whispers    []Whisper
}

// New starts a workspace; Close stops it.
func New(o Options) (*Fake, error) {
	if o.Token == "" {
		o.Token = Token
	}
	if o.Scopes == nil {
		o.Scopes = AllScopes
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.PageSize == 0 {
		o.PageSize = 100
	}
	if o.Channels == nil {
		o.Channels = []Channel{{ID: "C0PANELWATCH"}}
	}
	f := &Fake{
		options: o, channels: map[string]Channel{}, files: map[string]*File{},
		faults: map[string][]Fault{}, calls: map[string]int{}, lastPost: map[string]time.Time{}, sockets: sockets{good: map[string]bool{}},
	}
	for _, c := range o.Channels {
		f.channels[c.ID] = c
	}
	if o.Dir != "" {
		if err := errors.Join(f.load(), f.keep()); err != nil {
			return nil, fmt.Errorf("fake Slack in %s: %w", o.Dir, err)
		}
	}
	return f, f.listen()
}

func (f *Fake) listen() error {
	address := cmp.Or(f.options.Listen, "127.0.0.1:0")
	if host, _, err := net.SplitHostPort(address); err != nil || !isLocal(host) {
		return fmt.Errorf("start fake Slack on %s: it listens on this machine only, such as on 127.0.0.1:8070", address)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("start fake Slack: %w", err)
	}
	f.URL = "http://" + l.Addr().String()
	f.server = &http.Server{Handler: f.routes(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = f.server.Serve(l) }() // ends with ErrServerClosed
	return nil
}

func isLocal(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Close stops the server and drops open connections.
func (f *Fake) Close() error {
	err := f.server.Close()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.sockets.open { // the server knows no more of these
		_ = c.ws.Close()
	}
	return err
}

// APIURL is what a client takes as the address of the Web API.
func (f *Fake) APIURL() string { return f.URL + "/api/" }

// SetChannel adds or changes a channel.
func (f *Fake) SetChannel(c Channel) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.channels[c.ID] = c
}

// Calls is how often a method was called, refused calls included.
func (f *Fake) Calls(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[method]
}

// Messages are the messages of a channel and its threads, oldest first.
func (f *Fake) Messages(channel string) (out []Message) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.messages {
		if m.Channel == channel {
			c := *m
			c.Files, c.Reactions = slices.Clone(m.Files), slices.Clone(m.Reactions)
			out = append(out, c)
		}
	}
	return out
}

// Uploaded returns the bytes of a file by its name, the newest upload first.
func (f *Fake) Uploaded(name string) (contents [][]byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for n := f.fileIDs; n > 0; n-- {
		if file := f.files[fileID(n)]; file != nil && file.Name == name && file.received {
			contents = append(contents, file.content)
		}
	}
	return contents
}
