package slackfake

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed page.html
var pageSource string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"markdown": markdown, "plain": unescape, "emoji": emoji,
}).Parse(pageSource))

// A shownChannel is a channel of the page, its newest message first.
type shownChannel struct {
	ID, Name string
	Posts    []*shownPost
}

// A shownPost is a message with its thread, oldest reply first.
type shownPost struct {
	Anchor, Month, Author string
	Bot                   bool
	At                    time.Time
	Text                  string // where there are no blocks
	Blocks                []shownBlock
	Edits                 int
	Broadcast             bool
	Files                 []shownFile
	Reactions             []shownReaction
	Replies               []*shownPost
}

// Follows says that a post is a file to the reply before it: it needs no head
// of its own.
func (p *shownPost) Follows() bool {
	return p.Text == "" && len(p.Blocks) == 0 && len(p.Files) > 0
}

// A shownFile is an image or something to download.
type shownFile struct {
	Name, Alt, Address, Size string
	Image                    bool
}

type shownReaction struct {
	Name  string
	Count int
}

// A shownBlock is any block that the checker lets pass.
type shownBlock struct {
	Type     string
	Text     *textObject
	Fields   []textObject
	Elements []shownElement
	Rows     [][]textObject
	Columns  []struct{ Align string } `json:"column_settings"`
	ImageURL string                   `json:"image_url"`
	AltText  string                   `json:"alt_text"`
}

// A shownElement is a text of a context or a button.
type shownElement struct {
	Type  string
	Text  json.RawMessage
	Style string
}

// Words are the text, which a button wraps into an object.
func (e shownElement) Words() string {
	var s string
	if json.Unmarshal(e.Text, &s) == nil {
		return s
	}
	var t textObject
	_ = json.Unmarshal(e.Text, &t) // checked when it was posted
	return t.Text
}

// Right says whether a table's column stands at the right.
func (b shownBlock) Right(column int) bool {
	return column < len(b.Columns) && b.Columns[column].Align == "right"
}

// renderPage writes the workspace as one page that needs neither script nor
// server; it is called with f.mu held.
func (f *Fake) renderPage(w io.Writer) error {
	return pageTemplate.Execute(w, f.shownChannels())
}

func (f *Fake) shownChannels() (out []shownChannel) {
	for _, c := range f.channels {
		shown := shownChannel{ID: c.ID, Name: cmp.Or(c.Name, strings.ToLower(c.ID))}
		byTS := map[string]*shownPost{}
		for _, m := range f.messages {
			if m.Channel != c.ID {
				continue
			}
			p := f.shownPost(m)
			parent := byTS[m.ThreadTS]
			switch {
			case m.ThreadTS == "" || parent == nil:
				byTS[m.TS] = p
				shown.Posts = append(shown.Posts, p)
			default:
				parent.Replies = append(parent.Replies, p)
			}
		}
		slices.Reverse(shown.Posts)
		out = append(out, shown)
	}
	slices.SortFunc(out, func(a, b shownChannel) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func (f *Fake) shownPost(m *Message) *shownPost {
	p := &shownPost{
		Anchor: "p" + m.TS, Author: cmp.Or(m.User, "panelwatch"), Bot: m.User == "", At: timeOf(m.TS),
		Text: m.Text, Edits: m.Edits, Broadcast: m.Broadcast,
	}
	if m.Metadata != nil && m.ThreadTS == "" {
		p.Month, _ = m.Metadata.EventPayload["month"].(string)
	}
	if len(m.Blocks) > 0 && json.Unmarshal(m.Blocks, &p.Blocks) == nil {
		p.Text = ""
	}
	for _, id := range m.FileIDs {
		if file := f.files[id]; file != nil {
			p.Files = append(p.Files, shownFile{
				Name: file.Name, Alt: file.Alt, Address: file.address(), Size: size(len(file.content)),
				Image: path.Ext(file.address()) == ".png",
			})
		}
	}
	for _, r := range m.Reactions {
		i := slices.IndexFunc(p.Reactions, func(s shownReaction) bool { return s.Name == r.Name })
		if i < 0 {
			p.Reactions, i = append(p.Reactions, shownReaction{Name: r.Name}), len(p.Reactions)
		}
		p.Reactions[i].Count++
	}
	return p
}

func size(n int) string {
	if n < 1<<10 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
}

func timeOf(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

func (f *Fake) servePage(w http.ResponseWriter, _ *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = f.renderPage(w) // whoever asked has gone
}

func (f *Fake) serveFile(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, file := range f.files {
		if file.completed && path.Base(file.address()) == r.PathValue("name") {
			if path.Ext(file.address()) == ".png" {
				w.Header().Set("Content-Type", "image/png")
			} else {
				w.Header().Set("Content-Type", "application/octet-stream")
			}
			w.Header().Set("X-Content-Type-Options", "nosniff")
			_, _ = w.Write(file.content)
			return
		}
	}
	http.NotFound(w, r)
}
