package source_test

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"panelwatch/etl/source"
	"panelwatch/etl/source/localplaces"
)

// A server is trusted by its key in known_hosts and by nothing else.
func TestKnownHosts(t *testing.T) {
	l := newLanding(t, source.SFTP)
	stranger, err := ssh.NewSignerFromKey(hostKey(2))
	must(t, err)
	for name, c := range map[string]struct{ line, want string }{
		"none":    {"", "has no key of"},
		"another": {knownhosts.Line([]string{l.settings.Host}, stranger.PublicKey()), "shows another key"},
		"revoked": {"@revoked * " + strings.SplitN(knownhosts.Line([]string{"x"}, publicKey(t, 1)), " ", 2)[1], "revokes"},
	} {
		l.settings.KnownHosts = filepath.Join(t.TempDir(), "known_hosts")
		writeFile(t, l.settings.KnownHosts, []byte(c.line+"\n"))
		_, err := l.mirror(t, t.TempDir(), source.Options{})
		if !errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want not permitted and %q", name, err, c.want)
		}
	}
}

func publicKey(t *testing.T, seed byte) ssh.PublicKey {
	t.Helper()
	signer, err := ssh.NewSignerFromKey(hostKey(seed))
	must(t, err)
	return signer.PublicKey()
}

// A private key opens the door, with or without a passphrase; another one
// does not.
func TestPrivateKey(t *testing.T) {
	for name, c := range map[string]struct {
		seed       byte
		passphrase string
		denied     bool
	}{"plain": {3, "", false}, "locked": {3, "sesame", false}, "another": {4, "", true}} {
		t.Run(name, func(t *testing.T) {
			l := newLanding(t, source.SFTP)
			l.deliver(t, "2023-12", "2023-12", 1, noise(1, 100))
			server := localplaces.Server{Folder: l.dir, User: login, Key: publicKey(t, 3), HostKey: hostKey(1)}
			running, known, err := server.Start()
			must(t, err)
			t.Cleanup(func() { _ = running.Close() })
			writeFile(t, l.settings.KnownHosts, []byte(known+"\n"))
			l.settings.Host, l.settings.Password = running.Address, ""
			l.settings.Key, l.settings.Passphrase = privateKey(t, hostKey(c.seed), c.passphrase), c.passphrase
			report, err := l.mirror(t, t.TempDir(), source.Options{})
			if errors.Is(err, source.ErrDenied) != c.denied || !c.denied && len(report.Fetched) != 1 {
				t.Errorf("fetched %v, error %v", report.Fetched, err)
			}
		})
	}
}

func privateKey(t *testing.T, key ed25519.PrivateKey, passphrase string) string {
	t.Helper()
	if passphrase == "" {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		must(t, err)
		return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	}
	block, err := ssh.MarshalPrivateKeyWithPassphrase(key, "", []byte(passphrase))
	must(t, err)
	return string(pem.EncodeToMemory(block))
}

// A passphrase that does not fit is a fault of the settings.
func TestWrongPassphrase(t *testing.T) {
	l := newLanding(t, source.SFTP)
	l.settings.Key, l.settings.Passphrase = privateKey(t, hostKey(3), "sesame"), "another"
	if _, err := source.Connect(l.settings); !errors.Is(err, source.ErrSettings) || strings.Contains(err.Error(), "another") {
		t.Errorf("error %v, want one of the settings", err)
	}
}

// A server may lie about names: none of them leads anywhere.
func TestLyingServer(t *testing.T) {
	for _, lie := range []string{"../../up.csv", "/etc/passwd", "..", "", "a/../../../up.csv", "x\x00y", "loop/loop"} {
		l := newLanding(t, source.SFTP)
		l.deliver(t, "good", "2023-12", 1, noise(1, 100))
		l.put(t, "lie", noise(2, 10))
		server := localplaces.Server{Folder: l.dir, User: login, Password: password, HostKey: hostKey(1)}
		server.Rename = func(name string) string { return strings.Replace(name, "lie", lie, 1) }
		running, known, err := server.Start()
		must(t, err)
		t.Cleanup(func() { _ = running.Close() })
		writeFile(t, l.settings.KnownHosts, []byte(known+"\n"))
		l.settings.Host = running.Address
		spool, check := outside(t)
		for range 2 {
			if _, err := l.mirror(t, spool, source.Options{Stable: true, Patience: source.Patience{Tries: 1}}); err != nil {
				t.Errorf("%q: %v", lie, err)
			}
		}
		check()
		wantFolder(t, spool, "good", files(t, "2023-12", 1, noise(1, 100)))
	}
}

// A folder that is listed, but is not there when it is looked into, keeps
// nothing else from coming.
func TestFolderThatIsNotThere(t *testing.T) {
	l := newLanding(t, source.SFTP)
	l.deliver(t, "good", "2023-12", 1, noise(1, 100))
	must(t, os.Mkdir(filepath.Join(l.dir, "good", "endless"), 0o755))
	server := localplaces.Server{Folder: l.dir, User: login, Password: password, HostKey: hostKey(1)}
	server.Rename = func(name string) string { return strings.Replace(name, "endless", "vanished", 1) }
	running, known, err := server.Start()
	must(t, err)
	t.Cleanup(func() { _ = running.Close() })
	writeFile(t, l.settings.KnownHosts, []byte(known+"\n"))
	l.settings.Host = running.Address
	report, err := l.mirror(t, t.TempDir(), source.Options{})
	if err != nil || len(report.Fetched) != 1 {
		t.Errorf("fetched %v, error %v; want the good delivery", report.Fetched, err)
	}
}

// The prefix is the folder that a server's source begins at.
func TestPrefix(t *testing.T) {
	l := newLanding(t, source.SFTP)
	l.deliver(t, "for us/in/2023-12", "2023-12", 1, noise(1, 100))
	l.deliver(t, "for others/2023-11", "2023-11", 1, noise(1, 100))
	l.settings.Prefix = "/for us/in"
	spool := t.TempDir()
	l.mustMirror(t, spool, source.Options{})
	wantFolder(t, spool, "2023-12", files(t, "2023-12", 1, noise(1, 100)))
	if got := len(tree(t, spool)); got != 3 {
		t.Errorf("%d files in the spool, want those of one delivery", got)
	}
}
