package crawler

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"sukien/crawler/canonical"
	"sukien/crawler/dated"
	"sukien/crawler/frontier"
	"sukien/crawler/sitemap"
	"sukien/crawler/source"
	"sukien/news"
)

// The bounds on what one list may bring.
const (
	maxFeedLinks    = 500
	maxSectionLinks = 500
	// maxSitemapLinks bounds the fresh links of a sitemap; a daily's news
	// sitemap has up to 1,000 (the news extension's own bound).
	maxSitemapLinks = 2_000
	// maxSitemapDepth bounds indexes of indexes, counted in Link.Hops.
	maxSitemapDepth = 3
)

// Discover gives the links that a page of a list holds and that may be
// articles of the source, in canonical form, each once, due at now: l is the
// link of the list and says its kind. Errors are *FetchError: the page is no
// such list.
func Discover(s *source.Source, l frontier.Link, page *news.Page, now time.Time) ([]frontier.Link, error) {
	switch l.Kind {
	case frontier.KindFeed:
		return fromFeed(newList(s, l, finalURL(page), now), page)
	case frontier.KindSection:
		b := newList(s, l, finalURL(page), now)
		_, err := fromSection(b, page)
		return b.links, err
	case frontier.KindSitemap:
		return fromSitemap(newList(s, l, l.URL, now), bytes.NewReader(page.Body), defaultMaxAge)
	}
	return nil, &FetchError{Class: classInvalid, URL: page.URL, Err: fmt.Errorf("%q is no kind of list", l.Kind)}
}

// list collects the links of one list.
type list struct {
	source *source.Source
	from   frontier.Link
	base   string
	now    time.Time
	seen   map[string]bool
	links  []frontier.Link
	// memo is what was learnt of host, nil when nothing was.
	memo *memo
	host string
	// names are those of the sitemaps that an index has named so far; days those
	// that the name of a sitemap which is walked says itself.
	names dated.Index
	days  dated.Span
	// traps are addresses without end that were passed over, by what is wrong with them.
	traps map[string][]string
}

func newList(s *source.Source, l frontier.Link, base string, now time.Time) *list {
	return &list{source: s, from: l, base: base, now: now, seen: map[string]bool{}}
}

// add takes ref when it is an address of the source that keep accepts.
func (b *list) add(ref string, keep func(url string) bool) *frontier.Link {
	u, err := canonical.URL(b.base, ref)
	if err != nil {
		return nil
	}
	u = b.main(u)
	host := canonical.Host(u)
	if b.memo != nil && host == b.host {
		u = b.memo.Twins.plain(u)
	}
	if b.seen[u] || !b.source.Owns(host) || !keep(u) {
		return nil
	}
	b.seen[u] = true
	priority := priorityFresh
	if b.from.Origin == news.Backfill {
		priority = priorityBackfill
	}
	b.links = append(b.links, frontier.Link{
		URL: u, Host: host, Source: b.source.Domain, Kind: frontier.KindArticle, Priority: priority,
		Due: b.now, Via: b.from.URL, Origin: b.from.Origin,
	})
	return &b.links[len(b.links)-1]
}

// main is u in the form that the outlet's main site has for it: https where
// the list is https, the page instead of its mobile or AMP twin.
func (b *list) main(u string) string {
	if rest, ok := strings.CutPrefix(u, "http://"); ok && strings.HasPrefix(b.base, "https://") && canonical.Host(u) == canonical.Host(b.base) {
		u = "https://" + rest
	}
	if d, ok := canonical.Desktop(u); ok && canonical.Host(d) == canonical.Host(b.base) {
		return d
	}
	return u
}

// article tells by what was learnt of the host, else by its shape, whether an
// address may be an article's.
func (b *list) article(u string) bool {
	if what := trapShape(u); what != "" {
		b.trapped(what, u)
		return false
	}
	if b.memo != nil && len(b.source.Articles) == 0 && canonical.Host(u) == b.host && !isFile(u) {
		if article, known := b.memo.Shapes.judge(u); known {
			return article
		}
	}
	return articleShape(b.source, u)
}

