package storetest

import (
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

var backfillTests = map[string]func(*testing.T, Open){
	"its own links": testBackfillLinks,
	"the host's":    testBackfillPace,
}

// archived is a link of a backfill of a source.
func archived(source, host, path string, priority int, due time.Time) store.Link {
	l := link(host, path, priority, due)
	l.Source, l.Origin = source, news.Backfill
	return l
}

func (f *fixture) leaseBackfill(at time.Time, source string) *store.Lease {
	f.t.Helper()
	l, err := f.LeaseBackfill(f.t.Context(), at, "w", time.Minute, 10, source)
	if err != nil {
		f.t.Fatal(err)
	}
	return l
}

func testBackfillLinks(t *testing.T, open Open) {
	f := links(t, open,
		link("a.example", "/live", 100, now), archived("b.example", "a.example", "/of-b", 50, now),
		archived("a.example", "a.example", "/1", 8, now), archived("a.example", "a.example", "/2", 12, now), archived("a.example", "a.example", "/3", 12, now.Add(time.Hour)),
		archived("a.example", "tin.a.example", "/1", 10, now))
	if n, err := f.BackfillWaiting(t.Context(), "a.example"); n != 4 || err != nil {
		t.Errorf("%d waiting, %v", n, err)
	}
	if at, due, err := f.NextBackfill(t.Context(), now, "a.example"); !at.Equal(now) || !due || err != nil {
		t.Errorf("next %v, %v, %v", at, due, err)
	}
	l := f.leaseBackfill(now, "a.example")
	if l == nil || l.Host != "a.example" || len(l.Links) != 2 || l.Links[0].URL != "http://a.example/2" || l.Links[1].URL != "http://a.example/1" {
		t.Fatalf("lease %+v", l)
	}
	if l := f.leaseBackfill(now, "a.example"); l == nil || l.Host != "tin.a.example" || len(l.Links) != 1 {
		t.Fatalf("second lease %+v", l)
	}
	if l := f.leaseBackfill(now, "b.example"); l != nil {
		t.Fatalf("a leased host was leased for another source: %+v", l)
	}
	for _, u := range l.Links {
		f.done(now, l, store.Outcome{URL: u.URL, Result: "fetched", Fetched: now, Fetches: 1})
	}
	if err := f.Release(t.Context(), now, l, time.Time{}, nil); err != nil {
		t.Fatal(err)
	}
	if n, err := f.BackfillWaiting(t.Context(), "a.example"); n != 2 || err != nil {
		t.Errorf("%d waiting when two are done, %v", n, err)
	}
	if at, due, err := f.NextBackfill(t.Context(), now, "khong-co.example"); !at.IsZero() || due || err != nil {
		t.Errorf("next of none: %v, %v, %v", at, due, err)
	}
}

// testBackfillPace: a backfill is under the host's lease, pace and rest like the
// live crawl, and each waits for the other.
func testBackfillPace(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/live", 100, now), archived("a.example", "a.example", "/1", 10, now))
	live := f.lease(now)
	if l := f.leaseBackfill(now, "a.example"); l != nil {
		t.Fatalf("leased twice: %+v", l)
	}
	if _, err := f.Reserve(t.Context(), now, live, 10*time.Second, time.Minute); err != nil {
		t.Fatal(err)
	}
	if err := f.Release(t.Context(), now, live, time.Time{}, nil); err != nil {
		t.Fatal(err)
	}
	if l := f.leaseBackfill(now.Add(9*time.Second), "a.example"); l != nil {
		t.Fatalf("leased before the pace allows it: %+v", l)
	}
	l := f.leaseBackfill(now.Add(11*time.Second), "a.example")
	if l == nil || len(l.Links) != 1 {
		t.Fatalf("lease %+v", l)
	}
	if err := f.Release(t.Context(), now.Add(11*time.Second), l, now.Add(time.Hour), nil); err != nil {
		t.Fatal(err)
	}
	if l := f.lease(now.Add(20 * time.Second)); l != nil {
		t.Fatalf("the host rests: %+v", l)
	}
	if at, due, err := f.NextBackfill(t.Context(), now.Add(20*time.Second), "a.example"); !due || err != nil || at.Before(now.Add(59*time.Minute)) {
		t.Errorf("next while the host rests: %v, %v, %v; want due, in an hour", at, due, err)
	}
}
