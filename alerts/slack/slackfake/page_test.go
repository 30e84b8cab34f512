package slackfake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdown(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"bold", "*触发 (2)*\n🔴 x", `<b>触发 (2)</b><br><span class="gap"></span><i class="dot red" role="img" aria-label="🔴"></i> x`},
		{"a star is a star", "2*3*4 a * b", "2*3*4 a * b"},
		{"code", "`a*b*c` <&", `<code class="short">a*b*c</code> &lt;&amp;`},
		{"formula", "`abcdefghijklmnopqrstuvwxyz`", "<code>abcdefghijklmnopqrstuvwxyz</code>"},
		{"block", "```SELECT *\nFROM x```", `<pre tabindex="0">SELECT *` + "\nFROM x</pre>"},
		{"entities", "a &lt;b&gt; &amp;amp;", "a &lt;b&gt; &amp;amp;"},
		{"script", "<script>alert(1)</script>", `<span class="link">script</span>alert(1)<span class="link">/script</span>`},
		{"link", "<https://x.example/?a=1&amp;b|here>", `<span class="link">here</span>`},
		{"date", "<!date^1700000000^{date_short_pretty} {time}|2023-11-14T22:13:20Z>", "<time>2023-11-14 22:13 UTC</time>"},
		{"mention", "<@U1> <!channel>", `<span class="mention">@U1</span> <span class="mention">@channel</span>`},
		{"emoji", ":no_bell: :unknown: 12:30:45", "🔕 :unknown: 12:30:45"},
	} {
		if got := string(markdown(tc.in)); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

// fill posts what a page can show.
func fill(t *testing.T, f *Fake) (digest string) {
	t.Helper()
	meta := `{"event_type":"e","event_payload":{"month":"2023-09"}}`
	table := `{"type":"table","column_settings":[{"align":"left"},{"align":"right"}],"rows":[[{"type":"raw_text","text":"名"},{"type":"raw_text","text":"数"}],[{"type":"raw_text","text":"<i>"},{"type":"raw_text","text":"1"}]]}`
	digest = post(t, f, "text", "fallback", "metadata", meta,
		"blocks", `[{"type":"header","text":{"type":"plain_text","text":"2023-09 &lt;头&gt;"}},`+section("*was*")+","+table+"]")["ts"].(string)
	post(t, f, "text", "reply <b>", "thread_ts", digest)
	announced := call(t, f, "files.getUploadURLExternal", "filename", "../a.png", "length", "4", "alt_txt", "what it shows")
	if got := send(t, announced["upload_url"].(string), "four"); got != http.StatusOK {
		t.Fatal(got)
	}
	call(t, f, "files.completeUploadExternal", "files", `[{"id":"`+announced["file_id"].(string)+`"}]`, "channel_id", channel, "thread_ts", digest)
	if got := call(t, f, "chat.update", "channel", channel, "ts", digest, "text", "fallback", "metadata", meta,
		"blocks", `[{"type":"header","text":{"type":"plain_text","text":"2023-09 &lt;头&gt;"}},`+section("*now*")+","+table+"]"); got["ok"] != true {
		t.Fatal(got)
	}
	f.React(channel, digest, "no_bell", "U1")
	return digest
}

// A workspace that is started again with its folder shows and answers the
// same, and goes on from there.
func TestRestartShowsTheSame(t *testing.T) {
	dir := t.TempDir()
	first := start(t, Options{Dir: dir})
	digest := fill(t, first)
	want, page := first.Messages(channel), get(t, first.URL+"/")
	second := start(t, Options{Dir: dir})
	decoded := cmp.Transformer("JSON", func(raw json.RawMessage) (v any) {
		if len(raw) > 0 && json.Unmarshal(raw, &v) != nil {
			t.Errorf("blocks %s", raw)
		}
		return v
	})
	if diff := cmp.Diff(want, second.Messages(channel), decoded); diff != "" {
		t.Errorf("messages (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(page, get(t, second.URL+"/")); diff != "" {
		t.Errorf("page (-before +after):\n%s", diff)
	}
	onDisk, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil || string(onDisk) != page {
		t.Errorf("the page in the folder is another: %v", err)
	}
	if ts := post(t, second, "text", "more", "thread_ts", digest)["ts"].(string); ts <= want[len(want)-1].TS {
		t.Errorf("timestamp %s after %s", ts, want[len(want)-1].TS)
	}
	if got := get(t, second.URL+"/files/F000000001.png"); got != "four" {
		t.Errorf("the chart is %q", got)
	}
}

func TestPage(t *testing.T) {
	f := start(t, Options{})
	fill(t, f)
	page := get(t, f.URL+"/")
	for _, want := range []string{
		"<h3>2023-09 &lt;头&gt;</h3>", "<b>now</b>", `<td class="right">1</td>`, "<td>&lt;i&gt;</td>", "edited", "🔕 1",
		"2 in the thread", `src="files/F000000001.png" alt="what it shows"`, ">2023-09</a>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for _, never := range []string{"<script", "fallback", "<b>was", "reply <b>", "http://", "https://"} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %s", never)
		}
	}
}

func get(t *testing.T, address string) string {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var body bytes.Buffer
	if _, err := io.Copy(&body, r.Body); err != nil || r.StatusCode != http.StatusOK {
		t.Fatal(fmt.Errorf("%s: %s: %w", address, r.Status, err))
	}
	return body.String()
}

func TestListensHereOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "[::]:0"} {
		if f, err := New(Options{Listen: address}); err == nil {
			_ = f.Close()
			t.Errorf("listens on %s", address)
		}
	}
}

func TestWebhook(t *testing.T) {
	f := start(t, Options{Channels: []Channel{{ID: channel}, {ID: "C0OLD", Archived: true}}})
	for _, tc := range []struct {
		name, to, body, want string
		code                 int
	}{
		{"text", f.WebhookURL(channel), `{"text":"x","unfurl_links":false,"unfurl_media":false}`, "ok", 200},
		{"blocks", f.WebhookURL(channel), `{"text":"x","blocks":[{"type":"video"}]}`, "invalid_blocks", 400},
		{"nothing", f.WebhookURL(channel), `{}`, "no_text", 400},
		{"no JSON", f.WebhookURL(channel), `x`, "invalid_payload", 400},
		{"other secret", f.WebhookURL(channel) + "1", `{"text":"x"}`, "invalid_token", 403},
		{"archived", f.WebhookURL("C0OLD"), `{"text":"x"}`, "channel_is_archived", 410},
		{"no channel", f.WebhookURL("C0NONE"), `{"text":"x"}`, "channel_not_found", 404},
	} {
		r, err := http.Post(tc.to, "application/json", strings.NewReader(tc.body))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if r.StatusCode != tc.code || string(body) != tc.want {
			t.Errorf("%s: %d %s, want %d %s", tc.name, r.StatusCode, body, tc.code, tc.want)
		}
	}
	if m := f.Messages(channel); len(m) != 1 || !m[0].Webhook || !m[0].NoUnfurl {
		t.Errorf("messages %+v, want one", m)
	}
}
