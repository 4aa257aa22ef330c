package crawler

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"sukien/crawler/canonical"
	"sukien/crawler/content"
	"sukien/crawler/frontier"
	"sukien/crawler/sitemap"
	"sukien/crawler/source"
	"sukien/news"
)

// Survey is what a look at an outlet found.
type Survey struct {
	// Source has the addresses that were tried and gave what they should. Its
	// kind is a guess.
	Source *source.Source
	Tries  []Try
	// Articles are pages that the addresses lead to, fetched and stripped.
	Articles []*news.Article
}

// Try is one address that was looked at.
type Try struct {
	Kind, URL string
	// From says where the address is known from.
	From string
	// Links are the articles that it leads to; of a sitemap index, its sitemaps.
	Links int
	// Err is why it is of no use; nil when it is taken.
	Err error
}

// The bounds of a survey: requests to one host are at least 2 s apart, so that
// it takes two minutes at most.
const (
	maxTries       = 50
	maxFeedTries   = 20
	maxSectionTry  = 16
	maxSections    = 10
	maxFeeds       = 8
	maxSitemaps    = 3
	surveyArticles = 3
	// sectionLinks is how many articles a page has to lead to, to be a section;
	// one is enough when it stands below the page.
	sectionLinks = 3
	// staleAfter is the age of a sitemap's newest entry from which on it is of no use.
	staleAfter = 60 * 24 * time.Hour
)

// The usual addresses of feeds and sitemaps: those of WordPress, Drupal, Blogger
// and the systems that most Vietnamese outlets run on.
var (
	usualFeeds    = []string{"/rss", "/rss.xml", "/feed", "/feed.xml", "/atom.xml", "/feed.json", "/rss/home.rss", "/rss/tin-moi-nhat.rss", "/rss/trang-chu.rss", "/index.rss", "/feed.atom"}
	usualSitemaps = []string{"/news-sitemap.xml", "/sitemap-news.xml", "/google-news-sitemap.xml", "/sitemaps/news.xml", "/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml"}
)

// surveyor is a survey under way.
type surveyor struct {
	f    *Fetcher
	now  time.Time
	tell func(Try)
	out  Survey
	base string // scheme and host that answer
	seen map[string]bool
	// found are articles that the addresses lead to, in order.
	found []string
}

// Survey looks at the outlet at address, politely: its feeds, by its pages'
// own links and by usual addresses, its sitemaps, by robots.txt and by usual
// addresses, and its sections, by the links of its front page. tell, unless
// nil, is called after each try. Errors: *FetchError when the front page cannot
// be had, news.ErrNotFound when nothing of use was found.
func (f *Fetcher) Survey(ctx context.Context, address string, now time.Time, tell func(Try)) (*Survey, error) {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	start, err := canonical.URL("", address)
	if err != nil || strings.Contains(address, "@") {
		return nil, &FetchError{Class: classInvalid, URL: address, Err: err}
	}
	s := &surveyor{f: f, now: now, tell: tell, seen: map[string]bool{}}
	if s.tell == nil {
		s.tell = func(Try) {}
	}
	front, err := s.front(ctx, start)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, *content.Result) error{s.feeds, s.sitemaps, s.sections, s.articles} {
		if err := step(ctx, front); err != nil {
			return nil, err
		}
	}
	if len(s.out.Source.Addresses()) == 0 {
		return &s.out, fmt.Errorf("%w: no feed, sitemap or section found on %s after %d tries: add its file by hand", news.ErrNotFound, s.base, len(s.out.Tries))
	}
	return &s.out, nil
}

// front reads the front page of the site at the address and names the outlet.
func (s *surveyor) front(ctx context.Context, start string) (*content.Result, error) {
	a, err := s.f.follow(ctx, request{url: start})
	if err != nil {
		return nil, err
	}
	final := finalURL(&a.page)
	s.base = originOf(final)
	if canonical.Path(final) != "/" {
		if a, err = s.f.follow(ctx, request{url: s.base + "/"}); err != nil {
			return nil, err
		}
	}
	domain, _, _ := strings.Cut(strings.TrimPrefix(canonical.Host(final), "www."), ":")
	src := &source.Source{Domain: domain, Name: domain, Kind: kindOf(domain), File: domain + ".yaml"}
	res, err := strip(a.page, nil)
	if err != nil {
		return nil, err
	}
	if name := siteName(res); name != "" {
		src.Name = name
	}
	if lang := res.Article.Language; lang != "" {
		src.Language = lang
	}
	s.out.Source = src
	return res, nil
}

// kindOf guesses an outlet's kind by its domain: state bodies have gov.vn.
func kindOf(domain string) string {
	if strings.HasSuffix(domain, ".gov.vn") {
		return "government"
	}
	return "national"
}

