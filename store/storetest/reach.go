package storetest

import (
	"fmt"
	"hash/fnv"
	"testing"
	"time"

	"sukien/store"
)

// reachHosts is the number of outlets' hosts that Reach spreads its links over.
const reachHosts = 200

// Reach fills a frontier with n links, addresses as news sites have them and in
// no order that an index would like, then takes links for a while as a crawl does, and logs
// both rates. look is called now and then, for the caller's own measure.
func Reach(t *testing.T, open Open, n int, take time.Duration, look func(what string)) {
	f := fresh(t, open)
	began := time.Now()
	for at := 0; at < n; at += reachBatch {
		if _, err := f.Add(t.Context(), reachLinks(at, min(at+reachBatch, n))); err != nil {
			t.Fatal(err)
		}
		if done := at + reachBatch; done%(1_000_000) == 0 {
			look(fmt.Sprintf("%d links, %.0f a second", done, float64(done)/time.Since(began).Seconds()))
		}
	}
	t.Logf("insert: %.0f links a second over %d", float64(n)/time.Since(began).Seconds(), n)
	reachTake(t, f, take)
	look("after taking")
	began = time.Now()
	if _, _, err := f.Next(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	t.Logf("Next: %v", time.Since(began))
	began = time.Now()
	if _, err := f.LinkCounts(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	t.Logf("LinkCounts: %v", time.Since(began))
}

// reachBatch is how many links a list brings at once.
const reachBatch = 500

func reachLinks(from, to int) []store.Link {
	list := make([]store.Link, 0, to-from)
	for i := from; i < to; i++ {
		h := fnv.New64a()
		fmt.Fprint(h, i)
		host := fmt.Sprintf("bao-%d.example", i/reachBatch%reachHosts)
		l := link(host, fmt.Sprintf("/thoi-su/hoi-nghi-%x-lan-thu-%d.html", h.Sum64(), i), i%3*10, now.Add(time.Duration(i%7-6)*time.Minute))
		list = append(list, l)
	}
	return list
}

// reachTake takes links for a while: lease, and for each link its turn
// and its outcome.
func reachTake(t *testing.T, f *fixture, long time.Duration) {
	began, taken := time.Now(), 0
	for time.Since(began) < long {
		l, err := f.Lease(t.Context(), now, "w", time.Minute, 16)
		if err != nil || l == nil {
			t.Fatalf("lease %v, %v", l, err)
		}
		for _, link := range l.Links {
			if _, err := f.Reserve(t.Context(), now, l, 0, time.Minute); err != nil {
				t.Fatal(err)
			}
			f.done(now, l, store.Outcome{URL: link.URL, Result: "fetched", Fetched: now, Changed: now, Fetches: 1, Due: now.Add(2 * time.Hour), Priority: 4, Signature: "0123456789abcdef"})
			taken++
		}
		if err := f.Release(t.Context(), now, l, time.Time{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("take: %.0f links a second", float64(taken)/time.Since(began).Seconds())
}
