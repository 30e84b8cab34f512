package localserver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// logFileSize is given when the data folder is made and when it is used, so
// that the first start has nothing to rebuild.
const logFileSize = "--innodb-log-file-size=64M"

// binaries are the programs of one installation of MariaDB.
type binaries struct {
	server  string
	install string
	version string // what the server says of itself
}

// searchPath lists the folders to look in: PATH, then the folders that an
// ordinary user's PATH often lacks.
func searchPath() []string {
	return append(filepath.SplitList(os.Getenv("PATH")),
		"/usr/sbin", "/usr/bin", "/usr/libexec",
		"/usr/local/sbin", "/usr/local/bin", "/usr/local/mariadb/bin", "/usr/local/mariadb/scripts",
		"/usr/local/mysql/bin", "/usr/local/mysql/scripts",
		"/opt/homebrew/bin", "/opt/homebrew/opt/mariadb/bin", "/usr/local/opt/mariadb/bin")
}

// findBinaries looks for MariaDB in the folders. A mysqld counts only if it
// is MariaDB's: MySQL's own is set up differently.
func findBinaries(ctx context.Context, folders []string) (binaries, error) {
	for _, name := range []string{"mariadbd", "mysqld"} {
		server := lookup(folders, name)
		if server == "" {
			continue
		}
		version, err := exec.CommandContext(ctx, server, "--no-defaults", "--version").Output()
		if err != nil {
			return binaries{}, fmt.Errorf("%s --version: %w", server, err)
		}
		if !strings.Contains(string(version), "MariaDB") {
			continue
		}
		install := lookup(folders, "mariadb-install-db", "mysql_install_db")
		if install == "" {
			return binaries{}, fmt.Errorf("%s is here, but mariadb-install-db is not: reinstall the package %s", server, Package)
		}
		return binaries{server, install, strings.TrimSpace(string(version))}, nil
	}
	return binaries{}, fmt.Errorf("no MariaDB server (mariadbd) found: install the package %s, "+
		"on Debian and Ubuntu by: apt-get install %s", Package, Package)
}

// lookup returns the first executable file with one of the names.
func lookup(folders []string, names ...string) string {
	for _, name := range names {
		for _, folder := range folders {
			path := filepath.Join(folder, name)
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
				return path
			}
		}
	}
	return ""
}

// initialise makes the folder dir/data unless it is there. It is made under
// another name and renamed when complete, so that an interrupted start leaves
// no half a database behind.
func initialise(ctx context.Context, bin binaries, dir, cache string) error {
	data := filepath.Join(dir, "data")
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		return err
	}
	part := data + ".part"
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	if err := populate(ctx, bin, dir, part, cache); err != nil {
		return fmt.Errorf("initialise %s: %w", data, err)
	}
	return os.Rename(part, data)
}

// populate fills data from the cache, or anew and then the cache from it.
func populate(ctx context.Context, bin binaries, dir, data, cache string) error {
	if cache == "" {
		return install(ctx, bin, dir, data)
	}
	kept := filepath.Join(cache, cacheName(bin))
	if _, err := os.Stat(kept); err == nil {
		return copyTree(kept, data)
	}
	if err := install(ctx, bin, dir, data); err != nil {
		return err
	}
	return keep(data, kept)
}

// cacheName tells data folders apart: by version, as an upgrade may change
// their format, and by how they are made.
func cacheName(bin binaries) string {
	sum := sha256.Sum256([]byte(bin.version + "\n" + bin.install + "\n" + logFileSize))
	return "mariadb-" + hex.EncodeToString(sum[:8])
}

// keep puts a copy of data into the cache. Of several processes that do so at
// once the first one wins; all copies are alike.
func keep(data, kept string) error {
	if err := os.MkdirAll(filepath.Dir(kept), 0o700); err != nil {
		return err
	}
	part, err := os.MkdirTemp(filepath.Dir(kept), "part")
	if err != nil {
		return err
	}
	defer os.RemoveAll(part)
	if err := copyTree(data, filepath.Join(part, "data")); err != nil {
		return err
	}
	err = os.Rename(filepath.Join(part, "data"), kept)
	if _, there := os.Stat(kept); there == nil {
		return nil
	}
	return err
}

// install runs mariadb-install-db. The bootstrap server that it uses shuts
// down in good order, so that the folder may be copied.
func install(ctx context.Context, bin binaries, dir, data string) error {
	args := append([]string{"--no-defaults"}, asRoot()...)
	args = append(args, "--datadir="+data, "--auth-root-authentication-method=normal",
		"--skip-test-db", "--skip-name-resolve", logFileSize)
	cmd := exec.CommandContext(ctx, bin.install, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+filepath.Join(dir, "tmp"))
	cmd.Dir = dir
	output, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w:\n%s", bin.install, errors.Join(ctx.Err(), err), output)
	}
	if _, err := os.Stat(filepath.Join(data, "mysql")); err != nil {
		return errors.Join(err, fmt.Errorf("%s said:\n%s", bin.install, output))
	}
	return nil
}
