package alerts

import (
	"cmp"
	"fmt"

	"panelwatch/etl/panel"
)

// What settings that leave something out stand for.
const (
	defaultAgain      = 2
	defaultLookback   = 24
	defaultRecovery   = 3
	defaultOrdinary   = 6
	defaultHysteresis = 0.02
	defaultHistory    = 24
)

// again is how many times as far as when told last is news.
func (p Params) again() float64 { return cmp.Or(p.Again, defaultAgain) }

// lookback is the number of months in which something may have been told.
func (p Params) lookback() panel.Month { return panel.Month(cmp.Or(p.Lookback, defaultLookback)) }

// recovery is the number of months after an odd one in which one on the other
// side may be the way back.
func (p Params) recovery() panel.Month { return panel.Month(cmp.Or(p.Recovery, defaultRecovery)) }

// ordinary is the fewest months that say what an ordinary one is.
func (p Params) ordinary() int { return cmp.Or(p.OrdinaryMonths, defaultOrdinary) }

// hysteresis is the fall below a threshold after which it may be crossed anew.
func (p Params) hysteresis() float64 { return cmp.Or(p.Hysteresis, defaultHysteresis) }

// minMonths is the shortest history.
func (p Params) minMonths() int { return cmp.Or(p.MinMonths, defaultHistory) }

func (p Params) validateLasting() error {
	switch {
	case p.Again != 0 && p.Again < 1:
		return fmt.Errorf("again %v: want 1 or more, such as 2 for what has doubled", p.Again)
	case p.Hysteresis < 0 || p.Hysteresis >= 1:
		return fmt.Errorf("hysteresis %v: want a part of the threshold, such as 0.02", p.Hysteresis)
	case p.Lookback < 0 || p.Recovery < 0 || p.OrdinaryMonths < 0:
		return fmt.Errorf("lookback, recovery and ordinary_months are numbers of months, not below 0")
	}
	return nil
}
