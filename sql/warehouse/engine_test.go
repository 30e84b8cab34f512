package warehouse

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"panelwatch/sql/warehouse/localserver/servertest"
)

// The tests run on an engine that README names; which, the log tells.
func TestEngineIsOneOfTheNamed(t *testing.T) {
	version := one(t, openAt(t, servertest.NewDatabase(t)), "SELECT VERSION()")
	t.Log("engine: " + version)
	if err := supported(version); err != nil {
		t.Error(err)
	}
}

// supported is an error for a version that the SQL is not written for. TiDB
// says which MySQL it follows: 8.0.11-TiDB-v7.5.0.
func supported(version string) error {
	numbers := strings.SplitN(version, ".", 3)
	major, err := strconv.Atoi(numbers[0])
	if err != nil || len(numbers) < 3 {
		return fmt.Errorf("version %q: want three numbers", version)
	}
	minor, err := strconv.Atoi(numbers[1])
	if err != nil {
		return fmt.Errorf("version %q: %w", version, err)
	}
	if maria := strings.Contains(version, "MariaDB"); maria && major*100+minor < 1011 || !maria && major < 8 {
		return fmt.Errorf("version %s: want MySQL 8, MariaDB 10.11 or later", version)
	}
	return nil
}

func TestVersionsOfEngines(t *testing.T) {
	for version, want := range map[string]bool{
		"10.11.19-MariaDB-deb12": true, "11.4.2-MariaDB": true, "10.6.18-MariaDB": false, "9.7.4-2": true,
		"8.0.36": true, "5.7.44-log": false, "8.0.11-TiDB-v7.5.0": true, "five": false,
	} {
		if err := supported(version); (err == nil) != want {
			t.Errorf("%s: %v, want it supported: %v", version, err, want)
		}
	}
}
