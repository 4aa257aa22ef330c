package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"sukien/store"
)

// reachHosts is the number of outlets' hosts that Reach spreads its links over.
const reachHosts = 200

// Reach fills a frontier with n links, addresses as news sites have them and in
// no order that an index would like, then takes links for a while as a crawl does, and logs
// both rates. look is called now and then, for the caller's own measure.
func Reach(t *testing.T, open Open, n int, take time.Duration, look func(what string)) {
	f := fresh(t, open)
	began := watch()
	for at := 0; at < n; at += reachBatch {
		if _, err := f.Add(t.Context(), reachLinks(at, min(at+reachBatch, n))); err != nil {
			t.Fatal(err)
		}
		if done := at + reachBatch; done%(1_000_000) == 0 {
			look(fmt.Sprintf("%d links, %s", done, began.rate(done)))
		}
	}
	t.Logf("insert: %s over %d", began.rate(n), n)
	reachTake(t, f, take)
	look("after taking")
	began = watch()
	if _, _, err := f.Next(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	t.Logf("Next: %v", time.Since(began.wall))
	began = watch()
	if _, err := f.LinkCounts(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	t.Logf("LinkCounts: %v", time.Since(began.wall))
}

// stopwatch is when something began, by the clock and by the processor.
type stopwatch struct {
	wall time.Time
	cpu  time.Duration
}

func watch() stopwatch { return stopwatch{time.Now(), spent()} }

// rate is how many a second there were since.
func (s stopwatch) rate(n int) string {
	return fmt.Sprintf("%.0f links a second, %.0f a CPU second", float64(n)/time.Since(s.wall).Seconds(), float64(n)/(spent()-s.cpu).Seconds())
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

// reachWorkers is how many take links at once: as many as a crawl has by default.
const reachWorkers = 16

// reachTake takes links for a while, by several workers: lease, and for each link
// its turn and its outcome.
func reachTake(t *testing.T, f *fixture, long time.Duration) {
	began := watch()
	var taken atomic.Int64
	var g errgroup.Group
	for range reachWorkers {
		g.Go(func() error {
			for time.Since(began.wall) < long {
				n, err := takeLease(t.Context(), f)
				if taken.Add(int64(n)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	t.Logf("take: %s", began.rate(int(taken.Load())))
}

// takeLease takes the links of one lease.
func takeLease(ctx context.Context, f *fixture) (n int, err error) {
	l, err := f.Lease(ctx, now, "w", time.Minute, 16)
	if err != nil || l == nil {
		return 0, cmp.Or(err, errors.New("nothing to lease"))
	}
	for _, link := range l.Links {
		if _, err := f.Reserve(ctx, now, l, 0, time.Minute); err != nil {
			return n, err
		}
		o := store.Outcome{URL: link.URL, Result: "fetched", Fetched: now, Changed: now, Fetches: 1, Due: now.Add(2 * time.Hour), Priority: 4, Signature: "0123456789abcdef"}
		if err := f.Done(ctx, now, l, o); err != nil {
			return n, err
		}
		n++
	}
	return n, f.Release(ctx, now, l, time.Time{}, nil)
}