// trapped remembers an address of a trap.
func (b *list) trapped(what, u string) {
	if b.traps == nil {
		b.traps = map[string][]string{}
	}
	b.traps[what] = append(b.traps[what], u)
}

// fromFeed reads RSS, Atom and JSON feeds. All items are taken for articles:
// the outlet says so.
func fromFeed(b *list, page *news.Page) ([]frontier.Link, error) {
	feed, err := parseFeed(page)
	if err != nil {
		return nil, err
	}
	for _, item := range feed.Items[:min(len(feed.Items), maxFeedLinks)] {
		ref := item.Link
		if ref == "" {
			ref = item.GUID
		}
		link := b.add(ref, func(u string) bool { return canonical.Path(u) != "/" && !isFile(u) })
		if link == nil {
			continue
		}
		if item.PublishedParsed != nil {
			link.Published = *item.PublishedParsed
		}
		if item.UpdatedParsed != nil {
			link.Modified = *item.UpdatedParsed
		}
	}
	return b.links, nil
}

// parseFeed keeps a fault of the parser from ending the crawl.
func parseFeed(page *news.Page) (feed *gofeed.Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &FetchError{Class: classPanic, URL: page.URL, Err: fmt.Errorf("%v", p)}
		}
	}()
	feed, err = gofeed.NewParser().Parse(bytes.NewReader(page.Body))
	if err != nil {
		return nil, &FetchError{Class: classNotFeed, URL: page.URL, Err: err}
	}
	return feed, nil
}

func finalURL(page *news.Page) string {
	if page.FinalURL != "" {
		return page.FinalURL
	}
	return page.URL
}

// fromSection adds the links of a section page that may be articles, and gives
// the address of the section's next page as the page has it.
func fromSection(b *list, page *news.Page) (next string, err error) {
	if !maybeHTML(page) {
		return "", &FetchError{Class: classNotHTML, URL: page.URL, Err: fmt.Errorf("content type %q", page.ContentType)}
	}
	res, err := strip(*page, b.source)
	if err != nil {
		return "", err
	}
	if res.Robots.NoFollow {
		return "", nil
	}
	for _, link := range res.Links {
		if len(b.links) < maxSectionLinks && !strings.Contains(link.Rel, "nofollow") {
			b.add(link.URL, b.article)
		}
	}
	return res.Next, nil
}

// fromSitemap streams a sitemap: of an index the sitemaps that have changed
// within maxAge, of the pages those that have, and no others, since they are a
// backfill's. Entries without a date count as fresh.
func fromSitemap(b *list, r io.Reader, maxAge time.Duration) ([]frontier.Link, error) {
	oldest := b.now.Add(-maxAge)
	err := sitemap.Read(r, func(e sitemap.Entry) bool {
		if b.fresh(e, oldest) {
			b.entry(e)
		}
		return len(b.links) < maxSitemapLinks
	})
	if err != nil && len(b.links) == 0 {
		return nil, &FetchError{Class: classNotSitemap, URL: b.from.URL, Err: err}
	}
	return b.links, nil
}

// fresh tells whether an entry may have something from oldest on, by its dates
// and, since a file that was built anew is young whatever is in it, by the days
// in a list's name.
func (b *list) fresh(e sitemap.Entry, oldest time.Time) bool {
	if e.Index {
		if days, ok := b.listDays(e.URL); ok && !days.To.After(oldest) {
			return false
		}
	}
	when := later(e.Published, e.Modified)
	return when.IsZero() || !when.Before(oldest)
}

// entry takes one entry of a sitemap.
func (b *list) entry(e sitemap.Entry) {
	if e.Index {
		if b.from.Hops >= maxSitemapDepth {
			return
		}
		if link := b.add(e.URL, func(string) bool { return true }); link != nil {
			link.Kind, link.Priority, link.Hops = frontier.KindSitemap, prioritySitemap, b.from.Hops+1
			link.Modified = e.Modified
		}
		return
	}
	told := !e.Published.IsZero()
	link := b.add(e.URL, func(u string) bool {
		return b.article(u) || told && canonical.Path(u) != "/" && !isFile(u)
	})
	if link != nil {
		link.Published, link.Modified = e.Published, e.Modified
	}
}
