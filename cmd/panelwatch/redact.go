package main

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"sync"

	"panelwatch/sql/warehouse"
)

// A redactor knows every secret that the program has read, and takes them out
// of what it shows.
type redactor struct {
	mu      sync.Mutex
	secrets []string
}

const shortest = 6 // characters; a shorter secret would take ordinary words with it

// learn remembers a secret, and the password within a DSN. A PEM key is
// remembered line by line.
func (r *redactor) learn(secret string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range append(strings.Split(secret, "\n"), secret, warehouse.Password(secret)) {
		if s = strings.TrimSpace(s); len(s) >= shortest && !strings.HasPrefix(s, "-----") && !slices.Contains(r.secrets, s) {
			r.secrets = append(r.secrets, s)
		}
	}
	slices.SortFunc(r.secrets, func(a, b string) int { return len(b) - len(a) }) // the longest first: one may hold another
}

func (r *redactor) redact(text string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.secrets {
		text = strings.ReplaceAll(text, s, "[secret]")
	}
	return text
}

// writer redacts what is written to w, message by message: what is logged in
// one call is never divided.
func (r *redactor) writer(w io.Writer) io.Writer { return redacting{r, w} }

type redacting struct {
	*redactor
	to io.Writer
}

func (r redacting) Write(p []byte) (int, error) {
	clean := []byte(r.redact(string(p)))
	if bytes.Equal(clean, p) {
		return r.to.Write(p)
	}
	if _, err := r.to.Write(clean); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (w *world) redact(text string) string { return w.secrets.redact(text) }
