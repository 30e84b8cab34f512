package browsertest

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	cdp "github.com/chromedp/chromedp"
)

//go:embed look.js
var look string

// A window is what a page is opened in.
type window struct {
	name          string
	width, height int64
	scheme        string
}

var windows = []window{
	{"desktop-light", 1280, 1600, "light"},
	{"desktop-dark", 1280, 1600, "dark"},
	{"phone-light", 375, 1600, "light"},
	{"phone-dark", 375, 1600, "dark"},
}

// parts chooses what is photographed: all of the light page, one chart of each
// kind in the dark.
func (w window) parts(sections []string) []string {
	if w.scheme == "dark" {
		return []string{".masthead", "#e06", "#e09", "#e27", "#e29", "#e33"}
	}
	parts := []string{".masthead", "nav"}
	for _, id := range sections {
		parts = append(parts, "#"+id)
	}
	return parts
}

// newBrowser starts a Chromium that ends with the test.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append(cdp.DefaultExecAllocatorOptions[:], cdp.NoSandbox, cdp.DisableGPU, cdp.Flag("disable-dev-shm-usage", true))
	parent, end := cdp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(end)
	browser, stop := cdp.NewContext(parent)
	t.Cleanup(stop)
	if err := cdp.Run(browser); err != nil {
		t.Fatalf("start Chromium (make test-browser installs it): %v", err)
	}
	return browser
}

// A tab is one page in one window. Asked collects what it asked for besides
// itself.
type tab struct {
	ctx   context.Context
	mu    sync.Mutex
	asked []string
}

// open shows a file. All that the page asks for, and all that its policy
// refuses, is noted.
func open(t *testing.T, browser context.Context, w window, path string) *tab {
	t.Helper()
	ctx, end := cdp.NewContext(browser)
	t.Cleanup(end)
	ctx, stop := context.WithTimeout(ctx, 40*time.Second)
	t.Cleanup(stop)
	tb := &tab{ctx: ctx}
	address := "file://" + path
	cdp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Request.URL != address {
				tb.note("asks for " + e.Request.URL)
			}
		case *log.EventEntryAdded:
			if e.Entry.Source == log.SourceSecurity || strings.Contains(e.Entry.Text, "Content Security Policy") {
				tb.note("is refused: " + e.Entry.Text)
			}
		}
	})
	err := cdp.Run(ctx,
		network.Enable(), log.Enable(),
		cdp.EmulateViewport(w.width, w.height),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: w.scheme}}),
		page.BringToFront(), // pages behind others are not drawn
		cdp.Navigate(address),
	)
	if err != nil {
		t.Fatalf("open %s: %v", path, err)
	}
	return tb
}

func (tb *tab) note(what string) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	tb.asked = append(tb.asked, "the page "+what)
}

// faults looks at the page as it opens, and with all its tables unfolded.
func (tb *tab) faults(t *testing.T) (all []string) {
	t.Helper()
	for _, state := range []struct{ name, script string }{
		{"as it opens", "void 0"},
		{"unfolded", `for (const d of document.querySelectorAll("details")) d.open = true; void 0`},
	} {
		var found []string
		if err := cdp.Run(tb.ctx, cdp.Evaluate(state.script, nil), cdp.Evaluate(look, &found)); err != nil {
			t.Fatalf("look at the page %s: %v", state.name, err)
		}
		for _, f := range found {
			all = append(all, state.name+": "+f)
		}
	}
	tb.mu.Lock()
	defer tb.mu.Unlock()
	return append(all, tb.asked...)
}

// picture stores what a part of the page looks like.
func (tb *tab) picture(t *testing.T, selector, path string) {
	t.Helper()
	var b struct{ X, Y, Width, Height float64 }
	script := fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView(); const b = e.getBoundingClientRect();
		return { X: 0, Y: b.top + scrollY, Width: document.documentElement.clientWidth, Height: Math.min(b.height, innerHeight) } })()`, selector)
	var data []byte
	err := cdp.Run(tb.ctx, cdp.Evaluate(script, &b), cdp.ActionFunc(func(ctx context.Context) (err error) {
		data, err = page.CaptureScreenshot().WithOptimizeForSpeed(true).
			WithClip(&page.Viewport{X: b.X, Y: b.Y, Width: b.Width, Height: b.Height, Scale: 1}).Do(ctx)
		return err
	}))
	if err != nil {
		t.Fatalf("picture of %s: %v", selector, err)
	}
	if len(data) < 1000 {
		t.Errorf("picture of %s has %d bytes: nothing is to be seen", selector, len(data))
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// shots is the folder of the pictures; BROWSER_SHOTS names another.
func shots(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("BROWSER_SHOTS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "bin", "browser")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// sections lists the parts of the page.
func sections(t *testing.T, tb *tab) (ids []string) {
	t.Helper()
	if err := cdp.Run(tb.ctx, cdp.Evaluate(`[...document.querySelectorAll("section")].map((s) => s.id)`, &ids)); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestReportInChromium(t *testing.T) {
	browser := newBrowser(t)
	for _, w := range windows {
		t.Run(w.name, func(t *testing.T) {
			tb := open(t, browser, w, reportPath)
			for _, selector := range w.parts(sections(t, tb)) {
				tb.picture(t, selector, filepath.Join(shots(t), w.name+"-"+strings.TrimLeft(selector, ".#")+".png"))
			}
			for _, f := range tb.faults(t) {
				t.Error(f)
			}
		})
	}
}
