package warehouse

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	statements "panelwatch/sql"
)

// A Role is what an account is for.
type Role string

// The three roles: who changes the schema, who fills it, who reads it.
const (
	Migrator Role = "migrator"
	Loader   Role = "loader"
	Analyst  Role = "analyst"
)

// Roles in the order they are granted in.
var Roles = []Role{Migrator, Loader, Analyst}

// An Account is a user of the server. The password never appears in an error.
type Account struct {
	Role                 Role
	Name, Host, Password string
}

var accountName = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,32}$`)

// Grant makes the account, or changes its password, and gives it the rights of
// its role in this database and no other right anywhere. The schema has to be
// there: rights on tables and views name them one by one, so that after a
// migration that adds one the rights are granted again.
func (w *Warehouse) Grant(ctx context.Context, a Account) error {
	if !accountName.MatchString(a.Name) {
		return &ConfigError{fmt.Sprintf("account %q: want letters, digits, _ . - only, at most 32", a.Name)}
	}
	if a.Host == "" || a.Password == "" {
		return &ConfigError{fmt.Sprintf("account %s: host and password must not be empty", a.Name)}
	}
	texts, err := w.rights(ctx, a.Role)
	if err != nil {
		return fmt.Errorf("rights of %s: %w", a.Role, err)
	}
	for _, name := range []string{"account", "account_password"} {
		if _, err := w.db.ExecContext(ctx, grant(name), a.Name, a.Host, a.Password); err != nil {
			return fmt.Errorf("account %s@%s: %w", a.Name, a.Host, err)
		}
	}
	for _, text := range append([]string{grant("account_bare")}, texts...) {
		if _, err := w.db.ExecContext(ctx, text, a.Name, a.Host); err != nil {
			return fmt.Errorf("rights of %s@%s: %w", a.Name, a.Host, err)
		}
	}
	return nil
}

// rights are the statements that make the role, object by object.
func (w *Warehouse) rights(ctx context.Context, r Role) (texts []string, err error) {
	if r == Migrator {
		var database string
		if err := w.db.GetContext(ctx, &database, query("database")); err != nil {
			return nil, err
		}
		return []string{strings.ReplaceAll(grant("migrator"), "{database}", pattern(database))}, nil
	}
	var objects []struct {
		Name string `db:"name"`
		Kind string `db:"kind"`
	}
	if err := w.db.SelectContext(ctx, &objects, query("grant_objects")); err != nil {
		return nil, err
	}
	for _, o := range objects {
		if name := rightsOn(r, o.Name, o.Kind == "VIEW"); name != "" {
			texts = append(texts, strings.ReplaceAll(grant(name), "{object}", quoted(o.Name)))
		}
	}
	if len(texts) == 0 {
		return nil, &ConfigError{"the database has no tables: run panelwatch migrate up first"}
	}
	return texts, nil
}

// rightsOn names the file with the rights of a role on a table or view; none
// where it has none.
func rightsOn(r Role, object string, view bool) string {
	switch {
	case r == Analyst && view:
		return "analyst_view"
	case r == Loader && view:
		return "loader_view"
	case r == Loader && object == "goose_db_version":
		return "loader_version"
	case r == Loader && !strings.HasPrefix(object, "goose_"):
		return "loader_table"
	}
	return ""
}

// grant is the text of sql/grants/<name>.sql without its comments.
func grant(name string) string {
	data, err := statements.Grants.ReadFile("grants/" + name + ".sql")
	if err != nil {
		panic("no grant " + name) // a misspelt name is a bug, found by the first test
	}
	return uncommented(string(data))
}

func quoted(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// pattern names one database only: where rights are given on a whole database,
// _ and % stand for others too unless escaped.
func pattern(database string) string {
	return quoted(strings.NewReplacer("_", `\_`, "%", `\%`).Replace(database))
}
