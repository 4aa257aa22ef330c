package crawler

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"sukien/crawler/canonical"
	"sukien/crawler/content"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

// maxHops is how many redirects lead to a page at most: a browser takes 20, a
// news page needs two or three.
const maxHops = 5

// withoutSource is how long a link waits whose source is not configured (any more).
const withoutSource = 24 * time.Hour

// visit fetches one link and records what came of it. Its errors end the lease.
func (v *visitor) visit(l frontier.Link) (err error) {
	began := time.Now()
	end := v.span("crawl", l.URL)
	defer func() { end(err) }()
	s := v.c.sources[l.Source]
	if s == nil || !s.Active() && l.Origin != news.Backfill {
		return v.done(frontier.Outcome{
			URL: l.URL, Result: frontier.ResultFailed, Class: "no_source", Due: began.Add(withoutSource),
			Fetched: l.Fetched, Changed: l.Changed, Fetches: l.Fetches, Failures: l.Failures, Priority: l.Priority,
			ETag: l.ETag, LastModified: l.LastModified, Signature: l.Signature,
		})
	}
	o, note, err := v.attempt(l, s)
	if err != nil || o.URL == "" {
		v.sightOf(l.Source) // the host rests: that is to be told, too
		return err
	}
	if err := v.done(o); err != nil {
		return err
	}
	note.URL, note.Host, note.Source, note.Kind = l.URL, v.lease.Host, l.Source, l.Kind
	note.Result, note.Took = o.Result, time.Since(began)
	v.c.note(note)
	v.saw(l, note)
	return nil
}

// done records an outcome, unless its page brought it into the store.
func (v *visitor) done(o frontier.Outcome) error {
	if v.recorded == o.URL {
		return nil
	}
	if err := v.c.front.Done(v.work, time.Now(), v.lease, o); err != nil {
		return fmt.Errorf("record %s: %w", o.URL, err)
	}
	return nil
}

// attempt fetches and reads one link. A zero outcome leaves the link as it is:
// the host rests, or the crawl is to end.
func (v *visitor) attempt(l frontier.Link, s *source.Source) (o frontier.Outcome, note Visit, err error) {
	if _, w, ok := walkOf(l); ok && w.list == wayRobots {
		o, err = v.walkRobots(l, w, s)
		return o, note, err
	}
	a, err := v.fetch(l, s)
	if err == nil && a != nil && a.notModified && !v.believed(l) {
		bare := l
		bare.ETag, bare.LastModified = "", ""
		if a, err = v.fetch(bare, s); a != nil {
			a.doubted = true
		}
	}
	note.Bytes = a.size()
	if err == nil && a != nil {
		o, err = v.read(l, s, a, &note)
	}
	var fe *FetchError
	if errors.As(err, &fe) {
		v.strain(fe)
		note.Err = fe
		return failed(l, s, time.Now(), fe), note, nil
	}
	if errors.Is(err, context.DeadlineExceeded) && v.work.Err() == nil {
		err = frontier.ErrLeaseLost
	} else if errors.Is(err, context.Canceled) {
		err = errStopped
	}
	return o, note, err
}

// fetch gets the link, through redirects on its host when it is a standing
// address. The answer is nil when the host rests.
func (v *visitor) fetch(l frontier.Link, s *source.Source) (*answer, error) {
	req := request{url: plain(l)}
	if v.conditional(l) {
		req.etag, req.lastModified = l.ETag, l.LastModified
	}
	if l.Kind == frontier.KindSitemap {
		req.limit = v.c.cfg.Limits.Sitemap
	}
	seen := map[string]bool{}
	for {
		seen[req.url] = true
		a, err := v.fetchOnce(l, s, &req)
		if err != nil || a == nil || a.redirect == "" {
			return a, err
		}
		if seen[a.redirect] || len(seen) > maxHops || l.Hops >= maxHops || l.Hops > 0 && a.redirect == l.Via {
			return nil, &FetchError{Class: classRedirect, URL: l.URL, Err: fmt.Errorf("to %s", a.redirect)}
		}
		if !standing(l) || canonical.Host(a.redirect) != v.lease.Host {
			return a, nil
		}
		req.url, req.etag, req.lastModified = a.redirect, "", ""
	}
}

