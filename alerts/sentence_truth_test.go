package alerts_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"panelwatch/alerts"
)

// A printed number stands for all values that round to it.
type printed struct{ value, half float64 }

func (p printed) holds(v float64) bool { return math.Abs(v-p.value) <= p.half*(1+1e-9) }

var suffixes = map[string]float64{"亿": 1e8, "万": 1e4, "M": 1e6, "K": 1e3, "": 1, "%": 0.01}

// read takes a number as it stands in a sentence: 1.19 and 亿.
func read(t *testing.T, number, suffix string) printed {
	t.Helper()
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		t.Fatalf("number %q: %v", number, err)
	}
	places := 0
	if _, after, ok := strings.Cut(number, "."); ok {
		places = len(after)
	}
	return printed{v * suffixes[suffix], 0.5 * math.Pow10(-places) * suffixes[suffix]}
}

var (
	saysZh = regexp.MustCompile(`月独立设备数 ([\d.]+)(亿|万|)台.*预期 ([\d.]+)(亿|万|) \[([\d.]+), ([\d.]+)\]（水平 ([\d.]+)(亿|万|)([^）]*)），(高于|低于)预期 ([\d.]+)%(，在区间内)?`)
	saysEn = regexp.MustCompile(`: ([\d.]+)(M|K|) devices.*expected ([\d.]+)(M|K|) \[([\d.]+), ([\d.]+)\] \(level ([\d.]+)(M|K|)([^)]*)\), ([\d.]+)% (above|below) expectation(, inside the band)?`)
	factor = regexp.MustCompile(` × \S+ ([+-][\d.]+)%`)
)

// A claim is what a sentence says of a month and its expectation.
type claim struct {
	value, expected, low, high, level, off printed
	factors                                []printed
	above, inside                          bool
}

func claimOf(t *testing.T, text string, m []string, off, side string, inside string) claim {
	t.Helper()
	c := claim{
		value: read(t, m[1], m[2]), expected: read(t, m[3], m[4]), low: read(t, m[5], m[4]), high: read(t, m[6], m[4]),
		level: read(t, m[7], m[8]), off: read(t, off, "%"), above: side == "高于" || side == "above", inside: inside != "",
	}
	found := factor.FindAllStringSubmatch(m[9], -1)
	if len(found) != strings.Count(m[9], "×") {
		t.Fatalf("factors %q in %s", m[9], text)
	}
	for _, f := range found {
		c.factors = append(c.factors, read(t, f[1], "%"))
	}
	return c
}

// check recomputes what the text says from the numbers in it, as far as they
// are printed, and holds them against those of the finding.
func (c claim) check(t *testing.T, f alerts.Finding, text string) {
	t.Helper()
	for name, x := range map[string]struct {
		printed printed
		truth   float64
	}{"value": {c.value, f.Value}, "expected": {c.expected, f.Expected}, "low": {c.low, f.Low}, "high": {c.high, f.High}, "level": {c.level, f.Parts.Level}} {
		if !x.printed.holds(x.truth) {
			t.Errorf("%s %v is not %v in: %s", name, x.truth, x.printed.value, text)
		}
	}
	product, slack := c.level.value, c.level.half/c.level.value
	for _, x := range c.factors {
		product *= 1 + x.value
		slack += x.half / (1 + x.value)
	}
	slack += 5 * 0.0005 // parts that round to nothing
	if d := math.Abs(product/c.expected.value - 1); d > slack+c.expected.half/c.expected.value {
		t.Errorf("level and factors make %v of %v in: %s", product, c.expected.value, text)
	}
	off := c.value.value/c.expected.value - 1
	if d := math.Abs(math.Abs(off) - c.off.value); d > c.off.half+(c.value.half+c.expected.half*c.value.value/c.expected.value)/c.expected.value {
		t.Errorf("%v against %v is %v, not %v in: %s", c.value.value, c.expected.value, off, c.off.value, text)
	}
	if c.above != (f.Value >= f.Expected) || c.inside != (f.Low <= f.Value && f.Value <= f.High) {
		t.Errorf("side or band are not as in: %s", text)
	}
}

// TestSentencesAreTrueOfTheirNumbers reads every sentence that is told over
// four years back and recomputes it; the parts multiply to the expectation.
func TestSentencesAreTrueOfTheirNumbers(t *testing.T) {
	read := 0
	for _, f := range replayed(t, 4e6).findings {
		if f.Verdict != alerts.Fired && f.Verdict != alerts.Expected || f.Parts == nil || f.Unit != alerts.Devices {
			continue
		}
		read++
		p := f.Parts
		if product := p.Level * (1 + p.Trend) * (1 + p.Season) * (1 + p.Holiday) * (1 + p.Category); math.Abs(product/f.Expected-1) > 0.001 {
			t.Errorf("%s %s: parts multiply to %v, expected %v", f.Month, f.Rule, product, f.Expected)
		}
		zh, en := saysZh.FindStringSubmatch(f.Zh), saysEn.FindStringSubmatch(f.En)
		if zh == nil || en == nil {
			t.Errorf("not as agreed: %s | %s", f.Zh, f.En)
			continue
		}
		claimOf(t, f.Zh, zh, zh[11], zh[10], zh[12]).check(t, f, f.Zh)
		claimOf(t, f.En, en, en[10], en[11], en[12]).check(t, f, f.En)
	}
	t.Logf("%d sentences read", read)
	if read < 10 {
		t.Error("too few sentences to say anything")
	}
}
