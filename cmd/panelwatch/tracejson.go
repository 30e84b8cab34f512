package main

import (
	"encoding/json"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

// A tracedNumber is a trace as JSON; fields are only ever added.
type tracedNumber struct {
	ID          string           `json:"id"`
	Source      string           `json:"source"`
	Month       panel.Month      `json:"month"`
	Publication int64            `json:"publication"`
	Edition     string           `json:"edition"`
	Indicator   string           `json:"indicator"`
	App         panel.AppID      `json:"app"`
	Dimension   string           `json:"dimension"`
	Member      string           `json:"member"`
	Unit        string           `json:"unit"`
	Formula     string           `json:"formula"`
	Value       *float64         `json:"value"`
	SE          *float64         `json:"se"`
	Basis       panel.Basis      `json:"basis"`
	Flags       []indicator.Flag `json:"flags"`
	Devices     int              `json:"n_devices"`
	Replicates  []float64        `json:"replicates,omitempty"`
	Inputs      []tracedInput    `json:"inputs"`
	Deliveries  []tracedDelivery `json:"deliveries"`
	Again       *float64         `json:"again"`
	Equal       bool             `json:"equal"`
}

type tracedInput struct {
	Month     panel.Month `json:"month"`
	App       panel.AppID `json:"app"`
	Dimension string      `json:"dimension"`
	Member    string      `json:"member"`
	Value     float64     `json:"value"`
	Constant  bool        `json:"control_total"`
}

type tracedDelivery struct {
	Month    panel.Month            `json:"month"`
	Revision int                    `json:"revision"`
	Identity string                 `json:"identity"`
	Files    []warehouse.TracedFile `json:"files"`
	Lines    []tracedLine           `json:"lines"`
}

type tracedLine struct {
	File    string  `json:"file"`
	Line    int     `json:"line"`
	Measure string  `json:"measure"`
	Value   float64 `json:"value"`
}

func (w *world) traceJSON(x jobs.Trace) error {
	r, e := x.Row, x.Edition
	n := tracedNumber{
		ID: x.ID, Source: e.Source, Month: e.Month(), Publication: e.PublicationID, Edition: jobs.EditionOf(e),
		Indicator: r.Indicator, App: r.App, Dimension: r.Segment.Dimension, Member: r.Segment.Member,
		Unit: x.Definition.Unit, Formula: x.Definition.Formula, Value: known(r.Value), SE: known(r.SE), Basis: r.Basis,
		Flags: append([]indicator.Flag{}, r.Flags...), Devices: r.N, Inputs: []tracedInput{}, Again: known(x.Again), Equal: x.Equal,
	}
	if x.From != nil {
		for _, q := range x.From.Inputs {
			n.Inputs = append(n.Inputs, tracedInput{q.Month, q.Key.App, q.Key.Segment.Dimension, q.Key.Segment.Member, q.Value(), q.Constant})
		}
		if x.From.Replicated {
			n.Replicates = x.From.Estimate[1:]
		}
	}
	for _, m := range x.Months {
		d := tracedDelivery{m.Issue.Month(), m.Issue.Revision, m.Issue.Identity, m.Files, []tracedLine{}}
		for _, l := range m.Lines {
			d.Lines = append(d.Lines, tracedLine(l))
		}
		n.Deliveries = append(n.Deliveries, d)
	}
	out := json.NewEncoder(w.stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(n)
}
