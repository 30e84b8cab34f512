package extract

import (
	"time"

	"panelwatch/etl/panel"
)

// The two kinds of delivery.
const (
	Microdata = "microdata" // devices and their usage, one row a device (and app, and day)
	Aggregate = "aggregate" // tables per app, as a vendor's front end exports them
)

// The tables that a file of an extract can hold. Contracts list their columns.
const (
	TableDevices  = "devices"   // microdata: one row a device
	TableUsage    = "usage"     // microdata: device x app x day or device x app x month
	TableAppMonth = "app_month" // aggregate: app x month
	TableProfile  = "profile"   // aggregate: app x month x dimension x member
	TableTopList  = "top_list"  // aggregate: a ranked list of apps
	TableOverlap  = "overlap"   // aggregate: pairs of apps
	TableHourly   = "hourly"    // aggregate: app x month, one column per hour
	TableUniverse = "universe"  // aggregate: 全网 and categories x month
)

// ManifestName and SuccessName are the two files every delivery folder has
// besides its data; SuccessName is written last.
const (
	ManifestName = "manifest.json"
	SuccessName  = "_SUCCESS"
)

// A Manifest is what the vendor says of a delivery: one month, one revision.
// Unknown fields are refused.
type Manifest struct {
	Vendor      string      `json:"vendor"`
	Product     string      `json:"product"`
	Kind        string      `json:"kind"` // Microdata or Aggregate
	Month       panel.Month `json:"extract_month"`
	Revision    int         `json:"revision"` // 1, 2, ...
	Supersedes  int         `json:"supersedes,omitempty"`
	DeliveredAt time.Time   `json:"delivered_at"`

	Encoding    string `json:"encoding,omitempty"`    // utf-8 (default) or gb18030; a file may differ
	Compression string `json:"compression,omitempty"` // informative: files are recognised by their first bytes
	UsageGrain  string `json:"usage_grain,omitempty"` // microdata: day or month

	UniverseWan float64 `json:"universe_wan,omitempty"` // control total of devices, 万台
	NDevices    int     `json:"n_devices,omitempty"`    // microdata: rows of devices
	WeightSum   float64 `json:"weight_sum,omitempty"`   // microdata: sum of weights, devices

	// ControlTotals, if given, name the devices of every stratum, 台: weights
	// are calibrated to them, and they have no sampling error.
	ControlTotals []ControlTotal `json:"control_totals,omitempty"`

	// PanelSize and Deff are declared by the sender of an aggregate extract;
	// errors computed from them are marked assumed.
	PanelSize int     `json:"panel_size,omitempty"`
	Deff      float64 `json:"deff,omitempty"`

	// Two months may be compared only when these three agree.
	TierListYear       int    `json:"tier_list_year"`
	TGIBase            string `json:"tgi_base"`
	DefinitionsVersion string `json:"definitions_version"`

	CatalogueVersion string `json:"app_catalogue_version,omitempty"`
	MinSecondsValid  int    `json:"min_seconds_valid,omitempty"`

	// Assembled says that the vendor sent files only, and that this manifest
	// was written here: from their names, and from what the configuration says
	// of the source.
	Assembled bool `json:"assembled,omitempty"`

	// Synthetic says that the numbers are made up and by what; it is shown
	// wherever they are shown.
	Synthetic string `json:"synthetic,omitempty"`

	Files []File `json:"files"`
}

// A ControlTotal is the known number of devices of a stratum.
type ControlTotal struct {
	Stratum string  `json:"stratum"`
	Devices float64 `json:"devices"`
}

// A File is one file of a delivery.
type File struct {
	Name  string `json:"name"`
	Table string `json:"table"`
	Rows  int    `json:"rows"` // data rows, the header not counted
	// RowsUnknown says that nobody counted them: of assembled deliveries only.
	RowsUnknown bool   `json:"rows_unknown,omitempty"`
	Bytes       int64  `json:"bytes"`
	SHA256      string `json:"sha256"` // of the bytes as delivered, compressed or not
	Encoding    string `json:"encoding,omitempty"`
	Sheet       string `json:"sheet,omitempty"` // of a workbook; else the only visible one that has the header

	// App and Dimension fill in what a published table leaves to its title:
	// the app of a province table, say. List names the list of a top_list.
	App       string `json:"app,omitempty"`
	Dimension string `json:"dimension,omitempty"`
	List      string `json:"list,omitempty"`

	// Origin is "published" for figures copied from a named publication,
	// "synthetic" for invented ones, "" for a vendor's own.
	Origin string `json:"origin,omitempty"`
	Source string `json:"source,omitempty"` // the publication, in words
}
