package warehouse

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"panelwatch/sql/warehouse/localserver"
)

// An authority signs certificates and lies in files, as an operator has it.
type authority struct {
	t    *testing.T
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T, name string) *authority {
	t.Helper()
	a := &authority{t: t, dir: t.TempDir()}
	template := certificate(name)
	template.IsCA, template.BasicConstraintsValid, template.KeyUsage = true, true, x509.KeyUsageCertSign
	a.cert, a.key = a.sign("ca", template)
	return a
}

func certificate(name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
}

// sign writes NAME.crt and NAME.key; an authority signs itself.
func (a *authority) sign(name string, template *x509.Certificate, addresses ...net.IP) (*x509.Certificate, *ecdsa.PrivateKey) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	template.IPAddresses = addresses
	parent, signer := a.cert, a.key
	if parent == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		a.t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		a.t.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{name + ".crt": {Type: "CERTIFICATE", Bytes: der}, name + ".key": {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(a.file(file), pem.EncodeToMemory(block), 0o600); err != nil {
			a.t.Fatal(err)
		}
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return cert, key
}

func (a *authority) file(name string) string { return filepath.Join(a.dir, name) }

// elsewhere is an address that leads to this host and does not look like it:
// what answers there stands for a server on another host.
const elsewhere = "0.0.0.0"

// encrypted starts a server with options of TLS
// and gives the DSN of an account that may come from anywhere.
func encrypted(t *testing.T, args ...string) *mysql.Config {
	t.Helper()
	dir, err := os.MkdirTemp("", "pw")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s, err := localserver.Start(t.Context(), dir, localserver.Options{
		Database: "panelwatch", Port: localserver.AnyPort, Args: args,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Kill() })
	w := openAt(t, s.DSN("panelwatch"))
	for user, requires := range map[string]string{"plain": "", "careful": " REQUIRE X509"} {
		run(t, w, "CREATE USER "+user+"@'%' IDENTIFIED BY 'a-secret-word'"+requires)
		run(t, w, "GRANT ALL PRIVILEGES ON panelwatch.* TO "+user+"@'%'")
	}
	c := mysql.NewConfig()
	c.User, c.Passwd, c.Net, c.DBName = "plain", "a-secret-word", "tcp", "panelwatch"
	c.Addr = net.JoinHostPort(elsewhere, strconv.Itoa(s.Port))
	return c
}

func withTLS(c *mysql.Config, tls string) string {
	dsn := c.FormatDSN()
	if tls == "" {
		return dsn
	}
	return dsn + map[bool]string{true: "&", false: "?"}[strings.Contains(dsn, "?")] + "tls=" + tls
}

func TestTheServerIsCheckedOffThisHost(t *testing.T) {
	right, wrong := newAuthority(t, "right"), newAuthority(t, "wrong")
	server := certificate("db")
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	right.sign("server", server, net.ParseIP(elsewhere))
	right.sign("client", certificate("job"))
	there := encrypted(t, "--ssl-ca="+right.file("ca.crt"), "--ssl-cert="+right.file("server.crt"), "--ssl-key="+right.file("server.key"))
	careful := there.Clone()
	careful.User = "careful"
	here := there.Clone() // the certificate does not name this address
	_, port, _ := net.SplitHostPort(there.Addr)
	here.Addr = net.JoinHostPort("127.0.0.1", port)

	type outcome struct{ ok, denied, misconfigured bool }
	ca := Access{CAFile: right.file("ca.crt")}
	for _, c := range []struct {
		name  string
		dsn   string
		trust Access
		want  outcome
		says  string
	}{
		{"the CA that signed it", withTLS(there, ""), ca, outcome{ok: true}, "TLSv1"},
		{"said in the DSN too", withTLS(there, "true"), ca, outcome{ok: true}, "TLSv1"},
		{"on this host, with a CA", withTLS(here, ""), ca, outcome{denied: true}, "PANELWATCH_DSN_CA_FILE"},
		{"on this host, without", withTLS(here, ""), Access{}, outcome{ok: true}, ""},
		{"another CA", withTLS(there, ""), Access{CAFile: wrong.file("ca.crt")}, outcome{denied: true}, "PANELWATCH_DSN_CA_FILE"},
		{"the system's CAs", withTLS(there, ""), Access{}, outcome{denied: true}, "PANELWATCH_DSN_CA_FILE"},
		{"plain, as the operator says", withTLS(there, "false"), ca, outcome{ok: true}, ""},
		{"whoever answers", withTLS(there, "skip-verify"), ca, outcome{misconfigured: true}, "trusts whoever answers"},
		{"if there happens to be some", withTLS(there, "preferred"), ca, outcome{misconfigured: true}, "trusts whoever answers"},
		{"a CA file that is not there", withTLS(there, ""), Access{CAFile: "/nonexistent/ca.crt"}, outcome{misconfigured: true}, "/nonexistent/ca.crt"},
		{"a CA file that is none", withTLS(there, ""), Access{CAFile: right.file("ca.key")}, outcome{misconfigured: true}, "no certificate in PEM"},
		{"an account that wants a certificate, without", withTLS(careful, ""), ca, outcome{denied: true}, "Access denied"},
		{
			"with it", withTLS(careful, ""),
			Access{CAFile: ca.CAFile, CertFile: right.file("client.crt"), KeyFile: right.file("client.key")},
			outcome{ok: true},
			"TLSv1",
		},
	} {
		w, err := Open(t.Context(), c.dsn, time.Now, 10*time.Second, c.trust)
		got, says := outcome{err == nil, Denied(err), Misconfigured(err)}, ""
		if err != nil {
			says = err.Error()
		} else {
			says = stateOf(t, w).TLS
		}
		if got != c.want || !strings.Contains(says, c.says) || c.says == "" && says != "" || strings.Contains(says, "a-secret-word") {
			t.Errorf("%s: %+v, %q; want %+v, %q", c.name, got, says, c.want, c.says)
		}
	}
}

// stateOf reads the condition and closes the warehouse.
func stateOf(t *testing.T, w *Warehouse) Condition {
	t.Helper()
	defer w.Close()
	c, err := w.Condition(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A server without TLS is not spoken to in the clear unless the operator says so.
func TestAPlainServerIsRefusedOffThisHost(t *testing.T) {
	there := encrypted(t, "--skip-ssl")
	_, err := Open(t.Context(), withTLS(there, ""), time.Now, 10*time.Second)
	if !Misconfigured(err) || !strings.Contains(err.Error(), "say tls=false") || strings.Contains(err.Error(), "a-secret-word") {
		t.Errorf("%v; want a ConfigError that says what to do", err)
	}
	w, err := Open(t.Context(), withTLS(there, "false"), time.Now, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if c := stateOf(t, w); c.TLS != "" || !c.Remote {
		t.Errorf("TLS %q, remote %t; want a plain connection to elsewhere", c.TLS, c.Remote)
	}
}

func TestDSNsParameters(t *testing.T) {
	for _, c := range []struct{ parameters, want string }{
		{"", ""},
		{"?timeout=5s&parseTime=false&charset=latin1&tidb_dml_type=%27standard%27", ""},
		{"?multiStatements=false", ""},
		{"?multiStatements=true", `"multiStatements" is not allowed`},
		{"?allowAllFiles=true", `"allowAllFiles" is not allowed`},
		{"?allowCleartextPasswords=1", `"allowCleartextPasswords" is not allowed`},
		{"?allowFallbackToPlaintext=true", `"allowFallbackToPlaintext" is not allowed`},
		{"?foreign_key_checks=0", `"foreign_key_checks" is not allowed`},
		{"?timeuot=5s", `did you mean "timeout"?`},
		{"?a=%zz", "cannot be read"},
	} {
		_, err := settings("job:a/secret?word@unix(/tmp/s.sock)/panelwatch" + c.parameters)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.parameters, err)
		case c.want != "" && (!Misconfigured(err) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret")):
			t.Errorf("%s: %v, want %q", c.parameters, err, c.want)
		}
	}
}

// A password that is changed while a warehouse is open holds for its next
// connection, without a new start.
func TestPasswordsMayChangeMeanwhile(t *testing.T) {
	owner, dsn := newHouseAt(t)
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	a := Account{Role: Loader, Name: "rotating_" + strconv.FormatInt(time.Now().UnixNano()%1e9, 10), Host: "%", Password: "first-word"}
	if config.Net == "unix" {
		a.Host = "localhost"
	}
	grant := func(password string) {
		a.Password = password
		if err := owner.Grant(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		config.User, config.Passwd = a.Name, password
	}
	grant("first-word")
	t.Cleanup(func() {
		if _, err := owner.db.Exec("DROP USER ?@?", a.Name, a.Host); err != nil {
			t.Error(err)
		}
	})
	w, err := Open(t.Context(), config.FormatDSN(), time.Now, time.Second, Access{Again: func() (string, error) { return config.FormatDSN(), nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, password := range []string{"second-word", "third-word"} {
		grant(password)
		w.db.SetMaxIdleConns(0) // the next statement takes a new connection
		if err := w.CheckSchema(t.Context()); err != nil {
			t.Errorf("with the %s: %v", password, err)
		}
	}
}
