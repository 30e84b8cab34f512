package localserver

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

// maxSocketPath is the longest path that fits into sockaddr_un on Linux; the
// server refuses to start with a longer one.
const maxSocketPath = 107

// endpoint is what the folder remembers of its server beside the pid.
type endpoint struct {
	Socket string `json:"socket,omitempty"`
	Port   int    `json:"port,omitempty"`
}

// newEndpoint decides how the server is reached and writes it into the folder,
// with the accounts that the server shall have.
func newEndpoint(dir string, port int) (*Server, error) {
	s := &Server{Dir: dir, Socket: filepath.Join(dir, "sock"), Port: port}
	if len(s.Socket) > maxSocketPath {
		s.Socket = ""
	}
	var err error
	if port == AnyPort || port == 0 && s.Socket == "" {
		if s.Port, err = freePort(); err != nil {
			return nil, fmt.Errorf("find a port for MariaDB: %w", err)
		}
	}
	if s.password, err = password(dir); err != nil {
		return nil, fmt.Errorf("password for MariaDB: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "accounts.sql"), []byte(accounts(s.password)), 0o600); err != nil {
		return nil, err
	}
	text, err := json.Marshal(endpoint{s.Socket, s.Port})
	if err != nil {
		return nil, err
	}
	return s, os.WriteFile(filepath.Join(dir, "endpoint.json"), text, 0o600)
}

// readEndpoint reads what newEndpoint wrote.
func readEndpoint(dir string) (*Server, error) {
	name := filepath.Join(dir, "endpoint.json")
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var e endpoint
	if err := json.Unmarshal(text, &e); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	secret, err := password(dir)
	if err != nil {
		return nil, err
	}
	return &Server{Dir: dir, Socket: e.Socket, Port: e.Port, password: secret}, nil
}

// socketArgument is the path to give to the server: a server has a socket
// even where nobody can name it in full, and there a relative path will do.
func (s *Server) socketArgument() string {
	if s.Socket == "" {
		return "sock"
	}
	return s.Socket
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// password reads the folder's password, or makes one that nobody has chosen.
func password(dir string) (string, error) {
	name := filepath.Join(dir, "password")
	text, err := os.ReadFile(name)
	if err == nil && len(text) > 0 {
		return strings.TrimSpace(string(text)), nil
	}
	if err != nil && !os.IsNotExist(err) {
		return "", err
	}
	secret := rand.Text()
	return secret, os.WriteFile(name, []byte(secret+"\n"), 0o600)
}

// accounts is the SQL that the server runs before it takes connections. A new
// data folder lets root in over TCP without a password; this ends that.
func accounts(password string) string {
	return strings.Join([]string{
		"DROP USER IF EXISTS 'root'@'127.0.0.1', 'root'@'::1';",
		fmt.Sprintf("CREATE USER IF NOT EXISTS '%s'@'127.0.0.1';", User),
		fmt.Sprintf("ALTER USER '%s'@'127.0.0.1' IDENTIFIED BY '%s';", User, password),
		fmt.Sprintf("GRANT ALL PRIVILEGES ON *.* TO '%s'@'127.0.0.1' WITH GRANT OPTION;", User),
	}, "\n") + "\n"
}

var errExited = errors.New("MariaDB ended before it was ready")

// waitReady returns when the server answers, has ended, or takes too long.
func (s *Server) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	db, err := s.open("")
	if err != nil {
		return err
	}
	defer db.Close()
	for {
		err := db.PingContext(ctx)
		switch {
		case err == nil:
			return nil
		case s.gone():
			return fmt.Errorf("%w%s", errExited, tail(s.Dir))
		case refused(err):
			return fmt.Errorf("MariaDB in %s does not take its own account: %w", s.Dir, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("MariaDB in %s is not ready: %w%s", s.Dir, ctx.Err(), tail(s.Dir))
		case <-time.After(pollInterval):
		}
	}
}

// refused tells whether the server answered and did not let us in.
func refused(err error) bool {
	const accessDenied = 1045
	var answer *mysql.MySQLError
	return errors.As(err, &answer) && answer.Number == accessDenied
}

func (s *Server) open(database string) (*sql.DB, error) {
	config, err := mysql.ParseDSN(s.DSN(database))
	if err != nil {
		return nil, err
	}
	config.Logger = &mysql.NopLogger{} // refused connections are expected here
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

var databaseName = regexp.MustCompile(`^[A-Za-z0-9_]{1,64}$`)

func (s *Server) createDatabase(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	if !databaseName.MatchString(name) {
		return errors.New("a name has letters, digits and _ only, at most 64")
	}
	db, err := s.open("")
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "CREATE DATABASE IF NOT EXISTS `"+name+"` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
	return err
}

// tail is the end of the server's log, to be put behind an error.
func tail(dir string) string {
	const lines = 15
	name := filepath.Join(dir, "err.log")
	text, err := os.ReadFile(name)
	if err != nil || len(text) == 0 {
		return ""
	}
	all := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return fmt.Sprintf("; %s ends with:\n%s", name, bytes.Join(all[max(0, len(all)-lines):], []byte("\n")))
}
