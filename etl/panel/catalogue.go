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
	Category string   `yaml:"category"`
	Region   string   `yaml:"region,omitempty"` // as the report prints it: 四川-成都
	Profile  string   `yaml:"profile"`          // which calendar moves it: rail, tax, utility, road, gov, bank, none
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

	byID   map[AppID]int
	byName map[string]AppID
	member map[Segment]bool
}

// Index checks the catalogue and makes it ready for look-ups.
func (c *Catalogue) Index() error {
	c.byID, c.byName, c.member = map[AppID]int{}, map[string]AppID{}, map[Segment]bool{}
	for i, a := range c.Apps {
		if _, twice := c.byID[a.ID]; twice || a.ID == "" || a.ID == AllNetwork {
			return fmt.Errorf("app %d: id %q is empty, reserved or used twice", i+1, a.ID)
		}
		c.byID[a.ID] = i
		for _, name := range append([]string{a.Name}, a.Aliases...) {
			if other, taken := c.byName[name]; taken || name == "" {
				return fmt.Errorf("app %s: name %q is empty or already names %s", a.ID, name, other)
			}
			c.byName[name] = a.ID
		}
	}
	for _, l := range c.Lists {
		for _, id := range l.Apps {
			if _, ok := c.byID[id]; !ok {
				return fmt.Errorf("list %s: no app %q", l.Name, id)
			}
		}
	}
	for dimension, members := range c.Dimensions {
		for _, m := range append([]string{Unknown}, members...) {
			c.member[Segment{dimension, m}] = true
		}
	}
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

// Named returns the id of an app by its name or an alias of it.
func (c *Catalogue) Named(name string) (AppID, bool) {
	id, ok := c.byName[name]
	return id, ok
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
