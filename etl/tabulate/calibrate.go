package tabulate

import (
	"fmt"

	"panelwatch/etl/extract"
)

// calibrate post-stratifies: it scales the weights of every stratum to its
// control total. The replicates need no more: the factors of newScales bring
// each stratum to the same total again when a group is left out.
func (r *roster) calibrate(totals []extract.ControlTotal) error {
	if len(totals) == 0 {
		return nil
	}
	factors := make([]float64, len(r.stratumName))
	byName := map[string]float64{}
	for _, c := range totals {
		byName[c.Stratum] = c.Devices
	}
	for s, name := range r.stratumName {
		total, known := byName[name]
		whole := r.loads[s][0]
		delete(byName, name)
		switch {
		case whole.devices == 0 && !known: // a stratum of rejected rows
		case !known:
			return &extract.DataError{File: extract.ManifestName, Msg: fmt.Sprintf("control_totals has no stratum %q, but devices are of it", name)}
		case whole.devices == 0:
			byName[name] = total
		default:
			factors[s] = total / whole.weight
		}
	}
	for name := range byName {
		return &extract.DataError{File: extract.ManifestName, Msg: fmt.Sprintf("control_totals: no valid device is of stratum %q to stand for it", name)}
	}
	for i, s := range r.strata {
		r.weights[i] *= factors[s]
	}
	for s := range r.loads {
		for g := range r.loads[s] {
			r.loads[s][g].weight *= factors[s]
		}
	}
	return nil
}
