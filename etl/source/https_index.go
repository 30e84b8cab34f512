package source

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

const (
	mostIndex = 64 << 20 // bytes of one page of an index
	mostPages = 10_000
)

// List reads the index: a JSON array of names, one name a line, or a page of
// links as web servers make for a folder, with the pages below it.
func (w *web) List(ctx context.Context) (all []Entry, err error) {
	text, err := w.page(ctx, w.index)
	if err != nil {
		return nil, err
	}
	var names []string
	switch trimmed := bytes.TrimSpace(text); {
	case bytes.HasPrefix(trimmed, []byte("[")):
		if err := json.Unmarshal(trimmed, &names); err != nil {
			return nil, fmt.Errorf("index %s: want a JSON array of names: %w", w.index, err)
		}
	case bytes.HasPrefix(trimmed, []byte("<")):
		if names, err = w.crawl(ctx, text); err != nil {
			return nil, err
		}
	default:
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimRight(line, "\r\n"); line != "" {
				names = append(names, line)
			}
		}
	}
	if len(names) > mostFiles {
		return nil, errTooMany
	}
	for _, name := range names {
		all = append(all, Entry{Name: strings.TrimPrefix(name, "./"), Size: Unknown}) // find . begins so
	}
	return all, nil
}

// page reads one page of the index.
func (w *web) page(ctx context.Context, u *url.URL) ([]byte, error) {
	answer, err := w.ask(ctx, http.MethodGet, u, nil)
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", u, err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(body{ctx, answer.Body}, mostIndex+1))
	if err == nil && len(text) > mostIndex {
		err = fmt.Errorf("more than %d bytes", mostIndex)
	}
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", u, err)
	}
	return text, nil
}

// crawl follows the links of index pages to the pages below them.
func (w *web) crawl(ctx context.Context, text []byte) (names []string, err error) {
	pages, seen := []*url.URL{w.index}, map[string]bool{w.index.Path: true}
	for i := 0; i < len(pages); i++ {
		if i > 0 {
			if text, err = w.page(ctx, pages[i]); errors.Is(err, ErrGone) {
				continue // taken away while we looked
			} else if err != nil {
				return nil, err
			}
		}
		for _, link := range links(pages[i], text) {
			below, ok := strings.CutPrefix(link.Path, w.base.Path)
			switch {
			case !ok || below == "" || seen[link.Path] || len(link.Path) <= len(pages[i].Path):
				continue
			case strings.HasSuffix(below, "/"):
				if checkName(strings.TrimSuffix(below, "/")) == "" && !ignored(below) {
					pages = append(pages, link)
				}
			default:
				names = append(names, below)
			}
			seen[link.Path] = true
		}
		if len(pages) > mostPages || len(names) > mostFiles {
			return nil, errTooMany
		}
	}
	return names, nil
}

// links are the addresses that a page links to on its own host, without those
// that only sort the page anew.
func links(page *url.URL, text []byte) (all []*url.URL) {
	for z := html.NewTokenizer(bytes.NewReader(text)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return all
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		token := z.Token()
		for _, attribute := range token.Attr {
			if token.Data != "a" || attribute.Key != "href" {
				continue
			}
			link, err := page.Parse(attribute.Val)
			if err == nil && link.Scheme == page.Scheme && link.Host == page.Host && link.RawQuery == "" && link.Fragment == "" {
				all = append(all, link)
			}
		}
	}
}
