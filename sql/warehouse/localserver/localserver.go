// Package localserver starts, finds and stops a private MariaDB server that
// lives in one folder: for the demonstration, for tests, and for a newcomer
// who has no database at hand. It needs no root, no systemd and no
// configuration, and it leaves every other server of the host alone.
//
// It knows processes and files only: it must not import the warehouse or
// anything of the trade.
package localserver

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/go-sql-driver/mysql"
)

// Package names the Debian and Ubuntu package that holds the server.
const Package = "mariadb-server"

// User is the account for connections over TCP; its password is in the file
// "password" of the server's folder. Over the socket the account is root,
// without a password: the folder belongs to its owner alone.
const User = "panelwatch"

const (
	startTimeout = 60 * time.Second
	stopTimeout  = 30 * time.Second
	pollInterval = 50 * time.Millisecond
)

// Options say how a server is started. The zero value is a server that is
// reached through its socket and ends with the process that started it.
type Options struct {
	// Database is created when it is missing. None when empty.
	Database string
	// Port is the loopback TCP port to listen on beside the socket, for
	// clients that know no sockets; AnyPort takes a free one. Zero means no
	// TCP, unless the folder's path is too long for a socket.
	Port int
	// Outlive leaves the server running when this process ends. Otherwise,
	// on Linux, the server shuts down in good order even when this process
	// is killed; elsewhere it takes Stop or Close.
	Outlive bool
	// Cache is a folder to keep an empty data folder in, one per server
	// version, so that the next new server is up sooner. None when empty.
	Cache string
	// Args are further options of mariadbd, such as "--general-log=1".
	Args []string
}

// AnyPort asks for a free port of the loopback interface.
const AnyPort = -1

// A Server is a running MariaDB.
type Server struct {
	Dir    string // the server's folder, absolute
	Socket string // path of the socket; empty when there is none
	Port   int    // loopback TCP port; 0 when there is none
	PID    int
	// Found tells that the server was running already and is not this
	// Server's own.
	Found bool

	password string
	exited   chan struct{} // closed when our own child has ended; nil when found
}

// Start returns the server of folder dir. One that is running already is
// returned as it is, with Found set, whatever opt says of ports; otherwise the
// data folder is initialised if it is new and a server is started on it. Two
// processes that start the same folder at once get the same server.
func Start(ctx context.Context, dir string, opt Options) (*Server, error) {
	dir, err := ownFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("folder for MariaDB: %w", err)
	}
	unlock, err := lock(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer unlock()
	s, err := running(ctx, dir)
	if err != nil {
		return nil, err
	}
	if s == nil {
		if s, err = launch(ctx, dir, opt); err != nil {
			return nil, err
		}
	}
	if err := s.createDatabase(ctx, opt.Database); err != nil {
		return nil, fmt.Errorf("create database %q: %w", opt.Database, errors.Join(err, s.Close()))
	}
	return s, nil
}

// Find returns the server that runs on folder dir, or nil when none does.
func Find(ctx context.Context, dir string) (*Server, error) {
	dir, err := resolve(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return running(ctx, dir)
}

// DSN is the address of a database for github.com/go-sql-driver/mysql. It
// carries account and address only; settings of the session are the caller's.
func (s *Server) DSN(database string) string {
	c := mysql.NewConfig()
	c.DBName = database
	if s.Socket != "" {
		c.User, c.Net, c.Addr = "root", "unix", s.Socket
	} else {
		c.User, c.Passwd, c.Net, c.Addr = User, s.password, "tcp", s.address()
	}
	return c.FormatDSN()
}

// Command is the shell command that opens the database in the mariadb client.
// It holds no password: over TCP the client asks for the one in the folder.
func (s *Server) Command(database string) string {
	if s.Socket != "" {
		return fmt.Sprintf("mariadb --no-defaults --default-character-set=utf8mb4 --user=root --socket='%s' %s", s.Socket, database)
	}
	return fmt.Sprintf("mariadb --no-defaults --default-character-set=utf8mb4 --user=%s --password=\"$(cat '%s')\" --protocol=tcp --host=127.0.0.1 --port=%d %s",
		User, filepath.Join(s.Dir, "password"), s.Port, database)
}

func (s *Server) address() string { return "127.0.0.1:" + strconv.Itoa(s.Port) }

// ownFolder makes the folder, closed to others since its socket takes root
// without a password, and returns its path without symbolic links.
func ownFolder(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	dir, err := resolve(dir)
	if err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return "", err
	}
	return dir, os.MkdirAll(filepath.Join(dir, "tmp"), 0o700)
}

func resolve(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(dir)
}
