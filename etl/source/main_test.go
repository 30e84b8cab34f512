package source_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"testing"

	"panelwatch/etl/source"
)

// childSettings in the environment makes the test binary run one Mirror
// instead of the tests: a process that can be killed.
const (
	childSettings = "PANELWATCH_TEST_MIRROR"
	childSpool    = "PANELWATCH_TEST_SPOOL"
)

func TestMain(m *testing.M) {
	text := os.Getenv(childSettings)
	if text == "" {
		os.Exit(m.Run())
	}
	var settings source.Settings
	if err := json.Unmarshal([]byte(text), &settings); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if err := child(settings, os.Getenv(childSpool)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child mirrors, reading in small pieces and saying so piece by piece.
func child(settings source.Settings, spool string) error {
	place, err := source.Connect(settings)
	if err != nil {
		return err
	}
	defer place.Close()
	report, err := source.Mirror(context.Background(), told{place}, spool, source.Options{Patience: hurried})
	for _, fault := range report.Faults {
		return fault
	}
	return err
}

// pieceSize is how much a child reads at a time.
const pieceSize = 2000

// told writes one byte to stdout for each piece that is read.
type told struct{ source.Place }

func (p told) Open(ctx context.Context, name string, offset int64, version string) (*source.Content, error) {
	c, err := p.Place.Open(ctx, name, offset, version)
	if err == nil {
		c.ReadCloser = toldContent{c.ReadCloser}
	}
	return c, err
}

type toldContent struct{ io.ReadCloser }

func (c toldContent) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p[:min(len(p), pieceSize)])
	_, _ = os.Stdout.Write([]byte{'.'})
	return n, err
}