// siteName is what the front page calls itself: the part of its title that is
// no greeting and no motto.
func siteName(res *content.Result) string {
	parts := strings.FieldsFunc(strings.NewReplacer(" - ", "|", " – ", "|", " — ", "|", " :: ", "|").Replace(res.SiteName), func(r rune) bool { return r == '|' })
	for _, p := range parts {
		p = strings.TrimSpace(p)
		switch strings.ToLower(p) {
		case "", "trang chủ", "trang nhất", "home", "homepage", "tin tức", "tin mới", "tin nhanh":
			continue
		}
		if len([]rune(p)) <= 80 {
			return p
		}
	}
	return ""
}

// spent tells whether the survey has asked enough of the outlet.
func (s *surveyor) spent() bool { return len(s.out.Tries) >= maxTries }

// known makes an address canonical; false when it was looked at already, or is
// none of the outlet's.
func (s *surveyor) known(ref string) (string, bool) {
	u, err := canonical.URL(s.base+"/", ref)
	if err != nil || s.seen[u] || !s.out.Source.Owns(canonical.Host(u)) {
		return "", false
	}
	s.seen[u] = true
	return u, true
}

// try notes what came of an address, and takes it where it is of use.
func (s *surveyor) try(t Try, into *[]source.Address) {
	s.out.Tries = append(s.out.Tries, t)
	if t.Err == nil {
		*into = append(*into, source.Address{URL: t.URL, Tried: true, TriedOn: s.now.In(news.Hanoi).Format(time.DateOnly), KnownFrom: t.From})
	}
	s.tell(t)
}

// take remembers the articles that an address leads to.
func (s *surveyor) take(links []frontier.Link) (n int) {
	for _, l := range links {
		if l.Kind == frontier.KindArticle {
			n++
			s.found = append(s.found, l.URL)
		}
	}
	return n
}

// feeds tries the feeds that the front page names, then the usual addresses,
// whose page of feeds, when there is one, names more.
func (s *surveyor) feeds(ctx context.Context, front *content.Result) error {
	for _, ref := range front.Feeds {
		if _, err := s.feed(ctx, ref, "link rel=alternate"); err != nil {
			return err
		}
	}
	for _, ref := range usualFeeds {
		if len(s.out.Source.Feeds) > 0 && ref != usualFeeds[0] {
			break
		}
		more, err := s.feed(ctx, ref, "usual address")
		if err != nil {
			return err
		}
		for _, m := range more {
			if _, err := s.feed(ctx, m, "page of feeds "+ref); err != nil {
				return err
			}
		}
	}
	return nil
}

// feed tries one address; a page that lists feeds gives their addresses.
func (s *surveyor) feed(ctx context.Context, ref, from string) (more []string, err error) {
	u, ok := s.known(ref)
	if !ok || s.spent() || len(s.out.Source.Feeds) >= maxFeeds || len(s.out.Tries) >= maxFeedTries {
		return nil, nil
	}
	t := Try{Kind: frontier.KindFeed, URL: u, From: from}
	a, err := s.f.follow(ctx, request{url: u})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var links []frontier.Link
	if err == nil {
		if links, err = Discover(s.out.Source, frontier.Link{URL: u, Kind: frontier.KindFeed}, &a.page, s.now); err != nil {
			more = feedLinks(&a.page)
		}
	}
	if t.Err = err; err == nil {
		if t.Links = s.take(links); t.Links == 0 {
			t.Err = fmt.Errorf("%w: a feed without articles of the outlet", news.ErrNotFound)
		}
	}
	s.try(t, &s.out.Source.Feeds)
	return more, nil
}

// feedLinks are the links of a page that have the look of feeds.
func feedLinks(page *news.Page) []string {
	if !maybeHTML(page) {
		return nil
	}
	res, err := strip(*page, nil)
	if err != nil {
		return nil
	}
	out := res.Feeds
	for _, l := range res.Links {
		p := strings.ToLower(canonical.Path(l.URL))
		if strings.HasSuffix(p, ".rss") || strings.HasSuffix(p, ".atom") || strings.Contains(p, "/rss/") && strings.HasSuffix(p, ".xml") {
			out = append(out, l.URL)
		}
	}
	return out
}

// sitemaps tries those that robots.txt names, then the usual addresses.
func (s *surveyor) sitemaps(ctx context.Context, _ *content.Result) error {
	named, err := s.f.Sitemaps(ctx, s.base+"/")
	if err != nil {
		return err
	}
	for _, ref := range named[:min(len(named), maxRobotsSitemaps)] {
		if err := s.sitemap(ctx, ref, "robots.txt"); err != nil {
			return err
		}
	}
	for _, ref := range usualSitemaps {
		if len(s.out.Source.Sitemaps) > 0 {
			break
		}
		if err := s.sitemap(ctx, ref, "usual address"); err != nil {
			return err
		}
	}
	return nil
}

