package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/news"
)

// TestBackfillSite reads the archive of an outlet by its sitemaps and of one by
// its sections: counted first, then fetched, killed on the way, gone on with.
func TestBackfillSite(t *testing.T) {
	t.Parallel()
	from := at.AddDate(0, 0, -40).Format(time.DateOnly)
	for _, tt := range []struct {
		name, outlet, by string
		lists            string // in the addresses of the lists of its archive
		most             int    // of them that have something of the days
	}{
		{"sitemaps by the month", "datcangmoi.example", "sitemaps", "/sitemaps/", 3},
		{"sitemaps by five days", "dothi24.example", "sitemaps", "/sitemaps/", 11},
		{"an archive of sitemaps", "hangtinvietsao.example", "archive", "/sitemaps/", 3},
		{"an archive of days by the second", "anhsinh.example", "archive", "/theo-ngay", 90},
		{"sections", "songha.example", "sections", "/sitemaps/", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, crawlertest.Options{Now: at, Delay: 20 * time.Millisecond})
			var want []string
			for _, a := range w.site.Articles() {
				if a.Outlet == tt.outlet {
					want = append(want, a.URL)
				}
			}
			table, said := w.out("backfill", tt.outlet, "--from", from, "--by", tt.by, "--dry-run")
			if !strings.Contains(table, "all") || w.articles() != 0 {
				t.Errorf("dry run:\n%s", table)
			}
			if n := w.asked(tt.lists); n > tt.most || tt.by == "sitemaps" && strings.Contains(said, " 0 of other days") {
				t.Errorf("%d lists of the archive were read, want %d at most: %s", n, tt.most, said)
			}
			start := len(w.site.Log())
			w.killed(2, "backfill", tt.outlet, "--from", from, "--by", tt.by)
			text := w.sukien("backfill", tt.outlet, "--from", from, "--by", tt.by)
			if !strings.Contains(text, tt.outlet+" by "+tt.by) || strings.Contains(text, "wait for another try") {
				t.Errorf("summary:\n%s", text)
			}
			w.fetchedOnce(want, start)
			w.mustBeOnce()
			before := len(w.site.Log())
			w.sukien("backfill", tt.outlet, "--from", from, "--by", tt.by)
			if n := len(w.site.Log()) - before; n > 1 {
				t.Errorf("%d requests when nothing was left", n)
			}
			w.allBackfill(tt.outlet)
		})
	}
}

// asked is how many different addresses with a part were asked for.
func (w *world) asked(part string) int {
	seen := map[string]bool{}
	for _, r := range w.site.Log() {
		if strings.Contains(r.URL, part) {
			seen[r.URL] = true
		}
	}
	return len(seen)
}

// fetchedOnce: each of the addresses was fetched, none more often than a kill explains, from
// a place in the site's log on.
func (w *world) fetchedOnce(urls []string, from int) {
	w.t.Helper()
	count := map[string]int{}
	for _, r := range w.site.Log()[from:] {
		count[r.URL]++
	}
	twice := 0
	for _, u := range urls {
		switch n := count[u]; {
		case n == 0:
			w.t.Errorf("%s was not fetched", u)
		case n > 1:
			twice++
		}
	}
	if twice > 3 { // those that told where the list in flight at the kill stands
		w.t.Errorf("%d of %d articles were fetched twice", twice, len(urls))
	}
}

// allBackfill: what is stored is of one outlet, and its events are a backfill's.
func (w *world) allBackfill(outlet string) {
	w.t.Helper()
	for _, a := range w.told() {
		if !strings.HasPrefix(a, outlet+" ") {
			w.t.Errorf("stored %.80s", a)
		}
	}
	out, _ := w.out("events", "--format", "json")
	var origins []string
	for line := range strings.Lines(out) {
		var e news.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			w.t.Fatal(err)
		}
		origins = append(origins, string(e.Origin))
	}
	slices.Sort(origins)
	if origins = slices.Compact(origins); !slices.Equal(origins, []string{"backfill"}) {
		w.t.Errorf("origins of events: %v", origins)
	}
}
