package indicator

import "panelwatch/etl/panel"

// Settings are the user's choices; all have their default in panelwatch.yaml.
type Settings struct {
	CAGRSteps    int         // months of 近6个月复合增长率
	TopN         int         // members of 集中度
	MinDevices   int         // unweighted devices behind a level
	MinChange    int         // unweighted devices behind a change or a rank
	MinVendor    float64     // devices, for aggregates without a sample count
	RecordMonths int         // history that a record needs, months
	BaseMonth    panel.Month // of 为某月的倍数
	// MinProminence is the least height of a 小高峰 above its surroundings, as a
	// part of its own height.
	MinProminence float64
	Unusual       []Unusual // months that weigh less in 季节指数
	Correlations  []Correlation
	// Holidays is the share of a month's days that belong to a holiday, or to
	// the presale of its tickets, by the profile of the apps that these move.
	Holidays   map[string]map[panel.Month]float64
	Profiles   map[panel.AppID]string
	Lists      []panel.ListOf
	Categories map[panel.AppID]string // category of each app, for 行业渗透率
	Thresholds []Threshold
}

// A Correlation names two cities whose series of an app are compared.
type Correlation struct {
	App  panel.AppID
	A, B string
}

// A Threshold is a level whose upward crossing is marked.
type Threshold struct {
	App     panel.AppID
	Segment panel.Segment
	Devices float64
}

// thin says whether a quantity rests on too few devices for its use.
func (s Settings) thin(q Quantity, minimum int) bool {
	if q.Basis == panel.FromPanel {
		return q.N < minimum
	}
	return q.Value() < s.MinVendor
}

func (s Settings) levelFlags(q Quantity) []Flag {
	if s.thin(q, s.MinDevices) {
		return []Flag{LowBase}
	}
	return nil
}
