package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"panelwatch/alerts/slack/slackfake"
	"panelwatch/configs"
	"panelwatch/etl/source/localplaces"
)

// The demo's newest month does not lie in the inbox: the vendor's comes from an
// S3 server, the panel's from an SFTP server, both in this process.
const (
	demoBucket = "panelwatch-demo"
	demoUser   = "demo"
)

// places are the demo's servers, and the secrets that they ask for.
type places struct {
	running []func() error
	secrets map[string]string
}

func (c *demoCommand) remote(source string) string { return filepath.Join(c.Dir, "remote", source) }

// moveAway takes the newest month out of the sample, to where servers show it.
func (c *demoCommand) moveAway(inbox string) error {
	if err := os.RemoveAll(filepath.Join(c.Dir, "remote")); err != nil {
		return err
	}
	for _, source := range []string{"vendor", "panel"} {
		if err := os.MkdirAll(c.remote(source), 0o755); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(inbox, source, demoLast), filepath.Join(c.remote(source), demoLast)); err != nil {
			return err
		}
	}
	return nil
}

// startPlaces starts the servers and lets the sources begin there; their
// folders become the spools. A source that your configuration does not have is
// left out.
func (c *demoCommand) startPlaces(w *world, config *configs.Config) (p *places, err error) {
	p = &places{secrets: map[string]string{}}
	for i := range config.Sources {
		s := &config.Sources[i]
		if _, err := os.Stat(c.remote(s.Name)); err != nil {
			continue
		}
		start := map[string]func(*demoCommand, *configs.Source) error{"vendor": p.startS3, "panel": p.startSFTP}[s.Name]
		if start == nil || s.Kind != configs.KindFolder {
			continue
		}
		s.Folder, s.Spool = "", s.Folder
		if err := start(c, s); err != nil {
			return nil, errors.Join(err, p.close())
		}
		fmt.Fprintf(w.stdout, "%s %s lands on a local server: %s\n", s.Name, demoLast, s.Kind)
	}
	return p, nil
}

func (p *places) startS3(c *demoCommand, s *configs.Source) error {
	store := localplaces.NewStore(demoUser)
	if err := store.PutFolder(demoBucket, os.DirFS(c.remote(s.Name))); err != nil {
		return err
	}
	server, err := store.Start()
	if err != nil {
		return err
	}
	p.running = append(p.running, server.Close)
	p.secrets[s.Secret("SECRET_KEY")] = rand.Text()
	s.Kind, s.Endpoint, s.Bucket, s.User = configs.KindS3, "http://"+server.Address, demoBucket, demoUser
	return nil
}

func (p *places) startSFTP(c *demoCommand, s *configs.Source) error {
	_, hostKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	password := rand.Text()
	server, known, err := localplaces.Server{
		Folder: c.remote(s.Name), User: demoUser, Password: password, HostKey: hostKey,
	}.Start()
	if err != nil {
		return err
	}
	p.running = append(p.running, server.Close)
	p.secrets[s.Secret("PASSWORD")] = password
	s.Kind, s.Host, s.User, s.KnownHosts = configs.KindSFTP, server.Address, demoUser, filepath.Join(c.Dir, "known_hosts")
	return os.WriteFile(s.KnownHosts, []byte(known+"\n"), 0o644)
}

// startSlack starts a workspace of the demo's own, which is all that it posts
// to, whatever your environment says. It takes messages as fast as they come.
func (p *places) startSlack(dir string, config *configs.Config) error {
	fake, err := slackfake.New(workspaceOf(dir, "", config.Slack.Channels()))
	if err != nil {
		return err
	}
	p.running = append(p.running, fake.Close)
	p.secrets["SLACK_BOT_TOKEN"], p.secrets["SLACK_API_URL"] = slackfake.Token, fake.APIURL()
	config.Slack.Pace = time.Millisecond
	return nil
}

// secret adds the servers' secrets to an environment.
func (p *places) secret(getenv func(string) string) func(string) string {
	return func(name string) string {
		if v, ok := p.secrets[name]; ok {
			return v
		}
		return getenv(name)
	}
}

func (p *places) close() (err error) {
	for _, end := range p.running {
		err = errors.Join(err, end())
	}
	return err
}
