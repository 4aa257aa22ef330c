package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

// testFrontierFencedPage: a page that was fetched under a lost lease is not saved.
func testFrontierFencedPage(t *testing.T, open Open) {
	f := links(t, open, link("a.example", "/1", 1, now))
	old := f.lease(now)
	p := savedPage(article("a.example", 1), 0)
	p.Lease = old
	if _, changed, err := f.SavePage(t.Context(), p); !changed || err != nil {
		t.Errorf("under its lease: changed %v, %v", changed, err)
	}
	p.Now = now.Add(time.Minute)
	taken := f.lease(p.Now)
	p.Article.Text += " Thêm một câu."
	if _, changed, err := f.SavePage(t.Context(), p); changed || !errors.Is(err, store.ErrLeaseLost) {
		t.Errorf("under the lost lease: changed %v, %v", changed, err)
	}
	if a, err := f.Article(t.Context(), p.Article.ID); err != nil || strings.Contains(a.Text, "Thêm") {
		t.Errorf("the lost lease wrote %+v, %v", a, err)
	}
	p.Lease = taken
	if _, changed, err := f.SavePage(t.Context(), p); !changed || err != nil {
		t.Errorf("under the new lease: changed %v, %v", changed, err)
	}
}

// testFrontierPageDone: the outcome of a link is recorded with its page, and
// neither of them under a lost lease.
func testFrontierPageDone(t *testing.T, open Open) {
	for _, row := range []struct {
		name   string
		before func(*fixture, store.SavedPage)
		origin news.Origin
		saved  bool
	}{
		{name: "new", saved: true},
		{name: "unchanged", before: func(f *fixture, p store.SavedPage) { f.savePrint(p.Article, 0) }},
		{name: "purged", before: func(f *fixture, p store.SavedPage) { f.purge(store.Purge{URL: p.Article.URL}) }},
		{name: "backfill", origin: news.Backfill, saved: true},
	} {
		f := fresh(t, func(t testing.TB, _ string) store.Store { return open(t, row.name) })
		p := savedPage(article("a.example", 1), 0)
		l := link("a.example", "/bai", 1, now)
		if row.origin != "" {
			p.Origin = row.origin
		}
		if _, err := f.Add(t.Context(), []store.Link{l}); err != nil {
			t.Fatal(err)
		}
		if row.before != nil {
			row.before(f, p)
		}
		p.Lease = f.lease(now)
		p.Done = &store.Outcome{URL: l.URL, Result: "fetched", Fetched: now, Fetches: 1, Due: now.Add(time.Hour), Priority: 4}
		if _, changed, err := f.SavePage(t.Context(), p); changed != row.saved || err != nil {
			t.Errorf("%s: changed %v, %v", row.name, changed, err)
		}
		if err := f.Release(t.Context(), now, p.Lease, time.Time{}, nil); err != nil {
			t.Fatal(err)
		}
		if at, _, err := f.Next(t.Context(), now); !at.Equal(now.Add(time.Hour)) || err != nil {
			t.Errorf("%s: next %v, %v; want the due time of the outcome", row.name, at, err)
		}
		p.Article.Text += " Thêm một câu."
		p.Done.Due = now.Add(2 * time.Hour)
		if _, _, err := f.SavePage(t.Context(), p); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("%s: under the lost lease: %v", row.name, err)
		}
		if at, _, err := f.Next(t.Context(), now); !at.Equal(now.Add(time.Hour)) || err != nil {
			t.Errorf("%s: the lost lease recorded its outcome: next %v, %v", row.name, at, err)
		}
	}
}
