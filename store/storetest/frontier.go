package storetest

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

var frontierTests = map[string]func(*testing.T, Open){
	"order":          testFrontierOrder,
	"known":          testFrontierKnown,
	"gone":           testFrontierGone,
	"pace":           testFrontierPace,
	"fencing":        testFrontierFencing,
	"rest":           testFrontierRest,
	"restart":        testFrontierRestart,
	"counts":         testFrontierCounts,
	"tally":          testFrontierTally,
	"due later":      testFrontierDueLater,
	"links as added": testFrontierRoundTrip,
	"workers":        testFrontierWorkers,
	"foreign bytes":  testFrontierForeign,
	"fenced page":    testFrontierFencedPage,
	"page and link":  testFrontierPageDone,
}

func link(host, path string, priority int, due time.Time) store.Link {
	return store.Link{URL: "http://" + host + path, Host: host, Source: host, Kind: "article", Priority: priority, Due: due, Origin: news.Live}
}

// links is a store with links in its frontier.
func links(t *testing.T, open Open, list ...store.Link) *fixture {
	t.Helper()
	f := fresh(t, open)
	if n, err := f.Add(t.Context(), list); err != nil || n != len(list) {
		t.Fatalf("added %d, %v", n, err)
	}
	return f
}

func (f *fixture) lease(at time.Time) *store.Lease {
	f.t.Helper()
	l, err := f.Lease(f.t.Context(), at, "w", time.Minute, 10)
	if err != nil {
		f.t.Fatal(err)
	}
	return l
}

func (f *fixture) done(at time.Time, l *store.Lease, o store.Outcome) {
	f.t.Helper()
	if err := f.Done(f.t.Context(), at, l, o); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) add(l store.Link) {
	f.t.Helper()
	if n, err := f.Add(f.t.Context(), []store.Link{l}); n != 0 || err != nil {
		f.t.Fatalf("added %d, %v; want a known link", n, err)
	}
}

func testFrontierOrder(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/1", 1, now), link("a.example", "/2", 5, now.Add(-time.Hour)), link("a.example", "/3", 5, now.Add(-2*time.Hour)),
		link("a.example", "/4", 9, now.Add(time.Second)), link("b.example", "/1", 3, now))
	l := f.lease(now)
	if l == nil || l.Host != "a.example" || len(l.Links) != 3 || l.Links[0].URL != "http://a.example/3" || l.Links[2].URL != "http://a.example/1" {
		t.Fatalf("lease %+v", l)
	}
	if l := f.lease(now); l == nil || l.Host != "b.example" {
		t.Fatalf("second lease %+v", l)
	}
	if l := f.lease(now); l != nil {
		t.Fatalf("third lease %+v: both hosts are leased", l)
	}
}

func testFrontierKnown(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/1", 1, now))
	again := link("a.example", "/1", 7, now.Add(-time.Hour))
	f.add(again)
	l := f.lease(now)
	if got := l.Links[0]; got.Priority != 7 || !got.Due.Equal(now) {
		t.Errorf("never fetched: %+v, want the priority raised and the due time kept", got)
	}
	f.done(now, l, store.Outcome{URL: again.URL, Result: "fetched", Fetched: now, Fetches: 1, Due: now.Add(time.Hour), Priority: 4})
	again.Due = now.Add(time.Minute)
	f.add(again)
	if at, _, err := f.Next(t.Context(), now.Add(2*time.Minute)); err != nil || !at.Equal(now.Add(time.Hour)) {
		t.Errorf("fetched and not modified: due %v, %v", at, err)
	}
	again.Modified = now.Add(time.Second)
	f.add(again)
	if at, _, err := f.Next(t.Context(), now.Add(2*time.Minute)); err != nil || !at.Equal(again.Due) {
		t.Errorf("modified after its fetch: due %v, %v, want %v", at, err, again.Due)
	}
}

func testFrontierGone(t *testing.T, open Open) {
	for _, result := range []string{"gone", "redirected"} {
		host := result + ".example"
		f := fresh(t, func(t testing.TB, _ string) store.Store { return open(t, result) })
		if _, err := f.Add(t.Context(), []store.Link{link(host, "/1", 1, now)}); err != nil {
			t.Fatal(err)
		}
		l := f.lease(now)
		f.done(now, l, store.Outcome{URL: l.Links[0].URL, Result: result, Fetched: now})
		again := link(host, "/1", 9, now)
		again.Modified = now.Add(time.Hour)
		f.add(again)
		if at, due, err := f.Next(t.Context(), now.Add(time.Hour)); !at.IsZero() || due || err != nil {
			t.Errorf("%s: next %v, %v, %v; want nothing ever", result, at, due, err)
		}
	}
}

