package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/go-sql-driver/mysql"
)

// Rehearse opens a warehouse in which everything can be done and nothing
// lasts: all of it happens in one transaction that is never committed and ends
// with Close. While it lasts its lease keeps other runs waiting, as any run
// does. Identifiers that the server counts up are used up.
func Rehearse(ctx context.Context, dsn string, now func() time.Time, wait time.Duration, access ...Access) (*Warehouse, error) {
	return open(ctx, dsn, now, wait, func(config *mysql.Config) (*sql.DB, error) {
		// Even if the server should end the transaction, as after a deadlock, no
		// statement commits itself.
		config.Params["autocommit"] = "0"
		connector, err := mysql.NewConnector(config)
		if err != nil {
			return nil, err
		}
		db := sql.OpenDB(&stage{Connector: connector})
		db.SetMaxOpenConns(1) // another connection would see nothing of it
		return db, nil
	}, access...)
}

// A stage is the one connection of a rehearsal.
type stage struct {
	driver.Connector
	taken atomic.Bool
}

// errStage says that the connection broke: with it went all that was done.
var errStage = errors.New("the connection of the dry run is lost, and with it what it had done; start it again")

func (s *stage) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := s.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	player, ok := conn.(player)
	if !ok {
		return nil, errors.Join(conn.Close(), fmt.Errorf("connections of %T cannot rehearse", conn))
	}
	if s.taken.Swap(true) {
		return nil, errors.Join(errStage, conn.Close())
	}
	return &scenes{player}, nil
}

// A player is what database/sql makes use of in a connection of MySQL's driver.
type player interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
}

// scenes are a connection whose transactions are savepoints.
type scenes struct{ player }

func (s *scenes) BeginTx(ctx context.Context, _ driver.TxOptions) (driver.Tx, error) {
	if _, err := s.ExecContext(ctx, query("rehearsal_begin"), nil); err != nil {
		return nil, err
	}
	return scene{s}, nil
}

type scene struct{ *scenes }

func (s scene) Commit() error   { return s.end("rehearsal_keep") }
func (s scene) Rollback() error { return s.end("rehearsal_undo") }

func (s scene) end(how string) error {
	_, err := s.ExecContext(context.Background(), query(how), nil)
	return err
}
