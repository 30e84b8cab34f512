package source

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path"
)

// A memory is what polls leave for the next.
type memory struct {
	Seen  map[string]seen `json:"seen,omitempty"`  // files not known to be finished
	Loose map[string]seen `json:"loose,omitempty"` // loose files, as they are in the spool
}

// seen is what a poll saw of a file.
type seen struct {
	Size    int64  `json:"size"`
	Version string `json:"version"`
}

// recall reads the memory. One that cannot be read is an empty one: at worst
// something is fetched again.
func (f files) recall() (m memory, err error) {
	text, err := f.root.ReadFile(memoryFile)
	if err == nil && json.Unmarshal(text, &m) != nil {
		m = memory{}
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if m.Loose == nil {
		m.Loose = map[string]seen{}
	}
	return m, spoolError(err)
}

// remember changes the memory and keeps it.
func (m *mirror) remember(change func(*memory)) error {
	change(&m.memory)
	if len(m.memory.Seen)+len(m.memory.Loose) == 0 {
		return m.spool.remove(memoryFile)
	}
	text, err := json.MarshalIndent(m.memory, "", " ")
	if err != nil {
		return err
	}
	if err := m.spool.root.MkdirAll(growing, 0o750); err != nil {
		return spoolError(err)
	}
	unfinished := path.Join(growing, memoryFile)
	if err := m.spool.root.WriteFile(unfinished, append(text, '\n'), 0o640); err != nil {
		return spoolError(err)
	}
	return spoolError(m.spool.root.Rename(unfinished, memoryFile))
}