func testFrontierPace(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/1", 1, now), link("a.example", "/2", 1, now))
	l := f.lease(now)
	for i, want := range []time.Duration{0, 2 * time.Second, 4 * time.Second} {
		if got, err := f.Reserve(t.Context(), now, l, 2*time.Second, time.Minute); err != nil || got != want {
			t.Errorf("reservation %d: wait %v, %v; want %v", i, got, err, want)
		}
	}
	if got, err := f.Reserve(t.Context(), now, l, 10*time.Second, time.Minute); err != nil || got != 14*time.Second {
		t.Errorf("a longer delay counts from the instant before: wait %v, %v", got, err)
	}
	if err := f.Release(t.Context(), now, l, time.Time{}, []byte("memo")); err != nil {
		t.Fatal(err)
	}
	if l := f.lease(now.Add(23 * time.Second)); l != nil {
		t.Error("leased before its pace allows a fetch")
	}
	at, due, err := f.Next(t.Context(), now)
	if !at.Equal(now.Add(24*time.Second)) || !due || err != nil {
		t.Errorf("next %v, %v, %v", at, due, err)
	}
	if l := f.lease(at); l == nil || string(l.Memo) != "memo" || len(l.Links) != 2 {
		t.Errorf("lease %+v", l)
	}
}

func testFrontierFencing(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/1", 1, now))
	old, later := f.lease(now), now.Add(time.Minute)
	taken := f.lease(later)
	if taken == nil || taken.Token <= old.Token || len(taken.Links) != 1 {
		t.Fatalf("lease after the first expired: %+v", taken)
	}
	o := store.Outcome{URL: old.Links[0].URL, Result: "fetched"}
	_, err := f.Reserve(t.Context(), later, old, time.Second, time.Minute)
	for name, err := range map[string]error{"Reserve": err, "Done": f.Done(t.Context(), later, old, o), "Release": f.Release(t.Context(), later, old, time.Time{}, nil)} {
		if !errors.Is(err, store.ErrLeaseLost) || !errors.Is(err, news.ErrBusy) {
			t.Errorf("%s under the old lease: %v", name, err)
		}
	}
	if _, err := f.Reserve(t.Context(), later, taken, time.Second, 2*time.Minute); err != nil {
		t.Errorf("Reserve under the new lease: %v", err)
	}
	if err := f.Done(t.Context(), later.Add(90*time.Second), taken, o); err != nil {
		t.Errorf("Done after Reserve made the lease longer: %v", err)
	}
	if err := f.Done(t.Context(), later.Add(2*time.Minute), taken, o); !errors.Is(err, store.ErrLeaseLost) {
		t.Errorf("Done under an expired lease: %v", err)
	}
}

func testFrontierRest(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/1", 1, now))
	rest := now.Add(time.Hour)
	if err := f.Release(t.Context(), now, f.lease(now), rest, nil); err != nil {
		t.Fatal(err)
	}
	if l := f.lease(rest.Add(-time.Second)); l != nil {
		t.Error("leased while it rests")
	}
	if at, due, err := f.Next(t.Context(), now); !at.Equal(rest) || due || err != nil {
		t.Errorf("next %v, %v, %v; want the end of the rest, nothing due", at, due, err)
	}
	if l := f.lease(rest); l == nil {
		t.Error("not leased after its rest")
	}
}

// testFrontierRestart: what a worker held when its process died is due at once
// for the next process, and the dead worker's token is worth nothing.
func testFrontierRestart(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/1", 1, now))
	dead := f.lease(now)
	f.reopen()
	l := f.lease(now)
	if l == nil || l.Token <= dead.Token || len(l.Links) != 1 {
		t.Errorf("lease after a restart: %+v", l)
	}
}

func testFrontierCounts(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/1", 1, now), link("a.example", "/2", 1, now), link("a.example", "/3", 1, now),
		link("a.example", "/4", 1, now.Add(time.Hour)), link("b.example", "/1", 1, now))
	l := f.lease(now)
	f.done(now, l, store.Outcome{URL: "http://a.example/1", Result: "fetched", Fetches: 1, Fetched: now, Changed: now, Due: now.Add(2 * time.Hour)})
	f.done(now, l, store.Outcome{URL: "http://a.example/2", Result: "gone", Fetches: 1, Fetched: now})
	f.done(now, l, store.Outcome{URL: "http://a.example/3", Result: "failed", Failures: 1, Due: now.Add(time.Minute)})
	list, err := f.LinkCounts(t.Context(), now)
	if err != nil || len(list) != 2 {
		t.Fatalf("counts %+v, %v", list, err)
	}
	want := store.LinkCount{Source: "a.example", Known: 4, Due: 0, Waiting: 3, Fetched: 1, Gone: 1, Failed: 1, LastNew: now}
	if list[0] != want {
		t.Errorf("counts %+v, want %+v", list[0], want)
	}
}

