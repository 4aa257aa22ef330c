package main

import (
	"fmt"
	"strings"

	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/crawler/source"
	"sukien/news"
)

// offlineTest tests outlets on saved pages.
type offlineTest struct {
	a       *app
	sources []*source.Source
	domain  string // only this outlet; all when empty
	limit   int64

	pages, others int
	faults        map[string]int // by domain
	count         map[string]int
}

// minArticle is how many characters an article's text has at least.
const minArticle = 100

// run reads every page that belongs to an outlet, and fails when one of them
// does not read as that outlet's article.
func (o *offlineTest) run(names []string) error {
	o.faults, o.count = map[string]int{}, map[string]int{}
	for _, in := range inputs(names, false) {
		if err := o.page(in); err != nil {
			return err
		}
	}
	bad := 0
	for _, domain := range sortedKeys(o.count) {
		bad += o.faults[domain]
		if _, err := fmt.Fprintf(o.a.out, "%s: %d pages, %d with faults\n", domain, o.count[domain], o.faults[domain]); err != nil {
			return err
		}
	}
	switch {
	case len(o.count) == 0:
		return fmt.Errorf("%w: no page of %s among %d: a page's outlet is known by its canonical link, or by its file's name: HOST-anything.html", news.ErrNotFound, orAny(o.domain), o.pages)
	case bad > 0:
		return fmt.Errorf("%d of %d pages do not read as articles of their outlet", bad, o.pages-o.others)
	}
	return nil
}

func orAny(domain string) string {
	if domain == "" {
		return "the configured outlets"
	}
	return domain
}

// page tests one file; one of another outlet is passed over.
func (o *offlineTest) page(in input) error {
	body, err := in.read(o.a.in, o.limit)
	if err != nil {
		return err
	}
	o.pages++
	res, err := content.Strip(news.Page{Body: body, Text: in.text}, content.Options{})
	if err != nil {
		return fmt.Errorf("%s: %w", in.path, err)
	}
	src := o.owner(res.Article.Source)
	if res.Article.Source == "" {
		src = o.ownerOfName(in.doc)
	}
	if src == nil {
		o.others++
		return nil
	}
	if src.Selectors != nil {
		if res, err = content.Strip(news.Page{Body: body, Text: in.text}, content.Options{Selectors: src.Selectors}); err != nil {
			return fmt.Errorf("%s: %w", in.path, err)
		}
	}
	o.count[src.Domain]++
	faults := articleFaults(src, res.Article)
	if len(faults) == 0 {
		return nil
	}
	o.faults[src.Domain]++
	_, err = fmt.Fprintf(o.a.out, "%s %s: %s\n", src.Domain, in.path, strings.Join(faults, "; "))
	return err
}

// ownerOfName is the outlet whose host a saved page's name begins with,
// HOST-anything or HOST_anything: for pages that do not tell their address.
func (o *offlineTest) ownerOfName(name string) *source.Source {
	name = strings.TrimPrefix(strings.ToLower(name), "www.")
	for i := strings.LastIndexAny(name, "-_"); i > 0; i = strings.LastIndexAny(name[:i], "-_") {
		if src := o.owner(name[:i]); src != nil {
			return src
		}
	}
	return nil
}

// owner is the outlet of a host, nil for one that is not configured or not asked for.
func (o *offlineTest) owner(host string) *source.Source {
	var best *source.Source
	for _, s := range o.sources {
		if (s.Domain == host || strings.HasSuffix(host, "."+s.Domain) || s.Owns(host)) && (best == nil || len(s.Domain) > len(best.Domain)) {
			best = s
		}
	}
	if best == nil || o.domain != "" && best.Domain != o.domain {
		return nil
	}
	return best
}

// articleFaults are what keeps a page from being an article of its outlet.
func articleFaults(src *source.Source, a *news.Article) (faults []string) {
	add := func(when bool, text string) {
		if when {
			faults = append(faults, text)
		}
	}
	if a.PageReason == content.ReasonForum || a.PageType == news.PageMedia {
		return nil // what readers write, and pictures, are no articles, and are known for what they are
	}
	add(a.PageType != news.PageArticle, "read as "+string(a.PageType)+" "+a.PageReason)
	add(a.Title == "", "no title")
	add(len([]rune(a.Text)) < minArticle, fmt.Sprintf("a text of %d characters", len([]rune(a.Text))))
	add(a.Published == "", "no time of publication")
	add(a.Canonical != "" && !crawler.ArticleAddress(src, a.Canonical), "discovery would pass over its address "+a.Canonical)
	return faults
}
