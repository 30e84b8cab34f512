package main

import (
	"fmt"
	"text/tabwriter"

	"panelwatch/configs"
)

type showCommand struct{}

// Run prints a panelwatch.yaml that gives the same settings anywhere. Its head,
// in comments, says which files it was read from.
func (c *showCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	files, err := configs.Files(w.Config)
	if err != nil {
		return configError{err}
	}
	text, err := config.Effective()
	if err != nil {
		return err
	}
	w.learnSecrets(config)
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	for _, f := range files {
		fmt.Fprintf(t, "# %s\t%s\t%s\n", f.Name, f.From, f.SHA256)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.stdout, "# all of them: %s\n%s\n", config.Hash, w.redact(string(text)))
	return err
}

// learnSecrets reads every secret that the program knows of, so that none is
// shown wherever else it was written. One that cannot be read is none.
func (w *world) learnSecrets(config *configs.Config) {
	names := []string{
		"PANELWATCH_DSN", "MYSQL_DSN", "DATABASE_DSN", "SLACK_BOT_TOKEN", "SLACK_TOKEN", "SLACK_APP_TOKEN", "SLACK_WEBHOOK_URL",
		"PANELWATCH_ARCHIVE_ACCESS_KEY", "PANELWATCH_ARCHIVE_SECRET_KEY",
		"PANELWATCH_MIGRATOR_PASSWORD", "PANELWATCH_LOADER_PASSWORD", "PANELWATCH_ANALYST_PASSWORD",
	}
	for _, s := range config.Sources {
		for _, what := range []string{"PASSWORD", "TOKEN", "SECRET_KEY", "KEY", "PASSPHRASE"} {
			names = append(names, s.Secret(what))
		}
	}
	for _, name := range names {
		_, _ = w.secret(name)
	}
}
