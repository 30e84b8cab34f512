package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
	"panelwatch/sql/warehouse/localserver"
)

type sampleCommand struct {
	Dir  string `arg:"" help:"Folder to write to; must not exist or be empty." type:"path"`
	Seed uint64 `help:"Same seed, same bytes." default:"1"`

	From        panel.Month `help:"First month." default:"2020-01"`
	To          panel.Month `help:"Last month." default:"2023-12"`
	MicroMonths int         `help:"How many of the last months come as microdata too." default:"3"`
}

func (c *sampleCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	o := sample.Options{Seed: c.Seed, From: c.From, To: c.To, MicroMonths: c.MicroMonths}
	if c.MicroMonths == 0 {
		o.MicroMonths = -1 // the package takes 0 for its default
	}
	if err := sample.Write(c.Dir, config.Catalogue, o); err != nil {
		return fmt.Errorf("write sample: %w", err)
	}
	_, err = fmt.Fprintln(w.stdout, "sample written to", c.Dir)
	return err
}

type warehouseCommand struct {
	Dir  string `help:"Folder of the demo." default:".demo" type:"path"`
	Port int    `help:"Also listen on this loopback port, for a client or BI tool."`
}

// Run keeps the demo's server up until it is interrupted.
func (c *warehouseCommand) Run(w *world) error {
	demo := demoCommand{Dir: c.Dir}
	server, err := localserver.Start(w.ctx, demo.server(), localserver.Options{Database: database, Port: c.Port})
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	address := filepath.Join(c.Dir, "dsn") // a file: it may hold a password
	if err := os.WriteFile(address, []byte(server.DSN(database)+"\n"), 0o600); err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, `the warehouse is up; open it with
  %s
for instance
  SELECT * FROM v_top_list WHERE month_start = '2023-12-01';
for report, diff and trace, in another shell
  export PANELWATCH_DSN_FILE='%s' PANELWATCH_ARCHIVE='%s' PANELWATCH_INBOX='%s'
Ctrl-C stops it
`, server.Command(database), address, filepath.Join(c.Dir, "archive"), filepath.Join(c.Dir, "inbox"))
	<-w.ctx.Done()
	return nil
}

// writeWhole writes a file that appears when it is complete, or not at all.
func writeWhole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".part-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone once it is renamed
	if err := errors.Join(f.Chmod(0o644), write(f), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
