package jobs_test

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// printed compares a number with what the claim prints, at its precision and
// in its unit, rounded half away from zero:
//
//	=, ~  equal
//	>     strictly more, before rounding
//	~<    接近: less, by no more than 5 %
func printed(c claim, answer string) error {
	got, err := number(answer)
	if err != nil {
		return err
	}
	want, err := number(c.value)
	if err != nil {
		return err
	}
	got.Quo(got, c.unitSize())
	shown := got.FloatString(decimals(c.value))
	holds := false
	switch c.op {
	case "=", "~":
		rounded, _ := number(shown)
		holds = rounded.Cmp(want) == 0
	case ">":
		holds = got.Cmp(want) > 0
	case "~<":
		least := new(big.Rat).Mul(want, big.NewRat(95, 100))
		holds = got.Cmp(want) < 0 && got.Cmp(least) >= 0
	default:
		return fmt.Errorf("comparison %q is not known", c.op)
	}
	if !holds {
		return fmt.Errorf("the warehouse has %s (%s), the report %s %s %s", shown, answer, c.op, c.value, c.unit)
	}
	return nil
}

// number is a decimal, exactly.
func number(text string) (*big.Rat, error) {
	v, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, fmt.Errorf("%q is not a number", text)
	}
	return v, nil
}

// decimals is how many a number is printed with.
func decimals(text string) int {
	_, after, _ := strings.Cut(text, ".")
	return len(after)
}

// unitSize is the claim's unit in base units.
func (c claim) unitSize() *big.Rat {
	switch {
	case c.unit == "亿台":
		return big.NewRat(100_000_000, 1)
	case c.unit == "万台":
		return big.NewRat(10_000, 1)
	case strings.HasPrefix(c.unit, "%"), strings.HasPrefix(c.unit, "pp"):
		return big.NewRat(1, 100)
	}
	return big.NewRat(1, 1) // 次, 分, 倍, index, rank
}

// asPrinted wants the claim's value, letter by letter.
func asPrinted(c claim, answer string) error { return exactly(c.value)(c, answer) }

// asRatio wants the claim's value, the parts divided by ;
func asRatio(c claim, answer string) error {
	return exactly(strings.ReplaceAll(c.value, ":", ";"))(c, answer)
}

// asNamed wants the claim's members in its order.
func asNamed(c claim, answer string) error { return exactly(c.member)(c, answer) }

// asDated wants the claim's months.
func asDated(c claim, answer string) error { return exactly(c.period)(c, answer) }

// exactly wants a text.
func exactly(want string) predicate {
	return func(_ claim, answer string) error {
		if answer != want {
			return fmt.Errorf("the warehouse has %s, want %s", answer, want)
		}
		return nil
	}
}

// beginning wants a text that begins with another.
func beginning(want string) predicate {
	return func(_ claim, answer string) error {
		if !strings.HasPrefix(answer, want) {
			return fmt.Errorf("the warehouse has %s, want it in %s", answer, want)
		}
		return nil
	}
}

// above wants a number strictly above a limit.
func above(limit string) predicate { return compared(limit, 1) }

// below wants a number strictly below a limit.
func below(limit string) predicate { return compared(limit, -1) }

func compared(limit string, sign int) predicate {
	return func(_ claim, answer string) error {
		got, err := number(answer)
		if err != nil {
			return err
		}
		if bound, err := number(limit); err != nil || got.Cmp(bound) != sign {
			return fmt.Errorf("the warehouse has %s, want it %s %s", answer, map[int]string{1: "above", -1: "below"}[sign], limit)
		}
		return nil
	}
}

// rising wants n numbers, each above the one before.
func rising(n int) predicate {
	return func(_ claim, answer string) error {
		words := strings.Split(answer, ";")
		ordered := len(words) == n
		for i := 1; i < len(words); i++ {
			before, err := number(words[i-1])
			if err != nil {
				return err
			}
			now, err := number(words[i])
			if err != nil {
				return err
			}
			ordered = ordered && now.Cmp(before) > 0
		}
		if !ordered {
			return fmt.Errorf("the warehouse has %s, want %d numbers, rising", answer, n)
		}
		return nil
	}
}

// everyYear wants the claim's value n times.
func everyYear(n int) predicate {
	return func(c claim, answer string) error {
		return exactly(strings.Join(slices.Repeat([]string{c.value}, n), ";"))(c, answer)
	}
}

// inWindow wants n days, as MM-DD, within the claim's value: first..last.
func inWindow(n int) predicate {
	return func(c claim, answer string) error {
		first, last, _ := strings.Cut(c.value, "..")
		days := strings.Split(answer, ";")
		for _, d := range days {
			if d < first || d > last || len(days) != n {
				return fmt.Errorf("the warehouse has %s, want %s days within %s", answer, strconv.Itoa(n), c.value)
			}
		}
		return nil
	}
}
