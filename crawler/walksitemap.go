package crawler

import (
	"io"
	"time"

	"sukien/crawler/canonical"
	"sukien/crawler/dated"
	"sukien/crawler/frontier"
	"sukien/crawler/sitemap"
	"sukien/crawler/source"
)

// walkRobots seeds the sitemaps that robots.txt names.
func (v *visitor) walkRobots(l frontier.Link, w walk, s *source.Source) (frontier.Outcome, error) {
	rules, ok, err := v.rules(s, plain(l))
	if err != nil || !ok {
		return frontier.Outcome{}, err
	}
	w.list = WaySitemaps
	var links []frontier.Link
	for _, ref := range rules.Sitemaps[:min(len(rules.Sitemaps), maxRobotsSitemaps)] {
		if u, err := canonical.URL(plain(l), ref); err == nil && s.Owns(canonical.Host(u)) {
			links = append(links, w.link(s, u, time.Now()))
		}
	}
	_, err = v.add(links)
	return outcome(l, s, time.Now(), true), err
}

// walkSitemap adds what a sitemap has of the days, as it streams in, and gives
// the last of it.
func (v *visitor) walkSitemap(l frontier.Link, s *source.Source, r io.Reader) ([]frontier.Link, error) {
	_, w, _ := walkOf(l)
	b := v.newList(s, l, plain(l))
	b.days, _ = dated.List(plain(l))
	given, articles, others := 0, 0, 0
	flush := func() error {
		given, articles = given+len(b.links), articles+countArticles(b.links)
		_, err := v.add(b.links)
		b.links = nil
		clear(b.seen)
		return err
	}
	var failed error
	err := sitemap.Read(r, func(e sitemap.Entry) bool {
		switch {
		case b.wants(w, e):
			b.walkEntry(w, e)
		case e.Index:
			others++
		}
		if len(b.links) >= walkBatch {
			failed = flush()
		}
		return failed == nil
	})
	if failed == nil {
		failed = flush()
	}
	v.c.stats.archived(articles)
	v.c.stats.passedBy(others)
	switch {
	case failed != nil:
		return nil, failed
	case err != nil && given == 0:
		return nil, &FetchError{Class: classNotSitemap, URL: plain(l), Err: err}
	}
	return nil, nil
}

func countArticles(links []frontier.Link) (n int) {
	for _, l := range links {
		if l.Kind == frontier.KindArticle {
			n++
		}
	}
	return n
}

// walkEntry takes one entry of a sitemap: a page, or a further sitemap to walk.
func (b *list) walkEntry(w walk, e sitemap.Entry) {
	if !e.Index {
		if e.Published.IsZero() {
			e.Published = w.dayOf(e.URL)
		}
		b.entry(e)
		return
	}
	u, err := canonical.URL(b.base, e.URL)
	if err != nil || b.from.Hops >= maxSitemapDepth || !b.source.Owns(canonical.Host(u)) {
		return
	}
	w.list = WaySitemaps
	link := w.link(b.source, u, b.now)
	link.Via, link.Hops = plain(b.from), b.from.Hops+1
	b.links = append(b.links, link)
}

// corrections is how long after its publication an article may be changed, as
// long as its sitemap is written on: see rechecks.
const corrections = 48 * time.Hour

// wants tells whether an entry of a sitemap may be of the days: by the date of
// publication, else that in its name or address, else that of its last change.
// What was changed behind the days may be of them only where the sitemap itself
// is of some of them, and the change came soon, or when the sitemap's own days
// were over; what has no date at all may always.
func (b *list) wants(w walk, e sitemap.Entry) bool {
	days, ok := dated.Article(e.URL)
	if e.Index {
		days, ok = b.listDays(e.URL)
	}
	switch {
	case !e.Published.IsZero():
		return w.has(e.Published)
	case ok:
		return days.Overlaps(w.From, w.end())
	case e.Modified.IsZero():
		return true
	case e.Modified.Before(w.From):
		return false
	case e.Index || w.has(e.Modified):
		return true
	case b.days == dated.Span{}:
		return w.dated()
	}
	again := e.Modified.Before(w.end().Add(corrections)) || !e.Modified.Before(b.days.To)
	return again && b.days.Overlaps(w.From, w.end())
}

// listDays is the days that the name of an index's sitemap says, ok when it says
// any. One that says days to come is a number.
func (b *list) listDays(address string) (dated.Span, bool) {
	days, ok := b.names.List(address)
	return days, ok && days.From.Before(b.now)
}
