package doctor

import (
	"context"
	"fmt"
	"strings"
	"time"

	"panelwatch/sql/warehouse"
)

const (
	leastPacket = 16 << 20 // bytes; statements are kept below 4 MiB, a digest with its chart below 16
	mostSkew    = 2 * time.Second
)

// warehouse looks at the server from the outside in.
func (e *examination) warehouse(ctx context.Context) {
	if !e.DSN {
		e.fail("warehouse", ErrSetup, "no DSN", "set PANELWATCH_DSN or PANELWATCH_DSN_FILE, such as user:password@tcp(host:3306)/panelwatch")
		return
	}
	house, err := e.Open(ctx)
	if err != nil {
		e.fail("warehouse", err, err.Error(), openDo(err))
		return
	}
	defer func() { _ = house.Close() }()
	c, err := house.Condition(ctx)
	if err != nil {
		e.fail("warehouse", err, err.Error(), "read the server's log; the account needs no right but its own for this")
		return
	}
	e.ok("warehouse", "%s, %s, database %s as %s", c.Version, c.Flavour, c.Database, c.Account)
	e.session(c)
	e.connection(c)
	e.rights(c)
	e.schema(c)
	e.leases(c)
}

func openDo(err error) string {
	switch {
	case warehouse.Denied(err):
		return "check user, password and the host it may come from; panelwatch migrate grants makes the accounts"
	case warehouse.Misconfigured(err):
		return "correct the DSN, or create the database: CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
	}
	return "check that the server runs and that name, port and firewall let this host through"
}

func (e *examination) session(c warehouse.Condition) {
	if strings.Contains(c.SQLMode, "STRICT_") {
		e.ok("sql_mode", "the session's is strict; the server's own is %s", c.SQLMode)
	} else {
		e.warn("sql_mode", "the session's is strict; the server's own is not: "+c.SQLMode, "set STRICT_TRANS_TABLES for the other clients of this server")
	}
	e.ok("time zone", "the session's is UTC; the server's own is %s", c.Zone)
	switch {
	case c.ForeignTables > 0:
		e.fail("charset", ErrSetup, fmt.Sprintf("%d tables are not in utf8mb4_bin", c.ForeignTables), "for each, ALTER TABLE ... CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
	case !strings.HasPrefix(c.Collation, "utf8mb4_"):
		e.warn("charset", "the database's default is "+c.Collation+"; our tables name their own", "have an administrator run ALTER DATABASE "+c.Database+" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
	default:
		e.ok("charset", "utf8mb4, the database's default collation is %s", c.Collation)
	}
	if c.MaxPacket < leastPacket {
		e.warn("max_allowed_packet", bytesOf(c.MaxPacket)+": large messages and batches may be refused", "set max_allowed_packet to 16M or more")
	} else {
		e.ok("max_allowed_packet", "%s", bytesOf(c.MaxPacket))
	}
	if c.LocalInfile {
		e.ok("local_infile", "on: tables are loaded in one stream")
	} else {
		e.warn("local_infile", "off: rows go by INSERT, with the same result and more slowly", "nothing, or set local_infile=ON at the server")
	}
	if c.ReadOnly == "0" || c.ReadOnly == "OFF" {
		e.ok("writable", "the server takes writes")
	} else {
		e.fail("writable", ErrUnavailable, "the server is read-only ("+c.ReadOnly+")", "name the primary in the DSN, or wait for the fail-over to end")
	}
}

func (e *examination) connection(c warehouse.Condition) {
	switch {
	case c.TLS != "":
		e.ok("tls", "%s, the server's certificate is checked", c.TLS)
	case c.Remote:
		e.warn("tls", "the connection leaves this host in the clear, as the DSN says (tls=false)", "take tls=false out of the DSN; PANELWATCH_DSN_CA_FILE names the CA")
	default:
		e.ok("tls", "none: the server is on this host")
	}
	if c.Skew.Abs() > mostSkew {
		e.warn("clock", fmt.Sprintf("the server's clock differs by %s", c.Skew.Round(time.Millisecond)), "let NTP set both; leases go by the server's clock and are not in danger, published_at is ours")
	} else {
		e.ok("clock", "within %s of the server's", mostSkew)
	}
}

// rights fail where the job cannot run; the schema may be another account's.
func (e *examination) rights(c warehouse.Condition) {
	for _, t := range warehouse.Tasks {
		check, lacks := "rights: "+string(t), c.Lacks[t]
		switch {
		case len(lacks) == 0:
			e.ok(check, "%s has them", c.Account)
		case hasRole(c.Role):
			e.warn(check, "not granted to "+c.Account+" itself: "+few(lacks), "see that the role "+c.Role+" gives them")
		case t == warehouse.TaskMigrate && len(c.Lacks[warehouse.TaskRun]) == 0:
			e.ok(check, "%s has not, as it should be: migrate up has an account of its own", c.Account)
		default:
			e.fail(check, ErrRights, c.Account+" lacks "+few(lacks), "an administrator runs panelwatch migrate grants; again after each migration")
		}
	}
}

func hasRole(role string) bool { return role != "" && role != "NONE" }

// few names the first of many.
func few(names []string) string {
	const most = 4
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

func (e *examination) schema(c warehouse.Condition) {
	switch {
	case c.Schema > c.Known:
		e.fail("schema", ErrSetup, fmt.Sprintf("is at version %d, this program knows %d", c.Schema, c.Known), "use a newer panelwatch")
	case c.Schema < c.Known:
		e.fail("schema", ErrSetup, fmt.Sprintf("is at version %d, this program needs %d", c.Schema, c.Known), "run panelwatch migrate up with the migrator's account, then migrate grants")
	default:
		e.ok("schema", "version %d", c.Schema)
	}
}

func (e *examination) leases(c warehouse.Condition) {
	if len(c.Leases) == 0 {
		e.ok("lease", "nobody holds one")
	}
	for _, l := range c.Leases {
		e.ok("lease", "%s is held by %s until %s", l.Name, l.Owner, l.Until.Format(time.RFC3339))
	}
}
