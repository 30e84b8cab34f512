package slackfake

import (
	"net/http"
	"strconv"
	"time"
)

// A Fault is how one call goes wrong. serve does what the call asks for and
// returns the answer that nobody may ever see.
type Fault func(f *Fake, w http.ResponseWriter, r *http.Request, serve func() []byte)

// Fail lets the next calls of a method, such as "chat.postMessage", fail, one
// fault each; nil lets a call through. The upload itself is "upload".
func (f *Fake) Fail(method string, faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults[method] = append(f.faults[method], faults...)
}

func (f *Fake) nextFault(method string) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[method]++
	queue := f.faults[method]
	if len(queue) == 0 {
		return f.disturbance.next(method)
	}
	f.faults[method] = queue[1:]
	return queue[0]
}

// RateLimited answers 429 with Retry-After in seconds.
func RateLimited(after time.Duration) Fault {
	return func(_ *Fake, w http.ResponseWriter, _ *http.Request, _ func() []byte) {
		w.Header().Set("Retry-After", strconv.Itoa(int(after.Seconds())))
		page(w, http.StatusTooManyRequests)
	}
}

// Status answers with a bare status and a page of HTML, as Slack's front
// servers do: 429 without Retry-After, 500, 503.
func Status(code int) Fault {
	return func(_ *Fake, w http.ResponseWriter, _ *http.Request, _ func() []byte) { page(w, code) }
}

// StatusAfter does what was asked for and answers with a bare status.
func StatusAfter(code int) Fault {
	return func(_ *Fake, w http.ResponseWriter, _ *http.Request, serve func() []byte) {
		serve()
		page(w, code)
	}
}

// ExpiredUpload answers as the address of an upload does whose time is over;
// the file is gone with it.
func ExpiredUpload() Fault {
	return func(f *Fake, w http.ResponseWriter, r *http.Request, _ func() []byte) {
		f.mu.Lock()
		delete(f.files, r.PathValue("id"))
		f.mu.Unlock()
		http.Error(w, "upload URL expired", http.StatusGone)
	}
}

// APIError answers with an error code and does nothing.
func APIError(code string) Fault {
	return func(_ *Fake, w http.ResponseWriter, _ *http.Request, _ func() []byte) {
		writeJSON(w, errorAnswer(code).bytes())
	}
}

// APIErrorAfter does what was asked for and answers with an error code, which
// fatal_error and internal_error may mean.
func APIErrorAfter(code string) Fault {
	return func(_ *Fake, w http.ResponseWriter, _ *http.Request, serve func() []byte) {
		serve()
		writeJSON(w, errorAnswer(code).bytes())
	}
}

// Hang never answers and does nothing.
func Hang() Fault {
	return func(_ *Fake, _ http.ResponseWriter, r *http.Request, _ func() []byte) { <-r.Context().Done() }
}

// HangAfter does what was asked for and never answers.
func HangAfter() Fault {
	return func(_ *Fake, _ http.ResponseWriter, r *http.Request, serve func() []byte) {
		serve()
		<-r.Context().Done()
	}
}

// Drop closes the connection and does nothing.
func Drop() Fault {
	return func(_ *Fake, _ http.ResponseWriter, _ *http.Request, _ func() []byte) {
		panic(http.ErrAbortHandler)
	}
}

// StoreThenDrop does what was asked for and closes the connection.
func StoreThenDrop() Fault {
	return func(_ *Fake, _ http.ResponseWriter, _ *http.Request, serve func() []byte) {
		serve()
		panic(http.ErrAbortHandler)
	}
}

// Truncated does what was asked for and sends half of the answer.
func Truncated() Fault {
	return func(_ *Fake, w http.ResponseWriter, _ *http.Request, serve func() []byte) {
		answer := serve()
		writeJSON(w, answer[:len(answer)/2])
	}
}

// SlowBody sends the answer in two halves with a pause between them.
func SlowBody(pause time.Duration) Fault {
	return func(_ *Fake, w http.ResponseWriter, r *http.Request, serve func() []byte) {
		answer := serve()
		writeJSON(w, answer[:len(answer)/2])
		if flusher, ok := w.(http.Flusher); ok {
			flusher.Flush()
		}
		select {
		case <-time.After(pause):
			_, _ = w.Write(answer[len(answer)/2:])
		case <-r.Context().Done():
		}
	}
}

// NotShared completes an upload with ok and shares nothing.
func NotShared() Fault {
	return func(f *Fake, w http.ResponseWriter, _ *http.Request, serve func() []byte) {
		f.mu.Lock()
		f.unshared = true
		f.mu.Unlock()
		writeJSON(w, serve())
	}
}

// Revoke takes the token away, from this call on.
func Revoke() Fault {
	return func(f *Fake, w http.ResponseWriter, _ *http.Request, serve func() []byte) {
		f.mu.Lock()
		f.revoked = true
		f.mu.Unlock()
		writeJSON(w, serve())
	}
}

func page(w http.ResponseWriter, code int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	_, _ = w.Write([]byte("<!DOCTYPE html><html><body><h1>" + http.StatusText(code) + "</h1></body></html>"))
}
