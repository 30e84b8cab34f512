package main

import (
	"panelwatch/etl/indicator/definitions"
	"panelwatch/sql/dictionary"
)

type dictionaryCommand struct {
	Of     string `help:"indicators, or views with their columns." enum:"indicators,views" default:"indicators"`
	Format string `help:"markdown or csv." enum:"markdown,csv" default:"markdown"`
}

func (c *dictionaryCommand) Run(w *world) error {
	switch c.Of + " " + c.Format {
	case "views csv":
		return dictionary.CSV(w.stdout, dictionary.All())
	case "views markdown":
		return dictionary.Markdown(w.stdout, dictionary.All())
	case "indicators csv":
		return definitions.CSV(w.stdout, definitions.All())
	}
	return definitions.Markdown(w.stdout, definitions.All())
}
