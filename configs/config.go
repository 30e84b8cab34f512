package configs

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/calendar"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// Config is the whole configuration of one panelwatch.
type Config struct {
	Settings
	Catalogue *panel.Catalogue
	Datasets  extract.Contracts // of every table
	Rules     alerts.Settings
	Calendar  *calendar.Calendar
	Hash      string // SHA-256 over all files, secrets are not among them
	// JudgeHash is the SHA-256 over what judgements depend on: rules, calendar
	// and catalogue.
	JudgeHash string
}

// Settings are the keys of panelwatch.yaml, explained there.
type Settings struct {
	Timezone   string     `yaml:"timezone"`
	Schedule   string     `yaml:"schedule"`
	Listen     string     `yaml:"listen"` // address of serve for /metrics and /healthz; empty: none
	Sources    []Source   `yaml:"sources"`
	Primary    Primary    `yaml:"primary"`
	Tabulate   Tabulate   `yaml:"tabulate"`
	Indicators Indicators `yaml:"indicators"`
	Quality    Quality    `yaml:"quality"`
	Archive    Archive    `yaml:"archive"`
	Slack      Slack      `yaml:"slack"`
	Lease      Lease      `yaml:"lease"`
	Remind     Remind     `yaml:"remind"`
	Retention  Retention  `yaml:"retention"`
}

// Primary says which source speaks for an app.
type Primary struct {
	Default string                 `yaml:"default"`
	Apps    map[panel.AppID]string `yaml:"apps"`
}

// Of is the source that speaks for app.
func (p Primary) Of(app panel.AppID) string {
	if s, ok := p.Apps[app]; ok {
		return s
	}
	return p.Default
}

