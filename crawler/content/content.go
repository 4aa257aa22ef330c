// Package content turns a page into an article: noise stripped, title, lead,
// publication time, byline and agency read. It is pure: bytes in, article out;
// no I/O, no clock. Safe for concurrent use.
//
// The files, in the order of the work:
//
//	tree.go, lean.go           bytes → node tree, bounded
//	walk.go, block.go          node tree → blocks and elements, in one walk
//	head.go, jsonld.go         what the page tells machines
//	links.go                   addresses
//	hints.go                   what class names and roles say of an element
//	cues.go                    what stock phrases say of a line
//	headline.go, body.go       where headline and article are
//	filter.go, prose.go        which blocks are kept, which are captions
//	title.go, lead.go          title and sapo
//	when.go, stamp.go, date.go publication time
//	byline.go, credit.go,
//	source.go                  author, agency, source
//	page.go, kind.go           language, canonical address, neighbours; page type
//	plain.go, teaser.go        the same for page text whose tags are gone
//	selectors.go               overrides for single outlets
//	report.go                  what was kept and dropped, and why
//	simhash.go, join.go        near-duplicates; articles in several parts
package content

import (
	"cmp"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"sukien/news"
	"sukien/news/viet"
)

// Options say how a page is stripped. The zero value is the generic way.
type Options struct {
	// Explain fills Result.Report; it costs time and memory.
	Explain bool
	// Selectors override the generic way where they match; nil for none.
	Selectors *Selectors
}

// Result is what a page gave.
type Result struct {
	Article *news.Article
	// Links are the page's links in document order, absolute http(s) addresses
	// without fragment, the first of equal ones only.
	Links []Link
	// SiteName is what the site calls itself in the page's head, or its title.
	SiteName string
	// Feeds are the addresses of the page's RSS and Atom feeds.
	Feeds []string
	// Next and Prev are the neighbouring parts of an article in several parts,
	// or pages of a listing; empty when there are none.
	Next, Prev string
	// AMP and Mobile are the twins of the page in other forms.
	AMP, Mobile string
	Robots      Robots
	// Parts is the number of pages that Article was joined from, 0 for the one:
	// the page's own body is then not the whole article.
	Parts int
	// Cut says that the page was larger or deeper than the bounds and that its rest was not read.
	Cut bool
	// Stale names the selectors of Options.Selectors that match nothing on the page.
	Stale []string
	// Report is nil unless Options.Explain.
	Report *Report
}

// Link is a hyperlink of a page.
type Link struct {
	URL  string
	Text string
	Rel  string
	// InContent says that it stands in the article's own text.
	InContent bool
}

// Robots are the wishes of <meta name="robots">.
type Robots struct {
	NoIndex, NoFollow, NoArchive bool
}

// Strip reads the article of p. A page that is no article has its type and
// the reason in Article, and no error. The errors wrap news.ErrInvalid for a
// body that is neither markup nor text.
func Strip(p news.Page, opts Options) (*Result, error) {
	text, err := decode(p.Body, p.ContentType)
	if err != nil {
		return nil, err
	}
	if p.Text {
		return stripPlain(p, string(text), opts), nil
	}
	root, scripts, cut, err := parse(text)
	if err != nil {
		return nil, err
	}
	d := newDoc(p)
	d.head.scripts = scripts
	if opts.Selectors != nil {
		d.lines = opts.Selectors.Lines
	}
	d.walk(root)
	d.settle()
	res := &Result{Article: d.article(), Robots: d.head.robots, Cut: cut}
	if opts.Selectors != nil {
		res.Stale = opts.Selectors.apply(root, d, res.Article)
	}
	d.finish(res, opts)
	return res, nil
}

// article runs the generic way over the settled blocks.
func (d *doc) article() *news.Article {
	a := &news.Article{URL: pageURL(d.page), Source: d.page.Source, Fetched: news.StampOf(d.page.Fetched)}
	d.pickBody()
	d.pickTitle()
	d.filterBody()
	d.pickLead()
	a.Title, a.Lead = d.title, d.lead
	a.Text, a.Captions = d.prose()
	d.pickByline(a)
	d.pickTime(a)
	return a
}

// finish fills what depends on the article as a whole.
func (d *doc) finish(res *Result, opts Options) {
	a := res.Article
	var original string
	a.Canonical, original = d.canonical()
	a.ReprintOf = cmp.Or(a.ReprintOf, original)
	a.Language = language(a.Text, d.head.lang)
	a.PageType, a.PageReason = d.kind(a)
	if a.PageType == news.PageListing {
		a.Published, a.PublishedBasis, a.Modified, a.Author = "", news.BasisNone, "", ""
	}
	if a.Source == "" {
		a.Source = sourceOf(a)
	}
	id := a.Canonical
	if id == "" {
		id = a.URL
	}
	if id != "" {
		a.ID = news.ArticleID(id)
	}
	res.SiteName = cmp.Or(tidy(d.head.meta["og:site_name"]), tidy(d.head.title))
	res.Links = d.links()
	for _, f := range d.head.feeds {
		if u := d.resolve(f); u != "" {
			res.Feeds = append(res.Feeds, u)
		}
	}
	res.Next, res.Prev = d.neighbours(res.Links)
	res.AMP, res.Mobile = d.resolve(d.head.amp), d.resolve(d.head.mobile)
	if opts.Explain {
		res.Report = d.report(a)
	}
}

// pageURL is the address that answered.
func pageURL(p news.Page) string {
	if p.FinalURL != "" {
		return p.FinalURL
	}
	return p.URL
}

// sourceOf is the host of the article's address without the labels of its
// mobile and AMP forms.
func sourceOf(a *news.Article) string {
	for _, raw := range []string{a.Canonical, a.URL} {
		if u, err := url.Parse(raw); err == nil && u.Host != "" {
			host := strings.ToLower(u.Hostname())
			for _, label := range [...]string{"www.", "m.", "amp.", "mobile."} {
				if rest, ok := strings.CutPrefix(host, label); ok && strings.Contains(rest, ".") {
					return rest
				}
			}
			return host
		}
	}
	return ""
}

// tidy is s in NFC with white space collapsed, an old font's codes read.
func tidy(s string) string { return viet.Unfont(viet.NFC(strings.Join(strings.Fields(s), " "))) }

// attr is the value of n's attribute key, "" when it has none.
func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}
