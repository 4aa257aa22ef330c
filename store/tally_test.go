package store_test

import (
	"testing"
	"time"

	"sukien/store"
)

func TestTally(t *testing.T) {
	quarter := time.Date(2026, 3, 18, 9, 15, 0, 0, time.UTC)
	for _, row := range []struct {
		name         string
		this, ripe   int
		due, waiting int
	}{
		{"none this hour", 0, 0, 5, 7},
		{"few this hour, counted", 100, 90, 95, 17},
		{"more ripe since the tally was read", 100, 120, 105, 7},
		{"very many this hour, divided", 1_000_000, 0, 250_005, 750_007},
	} {
		var sum store.Tally
		sum.Add(store.LinkCount{Source: "a.example", Due: 5, Waiting: 7}, row.this)
		if exact := sum.Exact(); exact != (row.this > 0 && row.this < 10_000) {
			t.Errorf("%s: exact %v", row.name, exact)
		} else if exact {
			sum.Ripe("a.example", row.ripe)
		}
		if c := sum.Counts(quarter)[0]; c.Due != row.due || c.Waiting != row.waiting {
			t.Errorf("%s: %d due, %d waiting, want %d, %d", row.name, c.Due, c.Waiting, row.due, row.waiting)
		}
	}
}
