package crawler_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/crawler/crawlertest"
	"sukien/crawler/frontier"
	"sukien/news"
)

func TestMain(m *testing.M) {
	if spec := os.Getenv(siteVariable); spec != "" {
		if err := serveSite(spec); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// taken is a sink that keeps what it is given.
type taken struct {
	mu     sync.Mutex
	pages  map[string]int
	titles map[string]string
	texts  map[string]string
	parts  map[string]int
	err    error
	each   func(frontier.Link)
}

func (k *taken) Page(_ context.Context, _ *frontier.Lease, l frontier.Link, p *news.Page, res *content.Result, _ frontier.Outcome) (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.err != nil {
		return false, k.err
	}
	if k.pages == nil {
		k.pages, k.titles, k.texts, k.parts = map[string]int{}, map[string]string{}, map[string]string{}, map[string]int{}
	}
	k.pages[p.URL]++
	k.titles[p.URL] = res.Article.Title
	k.texts[p.URL], k.parts[p.URL] = res.Article.Text, res.Parts
	if k.each != nil {
		k.each(l)
	}
	return false, nil
}

func (k *taken) urls() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []string
	for u := range k.pages {
		out = append(out, u)
	}
	slices.Sort(out)
	return out
}

func newSite(t testing.TB, opts crawlertest.Options) *crawlertest.Site {
	t.Helper()
	if opts.Now.IsZero() {
		opts.Now = time.Now()
	}
	site, err := crawlertest.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	return site
}

// config is that of a crawl of the whole site.
func config(t testing.TB, site *crawlertest.Site) crawler.Config {
	t.Helper()
	sources, err := site.Sources()
	if err != nil {
		t.Fatal(err)
	}
	ca, err := site.WriteCA(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return crawler.Config{Sources: sources, Proxy: site.Proxy.URL(), CAFile: ca, AllowPrivate: []string{"127.0.0.0/8"}, UserAgent: "SukienBot/1.0 (+mailto:test@songha.example)"}
}

func newCrawler(t testing.TB, cfg crawler.Config, f frontier.Frontier, s crawler.Sink) *crawler.Crawler {
	t.Helper()
	c, err := crawler.New(cfg, f, s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCrawlOnceBringsEveryArticleOnce(t *testing.T) {
	site := newSite(t, crawlertest.Options{})
	f, sink := crawlertest.NewFrontier(), &taken{}
	c := newCrawler(t, config(t, site), f, sink)
	if err := c.RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, a := range site.Articles() {
		if sink.pages[a.URL] != 1 {
			t.Errorf("article %d taken %d times: %s", a.ID, sink.pages[a.URL], a.URL)
		}
		if got := sink.titles[a.URL]; got != a.Title {
			t.Errorf("article %d: title %q, want %q", a.ID, got, a.Title)
		}
	}
	if n := len(sink.urls()); n != len(site.Articles()) {
		t.Errorf("%d pages taken, want %d", n, len(site.Articles()))
	}
	lists := 0
	for _, r := range site.Log() {
		if strings.Contains(r.URL, "/sitemaps/") {
			lists++
		}
		if strings.Contains(r.URL, "/tim-kiem") || strings.Contains(r.URL, "/lich/") || strings.Contains(r.URL, "trang=") {
			t.Errorf("fetched %s", r.URL)
		}
		if !strings.HasPrefix(r.UserAgent, "SukienBot/1.0") {
			t.Errorf("user agent %q", r.UserAgent)
		}
	}
	if lists < 2 || lists > 6 { // one or two months, two to four times five days
		t.Errorf("%d lists of the archives were fetched, want those of the last days", lists)
	}

	before := len(site.Log())
	if err := c.RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := len(site.Log()); after != before {
		t.Errorf("a second run right after made %d requests, want none", after-before)
	}
}
