// Command panelwatch runs the monthly panel: it ingests what was delivered,
// recomputes the indicators, judges them and tells the channel. This package
// only wires: flags, environment, clock and signals in; exit codes out.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // Asia/Shanghai loads on images without zone files

	"github.com/alecthomas/kong"
)

var version = "dev" // set by the linker

func main() {
	os.Exit(run(os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run is main without the process: what the tests call.
func run(args []string, getenv func(string) string, stdout, stderr io.Writer) (code int) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	w := &world{ctx: ctx, getenv: getenv, stdout: stdout, stderr: stderr}
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(stderr, "panelwatch: a bug: %v\n%s", r, debug.Stack())
			code = exitBug
			w.lastWords(code, fmt.Errorf("a bug: %v", r), terminationLog)
		}
	}()
	var c commands
	chosen, err := parse(&c, args, w)
	if errors.Is(err, errHelp) {
		return exitDone
	}
	if err == nil {
		w.globals = c.globals
		err = chosen.Run(w)
	}
	return w.exit(err)
}

var errHelp = errors.New("help was shown")

// parse reads the command line. Help is an outcome like another: kong must not
// end the process.
func parse(c *commands, args []string, w *world) (chosen *kong.Context, err error) {
	defer func() {
		if r := recover(); r == errHelp {
			err = errHelp
		} else if r != nil {
			panic(r)
		}
	}()
	parser, err := kong.New(c,
		kong.Name("panelwatch"),
		kong.Description("Monthly panel indicators of public-service apps: ingest, recompute, judge, tell."),
		kong.UsageOnError(),
		kong.Writers(w.stdout, w.stderr),
		kong.Exit(func(int) { panic(errHelp) }),
	)
	if err != nil {
		return nil, err
	}
	return parser.Parse(args)
}

type globals struct {
	Config      string        `help:"Folder with your panelwatch.yaml, apps.yaml, rules.yaml, calendar/; files it lacks are the shipped ones." type:"path" env:"PANELWATCH_CONFIG" placeholder:"DIR"`
	DSN         string        `help:"Warehouse, in go-sql-driver notation without password; better: PANELWATCH_DSN or PANELWATCH_DSN_FILE." placeholder:"DSN"`
	LogFormat   string        `help:"text or json." enum:"text,json" default:"text" env:"LOG_FORMAT"`
	LogLevel    string        `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"LOG_LEVEL"`
	ConnectWait time.Duration `help:"How long to wait for the warehouse to come up." default:"30s" env:"PANELWATCH_CONNECT_WAIT"`
	NoColor     bool          `help:"No colours and no progress line." env:"NO_COLOR"`
}

type commands struct {
	globals

	Run        runCommand        `cmd:"" help:"Ingest, recompute, judge and deliver everything that is due, once."`
	Deliver    deliverCommand    `cmd:"" help:"Send what is due in the outbox, and ingest nothing."`
	Remind     remindCommand     `cmd:"" help:"Announce calendar windows that open soon, late deliveries, a calendar that ends: each once."`
	Serve      serveCommand      `cmd:"" help:"The same on a schedule, until stopped."`
	Status     statusCommand     `cmd:"" help:"Newest month of each source, what is due or refused and why, apps that are not in the catalogue."`
	Watch      watchCommand      `cmd:"" help:"How old the data of every source are, and what is overdue; told to the channel once."`
	Runs       runsCommand       `cmd:"" help:"What runs did, how long each stage took and how they ended."`
	Diff       diffCommand       `cmd:"" help:"What moved between two publications of a month, by how much, and whether beyond its error."`
	Trace      traceCommand      `cmd:"" help:"From a published number to the bytes it came from, and back: exit code 70 when they give another."`
	Report     reportCommand     `cmd:"" help:"The month's report of what is in force: a page, a workbook and CSV files."`
	Expect     expectCommand     `cmd:"" help:"Judge the newest month of each series of a CSV file; needs no database."`
	Alerts     alertsCommand     `cmd:"" help:"What was found in each month, and what the rules say of the past."`
	Rejects    rejectsCommand    `cmd:"" help:"Rows that were held back: list them, export them, read them again."`
	Archive    archiveCommand    `cmd:"" help:"The bytes of deliveries: write them back as they came."`
	Tabulate   tabulateCommand   `cmd:"" help:"Print a microdata delivery's estimates; needs no database."`
	Sample     sampleCommand     `cmd:"" help:"Write a synthetic, labelled history that honours the published figures."`
	Demo       demoCommand       `cmd:"" help:"Private MariaDB, sample and the whole job, in one folder."`
	Warehouse  warehouseCommand  `cmd:"" help:"Run the demo's private MariaDB in the foreground, to query it."`
	Migrate    migrateCommand    `cmd:"" help:"Bring the warehouse's schema up to date, or list its migrations."`
	Settings   settingsCommand   `cmd:"" name:"config" help:"Check the configuration."`
	Doctor     doctorCommand     `cmd:"" help:"Look at everything a run depends on; each line says what to do. Writes no message and publishes nothing."`
	Prune      pruneCommand      `cmd:"" help:"Remove what nothing needs any more, by the section retention of panelwatch.yaml."`
	Dictionary dictionaryCommand `cmd:"" help:"What every indicator, or every view and column, means; in Chinese and English."`
	Version    versionCommand    `cmd:"" help:"Print the version."`
}
