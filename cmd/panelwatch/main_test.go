package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"panelwatch/alerts/slack/slackfake"
	"panelwatch/sql/warehouse/localserver/servertest"
)

// binary makes the test binary double as the program: a story runs it as a
// process of its own.
type binary struct{ m *testing.M }

func (b binary) Run() int { return servertest.Run(b.m) }

func TestMain(m *testing.M) {
	testscript.Main(binary{m}, map[string]func(){"panelwatch": guarded})
}

// TestStories tells, in testdata/stories, what a person does and sees. Every
// story has a database of its own in PANELWATCH_DSN and a Slack workspace.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "stories"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("PANELWATCH_DSN", servertest.NewDatabase(t))
			e.Setenv("PANELWATCH_INBOX", filepath.Join(e.WorkDir, "inbox"))
			e.Setenv("PANELWATCH_OUTBOX", filepath.Join(e.WorkDir, "slack"))
			fake, err := slackfake.New(slackfake.Options{FilesReadyAfter: 1})
			if err != nil {
				return err
			}
			e.Defer(func() {
				_ = fake.Close()
				if said := fmt.Sprintf("%+v", fake.Messages("C0PANELWATCH")); strings.Contains(said, slackfake.Token) {
					t.Error("a message tells the token")
				}
			})
			e.Values["workspace"], e.Values["ear"] = fake, &ear{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"spoil":     spoil,
			"holder":    holder,
			"sql":       statement,
			"place":     place,
			"readme":    readme,
			"published": published,
			"terminate": terminate,
			"hangup":    hangup,
			"listener":  listener,
			"fetch":     fetch,
			"says":      says,
			"workspace": workspace,
			"react":     react,
			"press":     press,
			"whole":     whole,
			"signed":    signed,
			"revision":  revision,
			"anew":      anew,
			"calls":     calls,
			"channel":   channel,
			"rot":       rot,
			"frozen":    frozen,
			"private":   private,
			"viewrows":  viewRows,
			"follow":    follow,
			"changed":   changed,
			"delivered": delivered,
			"revised":   revised,
		},
	})
}