func testFrontierDueLater(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/1", 1, now.Add(time.Hour)), link("b.example", "/1", 1, time.Time{}))
	if l := f.lease(now); l != nil {
		t.Errorf("leased %+v", l)
	}
	if at, due, err := f.Next(t.Context(), now); !at.Equal(now.Add(time.Hour)) || due || err != nil {
		t.Errorf("next %v, %v, %v", at, due, err)
	}
}

func testFrontierRoundTrip(t *testing.T, open Open) {
	in := link("a.example", "/1", 3, now)
	in.Via, in.Hops, in.Published, in.Modified, in.Origin = "http://a.example/rss", 2, now.Add(-time.Hour), now.Add(-time.Minute), news.Backfill
	f := links(t, open, in)
	l := f.lease(now)
	if got := fmt.Sprint(l.Links[0]); got != fmt.Sprint(in) {
		t.Errorf("link %s, want %s", got, fmt.Sprint(in))
	}
	o := store.Outcome{URL: in.URL, Result: "fetched", Status: 200, Due: now.Add(time.Second), Priority: 8, Fetched: now, Changed: now.Add(-time.Second),
		Interval: time.Hour, Fetches: 3, Failures: 1, ETag: `"x"`, LastModified: "Wed", Signature: "s"}
	f.done(now, l, o)
	if err := f.Release(t.Context(), now, l, time.Time{}, nil); err != nil {
		t.Fatal(err)
	}
	got := f.lease(now.Add(time.Second)).Links[0]
	in.Due, in.Priority, in.Fetched, in.Changed, in.Interval = o.Due, o.Priority, o.Fetched, o.Changed, o.Interval
	in.Fetches, in.Failures, in.ETag, in.LastModified, in.Signature = o.Fetches, o.Failures, o.ETag, o.LastModified, o.Signature
	if fmt.Sprint(got) != fmt.Sprint(in) {
		t.Errorf("link after Done %s, want %s", fmt.Sprint(got), fmt.Sprint(in))
	}
}

// testFrontierWorkers lets several workers work off the links of a few hosts:
// each link is handed out once.
func testFrontierWorkers(t *testing.T, open Open) {
	var all []store.Link
	for h := range 5 {
		for i := range 20 {
			all = append(all, link(fmt.Sprintf("h%d.example", h), fmt.Sprint("/", i), i%3, now))
		}
	}
	f := links(t, open, all...)
	var mu sync.Mutex
	var wg sync.WaitGroup
	taken := map[string]int{}
	for range 6 {
		wg.Go(func() {
			for {
				l, err := f.Lease(t.Context(), now, "w", time.Hour, 3)
				if err != nil || l == nil {
					mu.Lock()
					left := len(taken) < len(all)
					mu.Unlock()
					if err != nil || !left {
						if err != nil {
							t.Error(err)
						}
						return
					}
					runtime.Gosched() // the hosts are all leased
					continue
				}
				for _, link := range l.Links {
					o := store.Outcome{URL: link.URL, Result: "fetched", Fetched: now, Fetches: 1}
					if err := f.Done(t.Context(), now, l, o); err != nil {
						t.Error(err)
					}
					mu.Lock()
					taken[link.URL]++
					mu.Unlock()
				}
				if err := f.Release(t.Context(), now, l, time.Time{}, nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for url, n := range taken {
		if n != 1 {
			t.Errorf("%s was handed out %d times", url, n)
		}
	}
}

// testFrontierForeign: what a host sends and what a page links to is kept, or
// changed a little, and is no error.
func testFrontierForeign(t *testing.T, open Open) {
	long := link("a.example", "/"+strings.Repeat("%c3%a0", 2000), 1, now)
	long.Via = "http://a.example/\xff\x00"
	f := links(t, open, long, link("a.example", "/\xe9\x00", 2, now))
	l := f.lease(now)
	if len(l.Links) != 2 || l.Links[1].URL != long.URL {
		t.Fatalf("lease %+v", l)
	}
	for _, link := range l.Links {
		f.done(now, l, store.Outcome{URL: link.URL, Result: "fetched", ETag: "\"\xe9\x00\"", LastModified: strings.Repeat("\xff", 5000), Target: "\x00", Due: now.Add(time.Hour)})
	}
	if at, due, err := f.Next(t.Context(), now); !at.Equal(now.Add(time.Hour)) || due || err != nil {
		t.Errorf("next %v, %v, %v", at, due, err)
	}
}
