package sql_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	statements "panelwatch/sql"
)

// A trap is SQL that one of the engines refuses or understands otherwise, or
// that has no place where it stands.
type trap struct {
	name    string
	pattern string   // of what must not appear, capitals or not
	except  string   // of what it matches and may appear
	in      []string // folders, all of them when empty
	instead string   // what to do
	spoiled []string // examples that it must find
}

const (
	exact   = "MariaDB and MySQL give other digits: compute it in Go, or cast to DOUBLE"
	version = "goose counts the versions: a migration runs once"
)

var traps = []trap{
	{name: "row alias", pattern: `\bAS\s+new\b`, instead: "ON DUPLICATE KEY UPDATE c = VALUES(c)", spoiled: []string{"INSERT INTO t (a) VALUES (1) AS new ON DUPLICATE KEY UPDATE a = new.a"}},
	{name: "LAG with a default", pattern: `\b(LAG|LEAD)\s*\((?:[^()]|\([^()]*\))*,(?:[^()]|\([^()]*\))*,`, instead: "COALESCE(LAG(v, n) OVER ..., d)", spoiled: []string{"SELECT LAG(a, 1, 0) OVER (ORDER BY b) FROM t", "SELECT lead(ABS(a), 1, IFNULL(b, 0)) OVER w FROM t"}},
	{name: "RANGE over an interval", pattern: `\bRANGE\s+(BETWEEN\s+)?INTERVAL`, instead: "a spine of months and ROWS", spoiled: []string{"SUM(a) OVER (ORDER BY d RANGE BETWEEN INTERVAL 1 MONTH PRECEDING AND CURRENT ROW)"}},
	{name: "JSON arrows", pattern: `->>?`, instead: "JSON_UNQUOTE(JSON_EXTRACT())", spoiled: []string{"SELECT a->'$.x' FROM t", "SELECT a->>'$.x' FROM t"}},
	{name: "LATERAL", pattern: `\bLATERAL\b`, instead: "a join", spoiled: []string{"SELECT a FROM t, LATERAL (SELECT 1 AS b) x"}},
	{name: "VALUES ROW", pattern: `\bVALUES\s+ROW\s*\(`, instead: "SELECT ... UNION ALL SELECT ...", spoiled: []string{"SELECT a FROM (VALUES ROW(1), ROW(2)) x (a)"}},
	{name: "GROUPING", pattern: `\bGROUPING\s*\(`, instead: "UNION ALL of the totals", spoiled: []string{"SELECT GROUPING(a) FROM t GROUP BY a WITH ROLLUP"}},
	{name: "REGEXP_LIKE", pattern: `\bREGEXP_LIKE\s*\(`, instead: "REGEXP", spoiled: []string{"SELECT a FROM t WHERE REGEXP_LIKE(a, 'x')"}},
	{name: "UUID functions", pattern: `\b(UUID_TO_BIN|BIN_TO_UUID)\s*\(`, instead: "make it in Go", spoiled: []string{"SELECT BIN_TO_UUID(a) FROM t", "SELECT UUID_TO_BIN(a) FROM t"}},
	{name: "collation", pattern: `\butf8mb4_\w+`, except: `^utf8mb4_bin$`, instead: "utf8mb4_bin", spoiled: []string{"a VARCHAR(8) COLLATE utf8mb4_0900_ai_ci", "SELECT a COLLATE utf8mb4_general_ci FROM t"}},
	{name: "IF NOT EXISTS of a column or key", pattern: `\b(ADD|DROP|MODIFY|CHANGE)\s+(COLUMN|INDEX|KEY)\s+IF\s+(NOT\s+)?EXISTS`, instead: version, spoiled: []string{"ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT", "ALTER TABLE t DROP INDEX IF EXISTS i"}},
	{name: "IF NOT EXISTS of a table", pattern: `\b(CREATE|DROP)\s+(TABLE|INDEX)\s+IF\s+(NOT\s+)?EXISTS`, in: []string{"migrations"}, instead: version, spoiled: []string{"CREATE TABLE IF NOT EXISTS t (a INT)", "DROP TABLE IF EXISTS t"}},
	{name: "CREATE OR REPLACE TABLE", pattern: `\bOR\s+REPLACE\s+TABLE\b`, instead: version, spoiled: []string{"CREATE OR REPLACE TABLE t (a INT)"}},
	{name: "RETURNING", pattern: `\bRETURNING\b`, instead: "LAST_INSERT_ID, or read it in the same transaction", spoiled: []string{"INSERT INTO t (a) VALUES (1) RETURNING a"}},
	{name: "MD5 and SHA1", pattern: `\b(MD5|SHA1?)\s*\(`, instead: "SHA2 or CRC32, or hash in Go", spoiled: []string{"SELECT MD5(a) FROM t", "SELECT sha1(a) FROM t", "SELECT SHA (a) FROM t"}},
	{name: "named time zone", pattern: `\bCONVERT_TZ\s*\([^)]*'[A-Za-z]`, instead: "'+08:00', or convert in Go: without zone tables it gives NULL", spoiled: []string{"SELECT CONVERT_TZ(a, '+00:00', 'Asia/Shanghai') FROM t"}},
	{name: "SKIP LOCKED and NOWAIT", pattern: `\b(SKIP\s+LOCKED|NOWAIT)\b`, instead: "the lease: TiDB drops the whole FOR UPDATE", spoiled: []string{"SELECT a FROM t FOR UPDATE SKIP LOCKED", "SELECT a FROM t FOR UPDATE NOWAIT"}},
	{name: "GET_LOCK", pattern: `\b(GET_LOCK|RELEASE_LOCK)\s*\(`, instead: "the lease", spoiled: []string{"SELECT GET_LOCK('a', 1)"}},
	{name: "star", pattern: `\bSELECT\s+(ALL\s+|DISTINCT\s+)?(\w+\.)?\*|,\s*\w+\.\*`, instead: "name the columns", spoiled: []string{"SELECT * FROM t", "SELECT DISTINCT t.* FROM t", "SELECT a, t.* FROM t"}},
	{name: "FLOAT", pattern: `\b(FLOAT|REAL)\b`, instead: "DOUBLE", spoiled: []string{"a FLOAT NOT NULL", "CAST(a AS FLOAT)", "a REAL NULL"}},
	{name: "TIMESTAMP", pattern: `\bTIMESTAMP\b`, instead: "DATETIME(6) in UTC", spoiled: []string{"a TIMESTAMP NOT NULL", "a TIMESTAMP(6) NULL"}},
	{name: "ENUM and SET", pattern: `\b(ENUM|SET)\s*\(`, instead: "VARCHAR", spoiled: []string{"a ENUM('x', 'y') NOT NULL", "a SET('x') NULL"}},
	{name: "standard deviation", pattern: `\b(STD|STDDEV\w*|VARIANCE|VAR_\w+)\s*\(`, instead: exact, spoiled: []string{"SELECT STDDEV(a) FROM t", "SELECT var_pop(a) FROM t", "SELECT STD(a) FROM t"}},
	{name: "mean of whole numbers", pattern: `\bAVG\s*\([^)]*`, except: `(?i)^AVG\((\w+\.)?\w+_(devices|ratio)$|^AVG\((\w+\.)?value$|^AVG\(CAST\(.* AS DOUBLE$`, instead: exact, spoiled: []string{"SELECT AVG(n_uses) FROM t", "SELECT AVG(t.place) FROM t"}},
	{name: "several changes in one ALTER", pattern: `\bALTER\s+TABLE\s+\w+[^;]*,\s*(ADD|DROP|MODIFY|CHANGE|RENAME|ALTER)\b`, instead: "a migration for each", spoiled: []string{"ALTER TABLE t ADD COLUMN a INT, ADD COLUMN b INT;", "ALTER TABLE t DROP COLUMN a,\n  MODIFY COLUMN b INT;"}},
	{name: "changes of the schema", pattern: `\b(CREATE|ALTER|DROP|RENAME|TRUNCATE)\s+(OR\s+REPLACE\s+)?(TEMPORARY\s+)?(TABLE|VIEW|INDEX|DATABASE)\b|\bTRUNCATE\s+\w`, in: []string{"queries", "analyst"}, instead: "a migration: it would commit the transaction", spoiled: []string{"TRUNCATE TABLE t", "truncate t", "CREATE TEMPORARY TABLE t (a INT)", "DROP VIEW v"}},
	{name: "TRUNCATE", pattern: `\bTRUNCATE\s+(TABLE\s+)?\w`, instead: "DELETE", spoiled: []string{"TRUNCATE TABLE t"}},
	{name: "procedures and triggers", pattern: `\b(CREATE|DROP)\s+(DEFINER\s*=\s*\S+\s+)?(PROCEDURE|FUNCTION|TRIGGER|EVENT|SEQUENCE|PACKAGE)\b|\bCALL\s+\w`, instead: "Go", spoiled: []string{"CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1", "CREATE PROCEDURE p () SELECT 1", "CALL p()", "CREATE SEQUENCE s"}},
	{name: "foreign keys", pattern: `\bFOREIGN\s+KEY\b|\bREFERENCES\s+\w+\s*\(`, instead: "a check in Go: partitions forbid them", spoiled: []string{"FOREIGN KEY (a) REFERENCES t (a)", "a INT REFERENCES t (a)"}},
	{name: "table from a query", pattern: `\bCREATE\s+TABLE\s+\w+\s+(AS\s+)?(SELECT|WITH)\b`, instead: "CREATE TABLE, then INSERT ... SELECT", spoiled: []string{"CREATE TABLE t AS SELECT 1 AS a", "CREATE TABLE t SELECT 1 AS a"}},
	{name: "key over an expression", pattern: `\b(KEY|INDEX)\s+\w*\s*(ON\s+\w+\s*)?\(\s*\(`, instead: "a generated column and a key", spoiled: []string{"KEY i ((LOWER(a)))", "CREATE INDEX i ON t ((a + 1))"}},
	{name: "concatenation by bars", pattern: `\|\|`, instead: "CONCAT: bars are OR", spoiled: []string{"SELECT a || b FROM t"}},
	{name: "FULL JOIN", pattern: `\bFULL\s+(OUTER\s+)?JOIN\b`, instead: "LEFT JOIN and UNION ALL", spoiled: []string{"SELECT a FROM t FULL OUTER JOIN u ON t.a = u.a"}},
	{name: "LIMIT within IN", pattern: `\bIN\s*\(\s*SELECT\b[^()]*\bLIMIT\b`, instead: "a join", spoiled: []string{"SELECT a FROM t WHERE a IN (SELECT b FROM u ORDER BY b LIMIT 3)"}},
	{name: "row versions of MariaDB", pattern: `\bSYSTEM\s+VERSIONING\b|\bSYSTEM_TIME\b`, instead: "publication: every one is kept", spoiled: []string{"SELECT a FROM t FOR SYSTEM_TIME AS OF '2024-01-01'", "CREATE TABLE t (a INT) WITH SYSTEM VERSIONING"}},
}

