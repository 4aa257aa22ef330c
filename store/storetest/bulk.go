package storetest

import (
	"errors"
	"testing"

	"sukien/news"
	"sukien/store"
)

var bulkTests = map[string]func(*testing.T, Open){
	"pages with a bookmark":       testBulk,
	"all or nothing":              testBulkFails,
	"an archive brings back none": testOutdated,
}

func testBulk(t *testing.T, open Open) {
	f := fresh(t, open)
	if _, err := f.Bookmark(t.Context(), "a"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("a bookmark that is not there: %v", err)
	}
	one, two := savedPage(article("bao-mot.example", 1), 0), savedPage(article("bao-mot.example", 2), 0)
	saved, err := f.SavePages(t.Context(), []store.SavedPage{one, two, one}, store.Bookmark{Name: "a", Place: []byte(`{"n":3}`)})
	want := []store.Saved{{ID: one.Article.ID, Changed: true}, {ID: two.Article.ID, Changed: true}, {ID: one.Article.ID}}
	if err != nil || len(saved) != 3 || saved[0] != want[0] || saved[1] != want[1] || saved[2] != want[2] {
		t.Errorf("saved %v, %v; want %v", saved, err, want)
	}
	f.reopen()
	if m, err := f.Bookmark(t.Context(), "a"); err != nil || string(m.Place) != `{"n":3}` || m.Name != "a" {
		t.Errorf("bookmark %+v, %v", m, err)
	}
	if _, err := f.SavePages(t.Context(), nil, store.Bookmark{Name: "a", Place: []byte(`{"n":4}`)}); err != nil {
		t.Error(err)
	}
	if m, err := f.Bookmark(t.Context(), "a"); err != nil || string(m.Place) != `{"n":4}` {
		t.Errorf("bookmark put anew %+v, %v", m, err)
	}
	if rows, err := f.Pending(t.Context(), 10); err != nil || len(rows) != 2 {
		t.Errorf("%d messages, %v", len(rows), err)
	}
	for range 2 {
		if err := f.DropBookmark(t.Context(), "a"); err != nil {
			t.Error(err)
		}
	}
	if _, err := f.Bookmark(t.Context(), "a"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("a dropped bookmark: %v", err)
	}
}

// testBulkFails: a page that cannot be saved leaves neither the others nor the bookmark.
func testBulkFails(t *testing.T, open Open) {
	f := fresh(t, open)
	good, bad := savedPage(article("bao-mot.example", 1), 0), savedPage(article("bao-mot.example", 2), 0)
	bad.Lease = &store.Lease{Host: "khong-co.example", Token: 7}
	if _, err := f.SavePages(t.Context(), []store.SavedPage{good, bad}, store.Bookmark{Name: "a", Place: []byte(`{}`)}); !errors.Is(err, store.ErrLeaseLost) {
		t.Errorf("under no lease: %v", err)
	}
	if _, err := f.Article(t.Context(), good.Article.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the page before: %v", err)
	}
	if _, err := f.Bookmark(t.Context(), "a"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the bookmark: %v", err)
	}
}

// testOutdated: an older page of an archive does not replace what was seen later.
func testOutdated(t *testing.T, open Open) {
	f := fresh(t, open)
	a := article("bao-mot.example", 1)
	a.Fetched = "2026-03-18T16:00:00+07:00"
	f.save(a)
	for _, row := range []struct {
		name    string
		fetched news.Stamp
		origin  news.Origin
		changed bool
	}{
		{"older, of an archive", "2026-03-18T15:00:00+07:00", news.Backfill, false},
		{"later, of an archive", "2026-03-18T17:00:00+07:00", news.Backfill, true},
		{"older, of the live crawl", "2026-03-18T15:00:00+07:00", news.Live, true},
	} {
		p := savedPage(article("bao-mot.example", 1), 0)
		p.Article.Text, p.Article.Fetched, p.Origin = row.name, row.fetched, row.origin
		if _, changed, err := f.SavePage(t.Context(), p); changed != row.changed || err != nil {
			t.Errorf("%s: changed %v, %v", row.name, changed, err)
		}
	}
}