// Sources lists every source that speaks for an app, sorted.
func (p Primary) Sources() []string {
	names := []string{p.Default}
	for _, s := range p.Apps {
		names = append(names, s)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Tabulate says what is counted of microdata.
type Tabulate struct {
	Dimensions []string         `yaml:"dimensions"`
	Pairs      [][2]panel.AppID `yaml:"pairs"`
}

// Indicators are the choices left open by the formulas.
type Indicators struct {
	CAGRSteps     int           `yaml:"cagr_steps"`
	TopN          int           `yaml:"top_n"`
	MinDevices    int           `yaml:"min_devices"`
	MinChange     int           `yaml:"min_change"`
	MinVendorWan  float64       `yaml:"min_vendor_wan"`
	RecordMonths  int           `yaml:"record_months"`
	BaseMonth     panel.Month   `yaml:"base_month"`     // of 为某月的倍数; without it 2020-01
	MinProminence float64       `yaml:"min_prominence"` // of a 小高峰, part of its own height
	Correlations  []Correlation `yaml:"correlations"`   // cities whose series are compared when a year closes
	Unusual       []Unusual     `yaml:"unusual"`        // months that weigh less in 季节指数
}

// Unusual are months that say little of a usual season, and their weight.
type Unusual struct {
	From   panel.Month `yaml:"from"`
	To     panel.Month `yaml:"to"`
	Weight float64     `yaml:"weight"`
}

// Correlation names two cities of an app.
type Correlation struct {
	App    panel.AppID `yaml:"app"`
	Cities [2]string   `yaml:"cities"`
}

// Slack says where and how alerts are told.
type Slack struct {
	Channel     string `yaml:"channel"`
	Language    string `yaml:"language"`
	DeliverFrom string `yaml:"deliver_from"`
	Folder      string `yaml:"folder"`
	Sending     `yaml:",inline"`

	Numerals alerts.Numerals `yaml:"numerals"` // wan (万, 亿) or million (M, B); empty: as the language has it
	Details  int             `yaml:"details"`  // findings of a digest that have a reply of their own; 0 for 20
	Routes   []alerts.Route  `yaml:"routes"`   // without them, everything goes to channel

	Buttons        bool      `yaml:"buttons"`         // under each finding; a serve with SLACK_APP_TOKEN hears them
	Reactions      Reactions `yaml:"reactions"`       // emoji on our messages that mean something
	ReactionMonths int       `yaml:"reaction_months"` // newest months told whose messages are looked at; 0 for 3
	MuteMonths     int       `yaml:"mute_months"`     // data months that a mute lasts; 0 for 3
}

// Lease says how runs keep out of each other's way.
type Lease struct {
	TTL  time.Duration `yaml:"ttl"`
	Wait time.Duration `yaml:"wait"`
}

// Load reads the configuration from folder, file by file, and takes the
// shipped file where the folder has none; folder "" is the shipped
// configuration. getenv fills ${NAME}.
func Load(folder string, getenv func(string) string) (*Config, error) {
	fsys := fs.FS(shipped)
	if folder != "" {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("configuration folder %s: not a folder", folder)
		}
		fsys = overlay{os.DirFS(folder), shipped}
	}
	c := &Config{}
	if err := decode(fsys, "panelwatch.yaml", &c.Settings); err != nil {
		return nil, err
	}
	if err := c.expand(getenv); err != nil {
		return nil, placed(fsys, "panelwatch.yaml", err)
	}
	c.Slack.fill()
	if err := c.checkPlaces(fsys); err != nil {
		return nil, err
	}
	var err error
	if c.Catalogue, err = Catalogue(fsys); err != nil {
		return nil, err
	}
	if c.Datasets, err = Datasets(fsys); err != nil {
		return nil, err
	}
	if c.Rules, err = Rules(fsys); err != nil {
		return nil, err
	}
	if err := c.Rules.Validate(c.Catalogue); err != nil {
		return nil, placed(fsys, "rules.yaml", err)
	}
	if err := checkIdentities(c.Rules); err != nil {
		return nil, placed(fsys, "rules.yaml", err)
	}
	tables, err := fs.Sub(fsys, "calendar")
	if err != nil {
		return nil, err
	}
	if c.Calendar, err = calendar.Load(tables); err != nil {
		return nil, fmt.Errorf("calendar: %w", err)
	}
	if err := checkProfiles(c); err != nil {
		return nil, placed(fsys, "apps.yaml", err)
	}
	if c.JudgeHash, err = hash(fsys, judging...); err != nil {
		return nil, err
	}
	if c.Hash, err = hash(fsys, append(append([]string{"panelwatch.yaml"}, judging...), datasetFiles()...)...); err != nil {
		return nil, err
	}
	if err := c.checkRoutes(fsys); err != nil {
		return nil, err
	}
	if err := c.checkReactions(fsys); err != nil {
		return nil, err
	}
	return c, placed(fsys, "panelwatch.yaml", c.check())
}

// overlay opens a file in the first file system that has it.
type overlay []fs.FS

func (o overlay) Open(name string) (fs.File, error) {
	for _, fsys := range o[:len(o)-1] {
		f, err := fsys.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return o[len(o)-1].Open(name)
}

var judging = []string{"apps.yaml", "rules.yaml", "calendar/days_off.csv", "calendar/lunar.csv", "calendar/windows.csv", "calendar/unusual.csv"}

func hash(fsys fs.FS, names ...string) (string, error) {
	h := sha256.New()
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n", name, len(data))
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

var reference = regexp.MustCompile(`\$\{([A-Z0-9_]+)(:-([^}]*))?\}`)

// expand fills ${NAME} in the values that may differ between machines.
func (c *Config) expand(getenv func(string) string) (err error) {
	values := []*string{&c.Slack.Channel, &c.Slack.Fallback, &c.Slack.Folder, &c.Slack.DeliverFrom, &c.Slack.Language, &c.Timezone, &c.Schedule, &c.Listen, &c.Remind.Schedule}
	values = append(values, c.Archive.perMachine()...)
	for i := range c.Slack.Routes {
		values = append(values, &c.Slack.Routes[i].Channel, &c.Slack.Routes[i].Fallback)
	}
	for i := range c.Sources {
		keys := c.Sources[i].keys()
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			values = append(values, keys[key])
		}
	}
	for _, v := range values {
		*v = reference.ReplaceAllStringFunc(*v, func(ref string) string {
			part := reference.FindStringSubmatch(ref)
			value := getenv(part[1])
			if value == "" && part[2] == "" {
				err = errors.Join(err, fmt.Errorf("%q is not set in the environment, and there is no default as in ${%s:-default}", part[1], part[1]))
			}
			if value == "" {
				value = part[3]
			}
			return value
		})
		if left := strings.Index(*v, "${"); left >= 0 && err == nil {
			err = fmt.Errorf("%q is no reference: want ${NAME} or ${NAME:-default}, in capital letters, digits and _", *v)
		}
	}
	return err
}