// fetchOnce makes one request in the host's turn, when robots.txt allows it.
func (v *visitor) fetchOnce(l frontier.Link, s *source.Source, req *request) (*answer, error) {
	if err := v.c.get.check(v.work, req.url); err != nil {
		return nil, err
	}
	if open := s.Opens(time.Now()); !open.IsZero() {
		v.rest = later(v.rest, open)
		return nil, nil
	}
	rules, ok, err := v.rules(s, req.url)
	if err != nil || !ok {
		return nil, err
	}
	if !rules.Allows(canonical.Path(req.url)) {
		return nil, &FetchError{Class: classRobots, URL: req.url}
	}
	ctx, cancel, err := v.turn(v.pace(s, rules))
	if err != nil {
		return nil, err
	}
	defer cancel()
	var found []frontier.Link
	if l.Kind == frontier.KindSitemap {
		req.stream = func(r io.Reader) error {
			var err error
			if walks(l) {
				found, err = v.walkSitemap(l, s, r)
			} else {
				found, err = fromSitemap(v.newList(s, l, l.URL), r, v.c.cfg.MaxAge)
			}
			return err
		}
	}
	end := v.span("fetch", req.url)
	a, err := v.c.get.get(ctx, *req)
	end(err)
	if err != nil {
		return nil, err
	}
	a.found = found
	v.feel(a.took)
	if standing(l) || a.redirect != "" || a.notModified || !maybeHTML(&a.page) {
		return a, a.keep(false)
	}
	return a, nil
}

// read makes of an answer what its link is for.
func (v *visitor) read(l frontier.Link, s *source.Source, a *answer, note *Visit) (frontier.Outcome, error) {
	now := time.Now()
	switch {
	case a.redirect != "":
		return v.redirected(l, s, a)
	case a.notModified:
		return outcome(l, s, now, false), nil
	}
	a.page.URL, a.page.Source = plain(l), l.Source
	if walks(l) && l.Kind != frontier.KindSitemap {
		return v.walkPage(l, s, a, note)
	}
	if standing(l) {
		return v.list(l, s, a, note)
	}
	return v.article(l, s, a, note)
}

// redirected hands a redirect to the frontier, where the target is fetched in
// its own host's turn, under its own rules, once.
func (v *visitor) redirected(l frontier.Link, s *source.Source, a *answer) (frontier.Outcome, error) {
	if !s.Owns(canonical.Host(a.redirect)) {
		return frontier.Outcome{}, &FetchError{Class: classOffsite, URL: l.URL, Err: fmt.Errorf("to %s", a.redirect)}
	}
	o := outcome(l, s, time.Now(), false)
	o.Result, o.Target = frontier.ResultRedirected, a.redirect
	if !standing(l) {
		o.Due = time.Time{}
		if canonical.Path(a.redirect) == "/" {
			o.Result = frontier.ResultGone
			return o, nil
		}
	} else if a.permanent {
		o.Due = time.Time{}
	}
	target := l
	target.URL, target.Host, target.Via, target.Hops, target.Due = a.redirect, canonical.Host(a.redirect), l.URL, l.Hops+1, time.Now()
	if _, w, ok := walkOf(l); ok {
		target.URL = w.address(a.redirect)
	}
	target.Fetched, target.Changed, target.Interval, target.Fetches, target.Failures = time.Time{}, time.Time{}, 0, 0, 0
	target.ETag, target.LastModified, target.Signature = "", "", ""
	_, err := v.add([]frontier.Link{target})
	return o, err
}

// add makes links known and returns how many were new.
func (v *visitor) add(links []frontier.Link) (int, error) {
	if len(links) == 0 {
		return 0, nil
	}
	n, err := v.c.front.Add(v.work, links)
	if err != nil {
		return 0, fmt.Errorf("add links: %w", err)
	}
	v.c.stats.found(n)
	return n, nil
}

