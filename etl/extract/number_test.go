package extract

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersInBaseUnits(t *testing.T) {
	for _, c := range []struct {
		cell string
		kind Type
		unit string
		want float64
	}{
		{"1796.8", TypeDevices, "万台", 17968000},
		{"1,796.8", TypeDevices, "万台", 17968000},
		{"１，７９６．８", TypeDevices, "万台", 17968000},
		{"1796.8万", TypeDevices, "万台", 17968000},
		{"1796.8万台", TypeDevices, "台", 17968000},
		{"1.19亿", TypeDevices, "万台", 119000000},
		{"13.9", TypeDevices, "亿台", 1390000000},
		{"0.1", TypeDevices, "万台", 1000},
		{"'808.8", TypeDevices, "万台", 8088000},
		{"\u00a0808.8\u3000", TypeDevices, "万台", 8088000},
		{"-1.6%", TypeRatio, "%", -0.016},
		{"−1.6％", TypeRatio, "%", -0.016},
		{"－1.6", TypeRatio, "%", -0.016},
		{"+0.1", TypeRatio, "%", 0.001},
		{"0.0", TypeRatio, "%", 0},
		{"12.5", TypeHours, "万小时", 450000000},
		{"1", TypeHours, "小时", 3600},
		{"33.3", TypeUses, "万次", 333000},
		{"6.5", TypeMinutes, "分", 6.5},
		{"119.6", TypeIndex, "", 119.6},
		{".5", TypeIndex, "", 0.5},
	} {
		n, ok, err := parseNumber(c.cell)
		if err != nil || !ok {
			t.Errorf("%q: delivered %v, %v", c.cell, ok, err)
			continue
		}
		got, err := n.in(c.kind, units[c.kind][c.unit])
		if err != nil || got != c.want {
			t.Errorf("%q in %s: got %v, %v, want %v", c.cell, c.unit, got, err, c.want)
		}
	}
}

func TestNotDelivered(t *testing.T) {
	for _, cell := range []string{"", " ", "-", "—", "——", "–", "－", "/", "N/A", "n/a", "NULL", "\u3000", "'"} {
		if n, ok, err := parseNumber(cell); ok || err != nil {
			t.Errorf("%q: got %v, %v, %v, want not delivered", cell, n, ok, err)
		}
	}
}

func TestNotNumbers(t *testing.T) {
	for _, cell := range []string{
		"1,19", "1,2345", "12,34.5", ",1", "1,", "1.", "1.2.3", "--1", "- 1", "1-2", "1 796", "1e3", "0x10", "Inf",
		"NaN", "<0.1", "约1.4亿", "2023年12月", "十", "1_000", "1.2,345", strings.Repeat("1", 100),
	} {
		if n, ok, err := parseNumber(cell); err == nil {
			t.Errorf("%q: got %v, %v, want an error", cell, n, ok)
		}
	}
	for cell, k := range map[string]Type{"5%": TypeDevices, "5次": TypeDevices, "5万": TypeRatio, "5台": TypeIndex, "10²": TypeDevices} {
		n, _, err := parseNumber(cell)
		if err == nil {
			_, err = n.in(k, whole(1))
		}
		if err == nil {
			t.Errorf("%q read as %s", cell, k)
		}
	}
}

// A decimal in a unit of 10^k is the same as the decimal with its point moved
// by k places, to the last bit.
func TestUnitsMoveThePoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.IntRange(0, 1e9).Draw(t, "digits")
		places := rapid.IntRange(0, 6).Draw(t, "places")
		cell := strconv.FormatFloat(float64(digits)/math.Pow10(places), 'f', places, 64)
		n, ok, err := parseNumber(cell)
		if err != nil || !ok {
			t.Fatalf("%q: %v", cell, err)
		}
		for unit, shift := range map[string]string{"台": "e0", "万台": "e4", "亿台": "e8"} {
			got, err := n.in(TypeDevices, units[TypeDevices][unit])
			want, _ := strconv.ParseFloat(cell+shift, 64)
			if err != nil || got != want {
				t.Fatalf("%s %s: got %v, %v, want %v", cell, unit, got, err, want)
			}
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"1,796.8", "１７９６．８", "−1.6%", "1.19亿", "—", "N/A", "1e9999", "0x1p-2", ".5", "'1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		n, ok, err := parseNumber(cell)
		if err != nil && ok {
			t.Fatalf("%q: a number and an error", cell)
		}
		if !ok || err != nil {
			return
		}
		if again, ok, err := parseNumber(n.format()); len(n.format()) <= longestNumber &&
			(err != nil || !ok || again.digits.Cmp(n.digits) != 0 || again.unit != n.unit) {
			t.Fatalf("%q: %s comes back as %+v %v %v", cell, n.format(), again, ok, err)
		}
		got, err := n.in(TypeIndex, whole(1))
		if n.unit != "" {
			if err == nil {
				t.Fatalf("%q: unit %q taken for none", cell, n.unit)
			}
			return
		}
		if err != nil || math.IsInf(got, 0) || math.IsNaN(got) {
			t.Fatalf("%q: got %v, %v", cell, got, err)
		}
		if want, err := strconv.ParseFloat(cell, 64); err == nil && want != got {
			t.Fatalf("%q: got %v, strconv says %v", cell, got, want)
		}
	})
}
