package tabulate

// SpillAt makes rows go to disk once they take so many bytes.
func (o Options) SpillAt(bytes int64) Options {
	o.spillAt = bytes
	return o
}
