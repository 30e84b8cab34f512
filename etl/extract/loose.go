package extract

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

// A looseFile is a file without a manifest, and what its name says of it: one
// entry for each of its sheets.
type looseFile struct {
	path    string
	info    fs.FileInfo
	month   panel.Month
	entries []File
}

// looseFiles finds the files in dir, and up to three folders below it, that
// the contracts know by their names; others are named. Deliveries, hidden and
// unfinished files, and links are passed over. A month with two files of one
// name is left out.
func looseFiles(dir string, c Contracts) (found []looseFile, others []string, err error) {
	paths, err := filesBelow(dir, deepest)
	if err != nil {
		return nil, nil, err
	}
	var faults []string
	var doubted []panel.Month
	byName := map[string]string{}
	for _, path := range paths {
		name := filepath.Base(path)
		entries, month, fault := c.entriesOf(name)
		if other, twice := byName[name]; twice && len(entries) > 0 {
			fault = fmt.Sprintf("there is another file of that name in %s; which of them holds?", other)
			doubted = append(doubted, month)
		}
		switch {
		case fault != "":
			faults = append(faults, fmt.Sprintf("%s: %s", path, fault))
			continue
		case len(entries) == 0:
			others = append(others, path)
			continue
		}
		byName[name] = filepath.Dir(path)
		info, err := os.Lstat(path)
		if err != nil {
			return nil, nil, err
		}
		found = append(found, looseFile{path, info, month, entries})
	}
	found = slices.DeleteFunc(found, func(f looseFile) bool { return slices.Contains(doubted, f.month) })
	if len(faults) > 0 {
		return found, others, &DataError{File: dir, Msg: strings.Join(faults, "; ")}
	}
	return found, others, nil
}

// filesBelow lists the files of a folder in order of path.
func filesBelow(dir string, depth int) (paths []string, err error) {
	if is, err := exists(filepath.Join(dir, ManifestName)); is || err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$") || strings.HasSuffix(e.Name(), ".part") || e.Name() == SuccessName:
		case e.IsDir() && depth > 0:
			below, err := filesBelow(path, depth-1)
			if err != nil {
				return nil, err
			}
			paths = append(paths, below...)
		case e.Type().IsRegular():
			paths = append(paths, path)
		}
	}
	return paths, nil
}

// entriesOf reads a file name: one entry for each sheet that some pattern
// names. Of several patterns for one sheet the most literal one counts.
func (c Contracts) entriesOf(name string) (entries []File, m panel.Month, fault string) {
	type reading struct {
		File
		month   panel.Month
		literal int
	}
	best := map[string]reading{}
	for _, table := range TableNames() {
		for _, p := range c[table].Files {
			f, month, ok := p.match(name)
			if !ok {
				continue
			}
			f.Table = table
			r := reading{f, month, p.literal()}
			switch old, twice := best[f.Sheet]; {
			case twice && old.literal == r.literal && old.Table != table:
				return nil, 0, fmt.Sprintf("may be %s or %s: correct files in their contracts", old.Table, table)
			case !twice || r.literal > old.literal:
				best[f.Sheet] = r
			}
		}
	}
	for _, r := range best {
		if m != 0 && m != r.month {
			return nil, 0, fmt.Sprintf("may be of %s or %s: correct files in the contracts", m, r.month)
		}
		entries, m = append(entries, r.File), r.month
	}
	slices.SortFunc(entries, func(a, b File) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Sheet, b.Sheet))
	})
	return entries, m, ""
}

// literal is how many characters of a pattern are not left open.
func (p FilePattern) literal() int { return len([]rune(mark.ReplaceAllString(p.Name, ""))) }

// byMonth groups files of one month, in order of month and name.
func byMonth(files []looseFile) [][]looseFile {
	slices.SortFunc(files, func(a, b looseFile) int {
		return cmp.Or(cmp.Compare(a.month, b.month), cmp.Compare(filepath.Base(a.path), filepath.Base(b.path)))
	})
	var groups [][]looseFile
	for i, f := range files {
		if i == 0 || f.month != files[i-1].month {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], f)
	}
	return groups
}
