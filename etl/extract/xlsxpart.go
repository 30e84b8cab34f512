package extract

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

// mostToken bounds what the XML reader takes into memory at once: a cell's
// text and the entities in it.
const mostToken = 2 * longestCell

// A part is a part of a workbook, read token by token.
type part struct {
	name  string
	xml   *xml.Decoder
	leash *leash
	in    io.Closer
}

// openPart opens an entry of the archive.
func (w *workbook) openPart(f *zip.File) (*part, error) {
	in, err := f.Open()
	if err != nil {
		return nil, w.damaged(f.Name, err)
	}
	p := &part{name: f.Name, in: in}
	p.leash = &leash{Reader: bufio.NewReaderSize(contextReader{w.ctx, &gauge{in, w.gauge.left, w.gauge.tooMuch}}, 1<<16)}
	p.xml = xml.NewDecoder(p.leash)
	return p, nil
}

// A leash lets a token be so long and no longer.
type leash struct {
	*bufio.Reader
	left int
}

// ReadByte is what the XML reader calls.
func (l *leash) ReadByte() (byte, error) {
	if l.left--; l.left < 0 {
		return 0, errLongToken
	}
	return l.Reader.ReadByte()
}

var errLongToken = errors.New("a text longer than any cell")

// next is the next start, end or text.
func (p *part) next() (xml.Token, error) {
	p.leash.left = mostToken
	return p.xml.RawToken()
}

// each visits all start elements of a part.
func (w *workbook) each(f *zip.File, visit func(xml.StartElement) error) error {
	p, err := w.openPart(f)
	if err != nil {
		return err
	}
	defer p.in.Close()
	for {
		token, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return w.damaged(p.name, err)
		}
		if start, is := token.(xml.StartElement); is {
			if err := visit(start); err != nil {
				return err
			}
		}
	}
}

// damaged is the error of a part that cannot be read.
func (w *workbook) damaged(part string, err error) error {
	var known *DataError
	var system *fs.PathError
	switch {
	case errors.As(err, &known):
		known.File = w.name
		return err
	case errors.As(err, &system), w.ctx.Err() != nil:
		return fmt.Errorf("read %s: %w", w.name, err)
	}
	return &DataError{File: w.name, Msg: fmt.Sprintf("the workbook's part %.100s is damaged (%.200s); save it again as .xlsx or deliver CSV", part, err)}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// escapes are how workbooks write characters that XML cannot have.
var escapes = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escapes.ReplaceAllStringFunc(text, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 32)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
}
