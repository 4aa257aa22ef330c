package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"sukien/crawler/canonical"
	"sukien/crawler/content"
	"sukien/crawler/source"
	"sukien/crawler/warc"
	"sukien/news"
	"sukien/store"
)

// outlets know whose a page is, and which pages are asked for.
type outlets struct {
	all   []*source.Source
	only  []*source.Source
	hosts []string
	// lists are the addresses of the outlets' sections and front pages, which a
	// crawl takes links from and not for articles.
	lists map[string]bool
}

// passedOver is a page that is not to be stored, and why.
type passedOver string

// Error says why.
func (p passedOver) Error() string { return passedWords[string(p)] }

// passedNoIndex is a page whose robots field asks not to be indexed.
const passedNoIndex = "noindex"

// passedList is a page of links.
const passedList = "list"

// passedWords say why records were passed over.
var passedWords = map[string]string{
	warc.PassedRevisit: "the same content as an earlier answer's", warc.PassedRedirect: "redirects", warc.PassedStatus: "no page: status of failure",
	passedList: "sections and front pages", passedNoIndex: "not to be indexed, by their own word", warc.PassedNotHTML: "no HTML", warc.PassedTruncated: "cut when they were recorded", warc.PassedFilter: "of other outlets or hosts",
}

// newOutlets loads the outlets; domains and hosts are what a page must be of, any of them.
func newOutlets(s *Settings, domains, hosts []string) (*outlets, error) {
	list, err := loadSources(s)
	if err != nil {
		return nil, err
	}
	o := &outlets{all: list, lists: map[string]bool{}}
	for _, src := range list {
		for _, a := range src.Sections {
			o.lists[a.URL] = true
		}
	}
	for _, d := range domains {
		i := slices.IndexFunc(list, func(s *source.Source) bool { return s.Domain == d })
		if i < 0 {
			return nil, misuse{fmt.Errorf("%w: no outlet %q: sukien sources list names them", news.ErrNotFound, d)}
		}
		o.only = append(o.only, list[i])
	}
	for _, h := range hosts {
		o.hosts = append(o.hosts, strings.TrimPrefix(strings.ToLower(h), "www."))
	}
	return o, nil
}

// filter tells whether an address is asked for; nil when all are.
func (o *outlets) filter() func(string) bool {
	if len(o.only)+len(o.hosts) == 0 {
		return nil
	}
	return func(address string) bool {
		host := hostOf(address)
		return slices.ContainsFunc(o.only, func(s *source.Source) bool { return s.Owns(host) }) ||
			slices.ContainsFunc(o.hosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) })
	}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// of is the outlet that an address belongs to, nil for none that is known.
func (o *outlets) of(address string) *source.Source {
	host := hostOf(address)
	i := slices.IndexFunc(o.all, func(s *source.Source) bool { return s.Owns(host) })
	if host == "" || i < 0 {
		return nil
	}
	return o.all[i]
}

// strip makes of an archived page what the store takes. A fault of the reader,
// whatever the page did to it, is an error.
func (o *outlets) strip(page *news.Page) (saved store.SavedPage, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: the page brought the reader to a fault: %v", news.ErrInvalid, r)
		}
	}()
	if page.URL != "" {
		page.URL = spelt(page.URL)
	}
	if o.lists[page.URL] || canonical.Path(page.URL) == "/" {
		return saved, passedOver(passedList)
	}
	res, err := o.read(page, page.URL)
	if err == nil && page.URL == "" {
		// Whose it is only the page itself tells.
		res, err = o.read(page, res.Article.Canonical)
	}
	if err == nil && res.Article.Canonical == "" && page.URL == "" {
		err = fmt.Errorf("%w: no address: the page has no canonical link", news.ErrInvalid)
	}
	wants := o.filter()
	switch {
	case err != nil:
		return saved, err
	case res.Robots.NoIndex:
		return saved, passedOver(passedNoIndex)
	case page.URL == "" && wants != nil && !wants(res.Article.Canonical):
		return saved, passedOver(warc.PassedFilter)
	}
	return store.SavedPage{Page: page, Article: res.Article, Origin: news.Backfill, NoArchive: res.Robots.NoArchive, Print: content.Simhash(res.Article.Text), Now: time.Now()}, nil
}

// spelt is an address in the form that the crawl has it, as it is when it is none.
func spelt(url string) string {
	if u, err := canonical.URL("", url); err == nil {
		return u
	}
	return url
}

// read strips a page as one of the outlet that an address belongs to.
func (o *outlets) read(page *news.Page, address string) (*content.Result, error) {
	opts := content.Options{}
	if s := o.of(address); s != nil {
		page.Source, opts.Selectors = s.Domain, s.Selectors
	}
	return content.Strip(*page, opts)
}
