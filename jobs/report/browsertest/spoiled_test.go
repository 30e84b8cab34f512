package browsertest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// Each spoiled page is the report with one fault, which the checks must find,
// in the window named.
var spoiled = []struct {
	name   string
	window int
	spoil  func(page, server string) string
	want   string
	hits   bool // the request really goes out
}{
	{
		name: "a box that cuts its text off", want: "wider than its box",
		spoil: func(page, _ string) string {
			return unguarded(page, `<p style="width:90px;white-space:nowrap;overflow:hidden">a sentence that is far too long for its box</p>`)
		},
	},
	{
		name: "a box that cuts its last lines off", want: "higher than its box",
		spoil: func(page, _ string) string {
			return unguarded(page, `<p style="width:90px;height:30px;overflow:hidden">a sentence that is far too long for its box</p>`)
		},
	},
	{
		name: "a part wider than a phone", window: 2, want: "the page is 900 px wide in a window of 375",
		spoil: func(page, _ string) string {
			return unguarded(page, `<div style="position:absolute;left:0;width:900px">wide</div>`)
		},
	},
	{
		name: "a table that only a mouse can scroll", window: 2, want: "scrolls, and no key reaches it",
		spoil: func(page, _ string) string {
			return strings.ReplaceAll(page, ` tabindex="0"`, "")
		},
	},
	{
		name: "a label out of its picture", want: "leaves its picture",
		spoil: func(page, _ string) string {
			return unguarded(page, `<svg viewBox="0 0 100 40"><title>t</title><desc>d</desc><text x="80" y="20">far too long</text></svg>`)
		},
	},
	{
		name: "a label over another", want: `lies over "second"`,
		spoil: func(page, _ string) string {
			return unguarded(page, `<svg viewBox="0 0 700 40"><title>t</title><desc>d</desc><text x="9" y="20">first</text><text x="20" y="22">second</text></svg>`)
		},
	},
	{
		name: "letters nobody can read", want: "has a contrast of 1.",
		spoil: func(page, _ string) string { return unguarded(page, `<p style="color:#eee">pale</p>`) },
	},
	{
		name: "a picture from elsewhere, refused by the policy", want: "is refused",
		spoil: func(page, server string) string {
			return strings.Replace(page, `<main id="content">`, `<main id="content"><img alt="" src="`+server+`/x">`, 1)
		},
	},
	{
		name: "a picture from elsewhere, without the policy", want: "asks for http://127.0.0.1", hits: true,
		spoil: func(page, server string) string {
			return unguarded(page, `<img alt="" src="`+server+`/x">`)
		},
	},
}

// unguarded takes the policy away and puts a part at the top of the report.
func unguarded(page, part string) string {
	page = strings.Replace(page, "Content-Security-Policy", "X-None", 1)
	return strings.Replace(page, `<main id="content">`, `<main id="content">`+part, 1)
}

// beginning is the report up to its fourth exhibit: enough to spoil.
func beginning(t *testing.T, page string) string {
	t.Helper()
	from, to := strings.Index(page, `<section id="e06"`), strings.Index(page, "</main>")
	if from < 0 || to < from {
		t.Fatal("the report has no sixth exhibit")
	}
	return page[:from] + page[to:]
}

func TestSpoiledPagesAreFound(t *testing.T) {
	whole, err := os.ReadFile(reportPath)
	if err != nil {
		t.Fatal(err)
	}
	good := beginning(t, string(whole))
	browser := newBrowser(t)
	for _, s := range spoiled {
		t.Run(s.name, func(t *testing.T) {
			var hits atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
			defer server.Close()
			page := s.spoil(good, server.URL)
			if page == good {
				t.Fatal("the page was not spoiled")
			}
			path := filepath.Join(t.TempDir(), "spoiled.html")
			if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
			found := strings.Join(open(t, browser, windows[s.window], path).faults(t), "\n")
			if !strings.Contains(found, s.want) {
				t.Errorf("found, without %q:\n%s", s.want, found)
			}
			if got := hits.Load() > 0; got != s.hits {
				t.Errorf("the server was asked %d times", hits.Load())
			}
		})
	}
}
