package slackfake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const channel = "C0PANELWATCH"

func start(t *testing.T, o Options) *Fake {
	t.Helper()
	f, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// call posts a form of names and values, with the right token unless one is
// given.
func call(t *testing.T, f *Fake, method string, pairs ...string) map[string]any {
	t.Helper()
	form := url.Values{"token": {Token}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r, err := http.PostForm(f.APIURL()+method, form)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(r.Body).Decode(&out); err != nil {
		t.Fatalf("%s: %s: %v", method, r.Status, err)
	}
	return out
}

func post(t *testing.T, f *Fake, pairs ...string) map[string]any {
	return call(t, f, "chat.postMessage", append([]string{"channel", channel}, pairs...)...)
}

func repeat(block string, n int) string {
	return "[" + strings.TrimSuffix(strings.Repeat(block+",", n), ",") + "]"
}

func section(text string) string {
	return fmt.Sprintf(`{"type":"section","text":{"type":"mrkdwn","text":%q}}`, text)
}

func TestBlocks(t *testing.T) {
	x := func(n int) string { return strings.Repeat("字", n) }
	header := func(n int) string {
		return fmt.Sprintf(`[{"type":"header","text":{"type":"plain_text","text":%q}}]`, x(n))
	}
	cell := `{"type":"raw_text","text":"1"}`
	table := func(rows, columns int) string {
		return fmt.Sprintf(`{"type":"table","rows":%s}`, repeat(repeat(cell, columns), rows))
	}
	button := func(text, value string) string {
		return fmt.Sprintf(`{"type":"button","text":{"type":"plain_text","text":%q},"value":%q}`, text, value)
	}
	for _, tc := range []struct{ name, blocks, want string }{
		{"50 blocks", repeat(section("x"), 50), ""},
		{"51 blocks", repeat(section("x"), 51), "no more than 50 items allowed [input:51] [json-pointer:/blocks]"},
		{"header of 150", header(150), ""},
		{"header of 151", header(151), "must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
		{"header in mrkdwn", `[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]`, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"},
		{"section of 3000", repeat(section(x(3000)), 1), ""},
		{"section of 3001", repeat(section(x(3001)), 1), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"empty text", repeat(section(""), 1), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		{"9500 in all", repeat(section(x(2375)), 4), ""},
		{"9504 in all", repeat(section(x(2376)), 4), "msg_blocks_too_long"},
		{"11 fields", `[{"type":"section","fields":` + repeat(`{"type":"mrkdwn","text":"x"}`, 11) + `}]`, "no more than 10 items allowed [input:11] [json-pointer:/blocks/0/fields]"},
		{"field of 2001", `[{"type":"section","fields":[{"type":"mrkdwn","text":"` + x(2001) + `"}]}]`, "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"},
		{"section without text", `[{"type":"section"}]`, "missing required field: text [json-pointer:/blocks/0/text]"},
		{"11 elements", `[{"type":"context","elements":` + repeat(`{"type":"mrkdwn","text":"x"}`, 11) + `}]`, "between 1 and 10 items allowed [input:11] [json-pointer:/blocks/0/elements]"},
		{"unknown type", `[{"type":"video"}]`, "unsupported type: video [json-pointer:/blocks/0/type]"},
		{"unknown field", `[{"type":"divider","colour":"red"}]`, `unknown field "colour" [json-pointer:/blocks/0]`},
		{"same id twice", repeat(`{"type":"divider","block_id":"a"}`, 2), `block_id "a" already exists [json-pointer:/blocks/1/block_id]`},
		{"table", "[" + table(100, 20) + "]", ""},
		{"101 rows", "[" + table(101, 1) + "]", "between 1 and 100 items allowed [input:101] [json-pointer:/blocks/0/rows]"},
		{"21 columns", "[" + table(1, 21) + "]", "21 cells, want 21 and at most 20 [json-pointer:/blocks/0/rows/0]"},
		{"two tables", repeat(table(1, 1), 2), "only one table allowed [json-pointer:/blocks/1]"},
		{"empty cell", `[{"type":"table","rows":[[{"type":"raw_text","text":""}]]}]`, "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]"},
		{"25 buttons", `[{"type":"actions","elements":` + repeat(button("x", "v"), 25) + `}]`, ""},
		{"26 buttons", `[{"type":"actions","elements":` + repeat(button("x", "v"), 26) + `}]`, "between 1 and 25 items allowed [input:26] [json-pointer:/blocks/0/elements]"},
		{"button of 76", `[{"type":"actions","elements":[` + button(x(76), "v") + `]}]`, "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"},
		{"alt of 2001", `[{"type":"image","image_url":"https://x/y.png","alt_text":"` + x(2001) + `"}]`, "must be less than 2001 characters [json-pointer:/blocks/0/alt_text]"},
		{"slack_file", `[{"type":"image","slack_file":{"id":"F1"},"alt_text":"x"}]`, "invalid slack file [json-pointer:/blocks/0/slack_file]"},
		{"no array", `{}`, "invalid_blocks_format"},
	} {
		got := post(t, start(t, Options{}), "text", "x", "blocks", tc.blocks)
		if tc.want == "" {
			if got["ok"] != true {
				t.Errorf("%s: refused: %v", tc.name, got)
			}
			continue
		}
		if !strings.Contains(fmt.Sprint(got), tc.want) || got["ok"] != false {
			t.Errorf("%s: %v, want %s", tc.name, got, tc.want)
		}
	}
}

func TestCodes(t *testing.T) {
	f := start(t, Options{
		Scopes:   []string{"chat:write", "channels:history"},
		Channels: []Channel{{ID: channel}, {ID: "C0OLD", Archived: true}, {ID: "C0OUT", NotIn: true}, {ID: "C0LOCKED", Locked: true}},
	})
	ts := post(t, f, "text", "parent")["ts"].(string)
	reply := post(t, f, "text", "reply", "thread_ts", ts)["ts"].(string)
	for _, tc := range []struct {
		name, method string
		form         []string
		want         string
	}{
		{"no token", "chat.postMessage", []string{"token", ""}, "not_authed"},
		{"other token", "chat.postMessage", []string{"token", "xoxb-x"}, "invalid_auth"},
		{"no scope", "files.info", []string{"file", "F1"}, "missing_scope"},
		{"no channel", "chat.postMessage", []string{"channel", "C0NONE", "text", "x"}, "channel_not_found"},
		{"archived", "chat.postMessage", []string{"channel", "C0OLD", "text", "x"}, "is_archived"},
		{"not in", "chat.postMessage", []string{"channel", "C0OUT", "text", "x"}, "not_in_channel"},
		{"locked", "chat.postMessage", []string{"channel", "C0LOCKED", "text", "x"}, "restricted_action"},
		{"nothing", "chat.postMessage", []string{"channel", channel}, "no_text"},
		{"no thread", "chat.postMessage", []string{"channel", channel, "text", "x", "thread_ts", "1.000000"}, "thread_not_found"},
		{"thread of a reply", "chat.postMessage", []string{"channel", channel, "text", "x", "thread_ts", reply}, "thread_not_found"},
		{"metadata", "chat.postMessage", []string{"channel", channel, "text", "x", "metadata", `{"event":1}`}, "invalid_metadata_format"},
		{"update of nothing", "chat.update", []string{"channel", channel, "text", "x", "ts", "1.000000"}, "message_not_found"},
		{"unknown", "chat.shout", nil, "unknown_method"},
	} {
		if got := call(t, f, tc.method, tc.form...); got["error"] != tc.want {
			t.Errorf("%s: %v, want %s", tc.name, got, tc.want)
		}
	}
}

func TestUpdateKeepsTheMessage(t *testing.T) {
	f := start(t, Options{})
	ts := post(t, f, "text", "was", "blocks", repeat(section("was"), 1))["ts"].(string)
	if got := call(t, f, "chat.update", "channel", channel, "ts", ts, "text", "now"); got["ok"] != true {
		t.Fatal(got)
	}
	m := f.Messages(channel)
	if len(m) != 1 || m[0].Text != "now" || m[0].Edits != 1 || m[0].Blocks != nil {
		t.Errorf("messages %+v, want one, edited, its blocks gone", m)
	}
}

func texts(answer map[string]any) (out []string) {
	for _, m := range answer["messages"].([]any) {
		out = append(out, m.(map[string]any)["text"].(string))
	}
	return out
}

func TestHistoryInPages(t *testing.T) {
	stopped := time.Unix(1_700_000_000, 0) // timestamps rise although the clock does not
	f := start(t, Options{PageSize: 2, Now: func() time.Time { return stopped }})
	var stamps []string
	for _, text := range []string{"a", "b", "c"} {
		ts := post(t, f, "text", text, "metadata", `{"event_type":"e","event_payload":{"key":"`+text+`"}}`)["ts"].(string)
		stamps = append(stamps, ts)
		post(t, f, "text", "reply to "+text, "thread_ts", ts)
	}
	if !slices.IsSorted(stamps) || len(slices.Compact(slices.Clone(stamps))) != 3 {
		t.Errorf("timestamps %v are not unique and rising", stamps)
	}
	first := call(t, f, "conversations.history", "channel", channel)
	cursor := first["response_metadata"].(map[string]any)["next_cursor"].(string)
	second := call(t, f, "conversations.history", "channel", channel, "cursor", cursor, "include_all_metadata", "1")
	if diff := cmp.Diff([]string{"c", "b", "a"}, append(texts(first), texts(second)...)); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if strings.Contains(fmt.Sprint(first), "event_type") || !strings.Contains(fmt.Sprint(second), "event_type") {
		t.Error("metadata must be shown when asked for, and only then")
	}
	recent := call(t, f, "conversations.history", "channel", channel, "oldest", stamps[1])
	if diff := cmp.Diff([]string{"c"}, texts(recent)); diff != "" {
		t.Errorf("history after b (-want +got):\n%s", diff)
	}
	replies := call(t, f, "conversations.replies", "channel", channel, "ts", stamps[0])
	if diff := cmp.Diff([]string{"a", "reply to a"}, texts(replies)); diff != "" {
		t.Errorf("replies (-want +got):\n%s", diff)
	}
}

func TestUpload(t *testing.T) {
	f := start(t, Options{FilesReadyAfter: 1})
	parent := post(t, f, "text", "parent")["ts"].(string)
	announced := call(t, f, "files.getUploadURLExternal", "filename", "a.png", "length", "4")
	id, to := announced["file_id"].(string), announced["upload_url"].(string)
	complete := []string{"files", `[{"id":"` + id + `","title":"A"}]`, "channel_id", channel, "thread_ts", parent}
	if got := call(t, f, "files.completeUploadExternal", complete...); got["error"] != "file_not_found" {
		t.Errorf("completed before the upload: %v", got)
	}
	if got := send(t, to, "too long"); got != http.StatusBadRequest {
		t.Errorf("8 bytes for 4: %d", got)
	}
	if got := send(t, to, "four"); got != http.StatusOK {
		t.Errorf("4 bytes for 4: %d", got)
	}
	if got := call(t, f, "files.completeUploadExternal", complete...); got["ok"] != true {
		t.Errorf("complete: %v", got)
	}
	for i, want := range []bool{false, true} {
		got := strings.Contains(fmt.Sprint(call(t, f, "files.info", "file", id)), parent)
		if got != want {
			t.Errorf("call %d of files.info shows shares: %v, want %v", i+1, got, want)
		}
	}
	if m := f.Messages(channel); len(m) != 2 || m[1].ThreadTS != parent || m[1].Files[0] != "a.png" || string(f.Uploaded("a.png")[0]) != "four" {
		t.Errorf("messages %+v", m)
	}
}

func send(t *testing.T, to, content string) int {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "a.png")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, to, &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Authorization", "Bearer "+Token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

func TestReactions(t *testing.T) {
	f := start(t, Options{})
	ts := post(t, f, "text", "x")["ts"].(string)
	for _, user := range []string{"U1", "U2"} {
		if !f.React(channel, ts, "no_bell", user) {
			t.Fatal("no message to react to")
		}
	}
	short := fmt.Sprint(call(t, f, "reactions.get", "channel", channel, "timestamp", ts))
	full := fmt.Sprint(call(t, f, "reactions.get", "channel", channel, "timestamp", ts, "full", "true"))
	if strings.Contains(short, "U2") || !strings.Contains(full, "U2") {
		t.Errorf("users are complete only with full: %s, %s", short, full)
	}
}

func TestOnePerSecond(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	f := start(t, Options{OnePerSecond: true, Now: func() time.Time { return now }})
	post(t, f, "text", "first")
	r, err := http.PostForm(f.APIURL()+"chat.postMessage", url.Values{"token": {Token}, "channel": {channel}, "text": {"second"}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusTooManyRequests || r.Header.Get("Retry-After") != "1" || len(f.Messages(channel)) != 1 {
		t.Errorf("%s, Retry-After %q, %d messages", r.Status, r.Header.Get("Retry-After"), len(f.Messages(channel)))
	}
}

func TestLongTextIsCut(t *testing.T) {
	f := start(t, Options{})
	got := post(t, f, "text", strings.Repeat("字", 40001))
	if got["warning"] != "message_truncated" || len([]rune(f.Messages(channel)[0].Text)) != 40000 {
		t.Errorf("warning %v", got["warning"])
	}
}
