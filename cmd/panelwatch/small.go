package main

import (
	"fmt"
	"text/tabwriter"

	"panelwatch/configs"
)

type versionCommand struct{}

func (c *versionCommand) Run(w *world) error {
	_, err := fmt.Fprintln(w.stdout, "panelwatch", version)
	return err
}

type settingsCommand struct {
	Validate validateCommand `cmd:"" help:"Read the whole configuration and say whether it is sound."`
	Show     showCommand     `cmd:"" help:"Print the configuration in effect, without secrets, and where each file is from."`
	Schema   schemaCommand   `cmd:"" help:"Print the JSON schema of a file of the configuration, for editors."`
}

type schemaCommand struct {
	Name string `arg:"" help:"panelwatch, apps, rules or dataset." enum:"panelwatch,apps,rules,dataset"`
}

func (c *schemaCommand) Run(w *world) error {
	text, err := configs.Schema(c.Name)
	if err != nil {
		return err
	}
	_, err = w.stdout.Write(text)
	return err
}

type validateCommand struct{}

func (c *validateCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	if err := w.checkSchedules(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.stdout, "configuration is sound: %d apps, %d lists, %d datasets, %d rules, calendar %s to %s\n",
		len(config.Catalogue.Apps), len(config.Catalogue.Lists), len(config.Datasets), len(config.Rules),
		config.Calendar.CoversFrom(), config.Calendar.CoversThrough())
	return err
}

type migrateCommand struct {
	Up     migrateUp     `cmd:"" help:"Apply the migrations that are missing and replace the views."`
	Status migrateStatus `cmd:"" help:"List the migrations."`
	Grants migrateGrants `cmd:"" help:"Make the accounts of migrator, loader and analyst, with the rights they need and no others."`
}

type migrateUp struct{}

func (c *migrateUp) Run(w *world) error {
	house, err := w.openWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	return house.Migrate(w.ctx)
}

type migrateStatus struct{}

func (c *migrateStatus) Run(w *world) error {
	house, err := w.openWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	states, err := house.MigrationStatus(w.ctx)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	for _, s := range states {
		word := "pending"
		if s.Applied {
			word = "applied"
		}
		fmt.Fprintf(t, "%d\t%s\t%s\n", s.Version, s.Name, word)
	}
	return t.Flush()
}
