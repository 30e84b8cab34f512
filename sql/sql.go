// Package sql embeds the schema, the views and the queries of the warehouse.
// The files are plain SQL in the subset that MySQL 8+, MariaDB 10.11+ and TiDB
// share; this package holds no logic.
package sql

import "embed"

// Migrations are applied once, in order; Views after every migration.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// Views are the analysts' contract, replaced whenever the schema is migrated.
//
//go:embed views/*.sql
var Views embed.FS

// Queries are the statements of the program, one per file.
//
//go:embed queries/*.sql
var Queries embed.FS

// Analyst holds worked questions of analysts to the views, one SELECT per file.
//
//go:embed analyst/*.sql
var Analyst embed.FS

// Grants are the rights of the accounts that work with the warehouse.
//
//go:embed grants/*.sql
var Grants embed.FS

// Columns says what the columns of the views mean, by name; YAML.
//
//go:embed columns.yaml
var Columns []byte

// Contract lists every view with its columns and their types; CSV. A test
// holds the views to it and writes it anew.
//
//go:embed CONTRACT.csv
var Contract []byte
