package slackfake

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A File is an upload: announced, received, completed, and at last shared.
type File struct {
	ID, Name, Title, Alt string
	Channel, TS, Thread  string // where it is shared, "" where it is not
	length               int
	content              []byte
	received, completed  bool
	asked                int // calls of files.info since completion
	announced            time.Time
}

// address is where the file lies, under the workspace's URL and in its folder.
// Names come from outside and have no say in it but their ending.
func (f *File) address() string {
	ending := strings.ToLower(path.Ext(f.Name))
	if !slices.Contains([]string{".png", ".csv", ".txt"}, ending) {
		ending = ".bin"
	}
	return "files/" + f.ID + ending
}

func fileID(n int) string { return fmt.Sprintf("F%09d", n) }

func (f *Fake) uploadURL(form url.Values) answer {
	length, err := strconv.Atoi(form.Get("length"))
	if err != nil || length <= 0 || form.Get("filename") == "" {
		return errorAnswer("invalid_arguments")
	}
	if len([]rune(form.Get("alt_txt"))) > maxAlt {
		return errorAnswer("alt_txt_too_large")
	}
	f.fileIDs++
	id := fileID(f.fileIDs)
	f.files[id] = &File{ID: id, Name: form.Get("filename"), Alt: form.Get("alt_txt"), length: length, announced: f.options.Now()}
	return answer{"ok": true, "file_id": id, "upload_url": f.URL + "/upload/" + id}
}

// upload receives the bytes: the part "file" of a multipart form, exactly as
// long as announced.
func (f *Fake) upload(w http.ResponseWriter, r *http.Request) {
	code := http.StatusOK
	serve := func() (body []byte) {
		body, code = f.receive(r)
		return body
	}
	if fault := f.nextFault("upload"); fault != nil {
		fault(f, w, r, serve)
		return
	}
	body := serve()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	_, _ = w.Write(body)
}

func (f *Fake) receive(r *http.Request) (body []byte, code int) {
	part, _, err := r.FormFile("file")
	if err != nil {
		return []byte("no part named file"), http.StatusBadRequest
	}
	content, err := io.ReadAll(part)
	if err != nil {
		return []byte(err.Error()), http.StatusBadRequest
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	file := f.files[r.PathValue("id")]
	switch {
	case f.authenticate(r) != "":
		return []byte("not authorized"), http.StatusForbidden
	case file == nil:
		return []byte("no such upload"), http.StatusNotFound
	case f.options.UploadsLast > 0 && f.options.Now().Sub(file.announced) > f.options.UploadsLast:
		return []byte("upload URL expired"), http.StatusGone
	case file.received:
		return []byte("uploaded before"), http.StatusConflict
	case len(content) != file.length:
		return fmt.Appendf(nil, "%d bytes announced, %d received", file.length, len(content)), http.StatusBadRequest
	}
	file.content, file.received = content, true
	return fmt.Appendf(nil, "OK - %d", len(content)), http.StatusOK
}

func (f *Fake) completeUpload(form url.Values) answer {
	var wanted []struct{ ID, Title string }
	if err := json.Unmarshal([]byte(form.Get("files")), &wanted); err != nil || len(wanted) == 0 {
		return errorAnswer("invalid_arguments")
	}
	channel, thread := form.Get("channel_id"), form.Get("thread_ts")
	if code := f.shareable(channel, thread); code != "" {
		return errorAnswer(code)
	}
	var done []answer
	for _, want := range wanted {
		file := f.files[want.ID]
		if file == nil || !file.received || file.completed {
			return errorAnswer("file_not_found")
		}
		file.Title, file.completed = want.Title, true
		done = append(done, answer{"id": file.ID, "title": file.Title})
		if channel != "" && !f.unshared {
			f.share(file, channel, thread)
		}
	}
	f.unshared = false
	return answer{"ok": true, "files": done}
}

func (f *Fake) shareable(channel, thread string) string {
	if channel == "" {
		return "" // the file stays the bot's own
	}
	if code := f.writable(channel); code != "" {
		return code
	}
	if thread != "" && !f.isParent(channel, thread) {
		return "thread_not_found"
	}
	return ""
}

func (f *Fake) share(file *File, channel, thread string) {
	m := &Message{Channel: channel, ThreadTS: thread, TS: f.nextTS(f.options.Now()), Files: []string{file.Name}, FileIDs: []string{file.ID}}
	f.messages = append(f.messages, m)
	file.Channel, file.TS, file.Thread = channel, m.TS, thread
}

// fileInfo shows the shares of a file once it was asked often enough.
func (f *Fake) fileInfo(form url.Values) answer {
	file := f.files[form.Get("file")]
	if file == nil || !file.completed {
		return errorAnswer("file_not_found")
	}
	file.asked++
	v := answer{"id": file.ID, "name": file.Name, "title": file.Title, "alt_txt": file.Alt, "size": len(file.content)}
	if file.Channel != "" && file.asked > f.options.FilesReadyAfter {
		kind, list := "public", "channels"
		if f.channels[file.Channel].Private {
			kind, list = "private", "groups"
		}
		v[list] = []string{file.Channel}
		v["shares"] = answer{kind: answer{file.Channel: []answer{{"ts": file.TS, "thread_ts": file.Thread}}}}
	}
	return answer{"ok": true, "file": v}
}
