package warehouse

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"panelwatch/etl/panel"
)

// parameters are those that a DSN may have: ways to reach the server, and
// settings of the session that change no result. What reads local files, takes
// several statements at once or sends a password in the clear is not among them.
var parameters = []string{
	"tls", "timeout", "readTimeout", "writeTimeout", "maxAllowedPacket", "compress", "rejectReadOnly",
	"allowNativePasswords", "checkConnLiveness", "connectionAttributes",
	"max_statement_time", "max_execution_time", "wait_timeout", "net_read_timeout", "net_write_timeout",
	"lock_wait_timeout", "innodb_lock_wait_timeout",
	// Set by the program whatever they say, as people copy them from elsewhere.
	"charset", "collation", "parseTime", "loc", "timeTruncate", "interpolateParams", "clientFoundRows", "time_zone", "sql_mode",
}

const unreadable = "the DSN cannot be read; want user:password@tcp(host:3306)/database or user@unix(/path/to.sock)/database"

// settings reads a DSN and sets what the statements rely on. interpolateParams
// saves a round trip; it is safe because the connection speaks utf8mb4, in
// which no character ends in a quote or a backslash.
func settings(dsn string, access ...Access) (*mysql.Config, error) {
	if err := checkParameters(dsn); err != nil {
		return nil, err
	}
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, &ConfigError{unreadable}
	}
	config.ParseTime = true
	config.Loc = time.UTC
	config.InterpolateParams = true
	config.MultiStatements = false
	config.AllowAllFiles = false
	config.ClientFoundRows = false
	if config.Timeout == 0 {
		config.Timeout = 10 * time.Second
	}
	config.Logger = &mysql.NopLogger{} // what goes wrong comes as an error, to be told in one form
	if config.Params == nil {
		config.Params = map[string]string{}
	}
	config.Params["time_zone"] = "'+00:00'"
	if config.Params["wait_timeout"] == "" {
		config.Params["wait_timeout"] = silence
	}
	config.Params["sql_mode"] = "'" + sqlMode + "'"
	if err := secure(config, access...); err != nil {
		return nil, err
	}
	if err := rotating(config, access...); err != nil {
		return nil, err
	}
	return config, config.Apply(mysql.Charset("utf8mb4", "utf8mb4_bin"), mysql.TimeTruncate(time.Microsecond))
}

// checkParameters refuses what a DSN must not ask for. Values are not told:
// one may be a password that was put into the wrong place.
func checkParameters(dsn string) error {
	_, text, has := strings.Cut(dsn[strings.LastIndexByte(dsn, '/')+1:], "?")
	if !has {
		return nil
	}
	values, err := url.ParseQuery(text)
	if err != nil {
		return &ConfigError{"the DSN's parameters cannot be read; want ?name=value&name=value, escaped as in a URL"}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains(parameters, name) || strings.HasPrefix(name, "tidb_") || values.Get(name) == "false" {
			continue
		}
		return &ConfigError{fmt.Sprintf("the DSN's parameter %q is not allowed%s: take it out; allowed are %s",
			name, panel.DidYouMean(name, parameters), strings.Join(parameters, ", "))}
	}
	return nil
}

// Password is the password within a DSN, "" if there is none: for whoever has
// to keep it out of what is shown.
func Password(dsn string) string {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return ""
	}
	return config.Passwd
}
