package panel

import (
	"fmt"
	"slices"
)

// An App is one entry of the catalogue.
type App struct {
	ID       AppID    `yaml:"id"`
	Name     string   `yaml:"name"` // as shown
	NameEn   string   `yaml:"name_en"`
	Aliases  []string `yaml:"aliases,omitempty"` // other names that deliveries use
	Renames  []Tenure `yaml:"renames,omitempty"` // names that it had, or has, in some months only
	Category string   `yaml:"category"`
	Region   string   `yaml:"region,omitempty"` // as the report prints it: 四川-成都
	Profile  string   `yaml:"profile"`          // which calendar moves it: rail, tax, utility, road, gov, bank, none
}

// A Tenure is a name for a time: a name may go from one app to another.
type Tenure struct {
	Name string `yaml:"name"`
	From Month  `yaml:"from,omitempty"` // first month, 0 for always before
	To   Month  `yaml:"to,omitempty"`   // last month, 0 for always after
}

// In says whether the name is good in a month.
func (t Tenure) In(m Month) bool { return m >= t.From && (t.To == 0 || m <= t.To) }

// meets says whether two tenures share a month.
func (t Tenure) meets(o Tenure) bool {
	return (t.To == 0 || o.From <= t.To) && (o.To == 0 || t.From <= o.To)
}

// A ListOf is a named list of apps that are ranked against each other.
type ListOf struct {
	Name   string  `yaml:"name"`
	NameEn string  `yaml:"name_en"`
	Size   int     `yaml:"size"` // how many are shown and counted as in the list
	Apps   []AppID `yaml:"apps"`
}

// A Catalogue is the list of apps, of their ranked lists, and of the members
// every dimension may have.
type Catalogue struct {
	Version       string                       `yaml:"version"`
	Apps          []App                        `yaml:"apps"`
	Lists         []ListOf                     `yaml:"lists"`
	Dimensions    map[string][]string          `yaml:"dimensions"`
	MemberAliases map[string]map[string]string `yaml:"member_aliases"`
	NamesEn       map[string]string            `yaml:"names_en,omitempty"` // of members and places, for readers of English

	byID   map[AppID]int
	byName map[string][]held
	member map[Segment]bool
}

// Index checks the catalogue and makes it ready for look-ups.
func (c *Catalogue) Index() error {
	c.byID, c.byName, c.member = map[AppID]int{}, map[string][]held{}, map[Segment]bool{}
	for i, a := range c.Apps {
		if _, twice := c.byID[a.ID]; twice || a.ID == "" || a.ID == AllNetwork {
			return fmt.Errorf("app %d: id %q is empty, reserved or used twice", i+1, a.ID)
		}
		c.byID[a.ID] = i
		for _, t := range a.tenures() {
			if err := c.name(a.ID, t); err != nil {
				return err
			}
		}
	}
	for _, l := range c.Lists {
		for _, id := range l.Apps {
			if _, ok := c.byID[id]; !ok {
				return fmt.Errorf("list %s: no app %q", l.Name, id)
			}
		}
	}
	for name, english := range c.NamesEn {
		if name == "" || english == "" {
			return fmt.Errorf("names_en: %q: %q: both are needed", name, english)
		}
	}
	for dimension, members := range c.Dimensions {
		for _, m := range append([]string{Unknown}, members...) {
			c.member[Segment{dimension, m}] = true
		}
	}
	return nil
}

// held is a name in the hands of an app.
type held struct {
	Tenure
	id AppID
}

// tenures are all names of the app, those without limits first.
func (a App) tenures() []Tenure {
	names := []Tenure{{Name: a.Name}}
	for _, alias := range a.Aliases {
		names = append(names, Tenure{Name: alias})
	}
	return append(names, a.Renames...)
}

// name gives a name to an app, unless another app has it in one of the months.
func (c *Catalogue) name(id AppID, t Tenure) error {
	if t.Name == "" || t.To != 0 && t.From > t.To {
		return fmt.Errorf("app %s: name %q is empty, or ends in %s before it begins in %s", id, t.Name, t.To, t.From)
	}
	for _, other := range c.byName[t.Name] {
		if other.meets(t) {
			return fmt.Errorf("app %s: name %q already names %s in those months", id, t.Name, other.id)
		}
	}
	c.byName[t.Name] = append(c.byName[t.Name], held{t, id})
	return nil
}

// App returns the entry of an id.
func (c *Catalogue) App(id AppID) (App, bool) {
	i, ok := c.byID[id]
	if !ok {
		return App{}, false
	}
	return c.Apps[i], true
}

// Named returns the id of an app by the name, or alias, that it has in month m.
func (c *Catalogue) Named(name string, m Month) (AppID, bool) {
	for _, h := range c.byName[name] {
		if h.In(m) {
			return h.id, true
		}
	}
	return "", false
}

// A Naming says whose a name is, and when.
type Naming struct {
	Tenure
	App AppID
}

// Namings are all names, in order of name and first month.
func (c *Catalogue) Namings() (all []Naming) {
	for _, name := range c.Names() {
		of := slices.SortedFunc(slices.Values(c.byName[name]), func(a, b held) int { return int(a.From - b.From) })
		for _, h := range of {
			all = append(all, Naming{h.Tenure, h.id})
		}
	}
	return all
}

// Member returns the segment that a delivered member means; an empty member
// is Unknown. ok is false for a member that the dimension does not have.
func (c *Catalogue) Member(dimension, member string) (s Segment, ok bool) {
	if member == "" {
		member = Unknown
	}
	if proper, aliased := c.MemberAliases[dimension][member]; aliased {
		member = proper
	}
	s = Segment{dimension, member}
	return s, c.member[s]
}

// Names returns every app name, sorted, for the did-you-mean of errors.
func (c *Catalogue) Names() []string {
	names := make([]string, 0, len(c.byName))
	for n := range c.byName {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
