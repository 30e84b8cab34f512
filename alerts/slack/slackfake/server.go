package slackfake

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// An answer is the JSON object that a method returns.
type answer map[string]any

func (a answer) bytes() []byte {
	data, err := json.Marshal(a)
	if err != nil {
		panic(err) // an answer is made of strings, numbers and raw JSON that was parsed before
	}
	return data
}

func errorAnswer(code string) answer { return answer{"ok": false, "error": code} }

// A method is one call of the Web API. It runs with f.mu held.
type method struct {
	scope string // needed, "" for none; channels:... is groups:... where the channel is private
	call  func(f *Fake, form url.Values) answer
}

var methods = map[string]method{
	"auth.test":                    {"", (*Fake).authTest},
	"chat.postMessage":             {"chat:write", (*Fake).postMessage},
	"chat.update":                  {"chat:write", (*Fake).updateMessage},
	"chat.postEphemeral":           {"chat:write", (*Fake).postEphemeral},
	"chat.getPermalink":            {"", (*Fake).permalink},
	"conversations.history":        {"channels:history", (*Fake).history},
	"conversations.replies":        {"channels:history", (*Fake).replies},
	"conversations.info":           {"channels:read", (*Fake).channelInfo},
	"files.getUploadURLExternal":   {"files:write", (*Fake).uploadURL},
	"files.completeUploadExternal": {"files:write", (*Fake).completeUpload},
	"files.info":                   {"files:read", (*Fake).fileInfo},
	"reactions.get":                {"reactions:read", (*Fake).reactions},
	"users.info":                   {"users:read", (*Fake).userInfo},
	"users.lookupByEmail":          {"users:read.email", (*Fake).userByEmail},
}

func (f *Fake) routes() http.Handler {
	mux := http.NewServeMux()
	for name, m := range methods {
		mux.HandleFunc("POST /api/"+name, func(w http.ResponseWriter, r *http.Request) {
			f.handle(name, w, r, func() []byte { return f.api(m, r).bytes() })
		})
	}
	mux.HandleFunc("POST /api/", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, errorAnswer("unknown_method").bytes())
	})
	mux.HandleFunc("POST /api/apps.connections.open", f.openConnection)
	mux.HandleFunc("GET /socket", f.serveSocket)
	mux.HandleFunc("POST /upload/{id}", f.upload)
	mux.HandleFunc("GET /{$}", f.servePage)
	mux.HandleFunc("GET /files/{name}", f.serveFile)
	mux.HandleFunc("GET /archives/{channel}/{ts}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/#"+url.PathEscape(r.PathValue("ts")), http.StatusFound)
	})
	mux.HandleFunc("POST /services/{team}/{channel}/{secret}", f.webhook)
	return mux
}

// handle serves a call or lets it fail as scripted.
func (f *Fake) handle(name string, w http.ResponseWriter, r *http.Request, serve func() []byte) {
	if err := r.ParseForm(); err != nil {
		writeJSON(w, errorAnswer("invalid_form_data").bytes())
		return
	}
	if !strings.HasPrefix(name, "files.") { // one header for the method that doctor asks
		w.Header().Set("X-OAuth-Scopes", strings.Join(f.options.Scopes, ","))
	}
	if fault := f.nextFault(name); fault != nil {
		fault(f, w, r, serve)
		return
	}
	body := serve()
	if after, limited := limitedAnswer(body); limited {
		RateLimited(after)(f, w, r, nil)
		return
	}
	writeJSON(w, body)
}

// api checks token and scope and calls the method.
func (f *Fake) api(m method, r *http.Request) answer {
	f.mu.Lock()
	defer f.mu.Unlock()
	if code := f.authenticate(r); code != "" {
		return errorAnswer(code)
	}
	if scope := f.scopeFor(m, r.PostForm.Get("channel")); scope != "" && !slices.Contains(f.options.Scopes, scope) {
		a := errorAnswer("missing_scope")
		a["needed"], a["provided"] = scope, strings.Join(f.options.Scopes, ",")
		return a
	}
	a := m.call(f, r.PostForm)
	if a["ok"] == true && m.scope != "" && strings.HasSuffix(m.scope, ":write") {
		if err := f.keep(); err != nil {
			a = errorAnswer("fatal_error")
			a["response_metadata"] = answer{"messages": []string{err.Error()}}
		}
	}
	return a
}

// scopeFor is what a call needs for the channel it is about.
func (f *Fake) scopeFor(m method, channel string) string {
	if verb, ok := strings.CutPrefix(m.scope, "channels:"); ok && f.channels[channel].Private {
		return "groups:" + verb
	}
	return m.scope
}

// authenticate returns the error code of a bad token, "" for a good one.
func (f *Fake) authenticate(r *http.Request) string {
	token := r.PostForm.Get("token")
	if token == "" {
		token = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	}
	switch {
	case token == "":
		return "not_authed"
	case token != f.options.Token:
		return "invalid_auth"
	case f.revoked:
		return "token_revoked"
	}
	return ""
}

func (f *Fake) authTest(url.Values) answer {
	return answer{"ok": true, "url": f.URL, "team": "fake", "user": "panelwatch", "team_id": TeamID, "user_id": UserID, "bot_id": BotID}
}

func (f *Fake) channelInfo(form url.Values) answer {
	c, ok := f.channels[form.Get("channel")]
	if !ok || c.Private && c.NotIn {
		return errorAnswer("channel_not_found")
	}
	return answer{"ok": true, "channel": answer{
		"id": c.ID, "name": cmp.Or(c.Name, strings.ToLower(c.ID)), "is_channel": !c.Private, "is_group": c.Private,
		"is_private": c.Private, "is_archived": c.Archived, "is_member": !c.NotIn,
	}}
}

// writable returns the error code that posting to a channel meets.
func (f *Fake) writable(id string) string {
	c, ok := f.channels[id]
	switch {
	case !ok || c.Private && c.NotIn:
		return "channel_not_found"
	case c.Archived:
		return "is_archived"
	case c.NotIn:
		return "not_in_channel"
	case c.Locked:
		return "restricted_action"
	}
	return ""
}

func writeJSON(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(body)
}
