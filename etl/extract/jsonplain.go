package extract

import "bytes"

// A plainPair is a pair of an object in which nothing is escaped.
type plainPair struct {
	key, value []byte
	kind       byte // of jsonValue
}

// plainPairs takes an object apart that has nothing but texts without
// escapes, numbers without exponent, and nulls, as programs write them. Every
// other line is left to encoding/json.
func plainPairs(line []byte, pairs []plainPair) (_ []plainPair, plain bool) {
	line = bytes.Trim(line, jsonBlanks)
	if len(line) < 2 || line[0] != '{' || line[len(line)-1] != '}' {
		return nil, false
	}
	for rest := blanks(line[1 : len(line)-1]); len(rest) > 0; {
		var p plainPair
		if p.key, rest, plain = plainText(rest); !plain {
			return nil, false
		}
		if rest = blanks(rest); len(rest) == 0 || rest[0] != ':' {
			return nil, false
		}
		if rest, plain = p.take(blanks(rest[1:])); !plain {
			return nil, false
		}
		pairs = append(pairs, p)
		if rest = blanks(rest); len(rest) == 0 {
			break
		}
		if rest[0] != ',' {
			return nil, false
		}
		if rest = blanks(rest[1:]); len(rest) == 0 {
			return nil, false
		}
	}
	return pairs, true
}

// take takes the value that text begins with.
func (p *plainPair) take(text []byte) (rest []byte, plain bool) {
	switch {
	case len(text) == 0:
		return nil, false
	case text[0] == '"':
		p.kind = '"'
		p.value, rest, plain = plainText(text)
		return rest, plain
	case bytes.HasPrefix(text, []byte("null")):
		p.kind = 'n'
		return text[4:], true
	}
	p.kind = '1'
	p.value, rest = plainNumberOf(text)
	return rest, len(p.value) > 0
}

const jsonBlanks = " \t\r\n"

func blanks(text []byte) []byte { return bytes.TrimLeft(text, jsonBlanks) }

// plainText is the text between two quotes.
func plainText(text []byte) (inner, rest []byte, plain bool) {
	if len(text) == 0 || text[0] != '"' {
		return nil, nil, false
	}
	for i, c := range text[1:] {
		switch {
		case c == '"':
			return text[1 : i+1], text[i+2:], true
		case c == '\\' || c < ' ':
			return nil, nil, false
		}
	}
	return nil, nil, false
}

// plainNumberOf is the number without exponent that text begins with, nothing
// if there is none.
func plainNumberOf(text []byte) (number, rest []byte) {
	digits := func(i int) int {
		for i < len(text) && text[i] >= '0' && text[i] <= '9' {
			i++
		}
		return i
	}
	from := 0
	if text[0] == '-' {
		from = 1
	}
	end := digits(from)
	if end == from || text[from] == '0' && end > from+1 {
		return nil, nil
	}
	if end < len(text) && text[end] == '.' {
		point := end
		if end = digits(point + 1); end == point+1 {
			return nil, nil
		}
	}
	if end < len(text) && (text[end] == 'e' || text[end] == 'E') {
		return nil, nil
	}
	return text[:end], text[end:]
}
