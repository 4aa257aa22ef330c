package crawler

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
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
		return s.Archive != nil
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
		for _, day := range steps(s.Archive.URL, days) {
			w.day = day.Format(time.DateOnly)
			out = append(out, w.link(s, expand(s.Archive.URL, day, 1), now))
		}
	case WaySitemaps:
		for _, a := range s.Sitemaps {
			out = append(out, w.link(s, a.URL, now))
		}
		if len(s.Sitemaps) == 0 {
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

// expand puts a day and a page number into an archive pattern. The result is
// canonical where it can be.
func expand(pattern string, day time.Time, page int) string {
	out := strings.NewReplacer("{yyyy}", day.Format("2006"), "{yy}", day.Format("06"), "{mm}", day.Format("01"), "{m}", day.Format("1"),
		"{dd}", day.Format("02"), "{d}", day.Format("2"), "{page}", strconv.Itoa(page)).Replace(pattern)
	if u, err := canonical.URL("", out); err == nil {
		return u
	}
	return out
}

// steps are the days for which an archive pattern has a list each, the last
// first: all of them, the first of each month or year, or only the last.
func steps(pattern string, d Days) (out []time.Time) {
	has := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(m string) bool { return strings.Contains(pattern, m) })
	}
	back := func(t time.Time) time.Time { return t.AddDate(0, 0, -1) }
	at, first := d.To, d.From
	switch {
	case has("{dd}", "{d}"):
	case has("{mm}", "{m}"):
		back = func(t time.Time) time.Time { return t.AddDate(0, -1, 0) }
		at, first = at.AddDate(0, 0, 1-at.Day()), first.AddDate(0, 0, 1-first.Day())
	case has("{yyyy}", "{yy}"):
		back = func(t time.Time) time.Time { return t.AddDate(-1, 0, 0) }
		at, first = at.AddDate(0, 0, 1-at.YearDay()), first.AddDate(0, 0, 1-first.YearDay())
	default:
		return []time.Time{at}
	}
	for ; !at.Before(first); at = back(at) {
		out = append(out, at)
	}
	return out
}

// dated tells whether a pattern says days, so that its lists have those of the
// days alone.
func dated(pattern string) bool {
	return strings.Contains(pattern, "{yy") && (strings.Contains(pattern, "{m") || strings.Contains(pattern, "{d"))
}
