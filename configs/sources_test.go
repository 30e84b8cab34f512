package configs_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"panelwatch/configs"
)

const vendorLine = `  - {name: vendor, folder: "${PANELWATCH_INBOX:-inbox}/vendor"}`

func TestSourcesOfEveryKind(t *testing.T) {
	dir := own(t, vendorLine, `  - {name: vendor, kind: https, url: "https://${VENDOR_HOST}/out/", user: me, index: files.txt, spool: spool/vendor, glob: "2023-*"}
  - {name: store, kind: s3, endpoint: "https://s3.example.com", bucket: b, prefix: in, region: cn-north-1, ca_file: ca.pem, spool: spool/store}
  - {name: old server, kind: sftp, host: sftp.example.com, user: me, known_hosts: known_hosts, complete: stable, spool: spool/old}`)
	c, err := configs.Load(dir, func(name string) string {
		return map[string]string{"VENDOR_HOST": "vendor.example.com"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Sources[0].URL; got != "https://vendor.example.com/out/" {
		t.Errorf("url %s: the environment is not filled in", got)
	}
	if got := c.Sources[2].Secret("PASSWORD"); got != "PANELWATCH_SOURCE_OLD_SERVER_PASSWORD" {
		t.Errorf("secret %s", got)
	}
	for i, want := range []string{"spool/vendor", "spool/store", "spool/old", "inbox/panel"} {
		if got := c.Sources[i].Landing(); got != want {
			t.Errorf("source %d is read from %s, want %s", i, got, want)
		}
	}
	if s := c.Sources[3]; s.Kind != configs.KindFolder || s.Complete != configs.CompleteMarker {
		t.Errorf("defaults: kind %s, complete %s", s.Kind, s.Complete)
	}
}

// A fault of a source is named with its line and column.
func TestFaultsOfSources(t *testing.T) {
	text, err := os.ReadFile("panelwatch.yaml")
	if err != nil {
		t.Fatal(err)
	}
	above, _, _ := strings.Cut(string(text), vendorLine)
	line := 1 + strings.Count(above, "\n")
	before, below := fmt.Sprintf("panelwatch.yaml:%d:", line), fmt.Sprintf("panelwatch.yaml:%d:", line+1)
	for _, c := range []struct{ name, source, want string }{
		{"kind", "{name: vendor, kind: ftp, folder: x}", before + "26: sources[0]: kind: \"ftp\" is not folder, https, s3 or sftp"},
		{"no name", "{folder: x}", "sources[0]: the key name is missing"},
		{"no folder", "{name: vendor}", "sources[0]: a source of kind folder needs the key folder"},
		{"no spool", "{name: vendor, kind: https, url: \"https://h/\"}", "a source of kind https needs the key spool"},
		{"key of another kind", "{name: vendor, kind: s3, endpoint: e, bucket: b, spool: s, host: h}", before + "70: sources[0]: host: a source of kind s3 has no such key"},
		{"complete", "{name: vendor, folder: x, complete: soon}", before + "41: sources[0]: complete: \"soon\" is not marker or stable"},
		{"stable in place", "{name: vendor, folder: x, complete: stable}", "stable needs the key spool"},
		{"glob in place", "{name: vendor, folder: x, glob: \"*\"}", "read in place is read as a whole"},
		{"bad glob", "{name: vendor, folder: x, spool: s, glob: \"[\"}", before + "47: sources[0]: glob: \"[\": syntax error in pattern"},
		{"same secrets", "{name: vendor, folder: x}\n  - {name: Vendor, folder: y}", below + "12: sources[1]: name: \"Vendor\" has the same secrets"},
		{"same folder", "{name: vendor, folder: x}\n  - {name: b, folder: y, spool: ./x}", below + "33: sources[1]: spool: x belongs to another source"},
		{"spool is the folder", "{name: vendor, folder: x, spool: x/}", "spool: is the folder itself"},
		{"unknown key", "{name: vendor, folder: x, pasword: y}", `unknown field "pasword"`},
	} {
		_, err := configs.Load(own(t, vendorLine, "  - "+c.source), none)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}
