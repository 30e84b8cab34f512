package main

import "panelwatch/etl/indicator/definitions"

type dictionaryCommand struct {
	Format string `help:"markdown or csv." enum:"markdown,csv" default:"markdown"`
}

func (c *dictionaryCommand) Run(w *world) error {
	if c.Format == "csv" {
		return definitions.CSV(w.stdout, definitions.All())
	}
	return definitions.Markdown(w.stdout, definitions.All())
}
