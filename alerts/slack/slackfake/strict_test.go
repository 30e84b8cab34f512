package slackfake

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func without(scope string) (kept []string) {
	for _, s := range AllScopes {
		if s != scope {
			kept = append(kept, s)
		}
	}
	return kept
}

// Each method asks for its scope; what is read of a private channel asks for
// that of groups.
func TestScopes(t *testing.T) {
	for _, tc := range []struct {
		method, needed string
		form           []string
	}{
		{"chat.postMessage", "chat:write", []string{"channel", channel, "text", "x"}},
		{"chat.update", "chat:write", []string{"channel", channel, "text", "x", "ts", "1.000000"}},
		{"conversations.history", "channels:history", []string{"channel", channel}},
		{"conversations.replies", "channels:history", []string{"channel", channel, "ts", "1.000000"}},
		{"conversations.info", "channels:read", []string{"channel", channel}},
		{"conversations.history", "groups:history", []string{"channel", "G0PRIVATE"}},
		{"conversations.info", "groups:read", []string{"channel", "G0PRIVATE"}},
		{"files.getUploadURLExternal", "files:write", []string{"filename", "a", "length", "1"}},
		{"files.completeUploadExternal", "files:write", []string{"files", `[{"id":"F1"}]`}},
		{"files.info", "files:read", []string{"file", "F1"}},
		{"reactions.get", "reactions:read", []string{"channel", channel, "timestamp", "1.000000"}},
		{"users.info", "users:read", []string{"user", "U1"}},
		{"users.lookupByEmail", "users:read.email", []string{"email", "a@example.com"}},
	} {
		channels := []Channel{{ID: channel}, {ID: "G0PRIVATE", Private: true}}
		denied := call(t, start(t, Options{Scopes: without(tc.needed), Channels: channels}), tc.method, tc.form...)
		if denied["error"] != "missing_scope" || denied["needed"] != tc.needed {
			t.Errorf("%s without %s: %v", tc.method, tc.needed, denied)
		}
		allowed := call(t, start(t, Options{Channels: channels}), tc.method, tc.form...)
		if allowed["error"] == "missing_scope" {
			t.Errorf("%s with every scope: %v", tc.method, allowed)
		}
	}
}

func TestPrivateChannelIsHiddenFromStrangers(t *testing.T) {
	f := start(t, Options{Channels: []Channel{{ID: "G0", Private: true, NotIn: true}}})
	for _, method := range []string{"conversations.info", "conversations.history", "chat.postMessage"} {
		if got := call(t, f, method, "channel", "G0", "text", "x"); got["error"] != "channel_not_found" {
			t.Errorf("%s: %v", method, got)
		}
	}
}

func TestUsers(t *testing.T) {
	users := []User{{ID: "U1", Name: "王", Email: "wang@example.com"}, {ID: "U2", Email: "gone@example.com", Deleted: true}}
	f := start(t, Options{Users: users})
	for _, tc := range []struct{ method, name, value, want string }{
		{"users.info", "user", "U1", ""},
		{"users.info", "user", "U9", "user_not_found"},
		{"users.lookupByEmail", "email", "Wang@example.com", ""},
		{"users.lookupByEmail", "email", "gone@example.com", "users_not_found"},
		{"users.lookupByEmail", "email", "", "users_not_found"},
	} {
		got := call(t, f, tc.method, tc.name, tc.value)
		if tc.want != "" && got["error"] != tc.want || tc.want == "" && got["ok"] != true {
			t.Errorf("%s %s: %v, want %q", tc.method, tc.value, got, tc.want)
		}
	}
}

func TestOnlyOwnMessagesCanBeEdited(t *testing.T) {
	f := start(t, Options{})
	ts := f.Say(channel, "", "U1", "hello")
	if got := call(t, f, "chat.update", "channel", channel, "ts", ts, "text", "x"); got["error"] != "cant_update_message" {
		t.Errorf("edit of another's message: %v", got)
	}
	own := post(t, f, "text", "mine")["ts"].(string)
	if !f.Remove(channel, own) {
		t.Fatal("nothing to remove")
	}
	if got := call(t, f, "chat.update", "channel", channel, "ts", own, "text", "x"); got["error"] != "message_not_found" {
		t.Errorf("edit of a removed message: %v", got)
	}
}

func TestBroadcastRepliesStandInTheChannel(t *testing.T) {
	f := start(t, Options{})
	ts := post(t, f, "text", "parent")["ts"].(string)
	post(t, f, "text", "quiet", "thread_ts", ts)
	post(t, f, "text", "loud", "thread_ts", ts, "reply_broadcast", "true")
	if diff := cmp.Diff([]string{"loud", "parent"}, texts(call(t, f, "conversations.history", "channel", channel))); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestUploadExpires(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	f := start(t, Options{UploadsLast: time.Minute, Now: func() time.Time { return now }})
	announce := func() string {
		return call(t, f, "files.getUploadURLExternal", "filename", "a.png", "length", "4")["upload_url"].(string)
	}
	late, good := announce(), ""
	now = now.Add(2 * time.Minute)
	good = announce()
	f.Fail("upload", nil, nil, nil, ExpiredUpload())
	for i, tc := range []struct {
		to   string
		want int
	}{{late, http.StatusGone}, {good, http.StatusOK}, {good, http.StatusConflict}, {announce(), http.StatusGone}} {
		if got := send(t, tc.to, "four"); got != tc.want {
			t.Errorf("upload %d: %d, want %d", i, got, tc.want)
		}
	}
}

// disturbed is what 300 posts meet, as words.
func disturbed(t *testing.T, seed uint64) (met []string) {
	t.Helper()
	f := start(t, Options{})
	f.Disturb(seed, 0.3, Status(500), StatusAfter(500), Status(429), APIErrorAfter("fatal_error"), Drop(), StoreThenDrop(), Truncated())
	for range 300 {
		before := len(f.Messages(channel))
		word := "dropped"
		if r, err := http.PostForm(f.APIURL()+"chat.postMessage", url.Values{"token": {Token}, "channel": {channel}, "text": {"x"}}); err == nil {
			word = r.Status
			_ = r.Body.Close()
		}
		met = append(met, fmt.Sprintf("%s, stored %d", word, len(f.Messages(channel))-before))
	}
	f.Calm()
	if got := post(t, f, "text", "x"); got["ok"] != true {
		t.Errorf("after the disturbance: %v", got)
	}
	return met
}

// A disturbance is the same for the same seed, meets about as many calls as it
// should, and each fault both before and after the effect.
func TestDisturb(t *testing.T) {
	first, again, other := disturbed(t, 1), disturbed(t, 1), disturbed(t, 2)
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("the same seed (-first +again):\n%s", diff)
	}
	if slices.Equal(first, other) {
		t.Error("another seed disturbs in the same way")
	}
	count := map[string]int{}
	for _, m := range first {
		count[m]++
	}
	for _, want := range []string{
		"200 OK, stored 1", "500 Internal Server Error, stored 0", "500 Internal Server Error, stored 1",
		"429 Too Many Requests, stored 0", "dropped, stored 0", "dropped, stored 1",
	} {
		if count[want] == 0 {
			t.Errorf("no call met %q: %v", want, count)
		}
	}
	if n := count["200 OK, stored 1"]; n < 200 || n > 270 { // truncated and fatal_error count among them
		t.Errorf("%d of 300 calls look undisturbed, want about 240", n)
	}
}
