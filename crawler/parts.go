package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"sukien/crawler/canonical"
	"sukien/crawler/content"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

// The bounds of an article in several parts, the first included: the longest
// that outlets print have about ten. Bytes are those of the bodies.
const (
	maxParts     = 20
	maxPartBytes = 5 << 20
)

// parts fetches the further parts of an article, each in the host's turn and
// under its rules, and makes res.Article the whole. It answers false when a
// part that the article names could not be had: what came is kept, and the
// next recheck is not to be a conditional one. Errors are those of the lease
// and of a crawl that is to end.
func (v *visitor) parts(l frontier.Link, s *source.Source, a *answer, res *content.Result, note *Visit) (bool, error) {
	if res.Article.PageType != news.PageArticle {
		return true, nil
	}
	articles := []*news.Article{res.Article}
	seen, size := map[string]bool{l.URL: true}, int64(len(a.page.Body))
	whole := true
	for next := nextPart(l.URL, res.Next, seen); next != "" && len(articles) < maxParts && size < maxPartBytes; {
		part, n, err := v.part(l, s, next)
		note.Bytes += n
		var fe *FetchError
		if errors.As(err, &fe) {
			v.strain(fe)
			v.c.cfg.Log.Warn("a part of the article is missing: it is kept without", "url", next, "error", fe)
		} else if err != nil {
			return false, err
		}
		if part == nil {
			whole = false
			break
		}
		size += n
		if part.Article.PageType != news.PageArticle || size > maxPartBytes {
			break
		}
		seen[next] = true
		articles = append(articles, part.Article)
		next = nextPart(l.URL, part.Next, seen)
	}
	if len(articles) > 1 {
		res.Article, res.Parts = content.Join(articles), len(articles)
	}
	return whole, nil
}

// Whole makes res.Article the whole of an article in several parts whose first
// one was fetched alone: the further ones are fetched with fetch, in order, and
// their entries are added to the report, where there is one. The error is that
// of the part that could not be had; what came before it is joined all the same.
func Whole(ctx context.Context, fetch func(context.Context, string) (*news.Page, error), res *content.Result, opts content.Options) error {
	first := res.Article.URL
	if res.Article.PageType != news.PageArticle || first == "" {
		return nil
	}
	articles := []*news.Article{res.Article}
	seen, size := map[string]bool{first: true}, 0
	var missing error
	for next := nextPart(first, res.Next, seen); next != "" && len(articles) < maxParts && size < maxPartBytes; {
		part, n, err := wholePart(ctx, fetch, next, opts)
		if err != nil {
			missing = fmt.Errorf("part %d of the article, %s: %w", len(articles)+1, next, err)
			break
		}
		size += n
		if part.Article.PageType != news.PageArticle {
			break
		}
		seen[next] = true
		articles = append(articles, part.Article)
		if res.Report != nil && part.Report != nil {
			res.Report.Entries = append(res.Report.Entries, part.Report.Entries...)
		}
		next = nextPart(first, part.Next, seen)
	}
	if len(articles) > 1 {
		res.Article, res.Parts = content.Join(articles), len(articles)
	}
	return missing
}

func wholePart(ctx context.Context, fetch func(context.Context, string) (*news.Page, error), target string, opts content.Options) (*content.Result, int, error) {
	page, err := fetch(ctx, target)
	if err != nil {
		return nil, 0, err
	}
	res, err := content.Strip(*page, opts)
	return res, len(page.Body), err
}

// part fetches and strips one part; nil when the host rests or the part has moved.
func (v *visitor) part(l frontier.Link, s *source.Source, target string) (*content.Result, int64, error) {
	a, err := v.fetchOnce(l, s, &request{url: target})
	if err != nil || a == nil || a.redirect != "" || a.notModified || !maybeHTML(&a.page) {
		return nil, a.size(), err
	}
	a.page.URL, a.page.Source = target, l.Source
	res, err := strip(a.page, s)
	if err != nil {
		return nil, a.size(), cmp.Or(a.keep(false), err)
	}
	headerRobots(&res.Robots, a.robotsTag, v.c.agent)
	return res, a.size(), a.keep(res.Robots.NoArchive)
}

// nextPart is next in canonical form when it is a further part of the article
// at first that has not been seen; else empty.
func nextPart(first, next string, seen map[string]bool) string {
	if next == "" {
		return ""
	}
	u, err := canonical.URL(first, next)
	if err != nil || seen[u] || !furtherPart(first, u) {
		return ""
	}
	return u
}

var (
	// partSuffix is what the path of a further part has after that of the first.
	partSuffix = regexp.MustCompile(`^[-_/.](p|page|trang|part|phan)?[-_/]?[0-9]{1,2}$`)
	// partNumber is the value of a part's parameter.
	partNumber = regexp.MustCompile(`^[0-9]{1,2}$`)
)

// partParameters are the query parameters that number parts.
var partParameters = [...]string{"page", "p", "trang", "part", "phan"}

// furtherPart tells whether u differs from first in nothing but a page number,
// in the path or in the query.
func furtherPart(first, u string) bool {
	a, err := url.Parse(first)
	if err != nil {
		return false
	}
	b, err := url.Parse(u)
	if err != nil || a.Scheme != b.Scheme || a.Host != b.Host {
		return false
	}
	query, numbered := b.Query(), false
	own := a.Query()
	for _, name := range partParameters {
		numbered = numbered || query.Has(name) && partNumber.MatchString(query.Get(name))
		query.Del(name)
		own.Del(name)
	}
	if query.Encode() != own.Encode() {
		return false
	}
	if a.Path == b.Path {
		return numbered
	}
	rest, ok := strings.CutPrefix(stem(b.Path), stem(a.Path))
	return ok && partSuffix.MatchString(rest)
}

// stem is a path without the ending of its file.
func stem(p string) string {
	p = strings.TrimSuffix(p, "/")
	return strings.TrimSuffix(p, path.Ext(p))
}
