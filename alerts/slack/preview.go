package slack

import (
	"encoding/json"
	"io"

	"panelwatch/alerts"
)

// Preview shows a message, and names what would be uploaded with it, as a
// terminal would, without sending it.
func Preview(out io.Writer, m alerts.Message, color bool) error {
	if err := render(out, m, color); err != nil {
		return err
	}
	for _, f := range filesOf(m) {
		if err := renderChart(out, f.Name, f.Alt, color); err != nil {
			return err
		}
	}
	return nil
}

// A Payload is a message as chat.postMessage would get it, with what would be
// uploaded into its thread afterwards.
type Payload struct {
	stored
	Thread bool     `json:"in_thread,omitempty"` // of the digest, whose timestamp is not known yet
	Files  []Upload `json:"files,omitempty"`
}

// An Upload is a file of a thread.
type Upload struct {
	Name string `json:"filename"`
	Alt  string `json:"alt_txt,omitempty"`
	Size int    `json:"length"`
	Data []byte `json:"-"`
}

// PayloadOf is what would be sent for a message.
func PayloadOf(m alerts.Message) Payload {
	p := Payload{stored: storedOf(m), Thread: m.Threaded()}
	for _, f := range filesOf(m) {
		p.Files = append(p.Files, Upload{f.Name, f.Alt, len(f.Data), f.Data})
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
