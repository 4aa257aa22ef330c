package crawler_test

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/url"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"

	"sukien/crawler/content"
	"sukien/crawler/crawlertest"
	"sukien/crawler/frontier"
	"sukien/news"
)

// The benchmarks crawl the same made-up outlets, 16 hosts with 40 articles
// each, without a pace: BenchmarkCrawl with all that the crawler does, the
// stripping of each page among it, BenchmarkBareColly as Colly is commonly
// used, reading the title and the paragraphs of each page. The site's own work
// is in both.
const benchHosts, benchPages = 16, 40

type counter struct{ n atomic.Int64 }

func (c *counter) Page(context.Context, frontier.Link, *news.Page, *content.Result) error {
	c.n.Add(1)
	return nil
}

func BenchmarkCrawl(b *testing.B) {
	site := newSite(b, crawlertest.Options{Now: time.Now(), Hosts: benchHosts, Pages: benchPages})
	cfg := config(b, site)
	b.ReportAllocs()
	began, pages := cpu(b), int64(0)
	for b.Loop() {
		sink := &counter{}
		if err := newCrawler(b, cfg, crawlertest.NewFrontier(), sink).RunOnce(b.Context()); err != nil {
			b.Fatal(err)
		}
		pages += sink.n.Load()
	}
	report(b, pages, began, len(site.Articles()))
}

func BenchmarkBareColly(b *testing.B) {
	site := newSite(b, crawlertest.Options{Now: time.Now(), Hosts: benchHosts, Pages: benchPages})
	proxy, err := url.Parse(site.Proxy.URL())
	if err != nil {
		b.Fatal(err)
	}
	sources, err := site.Sources()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	began, pages := cpu(b), int64(0)
	for b.Loop() {
		var n atomic.Int64
		transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
		c := colly.NewCollector(colly.Async(true))
		c.WithTransport(transport)
		c.OnXML("//url/loc", func(e *colly.XMLElement) { _ = c.Visit(e.Text) })
		c.OnXML("//sitemap/loc", func(e *colly.XMLElement) { _ = c.Visit(e.Text) })
		c.OnHTML("title", func(e *colly.HTMLElement) { n.Add(1) })
		c.OnHTML("p", func(e *colly.HTMLElement) { _ = e.Text })
		c.OnHTML("a[href]", func(e *colly.HTMLElement) { _ = e.Request.AbsoluteURL(e.Attr("href")) })
		for _, s := range sources {
			for _, a := range s.Sitemaps {
				if err := c.Visit(a.URL); err != nil {
					b.Fatal(err)
				}
			}
		}
		c.Wait()
		transport.CloseIdleConnections()
		pages += n.Load()
	}
	report(b, pages, began, 0)
}

// cpu is the CPU time that the process has used.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func report(b *testing.B, pages int64, began time.Duration, beside int) {
	b.Helper()
	if want := int64(benchHosts * benchPages); pages < want {
		b.Fatalf("%d pages, want at least %d", pages, want)
	}
	b.ReportMetric(float64(pages)/(cpu(b)-began).Seconds(), "pages/cpu-s")
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}
