package browsertest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	cdp "github.com/chromedp/chromedp"
)

// The channel that the demo leaves is read without a server: it asks for
// nothing but its own pictures, and shows every one of them.
func TestSlackInChromium(t *testing.T) {
	browser := newBrowser(t)
	own := "the page asks for file://" + filepath.Dir(slackPath) + "/files/"
	for _, w := range windows {
		t.Run(w.name, func(t *testing.T) {
			tb := open(t, browser, w, slackPath)
			tb.picture(t, ".bar", filepath.Join(shots(t), w.name+"-slack-bar.png"))
			tb.picture(t, ".posts > .post", filepath.Join(shots(t), w.name+"-slack-digest.png"))
			for _, f := range tb.faults(t) {
				if !strings.HasPrefix(f, own) {
					t.Error(f)
				}
			}
			var shown struct{ Posts, Replies, Images, Broken int }
			err := cdp.Run(tb.ctx, cdp.Evaluate(`(async () => {
				for (const d of document.querySelectorAll("details")) d.open = true;
				const images = [...document.querySelectorAll("img")];
				for (const i of images) { i.loading = "eager"; await i.decode().catch(() => {}); }
				return {
					Posts: document.querySelectorAll(".posts > .post").length, Replies: document.querySelectorAll(".thread .post").length,
					Images: images.length, Broken: images.filter((i) => !i.naturalWidth || !i.alt).length,
				};
			})()`, &shown, awaiting))
			if err != nil {
				t.Fatal(err)
			}
			if shown.Posts < 12 || shown.Replies < 12 || shown.Images < 12 || shown.Broken > 0 {
				t.Errorf("the page shows %+v, want 12 months with their threads and charts, none broken", shown)
			}
		})
	}
}

func awaiting(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
