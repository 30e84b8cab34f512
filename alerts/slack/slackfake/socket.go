package slackfake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// AppToken is the app-level token that opens socket mode.
const AppToken = "xapp-0000-fake-token"

// sockets are the connections of socket mode, and what was pressed and is not
// acknowledged.
type sockets struct {
	tickets int
	good    map[string]bool // tickets that open one connection each
	open    []*connection
	waiting []envelope
	sent    int
	drop    bool // the next envelope's connection breaks before it is acknowledged
}

// A connection is written to by one goroutine at a time.
type connection struct {
	mu sync.Mutex
	ws *websocket.Conn
}

func (c *connection) write(v any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ws.WriteJSON(v)
}

// An envelope is what a socket carries.
type envelope struct {
	ID             string `json:"envelope_id"`
	Type           string `json:"type"`
	Payload        answer `json:"payload"`
	AcceptsPayload bool   `json:"accepts_response_payload"`
}

// openConnection is apps.connections.open: the address of a socket, good once.
func (f *Fake) openConnection(w http.ResponseWriter, r *http.Request) {
	f.handle("apps.connections.open", w, r, func() []byte {
		f.mu.Lock()
		defer f.mu.Unlock()
		switch token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "); {
		case token == "":
			return errorAnswer("not_authed").bytes()
		case token == f.options.Token:
			return errorAnswer("not_allowed_token_type").bytes()
		case token != AppToken:
			return errorAnswer("invalid_auth").bytes()
		}
		f.sockets.tickets++
		ticket := fmt.Sprintf("fake-ticket-%d", f.sockets.tickets)
		f.sockets.good[ticket] = true
		return answer{"ok": true, "url": strings.Replace(f.URL, "http", "ws", 1) + "/socket?ticket=" + ticket}.bytes()
	})
}

// serveSocket greets whoever comes with a ticket, sends what waits, and takes
// acknowledgements.
func (f *Fake) serveSocket(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	ticket := r.URL.Query().Get("ticket")
	good := f.sockets.good[ticket]
	delete(f.sockets.good, ticket)
	f.mu.Unlock()
	if !good {
		http.Error(w, "no such ticket", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // answered by Upgrade
	}
	c := &connection{ws: ws}
	defer f.part(c)
	hello := answer{"type": "hello", "num_connections": 1, "connection_info": answer{"app_id": "A0FAKE"}, "debug_info": answer{"host": "fake"}}
	if c.write(hello) != nil {
		return
	}
	f.meet(c)
	go c.ping()
	for {
		var ack struct {
			ID string `json:"envelope_id"`
		}
		if ws.ReadJSON(&ack) != nil {
			return
		}
		f.acknowledge(ack.ID)
	}
}

// ping keeps the other side from taking the connection for dead.
func (c *connection) ping() {
	for c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second)) == nil {
		time.Sleep(5 * time.Second)
	}
}

func (f *Fake) meet(c *connection) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sockets.open = append(f.sockets.open, c)
	for _, e := range f.sockets.waiting {
		f.send(c, e)
	}
}

func (f *Fake) part(c *connection) {
	_ = c.ws.Close()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sockets.open = slices.DeleteFunc(f.sockets.open, func(o *connection) bool { return o == c })
}

// send runs with f.mu held. A connection that is gone gets nothing: what is
// not acknowledged goes out on the next one.
func (f *Fake) send(c *connection, e envelope) {
	_ = c.write(e)
	if f.sockets.drop {
		f.sockets.drop = false
		_ = c.ws.Close()
	}
}

func (f *Fake) acknowledge(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sockets.waiting = slices.DeleteFunc(f.sockets.waiting, func(e envelope) bool { return e.ID == id })
}

// Press lets a user press a button of a message. It is an error when the
// message has no such button.
func (f *Fake) Press(channel, ts, action, user string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.find(channel, ts)
	if m == nil {
		return fmt.Errorf("no message %s in %s", ts, channel)
	}
	block, ok := buttonOf(m.Blocks, action)
	if !ok {
		return fmt.Errorf("message %s has no button %s", ts, action)
	}
	f.sockets.sent++
	at := f.nextTS(f.options.Now())
	e := envelope{ID: fmt.Sprintf("envelope-%d", f.sockets.sent), Type: "interactive", Payload: answer{
		"type": "block_actions", "user": answer{"id": user}, "channel": answer{"id": channel},
		"container": answer{"type": "message", "message_ts": ts, "channel_id": channel, "thread_ts": m.ThreadTS},
		"actions":   []answer{{"type": "button", "action_id": action, "block_id": block, "action_ts": at}},
	}}
	f.sockets.waiting = append(f.sockets.waiting, e)
	if n := len(f.sockets.open); n > 0 {
		f.send(f.sockets.open[n-1], e)
	}
	return nil
}

// buttonOf finds a button and names its block.
func buttonOf(blocks json.RawMessage, action string) (block string, ok bool) {
	var all []struct {
		Type     string
		BlockID  string `json:"block_id"`
		Elements []struct {
			Type     string
			ActionID string `json:"action_id"`
		}
	}
	if json.Unmarshal(blocks, &all) != nil {
		return "", false
	}
	for _, b := range all {
		for _, e := range b.Elements {
			if b.Type == "actions" && e.Type == "button" && e.ActionID == action {
				return b.BlockID, true
			}
		}
	}
	return "", false
}

// Unacknowledged is the number of presses that nobody has taken.
func (f *Fake) Unacknowledged() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.sockets.waiting)
}

// DropAtNextPress breaks the connection once, when a press has gone out and is
// not acknowledged.
func (f *Fake) DropAtNextPress() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sockets.drop = true
}

// Refresh asks all connections to come back, as Slack does every few hours.
func (f *Fake) Refresh() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.sockets.open {
		_ = c.write(answer{"type": "disconnect", "reason": "refresh_requested"})
		_ = c.ws.Close()
	}
}

// A Whisper is a message that one user alone sees.
type Whisper struct{ Channel, User, Text string }

// Whispers are those of chat.postEphemeral, in order.
func (f *Fake) Whispers() []Whisper {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.whispers)
}

func (f *Fake) postEphemeral(form url.Values) answer {
	channel := form.Get("channel")
	if code := f.writable(channel); code != "" {
		return errorAnswer(code)
	}
	if form.Get("user") == "" || form.Get("text") == "" && form.Get("blocks") == "" {
		return errorAnswer("invalid_arguments")
	}
	f.whispers = append(f.whispers, Whisper{channel, form.Get("user"), form.Get("text")})
	return answer{"ok": true, "message_ts": f.nextTS(f.options.Now())}
}
