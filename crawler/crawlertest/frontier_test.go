package crawlertest_test

import (
	"errors"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/crawler/frontier"
	"sukien/news"
)

var start = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

func link(host, path string, priority int, due time.Time) frontier.Link {
	return frontier.Link{URL: "http://" + host + path, Host: host, Source: host, Kind: frontier.KindArticle, Priority: priority, Due: due, Origin: news.Live}
}

// full is a frontier with the links.
func full(t *testing.T, links ...frontier.Link) *crawlertest.Frontier {
	t.Helper()
	f := crawlertest.NewFrontier()
	if n, err := f.Add(t.Context(), links); err != nil || n != len(links) {
		t.Fatalf("added %d, %v", n, err)
	}
	return f
}

func lease(t *testing.T, f frontier.Frontier, now time.Time) *frontier.Lease {
	t.Helper()
	l, err := f.Lease(t.Context(), now, "w", time.Minute, 10)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestFrontierOrder(t *testing.T) {
	f := full(t, link("a.example", "/1", 1, start), link("a.example", "/2", 5, start.Add(-time.Hour)), link("a.example", "/3", 5, start.Add(-2*time.Hour)),
		link("a.example", "/4", 9, start.Add(time.Second)), link("b.example", "/1", 3, start))
	l := lease(t, f, start)
	if l == nil || l.Host != "a.example" || len(l.Links) != 3 || l.Links[0].URL != "http://a.example/3" || l.Links[2].URL != "http://a.example/1" {
		t.Fatalf("lease %+v", l)
	}
	if l := lease(t, f, start); l == nil || l.Host != "b.example" {
		t.Fatalf("second lease %+v", l)
	}
	if l := lease(t, f, start); l != nil {
		t.Fatalf("third lease %+v: both hosts are leased", l)
	}
}

func TestFrontierAddKnown(t *testing.T) {
	f := full(t, link("a.example", "/1", 1, start))
	again := link("a.example", "/1", 7, start.Add(-time.Hour))
	if n, err := f.Add(t.Context(), []frontier.Link{again}); n != 0 || err != nil {
		t.Fatalf("added %d, %v", n, err)
	}
	l := lease(t, f, start)
	if got := l.Links[0]; got.Priority != 7 || !got.Due.Equal(start) {
		t.Errorf("a link that was never fetched: %+v, want its priority raised and its due time kept", got)
	}
	o := frontier.Outcome{URL: again.URL, Result: frontier.ResultFetched, Fetched: start, Fetches: 1, Due: start.Add(time.Hour), Priority: 4}
	if err := f.Done(t.Context(), start, l, o); err != nil {
		t.Fatal(err)
	}
	again.Due = start.Add(time.Minute)
	if _, err := f.Add(t.Context(), []frontier.Link{again}); err != nil {
		t.Fatal(err)
	}
	if got, _, _ := f.Link(again.URL); !got.Due.Equal(o.Due) || got.Priority != 4 {
		t.Errorf("a fetched link: %+v, want it unchanged", got)
	}
	again.Modified = start.Add(time.Second)
	if _, err := f.Add(t.Context(), []frontier.Link{again}); err != nil {
		t.Fatal(err)
	}
	if got, _, _ := f.Link(again.URL); !got.Due.Equal(again.Due) {
		t.Errorf("a link modified after its fetch is due %v, want %v", got.Due, again.Due)
	}
}

func TestFrontierGoneStaysGone(t *testing.T) {
	f := full(t, link("a.example", "/1", 1, start))
	l := lease(t, f, start)
	if err := f.Done(t.Context(), start, l, frontier.Outcome{URL: l.Links[0].URL, Result: frontier.ResultGone}); err != nil {
		t.Fatal(err)
	}
	again := link("a.example", "/1", 9, start)
	again.Modified = start.Add(time.Hour)
	if n, err := f.Add(t.Context(), []frontier.Link{again}); n != 0 || err != nil {
		t.Fatalf("added %d, %v", n, err)
	}
	if at, due, err := f.Next(t.Context(), start.Add(time.Hour)); !at.IsZero() || due || err != nil {
		t.Errorf("next %v, %v, %v, want nothing ever", at, due, err)
	}
}

func TestFrontierPace(t *testing.T) {
	f := full(t, link("a.example", "/1", 1, start), link("a.example", "/2", 1, start))
	l := lease(t, f, start)
	for i, want := range []time.Duration{0, 2 * time.Second, 4 * time.Second} {
		got, err := f.Reserve(t.Context(), start, l, 2*time.Second, time.Minute)
		if err != nil || got != want {
			t.Errorf("reservation %d: wait %v, %v; want %v", i, got, err, want)
		}
	}
	if got, err := f.Reserve(t.Context(), start, l, 10*time.Second, time.Minute); err != nil || got != 14*time.Second {
		t.Errorf("a longer delay counts from the instant before: wait %v, %v", got, err)
	}
	if err := f.Release(t.Context(), start, l, time.Time{}, []byte("memo")); err != nil {
		t.Fatal(err)
	}
	if l := lease(t, f, start.Add(23*time.Second)); l != nil {
		t.Error("leased before its pace allows a fetch")
	}
	at, due, err := f.Next(t.Context(), start)
	if !at.Equal(start.Add(24*time.Second)) || !due || err != nil {
		t.Errorf("next %v, %v, %v", at, due, err)
	}
	l = lease(t, f, at)
	if l == nil || string(l.Memo) != "memo" || len(l.Links) != 2 {
		t.Errorf("lease %+v", l)
	}
}

func TestFrontierFencing(t *testing.T) {
	f := full(t, link("a.example", "/1", 1, start))
	old := lease(t, f, start)
	later := start.Add(time.Minute)
	taken := lease(t, f, later)
	if taken == nil || taken.Token <= old.Token || len(taken.Links) != 1 {
		t.Fatalf("lease after the first expired: %+v", taken)
	}
	o := frontier.Outcome{URL: old.Links[0].URL, Result: frontier.ResultFetched}
	_, err := f.Reserve(t.Context(), later, old, time.Second, time.Minute)
	for name, err := range map[string]error{"Reserve": err, "Done": f.Done(t.Context(), later, old, o), "Release": f.Release(t.Context(), later, old, time.Time{}, nil)} {
		if !errors.Is(err, frontier.ErrLeaseLost) || !errors.Is(err, news.ErrBusy) {
			t.Errorf("%s under the old lease: %v", name, err)
		}
	}
	if err := f.Done(t.Context(), later, taken, o); err != nil {
		t.Errorf("Done under the new lease: %v", err)
	}
	if _, err := f.Reserve(t.Context(), later.Add(time.Minute), taken, time.Second, time.Minute); !errors.Is(err, frontier.ErrLeaseLost) {
		t.Errorf("Reserve under an expired lease: %v", err)
	}
}

func TestFrontierReserveProlongs(t *testing.T) {
	f := full(t, link("a.example", "/1", 1, start))
	l := lease(t, f, start)
	if _, err := f.Reserve(t.Context(), start.Add(50*time.Second), l, time.Second, time.Minute); err != nil {
		t.Fatal(err)
	}
	if lease(t, f, start.Add(100*time.Second)) != nil {
		t.Error("leased again although the lease was prolonged")
	}
}

func TestFrontierRest(t *testing.T) {
	f := full(t, link("a.example", "/1", 1, start))
	l := lease(t, f, start)
	rest := start.Add(time.Hour)
	if err := f.Release(t.Context(), start, l, rest, nil); err != nil {
		t.Fatal(err)
	}
	if at, due, err := f.Next(t.Context(), start); !at.Equal(rest) || due || err != nil {
		t.Errorf("next %v, %v, %v; want the end of the rest, and nothing due", at, due, err)
	}
	if lease(t, f, start.Add(time.Minute)) != nil {
		t.Error("leased at rest")
	}
	if lease(t, f, rest) == nil {
		t.Error("not leased after its rest")
	}
}

func TestFrontierCounts(t *testing.T) {
	f := full(t, link("a.example", "/1", 3, start), link("a.example", "/2", 2, start), link("a.example", "/3", 1, start.Add(time.Hour)), link("b.example", "/1", 0, start))
	l := lease(t, f, start)
	for _, o := range []frontier.Outcome{
		{URL: l.Links[0].URL, Result: frontier.ResultFetched, Fetches: 1, Changed: start, Due: start.Add(time.Hour)},
		{URL: l.Links[1].URL, Result: frontier.ResultGone},
	} {
		if err := f.Done(t.Context(), start, l, o); err != nil {
			t.Fatal(err)
		}
	}
	got, err := f.Counts(t.Context(), start)
	if err != nil || len(got) != 2 || got[0] != (frontier.Count{Source: "a.example", Known: 3, Waiting: 2, Fetched: 1, Gone: 1, LastNew: start}) {
		t.Errorf("counts %+v, %v", got, err)
	}
}
