package localserver

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMissingServerNamesPackage(t *testing.T) {
	_, err := findBinaries(t.Context(), []string{t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "apt-get install mariadb-server") {
		t.Errorf("no server: %v, want the package's name", err)
	}
}

func TestForeignMysqldIsPassedOver(t *testing.T) {
	dir := t.TempDir()
	program(t, dir, "mysqld", "echo 'mysqld  Ver 8.4.0 for Linux (MySQL Community Server)'")
	if _, err := findBinaries(t.Context(), []string{dir}); err == nil {
		t.Error("MySQL's own mysqld was taken for MariaDB")
	}
	program(t, dir, "mysqld", "echo 'mysqld  Ver 10.4.1-MariaDB'")
	_, err := findBinaries(t.Context(), []string{dir})
	if err == nil || !strings.Contains(err.Error(), "mariadb-install-db") {
		t.Errorf("without the install program: %v, want its name", err)
	}
	program(t, dir, "mysql_install_db", "exit 0")
	bin, err := findBinaries(t.Context(), []string{dir})
	if err != nil || bin.server != filepath.Join(dir, "mysqld") {
		t.Errorf("MariaDB's mysqld: %+v, %v", bin, err)
	}
}

func TestInstallErrorShowsOutput(t *testing.T) {
	dir := t.TempDir()
	program(t, dir, "install", "echo no space left; exit 3")
	err := initialise(t.Context(), binaries{install: filepath.Join(dir, "install")}, dir, "")
	if err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("failed install: %v, want its output", err)
	}
	program(t, dir, "install", "echo nothing done")
	err = initialise(t.Context(), binaries{install: filepath.Join(dir, "install")}, dir, "")
	if err == nil || !strings.Contains(err.Error(), "nothing done") {
		t.Errorf("install that made nothing: %v, want its output", err)
	}
}

func TestCacheIsUsedAndSparse(t *testing.T) {
	kept := t.TempDir()
	for range 2 {
		s := start(t, folder(t), Options{Cache: kept, Database: "panelwatch"})
		execute(t, s, "CREATE TABLE only_here (n INT)")
	}
	entries, err := os.ReadDir(kept)
	if err != nil || len(entries) != 1 {
		t.Fatalf("cache holds %v, %v; want one folder", entries, err)
	}
	log := filepath.Join(kept, entries[0].Name(), "ib_logfile0")
	info, err := os.Stat(log)
	if err != nil {
		t.Fatal(err)
	}
	if used := blocks(t, log); used*10 > info.Size() {
		t.Errorf("%s takes %d bytes of %d: not sparse", log, used, info.Size())
	}
}

func TestCopyTreeIsExact(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "to")
	for name, content := range map[string][]byte{
		"empty":     nil,
		"short":     []byte("x"),
		"hole":      append(bytes.Repeat([]byte{0}, 200<<10), 1),
		"zero tail": append([]byte{1}, bytes.Repeat([]byte{0}, 200<<10)...),
		"sub/block": bytes.Repeat([]byte{0}, 64<<10),
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(from, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(from, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
		defer func() {
			got, err := os.ReadFile(filepath.Join(to, name))
			if err != nil || !bytes.Equal(got, content) {
				t.Errorf("%s: copy differs: %d bytes of %d, %v", name, len(got), len(content), err)
			}
		}()
	}
	if err := copyTree(from, to); err != nil {
		t.Fatal(err)
	}
}
