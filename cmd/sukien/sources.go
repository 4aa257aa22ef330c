package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"time"

	"sukien/configs"
	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

// sourcesCmd groups what is done with outlets.
type sourcesCmd struct {
	List  sourcesListCmd  `cmd:"" help:"The outlets and their state."`
	Check sourcesCheckCmd `cmd:"" help:"Lint the outlets' files: file:line:column of every fault."`
	Test  sourcesTestCmd  `cmd:"" help:"A dry run of one outlet: what discovery and stripping give."`
	Add   sourcesAddCmd   `cmd:"" help:"Find an outlet's feeds, sitemaps and sections, try them, write its file."`
}

// Example is shown first in --help.
func (sourcesCmd) Example() string {
	return "sukien sources list"
}

// loadSources reads the outlets: those inside the binary, or those of
// sources_dir instead when it is set.
func loadSources(s *Settings) ([]*source.Source, error) {
	dir, err := sourcesFS(s)
	if err != nil {
		return nil, err
	}
	list, err := source.Load(dir)
	return list, errors.Join(err, errors.Join(source.Check(list)...))
}

func sourcesFS(s *Settings) (fs.FS, error) {
	if s.SourcesDir != "" {
		if info, err := os.Stat(s.SourcesDir); err != nil || !info.IsDir() {
			return nil, misuse{fmt.Errorf("%w: sources folder %s: is the path right?", news.ErrNotFound, s.SourcesDir)}
		}
		return os.DirFS(s.SourcesDir), nil
	}
	return fs.Sub(configs.FS, "sources")
}

type sourcesListCmd struct{}

// Example is shown first in --help.
func (sourcesListCmd) Example() string { return "sukien sources list" }

// Run prints a table of the outlets.
func (sourcesListCmd) Run(a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	list, err := loadSources(s)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, src := range list {
		status := src.Status
		if status == "" {
			status = "active"
		}
		tried := 0
		for _, addr := range src.Addresses() {
			if addr.Tried {
				tried++
			}
		}
		rows = append(rows, []string{src.Domain, src.Name, src.Kind, status, strconv.Itoa(len(src.Feeds)),
			strconv.Itoa(len(src.Sections)), fmt.Sprintf("%d/%d", tried, len(src.Addresses())), src.Successor})
	}
	return table(a.out, []string{"DOMAIN", "NAME*", "KIND", "STATUS", "FEEDS", "SECTIONS", "TRIED", "SUCCESSOR"}, rows)
}

type sourcesCheckCmd struct{}

// Example is shown first in --help.
func (sourcesCheckCmd) Example() string {
	return "sukien sources check\nSUKIEN_SOURCES_DIR=my-outlets sukien sources check"
}

// Run lints every file.
func (sourcesCheckCmd) Run(a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	list, err := loadSources(s)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%d outlets, no fault\n", len(list))
	return err
}

type sourcesTestCmd struct {
	Domain   string   `arg:"" optional:"" help:"The outlet's domain; may be left out with --offline."`
	Offline  []string `type:"path" help:"Test saved pages (HTML files, folders of them) instead of fetching: each outlet's pages have to read as its articles." placeholder:"PATH"`
	Articles int      `default:"3" help:"How many of the articles found to fetch and strip."`
}

// Example is shown first in --help.
func (sourcesTestCmd) Example() string {
	return "sukien sources test baochinhphu.vn\nsukien sources test --offline saved-pages/"
}

// Run fetches an outlet's addresses and some of the articles they lead to, and
// stores nothing.
func (c *sourcesTestCmd) Run(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	list, err := loadSources(s)
	if err != nil {
		return err
	}
	if len(c.Offline) > 0 {
		return (&offlineTest{a: a, sources: list, domain: c.Domain, limit: s.Crawler.MaxBody}).run(c.Offline)
	}
	var src *source.Source
	for _, l := range list {
		if l.Domain == c.Domain {
			src = l
		}
	}
	if src == nil {
		return misuse{fmt.Errorf("%w: no outlet %q: sukien sources list names them", news.ErrNotFound, c.Domain)}
	}
	fetch, err := crawler.NewFetcher(crawlerConfig(s, list))
	if err != nil {
		return err
	}
	return c.try(ctx, a, src, fetch)
}

// try goes over the addresses, then over articles.
func (c *sourcesTestCmd) try(ctx context.Context, a *app, src *source.Source, fetch *crawler.Fetcher) error {
	failed, found, often := 0, map[string]bool{}, lineCount{}
	var order []string
	visit := func(kind string, list []source.Address) {
		for _, addr := range list {
			page, err := fetch.Fetch(ctx, addr.URL)
			var links []frontier.Link
			if err == nil {
				links, err = crawler.Discover(src, frontier.Link{URL: addr.URL, Kind: kind, Source: src.Domain, Origin: news.Live}, page, time.Now())
			}
			if err != nil {
				failed++
				fmt.Fprintf(a.out, "%-8s %s\n         FAILED %v\n", kind, addr.URL, err)
				continue
			}
			fresh := 0
			for _, l := range links {
				if l.Kind == frontier.KindArticle && !found[l.URL] {
					found[l.URL] = true
					order = append(order, l.URL)
					fresh++
				}
			}
			fmt.Fprintf(a.out, "%-8s %s\n         %d article links, %d not seen before\n", kind, addr.URL, len(links), fresh)
		}
	}
	visit(frontier.KindFeed, src.Feeds)
	visit(frontier.KindSection, src.Sections)
	visit(frontier.KindSitemap, src.Sitemaps)
	for _, url := range order[:min(c.Articles, len(order))] {
		if err := c.article(ctx, a, src, fetch, url, often); err != nil {
			failed++
			fmt.Fprintf(a.out, "article  %s\n         FAILED %v\n", url, err)
		}
	}
	if err := often.print(a.out); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d addresses of %s failed", failed, src.Domain)
	}
	return nil
}

// article shows what stripping gives, beside the same with the outlet's
// selectors where it has some, so that a stale selector is seen.
func (c *sourcesTestCmd) article(ctx context.Context, a *app, src *source.Source, fetch *crawler.Fetcher, url string, often lineCount) error {
	page, err := fetch.Fetch(ctx, url)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "article  %s\n", url)
	generic, err := content.Strip(*page, content.Options{})
	if err != nil {
		return err
	}
	often.add(generic.Article.Text)
	if src.Selectors == nil {
		return beside(a.out, generic, nil)
	}
	selected, err := content.Strip(*page, content.Options{Selectors: src.Selectors})
	if err != nil {
		return err
	}
	return beside(a.out, generic, selected)
}
