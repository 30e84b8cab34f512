package main

import (
	"fmt"
	"strings"

	"panelwatch/sql/warehouse"
)

type migrateGrants struct {
	Migrator string `help:"Account that changes the schema; password in PANELWATCH_MIGRATOR_PASSWORD." placeholder:"NAME@HOST"`
	Loader   string `help:"Account of run and serve; password in PANELWATCH_LOADER_PASSWORD." placeholder:"NAME@HOST"`
	Analyst  string `help:"Account that reads the views; password in PANELWATCH_ANALYST_PASSWORD." placeholder:"NAME@HOST"`
}

func (c *migrateGrants) Run(w *world) error {
	accounts, err := c.accounts(w)
	if err != nil {
		return err
	}
	house, err := w.openWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	for _, a := range accounts {
		if err := house.Grant(w.ctx, a); err != nil {
			return err
		}
		fmt.Fprintf(w.stdout, "%s: %s@%s\n", a.Role, a.Name, a.Host)
	}
	return nil
}

// accounts are those named on the command line, with their passwords, before
// anything is granted.
func (c *migrateGrants) accounts(w *world) (all []warehouse.Account, err error) {
	named := map[warehouse.Role]string{warehouse.Migrator: c.Migrator, warehouse.Loader: c.Loader, warehouse.Analyst: c.Analyst}
	for _, role := range warehouse.Roles {
		if named[role] == "" {
			continue
		}
		name, host, ok := strings.Cut(named[role], "@")
		if !ok || name == "" || host == "" {
			return nil, usageError{fmt.Errorf("--%s %s: want NAME@HOST, such as %s@%%", role, named[role], role)}
		}
		variable := "PANELWATCH_" + strings.ToUpper(string(role)) + "_PASSWORD"
		password, err := w.secret(variable)
		if err != nil {
			return nil, err
		}
		if password == "" {
			return nil, configError{fmt.Errorf("no password for %s: set %s or %s_FILE", role, variable, variable)}
		}
		all = append(all, warehouse.Account{Role: role, Name: name, Host: host, Password: password})
	}
	if len(all) == 0 {
		return nil, usageError{fmt.Errorf("name at least one account: --migrator, --loader or --analyst NAME@HOST")}
	}
	return all, nil
}