// newList is a list that knows what was learnt of the host.
func (v *visitor) newList(s *source.Source, l frontier.Link, base string) *list {
	b := newList(s, l, base, time.Now())
	b.memo, b.host = &v.memo, v.lease.Host
	return b
}

// list takes the links of a feed, section or sitemap.
func (v *visitor) list(l frontier.Link, s *source.Source, a *answer, note *Visit) (frontier.Outcome, error) {
	links, err := a.found, error(nil)
	switch l.Kind {
	case frontier.KindSitemap:
		_, err = v.add(links)
	case frontier.KindSection:
		links, err = v.section(l, s, a, note)
	default:
		if links, err = fromFeed(v.newList(s, l, finalURL(&a.page)), &a.page); err == nil {
			_, err = v.add(links)
		}
	}
	if err != nil {
		return frontier.Outcome{}, err
	}
	note.Links = len(links)
	sum := sha256.New()
	for _, f := range links {
		io.WriteString(sum, f.URL+"\n")
	}
	signature := hex.EncodeToString(sum.Sum(nil)[:16])
	changed := signature != l.Signature
	if a.doubted {
		v.verify(l, changed)
	}
	o := outcome(l, s, time.Now(), changed)
	o.ETag, o.LastModified, o.Signature = a.page.ETag, a.page.LastModified, signature
	return o, nil
}

// article strips the page and gives it to the sink when it is new or has changed.
func (v *visitor) article(l frontier.Link, s *source.Source, a *answer, note *Visit) (frontier.Outcome, error) {
	if !maybeHTML(&a.page) {
		return frontier.Outcome{}, &FetchError{Class: classNotHTML, URL: l.URL, Err: fmt.Errorf("content type %q", a.page.ContentType)}
	}
	end := v.span("strip", l.URL)
	res, err := strip(a.page, s)
	end(err)
	if err != nil {
		return frontier.Outcome{}, cmp.Or(a.keep(false), err)
	}
	headerRobots(&res.Robots, a.robotsTag, v.c.agent)
	if err := a.keep(res.Robots.NoArchive); err != nil {
		return frontier.Outcome{}, err
	}
	if err := standIn(l, res.Article); err != nil {
		v.memo.Shapes.learn(l.URL, false)
		return frontier.Outcome{}, err
	}
	whole, err := v.parts(l, s, a, res, note)
	if err != nil {
		return frontier.Outcome{}, err
	}
	signature := articleSignature(res.Article)
	if first := v.twin(l, res.Article, signature); first != "" {
		return twinOutcome(l, s, first), nil
	}
	changed := signature != l.Signature
	o := outcome(l, s, time.Now(), changed)
	o.ETag, o.LastModified, o.Signature = a.page.ETag, a.page.LastModified, signature
	if !whole {
		o.ETag, o.LastModified = "", ""
	}
	if !changed || res.Robots.NoIndex {
		return o, nil
	}
	if err := v.sink(l, a, res, o); err != nil {
		return frontier.Outcome{}, err
	}
	note.Article = res.Article.PageType == news.PageArticle
	return o, nil
}

// standIn refuses a page that stands in for the one asked for although its
// status says that it is that one: it would take the place of the article. One
// with a time of publication is none, whatever its words are like.
func standIn(l frontier.Link, a *news.Article) error {
	switch {
	case a.PageReason == content.ReasonError && a.Published == "":
		return &FetchError{Class: classSoft404, URL: l.URL, Status: http.StatusOK}
	case a.PageReason == content.ReasonChallenge:
		return &FetchError{Class: classChallenge, URL: l.URL, Status: http.StatusOK}
	}
	return nil
}