// sitemap tries one address: it has to have something fresh, or to be an index.
func (s *surveyor) sitemap(ctx context.Context, ref, from string) error {
	u, ok := s.known(ref)
	if !ok || s.spent() || len(s.out.Source.Sitemaps) >= maxSitemaps {
		return nil
	}
	t := Try{Kind: frontier.KindSitemap, URL: u, From: from}
	var newest time.Time
	undated := false
	_, err := s.f.follow(ctx, request{url: u, limit: s.f.get.limits.Sitemap, stream: func(r io.Reader) error {
		return sitemap.Read(r, func(e sitemap.Entry) bool {
			t.Links++
			when := later(e.Published, e.Modified)
			newest, undated = later(newest, when), undated || when.IsZero() || e.Index
			return t.Links < maxSitemapLinks
		})
	}})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	switch {
	case err != nil:
		t.Err = err
	case t.Links == 0:
		t.Err = fmt.Errorf("%w: no entries", news.ErrNotFound)
	case !undated && s.now.Sub(newest) > staleAfter:
		t.Err = fmt.Errorf("%w: nothing newer than %s", news.ErrNotFound, newest.Format(time.DateOnly))
	}
	s.try(t, &s.out.Source.Sitemaps)
	return nil
}

// sections tries the front page and the pages that its links lead to and that
// are no articles by their addresses.
func (s *surveyor) sections(ctx context.Context, front *content.Result) error {
	if err := s.section(ctx, s.base+"/", "front page"); err != nil {
		return err
	}
	tried := 0
	for _, l := range front.Links {
		if !s.sectionLike(l) || tried >= maxSectionTry {
			continue
		}
		tried++
		if err := s.section(ctx, l.URL, "link of the front page: "+l.Text); err != nil {
			return err
		}
	}
	return nil
}

// sectionLike tells by a link's address and words whether it may lead to a section.
func (s *surveyor) sectionLike(l content.Link) bool {
	u, err := url.Parse(l.URL)
	if err != nil || u.RawQuery != "" || isFile(l.URL) || articleShape(s.out.Source, l.URL) || trapShape(l.URL) != "" {
		return false
	}
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	for _, seg := range segments {
		stem, _, _ := strings.Cut(strings.ToLower(seg), ".")
		if listWords[stem] || digitsOnly(stem) {
			return false
		}
	}
	words := len([]rune(l.Text))
	return len(segments) > 0 && len(segments) <= 2 && words > 1 && words <= 40
}

func (s *surveyor) section(ctx context.Context, ref, from string) error {
	u, ok := s.known(ref)
	if !ok || s.spent() || len(s.out.Source.Sections) >= maxSections {
		return nil
	}
	t := Try{Kind: frontier.KindSection, URL: u, From: from}
	page, err := s.f.Fetch(ctx, u)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var links []frontier.Link
	if err == nil {
		links, err = Discover(s.out.Source, frontier.Link{URL: u, Kind: frontier.KindSection}, page, s.now)
	}
	if t.Err = err; err == nil {
		if t.Links = s.take(links); t.Links < sectionLinks && !below(u, links) {
			t.Err = fmt.Errorf("%w: it leads to %d articles, a section to %d at least", news.ErrNotFound, t.Links, sectionLinks)
		}
	}
	s.try(t, &s.out.Source.Sections)
	return nil
}

// below tells whether one of the links stands below a section's address.
func below(section string, links []frontier.Link) bool {
	dir := stem(section) + "/"
	for _, l := range links {
		if strings.HasPrefix(l.URL, dir) && canonical.Path(section) != "/" {
			return true
		}
	}
	return false
}

// articles fetches some of the pages that were found, to see that they are articles.
func (s *surveyor) articles(ctx context.Context, _ *content.Result) error {
	seen := map[string]bool{}
	for _, u := range s.found {
		if len(s.out.Articles) >= surveyArticles || len(seen) >= 2*surveyArticles {
			break
		}
		if seen[u] {
			continue
		}
		seen[u] = true
		page, err := s.f.Fetch(ctx, u)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil && !maybeHTML(page) {
			err = fmt.Errorf("%w: the page is no article: content type %q", news.ErrInvalid, page.ContentType)
		}
		if err != nil {
			s.tell(Try{Kind: frontier.KindArticle, URL: u, Err: err})
			continue
		}
		res, err := strip(*page, s.out.Source)
		if err == nil && res.Article.PageType != news.PageArticle {
			err = fmt.Errorf("%w: the page is no article: %s %s", news.ErrInvalid, res.Article.PageType, res.Article.PageReason)
		}
		s.tell(Try{Kind: frontier.KindArticle, URL: u, Err: err})
		if err == nil {
			s.out.Articles = append(s.out.Articles, res.Article)
		}
	}
	return nil
}