// released migrations are never changed, not even for a rule that came later.
var released = map[string]string{
	"migrations/00035_etl_reject_place.sql":    "several changes in one ALTER",
	"migrations/00036_publication_reading.sql": "several changes in one ALTER",
	"migrations/00037_etl_extract_content.sql": "several changes in one ALTER",
}

func TestSQLKeepsToTheSharedSubset(t *testing.T) {
	n := 0
	for _, tree := range []fs.FS{statements.Migrations, statements.Views, statements.Queries, statements.Analyst, statements.Grants} {
		faults, files := trapsIn(t, tree)
		n += files
		for _, f := range faults {
			t.Error(f)
		}
	}
	for name, rule := range released {
		text, err := fs.ReadFile(statements.Migrations, name)
		i := slices.IndexFunc(traps, func(x trap) bool { return x.name == rule })
		if err != nil || i < 0 || traps[i].find(bare(string(text))) == "" {
			t.Errorf("sql/%s has no %s: take it out of released (%v)", name, rule, err)
		}
	}
	if n < 150 {
		t.Errorf("only %d files of SQL were looked at", n)
	}
}

// trapsIn lists the traps of a tree, each with what to do instead.
func trapsIn(t *testing.T, tree fs.FS) (faults []string, files int) {
	t.Helper()
	names, err := fs.Glob(tree, "*/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			t.Fatal(err)
		}
		folder, _, _ := strings.Cut(name, "/")
		for _, trap := range traps {
			if len(trap.in) > 0 && !slices.Contains(trap.in, folder) || released[name] == trap.name {
				continue
			}
			if found := trap.find(bare(string(text))); found != "" {
				faults = append(faults, fmt.Sprintf("sql/%s: %s: %q; instead: %s", name, trap.name, found, trap.instead))
			}
		}
	}
	return faults, len(names)
}

