package slack

import (
	"encoding/json"
	"io"

	"panelwatch/alerts"
)

// Preview shows a message and what it carries as a terminal would, without
// sending it.
func Preview(out io.Writer, m alerts.Message, color bool) error {
	if err := render(out, m, color); err != nil {
		return err
	}
	if len(m.PNG) > 0 {
		if err := renderChart(out, chartName(m), m.Alt, color); err != nil {
			return err
		}
	}
	if m.File.Name != "" {
		return renderChart(out, m.File.Name, "", color)
	}
	return nil
}

// A Payload is a message as chat.postMessage would get it, with the names of
// the files that follow into its thread.
type Payload struct {
	stored
	Thread bool   `json:"in_thread,omitempty"` // of the digest, whose timestamp is not known yet
	Files  []File `json:"files,omitempty"`
}

// A File is what would be uploaded into a thread.
type File struct {
	Name string `json:"filename"`
	Alt  string `json:"alt_txt,omitempty"`
	Size int    `json:"length"`
	Data []byte `json:"-"`
}

// PayloadOf is what would be sent for a message.
func PayloadOf(m alerts.Message) Payload {
	p := Payload{stored: storedOf(m), Thread: m.Threaded()}
	if len(m.PNG) > 0 {
		p.Files = append(p.Files, File{chartName(m), m.Alt, len(m.PNG), m.PNG})
	}
	if m.File.Name != "" {
		p.Files = append(p.Files, File{m.File.Name, "", len(m.File.Data), m.File.Data})
	}
	return p
}

// WritePayloads writes what would be sent, as a JSON array that people can
// read too.
func WritePayloads(out io.Writer, messages []alerts.Message) error {
	payloads := []Payload{}
	for _, m := range messages {
		payloads = append(payloads, PayloadOf(m))
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(payloads)
}
