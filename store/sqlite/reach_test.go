package sqlite_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"sukien/store/storetest"
)

// reachLinks is how many links TestReach puts into the frontier instead of a
// few: 10000000 need 5 GB in TMPDIR and a quarter of an hour.
const reachLinks = "SUKIEN_REACH_LINKS"

// maxResident bounds the process however large the frontier is, in MB.
const maxResident = 300

// raceFactor is what the race detector may add to a small run's memory.
const raceFactor = 10

// TestReach measures a large frontier: rates are logged, memory is bounded.
func TestReach(t *testing.T) {
	n, take, most := 20_000, time.Second, maxResident*raceFactor
	if asked, err := strconv.Atoi(os.Getenv(reachLinks)); err == nil {
		n, take, most = asked, 30*time.Second, maxResident
	}
	storetest.Reach(t, open(), n, take, func(what string) { t.Logf("%s: %d MB resident at most", what, resident(t)) })
	if mb := resident(t); mb > most {
		t.Errorf("%d MB resident, want at most %d", mb, most)
	}
}

// resident is the most memory that the process has had, in MB.
func resident(t *testing.T) int {
	t.Helper()
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0 // no /proc here
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
