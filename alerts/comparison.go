package alerts

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"panelwatch/etl/panel"
)

// Placed is a place of a list in a month; Rank 0 for none.
type Placed struct {
	Month panel.Month
	Rank  int
}

// A Comparison is what parts were in a period before, and what they are now.
type Comparison struct {
	What        Fact // the measure of the values
	Before, Now Fact // names of the periods; Before is empty where there is only one
	Unit        Unit
	Limit       float64 // from which on a value is told, NaN for none
	Parts       []ComparedPart
}

// A ComparedPart is one part. NaN where a value or its error is not known;
// Told says that the finding is about it.
type ComparedPart struct {
	Name             string
	Before, BeforeSE float64
	Now, SE          float64
	Told             bool
}

// comparedShares are the shares of an app's members in the newest twelve
// months and in the twelve before.
func comparedShares(parts []Series, whole Series, m panel.Month, told []shareMove) *Comparison {
	c := &Comparison{
		What:   Fact{"占比", "Share"},
		Before: span(m-23, m-12), Now: span(m-11, m), Unit: Ratio, Limit: math.NaN(),
	}
	for _, part := range parts {
		now, okNow := pooledShare(part, whole, m)
		before, okBefore := pooledShare(part, whole, m-12)
		if !okNow || !okBefore {
			continue
		}
		c.Parts = append(c.Parts, ComparedPart{
			part.Segment.Member, before.Value, before.SE, now.Value, now.SE,
			slices.ContainsFunc(told, func(x shareMove) bool { return x.member.Segment == part.Segment }),
		})
	}
	return c
}

func span(from, to panel.Month) Fact {
	return Fact{fmt.Sprintf("%s 至 %s", from, to), fmt.Sprintf("%s to %s", from, to)}
}

// comparedTGI are the TGI of an app's members in a month and a year before;
// those of the members told, and the highest of the others.
func comparedTGI(members []Series, m panel.Month, limit float64, told []preferred) *Comparison {
	c := &Comparison{
		What:   Fact{"TGI", "TGI"},
		Before: Fact{(m - 12).String(), (m - 12).String()}, Now: Fact{m.String(), m.String()}, Unit: Index, Limit: 100 * limit,
	}
	for _, s := range members {
		now, have := s.at(m)
		if !have {
			continue
		}
		part := ComparedPart{Name: s.Segment.Member, Before: math.NaN(), BeforeSE: math.NaN(), Now: now.Value, SE: now.SE}
		if before, known := s.at(m - 12); known {
			part.Before, part.BeforeSE = before.Value, before.SE
		}
		part.Told = slices.ContainsFunc(told, func(x preferred) bool { return x.member.Segment == s.Segment })
		c.Parts = append(c.Parts, part)
	}
	return c
}

// comparedHours is a day beside the usual one; the hours that the peak left and
// came to are told.
func comparedHours(now, usual [hoursOfDay]float64, x move, m panel.Month) *Comparison {
	c := &Comparison{
		What:   Fact{"分时使用占比", "Share of the day's use"},
		Before: Fact{"过去一年中位数", "median of the year before"}, Now: Fact{m.String(), m.String()}, Unit: Ratio, Limit: math.NaN(),
	}
	for hour := range hoursOfDay {
		c.Parts = append(c.Parts, ComparedPart{
			strconv.Itoa(hour), usual[hour], math.NaN(), now[hour], math.NaN(), hour == x.from || hour == x.to,
		})
	}
	return c
}
