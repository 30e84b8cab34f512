package extract

import (
	"maps"
	"slices"
)

// A field is a column that the program can make something of.
type field struct {
	name    string
	kind    Type
	needed  bool   // the table cannot be read without it
	empty   bool   // of microdata: cells may be empty
	measure string // of the Value that a number becomes
	min     *float64
	max     *float64
}

// Limits of plain contracts, in base units.
var (
	one      = 1.0
	minusOne = -1.0
	fullDay  = 24.0 * 60
)

// fields are the columns of each table that the program knows. Contracts say
// what they are called and what they may hold.
var fields = map[string][]field{
	TableDevices: {
		{name: "month", kind: TypeMonth},
		{name: "device_id", kind: TypeText, needed: true},
		{name: "weight", kind: TypeIndex, needed: true},
		{name: "rep_group", kind: TypeInteger},
		{name: "strata", kind: TypeText, empty: true},
		{name: "province", kind: TypeText, empty: true},
		{name: "city", kind: TypeText, empty: true},
		{name: "city_tier", kind: TypeText, empty: true},
		{name: "gender", kind: TypeText, empty: true},
		{name: "age_band", kind: TypeText, empty: true},
		{name: "marital", kind: TypeText, empty: true},
		{name: "occupation_tags", kind: TypeText, empty: true},
		{name: "os", kind: TypeText, empty: true},
		{name: "brand", kind: TypeText, empty: true},
		{name: "panel_days", kind: TypeInteger, empty: true},
	},
	TableUsage: {
		{name: "month", kind: TypeMonth},
		{name: "day", kind: TypeDay},
		{name: "device_id", kind: TypeText, needed: true},
		{name: "app_id", kind: TypeText, needed: true},
		{name: "active_days", kind: TypeInteger},
		{name: "uses", kind: TypeInteger, needed: true},
		{name: "seconds", kind: TypeInteger, needed: true},
	},
	TableAppMonth: {
		{name: "app", kind: TypeText, needed: true},
		{name: "category_l1", kind: TypeText},
		{name: "category_l2", kind: TypeText},
		{name: "month", kind: TypeMonth},
		{name: "devices", kind: TypeDevices, measure: Devices},
		{name: "mom", kind: TypeRatio, measure: MoM, min: &minusOne},
		{name: "dau_avg", kind: TypeDevices, measure: DAUAverage},
		{name: "total_hours", kind: TypeHours, measure: Seconds},
		{name: "total_uses", kind: TypeUses, measure: Uses},
		{name: "uses_per_device_day", kind: TypeUses, measure: UsesPerDeviceDay},
		{name: "minutes_per_device_day", kind: TypeMinutes, measure: MinutesPerDeviceDay, max: &fullDay},
	},
	TableProfile: {
		{name: "position", kind: TypeInteger, measure: Position, min: &one},
		{name: "app", kind: TypeText},
		{name: "month", kind: TypeMonth},
		{name: "dimension", kind: TypeText},
		{name: "member", kind: TypeText, needed: true},
		{name: "devices", kind: TypeDevices, measure: Devices},
		{name: "share", kind: TypeRatio, measure: Share, max: &one},
		{name: "tgi", kind: TypeIndex, measure: TGI},
		{name: "uses_per_device_day", kind: TypeUses, measure: UsesPerDeviceDay},
		{name: "minutes_per_device_day", kind: TypeMinutes, measure: MinutesPerDeviceDay, max: &fullDay},
	},
	TableTopList: {
		{name: "position", kind: TypeInteger, needed: true, measure: Position, min: &one},
		{name: "app", kind: TypeText, needed: true},
		{name: "region", kind: TypeText},
		{name: "devices", kind: TypeDevices, measure: Devices},
		{name: "dau_avg", kind: TypeDevices, measure: DAUAverage},
		{name: "cagr6", kind: TypeRatio, measure: CAGR6, min: &minusOne},
	},
	TableOverlap: {
		{name: "app_a", kind: TypeText, needed: true},
		{name: "app_b", kind: TypeText, needed: true},
		{name: "month", kind: TypeMonth},
		{name: "devices_a", kind: TypeDevices, measure: Devices},
		{name: "devices_b", kind: TypeDevices, measure: Devices},
		{name: "devices_both", kind: TypeDevices, measure: OverlapDevices},
		{name: "devices_union", kind: TypeDevices, measure: UnionDevices},
		{name: "overlap_rate", kind: TypeRatio, measure: OverlapRate, max: &one},
		{name: "exclusive_share", kind: TypeRatio, measure: ExclusiveShare, max: &one},
	},
	TableHourly: {
		{name: "app", kind: TypeText, needed: true},
		{name: "month", kind: TypeMonth},
		{name: "network", kind: TypeText},
		{name: hourColumn, kind: TypeRatio, needed: true, measure: HourlyShare, max: &one},
	},
	TableUniverse: {
		{name: "category", kind: TypeText, needed: true},
		{name: "month", kind: TypeMonth},
		{name: "devices", kind: TypeDevices, needed: true, measure: Devices},
	},
}

// keys are the columns that say together what a row speaks of: two rows of one
// key say the same, or contradict each other.
var keys = map[string][]string{
	TableDevices:  {"device_id"},
	TableUsage:    {"day", "device_id", "app_id"},
	TableAppMonth: {"app", "month"},
	TableProfile:  {"app", "month", "dimension", "member"},
	TableTopList:  {"app"},
	TableOverlap:  {"app_a", "app_b", "month"},
	TableHourly:   {"app", "month", "network"},
	TableUniverse: {"category", "month"},
}

// fieldOf is what the program knows of a column.
func fieldOf(table, name string) (field, bool) {
	for _, f := range fields[table] {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

// namesOf are the columns that the program knows of a table.
func namesOf(table string) (names []string) {
	for _, f := range fields[table] {
		names = append(names, f.name)
	}
	return names
}

// TableNames are the tables that deliveries may hold, sorted.
func TableNames() []string { return slices.Sorted(maps.Keys(fields)) }
