package storetest

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"sukien/store"
)

// testFrontierTally: whatever comes of links, the counts are those that a look at
// each of them would give.
func testFrontierTally(t *testing.T, open Open) {
	rng := rand.New(rand.NewPCG(1, 2))
	soon := func() time.Time {
		return now.Add(time.Duration(rng.IntN(4*3600)-2*3600) * time.Second)
	}
	f := fresh(t, open)
	known := map[string]*tallied{}
	for n := range 60 {
		l := link(fmt.Sprintf("h%d.example", n%3), fmt.Sprint("/", n), n%4, soon())
		l.Source = fmt.Sprintf("s%d.example", n%2)
		known[l.URL] = &tallied{Link: l}
		if _, err := f.Add(t.Context(), []store.Link{l}); err != nil {
			t.Fatal(err)
		}
	}
	results := []string{"fetched", "unchanged", "gone", "redirected", "failed"}
	for round := range 6 {
		at := now.Add(time.Duration(round) * time.Minute)
		for l := f.lease(at); l != nil; l = f.lease(at) {
			for _, got := range l.Links[:min(len(l.Links), 3)] {
				o := store.Outcome{URL: got.URL, Result: results[rng.IntN(len(results))], Fetched: at, Changed: at, Fetches: got.Fetches + rng.IntN(2), Priority: got.Priority, Due: soon()}
				if rng.IntN(4) == 0 {
					o.Due = time.Time{}
				}
				f.done(at, l, o)
				known[o.URL].take(o)
			}
			if err := f.Release(t.Context(), at, l, now.Add(time.Duration(round+1)*time.Minute), nil); err != nil {
				t.Fatal(err)
			}
		}
		f.tallies(at, known)
	}
}

// tallied is a link as a test knows it.
type tallied struct {
	store.Link
	result string
}

func (k *tallied) take(o store.Outcome) {
	k.Due, k.Changed, k.Fetches, k.result = o.Due, o.Changed, o.Fetches, o.Result
}

// tallies compares the counts with what is known.
func (f *fixture) tallies(at time.Time, known map[string]*tallied) {
	f.t.Helper()
	want := map[string]*store.LinkCount{}
	for _, k := range known {
		c := want[k.Source]
		if c == nil {
			c = &store.LinkCount{Source: k.Source}
			want[k.Source] = c
		}
		k.count(c, at)
	}
	got, err := f.LinkCounts(f.t.Context(), at)
	if err != nil || len(got) != len(want) {
		f.t.Fatalf("counts %+v, %v", got, err)
	}
	for _, c := range got {
		if c != *want[c.Source] {
			f.t.Errorf("counts %+v, want %+v", c, *want[c.Source])
		}
	}
}

func (k *tallied) count(c *store.LinkCount, at time.Time) {
	c.Known++
	switch {
	case k.Due.IsZero():
	case k.Due.After(at):
		c.Waiting++
	default:
		c.Due++
	}
	switch {
	case k.result == "gone" || k.result == "redirected":
		c.Gone++
	case k.Fetches > 0:
		c.Fetched++
	}
	if k.result == "failed" {
		c.Failed++
	}
	if k.Changed.After(c.LastNew) {
		c.LastNew = k.Changed.UTC()
	}
}
