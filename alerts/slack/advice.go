package slack

import "strings"

const (
	mendToken    = "make a bot token (xoxb-...) at api.slack.com/apps, OAuth & Permissions, and put it into SLACK_BOT_TOKEN or the file that SLACK_BOT_TOKEN_FILE names"
	mendAppToken = "at api.slack.com/apps switch Socket Mode on, make an app-level token (xapp-...) with the scope connections:write, and put it into SLACK_APP_TOKEN or the file that SLACK_APP_TOKEN_FILE names"
	mendNetwork  = "see whether the network lets this machine reach Slack over https (proxy, DNS, network policy)"
	mendLater    = "nothing: the next run tries again"
)

// advices say what to do about an error code.
var advices = map[string]string{
	"invalid_auth": mendToken, "not_authed": mendToken, "token_revoked": mendToken, "token_expired": mendToken,
	"account_inactive": mendToken, "not_allowed_token_type": mendToken,

	"channel_not_found": "give the channel's id (C..., at the bottom of its details), not its name, in slack.channel; into a private channel the bot must be invited first",
	"not_in_channel":    "invite the bot: write /invite @its-name in the channel",
	"is_archived":       "unarchive the channel or name another one in slack.channel",
	"restricted_action": "ask an admin of the workspace to let the app post in this channel, or name another one in slack.channel",

	"no connection": mendNetwork, "timeout": mendNetwork,

	"no_service": "the webhook was removed: make a new one at api.slack.com/apps, Incoming Webhooks, and put it into SLACK_WEBHOOK_URL",
}

// advice is what to do about a failure.
func (f *Failure) advice() string {
	if scope, ok := strings.CutPrefix(f.Detail, "needed "); ok && f.Code == "missing_scope" {
		scope, _, _ = strings.Cut(scope, ",")
		return "at api.slack.com/apps, OAuth & Permissions, add the bot scope " + scope + " and install the app again"
	}
	if do := advices[f.Code]; do != "" {
		return do
	}
	switch f.Class {
	case Denied:
		return mendToken
	case Malformed:
		return "report it: panelwatch made a message that Slack does not take"
	case Unreachable:
		return mendNetwork
	}
	return mendLater
}
