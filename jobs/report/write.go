package report

import (
	"fmt"
	"os"
	"path/filepath"
)

// Write puts the report into a folder: report-2023-12.html, .xlsx, and a folder
// of that name with a CSV file for each exhibit. Each appears whole or not at
// all; an earlier report of the month gives way.
func (r Report) Write(dir, lang string) (paths []string, err error) {
	page, err := r.HTML(lang)
	if err != nil {
		return nil, err
	}
	book, err := r.XLSX(lang)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	name := filepath.Join(dir, "report-"+r.Month.String())
	for _, f := range []struct {
		path string
		data []byte
	}{{name + ".html", page}, {name + ".xlsx", book}} {
		if err := replace(f.path, f.data); err != nil {
			return nil, err
		}
	}
	if err := r.writeTables(name); err != nil {
		return nil, err
	}
	return []string{name + ".html", name + ".xlsx", name + string(filepath.Separator)}, nil
}

// replace writes beside the file and renames, so that readers see the old one
// or the new one.
func replace(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".part-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// writeTables fills a folder beside and puts it in the place of the old one.
func (r Report) writeTables(path string) error {
	fresh, err := os.MkdirTemp(filepath.Dir(path), "."+filepath.Base(path)+".part-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(fresh) }()
	if err := os.Chmod(fresh, 0o755); err != nil {
		return err
	}
	for _, s := range r.Sections {
		table, err := s.CSV()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(fresh, s.Slug+".csv"), table, 0o644); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	return os.Rename(fresh, path)
}