// find is the first place that has no exception.
func (x trap) find(text string) string {
	except := regexp.MustCompile(x.except)
	for _, found := range regexp.MustCompile(`(?i)`+x.pattern).FindAllString(text, -1) {
		if x.except == "" || !except.MatchString(found) {
			return found
		}
	}
	return ""
}

var (
	remarks  = regexp.MustCompile(`(?m)--( .*)?$|(?s:/\*.*?\*/)`)
	comments = regexp.MustCompile(`(?i)\bCOMMENT\s*=?\s*'(?:[^']|'')*'`)
)

// bare is SQL without what is only said in it.
func bare(text string) string {
	return remarks.ReplaceAllString(comments.ReplaceAllString(text, ""), "")
}

// DDL commits: of a migration with two statements, half could be applied.
func TestMigrationsHaveOneStatementEachWay(t *testing.T) {
	names, err := fs.Glob(statements.Migrations, "migrations/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d migrations, %v", len(names), err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(statements.Migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		up, down, two := strings.Cut(string(text), "-- +goose Down\n")
		if n, m := strings.Count(bare(up), ";"), strings.Count(bare(down), ";"); !two || n != 1 || m != 1 {
			t.Errorf("sql/%s: %d statements up, %d down; want one each: a file for each change", name, n, m)
		}
	}
}

func TestTrapsAreFound(t *testing.T) {
	const sound = "-- MD5() is not for us\nSELECT a.x /* -> */, LAG(a.x, 1) OVER (ORDER BY a.y) AS z, AVG(a.mud_devices) AS m, COUNT(*) AS n, 2 * a.x\n  FROM t a WHERE a.y <= UTC_TIMESTAMP(6) AND a.k = '*'\n"
	for _, x := range traps {
		for _, s := range x.spoiled {
			folder := "views"
			if len(x.in) > 0 {
				folder = x.in[0]
			}
			faults, _ := trapsIn(t, fstest.MapFS{folder + "/1.sql": {Data: []byte(sound + s + ";\n")}})
			if !strings.Contains(strings.Join(faults, "\n"), "sql/"+folder+"/1.sql: "+x.name+":") {
				t.Errorf("%s: not found in %q: %q", x.name, s, faults)
			}
		}
	}
	for _, folder := range []string{"migrations", "views", "queries", "analyst", "grants"} {
		if faults, _ := trapsIn(t, fstest.MapFS{folder + "/1.sql": {Data: []byte(sound)}}); len(faults) > 0 {
			t.Errorf("faults in sound SQL: %q", faults)
		}
	}
}
