package crawler

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"sukien/crawler/canonical"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

// The priorities of a backfill's lists, under those of the live crawl: sitemaps
// before the articles, since they are few and say how much there is; pages before
// and behind which others stand after the articles that they gave.
const (
	priorityWalkSitemap = priorityBackfill + 2
	priorityWalkPage    = priorityBackfill - 2
)

// patience is how long a backfill waits for what is to be tried again, before it
// ends and leaves it to the next run.
const patience = 10 * time.Minute

// HasWay tells whether a source has what a way through its archive needs.
func HasWay(s *source.Source, way string) bool {
	switch way {
	case WayArchive:
		return len(s.Archive) > 0
	case WaySections:
		return len(s.Sections) > 0
	}
	return way == WaySitemaps
}

// Backfill fetches what the archive of one of the sources has of some days, by
// one way, each page in its host's turn under the same leases and paces as the
// live crawl's. It ends when nothing is left that can be fetched within ten
// minutes; what an earlier call left is taken up. Errors are those of Run.
func (c *Crawler) Backfill(ctx context.Context, a frontier.Archives, domain string, days Days, way string) error {
	s := c.sources[domain]
	if s == nil {
		return fmt.Errorf("%w: no source %q", news.ErrNotFound, domain)
	}
	for list := range slices.Chunk(archiveSeeds(s, days, way, time.Now()), 500) {
		if _, err := c.front.Add(ctx, list); err != nil {
			return fmt.Errorf("add the archive of %s: %w", domain, err)
		}
	}
	return c.crawl(ctx, true, asks{
		lease: func(ctx context.Context, now time.Time) (*frontier.Lease, error) {
			return a.LeaseBackfill(ctx, now, c.cfg.Worker, c.cfg.Limits.Total+leaseFor, batch, domain)
		},
		next: func(ctx context.Context, now time.Time) (time.Time, bool, error) {
			at, due, err := a.NextBackfill(ctx, now, domain)
			return at, due || !at.IsZero() && at.Before(now.Add(patience)), err
		},
	})
}

// archiveSeeds are the lists that a way begins with.
func archiveSeeds(s *source.Source, days Days, way string, now time.Time) (out []frontier.Link) {
	w := walk{Days: days, list: way, page: 1}
	switch way {
	case WayArchive:
		for _, a := range s.Archive {
			p := source.Pattern(a.URL)
			for _, day := range steps(p, days) {
				w.day = day.Format(p.Layout())
				out = append(out, w.link(s, p.On(day, 1), now))
			}
		}
	case WaySitemaps:
		for _, a := range s.Sitemaps {
			out = append(out, w.link(s, a.URL, now))
		}
		if !hasTried(s.Sitemaps) {
			w.list = wayRobots
			out = append(out, w.link(s, front(s)+"robots.txt", now))
		}
	case WaySections:
		for _, a := range s.Sections {
			out = append(out, w.link(s, a.URL, now))
		}
	}
	return out
}

// front is the front page of a source.
func front(s *source.Source) string {
	if list := s.Addresses(); len(list) > 0 {
		return originOf(list[0].URL) + "/"
	}
	return "https://" + s.Domain + "/"
}

// link is the visit of a list.
func (w walk) link(s *source.Source, list string, now time.Time) frontier.Link {
	l := frontier.Link{
		URL: w.address(list), Host: canonical.Host(list), Source: s.Domain, Kind: frontier.KindSection, Priority: priorityWalkPage,
		Due: now, Via: s.File, Origin: news.Backfill,
	}
	base, _, _ := strings.Cut(list, "?")
	if ext := path.Ext(strings.TrimSuffix(base, ".gz")); w.list == WaySitemaps || w.list == wayRobots || ext == ".xml" {
		l.Kind, l.Priority = frontier.KindSitemap, priorityWalkSitemap
	}
	return l
}

// steps are the days for which an archive pattern has a list each, the last
// first: all of them, the first of each month or year, or only the last.
func steps(p source.Pattern, d Days) (out []time.Time) {
	at, first := d.To, d.From
	years, months, days := 0, 0, 0
	switch p.Layout() {
	case time.DateOnly:
		days = -1
	case "2006-01":
		months = -1
		at, first = at.AddDate(0, 0, 1-at.Day()), first.AddDate(0, 0, 1-first.Day())
	case "2006":
		years = -1
		at, first = at.AddDate(0, 0, 1-at.YearDay()), first.AddDate(0, 0, 1-first.YearDay())
	default:
		return []time.Time{at}
	}
	for ; !at.Before(first); at = at.AddDate(years, months, days) {
		out = append(out, at)
	}
	return out
}
