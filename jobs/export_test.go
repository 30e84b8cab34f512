package jobs

import "panelwatch/sql/warehouse"

// Meddle lets a test spoil what was read of a delivery before it is checked.
func (j *Job) Meddle(f func(*warehouse.Arrival, *warehouse.Facts)) { j.meddle = f }