// twin learns from a page that is seen for the first time, and gives the other
// address under which the same text was seen before, empty when there is none.
func (v *visitor) twin(l frontier.Link, a *news.Article, signature string) string {
	if l.Fetches > 0 {
		return ""
	}
	article := a.PageType == news.PageArticle
	first := ""
	if article {
		first = v.memo.Twins.first(a, signature, l.URL)
	}
	v.memo.Shapes.learn(l.URL, article && first == "")
	if first == "" {
		return ""
	}
	v.memo.Twins.compare(first, l.URL)
	if keys := shapeKeys(l.URL); len(keys) > 0 {
		v.trap(l.Source, v.lease.Host+keys[len(keys)-1], "one text under several addresses, among them "+first+" and "+l.URL+": only the first is kept")
	}
	return first
}

// twinOutcome is the record of a page whose text is known under another address.
func twinOutcome(l frontier.Link, s *source.Source, first string) frontier.Outcome {
	o := outcome(l, s, time.Now(), false)
	o.Result, o.Target, o.Due = frontier.ResultRedirected, first, time.Time{}
	return o
}

// sink commits a page. A store that is away ends the crawl, a page that it
// will not have fails alone.
func (v *visitor) sink(l frontier.Link, a *answer, res *content.Result, o frontier.Outcome) error {
	if !time.Now().Before(v.until) {
		return frontier.ErrLeaseLost
	}
	end := v.span("store", l.URL)
	recorded, err := v.c.sink.Page(v.work, v.lease, l, &a.page, res, o)
	end(err)
	switch {
	case err == nil && recorded:
		v.recorded = o.URL
		return nil
	case err == nil:
		return nil
	case errors.Is(err, frontier.ErrLeaseLost):
		return err
	case errors.Is(err, news.ErrTransient), v.work.Err() != nil:
		return fmt.Errorf("%w: store %s: %v", news.ErrTransient, l.URL, err)
	}
	return &FetchError{Class: classStore, URL: l.URL, Err: err}
}

// strip reads the article of a page, and turns a fault of the reader, whatever
// the page did to it, into an error.
func strip(page news.Page, s *source.Source) (res *content.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &FetchError{Class: classPanic, URL: page.URL, Err: fmt.Errorf("%v", p)}
		}
	}()
	opts := content.Options{}
	if s != nil {
		opts.Selectors = s.Selectors
	}
	res, err = content.Strip(page, opts)
	if err != nil {
		return nil, &FetchError{Class: classNotHTML, URL: page.URL, Err: err}
	}
	return res, nil
}

// maybeHTML tells by header and first bytes whether a body may be markup.
func maybeHTML(p *news.Page) bool {
	ct := strings.ToLower(p.ContentType)
	if strings.Contains(ct, "html") || ct == "" {
		return true
	}
	head := strings.ToLower(string(p.Body[:min(len(p.Body), 1024)]))
	return (strings.HasPrefix(ct, "text/plain") || strings.Contains(ct, "xml") || strings.HasPrefix(ct, "application/octet-stream")) &&
		(strings.Contains(head, "<html") || strings.Contains(head, "<!doctype html"))
}

// articleSignature names what readers read of an article: a page whose frame
// alone has changed keeps it.
func articleSignature(a *news.Article) string {
	sum := sha256.New()
	for _, s := range []string{a.Title, a.Lead, a.Text, string(a.Published)} {
		io.WriteString(sum, s+"\x00")
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// headerRobots adds the wishes of X-Robots-Tag, of those for all crawlers and
// for agent, to those of the page.
func headerRobots(r *content.Robots, tags []string, agent string) {
	for _, tag := range tags {
		tag = strings.ToLower(tag)
		if name, rest, ok := strings.Cut(tag, ":"); ok && !strings.Contains(name, ",") && !strings.HasPrefix(name, "unavailable_after") {
			if strings.TrimSpace(name) != strings.ToLower(agent) {
				continue
			}
			tag = rest
		}
		for wish := range strings.SplitSeq(tag, ",") {
			wish = strings.TrimSpace(wish)
			r.NoIndex = r.NoIndex || wish == "noindex" || wish == "none"
			r.NoFollow = r.NoFollow || wish == "nofollow" || wish == "none"
			r.NoArchive = r.NoArchive || wish == "noarchive"
		}
	}
}
