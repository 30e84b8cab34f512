package slackfake

import (
	"net/url"
	"slices"
	"strings"
)

func (f *Fake) userInfo(form url.Values) answer {
	return f.user(func(u User) bool { return u.ID == form.Get("user") }, "user_not_found")
}

func (f *Fake) userByEmail(form url.Values) answer {
	email := form.Get("email")
	return f.user(func(u User) bool { return u.Email != "" && strings.EqualFold(u.Email, email) && !u.Deleted }, "users_not_found")
}

// user shows the first user that matches; the address only to those who may
// see it.
func (f *Fake) user(match func(User) bool, absent string) answer {
	i := slices.IndexFunc(f.options.Users, match)
	if i < 0 {
		return errorAnswer(absent)
	}
	u := f.options.Users[i]
	profile := answer{"real_name": u.Name, "display_name": u.Name}
	if slices.Contains(f.options.Scopes, "users:read.email") {
		profile["email"] = u.Email
	}
	return answer{"ok": true, "user": answer{
		"id": u.ID, "team_id": TeamID, "name": u.Name, "real_name": u.Name, "is_bot": u.Bot, "deleted": u.Deleted, "profile": profile,
	}}
}
