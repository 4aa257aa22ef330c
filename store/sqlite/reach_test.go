package sqlite_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"sukien/store/storetest"
)

// reachLinks is how many links TestReach puts into the frontier: none, so that
// the test is not run, unless it is set. 10,000,000 need 5 GB in TMPDIR.
const reachLinks = "SUKIEN_REACH_LINKS"

// maxResident bounds the process however large the frontier is, in MB.
const maxResident = 300

// TestReach measures a large frontier: rates are logged, memory is bounded.
func TestReach(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv(reachLinks))
	if err != nil {
		t.Skipf("set %s=10000000 to run it", reachLinks)
	}
	storetest.Reach(t, open(), n, func(what string) { t.Logf("%s: %d MB resident at most", what, resident(t)) })
	if mb := resident(t); mb > maxResident {
		t.Errorf("%d MB resident, want at most %d", mb, maxResident)
	}
}

// resident is the most memory that the process has had, in MB.
func resident(t *testing.T) int {
	t.Helper()
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc here")
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				t.Fatal(err)
			}
			return kb / 1024
		}
	}
	t.Fatal("no VmHWM")
	return 0
}
