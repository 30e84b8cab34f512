package extract

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
)

// tablesOf are the tables that each kind of delivery may hold.
var tablesOf = map[string][]string{
	Microdata: {TableDevices, TableUsage},
	Aggregate: {TableAppMonth, TableProfile, TableTopList, TableOverlap, TableHourly, TableUniverse},
}

// check says what is wrong with a manifest, "" if nothing is.
func (m Manifest) check() string {
	if _, known := tablesOf[m.Kind]; !known {
		return fmt.Sprintf("kind %q: want %s or %s", m.Kind, Microdata, Aggregate)
	}
	for _, complaint := range []string{m.checkIdentity(), m.checkGrain(), m.checkTotals(), m.checkControls(), m.checkTerms(), m.checkFiles()} {
		if complaint != "" {
			return complaint
		}
	}
	return ""
}

func (m Manifest) checkIdentity() string {
	switch {
	case m.Vendor == "":
		return "vendor is missing"
	case m.Product == "":
		return "product is missing"
	case m.Month == 0:
		return "extract_month is missing"
	case m.Revision < 1:
		return fmt.Sprintf("revision %d: the first delivery of a month is revision 1", m.Revision)
	case m.Supersedes < 0 || m.Supersedes >= m.Revision:
		return fmt.Sprintf("supersedes %d: revision %d can only supersede an earlier one", m.Supersedes, m.Revision)
	case m.DeliveredAt.IsZero():
		return "delivered_at is missing"
	case !knownEncoding(m.Encoding):
		return fmt.Sprintf("encoding %q: want utf-8 or gb18030", m.Encoding)
	}
	return ""
}

// checkGrain: only microdata have a grain of usage.
func (m Manifest) checkGrain() string {
	switch {
	case m.Kind == Microdata && m.UsageGrain != "day" && m.UsageGrain != "month":
		return fmt.Sprintf("usage_grain %q: microdata need day or month", m.UsageGrain)
	case m.Kind == Aggregate && m.UsageGrain != "":
		return fmt.Sprintf("usage_grain %q: an aggregate extract has none", m.UsageGrain)
	}
	return ""
}

func (m Manifest) checkTotals() string {
	switch {
	case m.UniverseWan < 0:
		return "universe_wan cannot be negative"
	case m.UniverseWan <= 0 && !m.Assembled:
		return "universe_wan is missing or not positive: penetration and TGI need it (万台)"
	case m.NDevices < 0 || m.WeightSum < 0 || m.PanelSize < 0 || m.MinSecondsValid < 0:
		return "n_devices, weight_sum, panel_size and min_seconds_valid cannot be negative"
	case (m.PanelSize > 0) != (m.Deff > 0):
		return "panel_size and deff are declared together or not at all, both above 0"
	}
	return ""
}

// checkControls: the strata make up the universe.
func (m Manifest) checkControls() string {
	if len(m.ControlTotals) == 0 {
		return ""
	}
	if m.Kind != Microdata {
		return "control_totals: an aggregate extract has no weights to calibrate"
	}
	var sum float64
	seen := map[string]bool{}
	for _, c := range m.ControlTotals {
		if seen[c.Stratum] || c.Devices <= 0 {
			return fmt.Sprintf("control_totals: stratum %q is there twice, or its devices are not above 0", c.Stratum)
		}
		seen[c.Stratum] = true
		sum += c.Devices
	}
	if universe := m.UniverseWan * 1e4; math.Abs(sum-universe) > weightTolerance*universe {
		return fmt.Sprintf("control_totals sum to %.1f devices, universe_wan x 10000 is %.1f: more than 0.01 %% off", sum, universe)
	}
	return ""
}

// checkTerms: without the terms two months cannot be compared.
func (m Manifest) checkTerms() string {
	switch {
	case m.TierListYear < 2000 || m.TierListYear > 2100:
		return fmt.Sprintf("tier_list_year %d: name the year of the list of city tiers, such as 2023", m.TierListYear)
	case m.TGIBase == "":
		return "tgi_base is missing: name the population that TGI compares with"
	case m.DefinitionsVersion == "":
		return "definitions_version is missing"
	}
	return ""
}

func (m Manifest) checkFiles() string {
	if len(m.Files) == 0 {
		return "files is empty"
	}
	seen, tables := map[string]bool{}, map[string]bool{}
	for i, f := range m.Files {
		if key := f.Name + "\x00" + f.Sheet; seen[key] {
			return fmt.Sprintf("file %d: name %q is used twice, and not for different sheets", i+1, f.Name)
		}
		if complaint := f.check(m.Kind); complaint != "" {
			return fmt.Sprintf("file %d: %s", i+1, complaint)
		}
		if f.RowsUnknown && (!m.Assembled || f.Rows != 0) {
			return fmt.Sprintf("file %d: %s: rows_unknown is for assembled deliveries, and without rows", i+1, f.Name)
		}
		seen[f.Name+"\x00"+f.Sheet], tables[f.Table] = true, true
	}
	if m.Kind == Microdata && len(tables) < len(tablesOf[Microdata]) {
		return fmt.Sprintf("files has only %s: microdata need devices and usage", slices.Sorted(maps.Keys(tables))[0])
	}
	return ""
}

var sha256Hex = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)

func (f File) check(kind string) string {
	switch {
	case f.Name == "" || strings.ContainsAny(f.Name, "/\\\x00") || f.Name == "." || f.Name == "..":
		return fmt.Sprintf("name %q: want a file name without a path", f.Name)
	case f.Name == ManifestName || f.Name == SuccessName:
		return fmt.Sprintf("name %q: reserved", f.Name)
	case !slices.Contains(tablesOf[kind], f.Table):
		return fmt.Sprintf("%s: table %q: %s has %s%s", f.Name, f.Table, kind,
			strings.Join(tablesOf[kind], ", "), didYouMean(f.Table, tablesOf[kind]))
	case f.Rows < 0 || f.Bytes < 0:
		return f.Name + ": rows and bytes cannot be negative"
	case !sha256Hex.MatchString(f.SHA256):
		return fmt.Sprintf("%s: sha256 %q: want 64 hexadecimal digits", f.Name, f.SHA256)
	case !knownEncoding(f.Encoding):
		return fmt.Sprintf("%s: encoding %q: want utf-8 or gb18030", f.Name, f.Encoding)
	case f.Table == TableTopList && f.List == "":
		return f.Name + ": list is missing: name the list that this table ranks"
	}
	return ""
}
