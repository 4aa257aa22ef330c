package crawler_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"

	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/crawler/crawlertest"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

// siteVariable makes the test binary serve the made-up site instead of
// testing, so that the site's work is not counted: "DIR HOSTS PAGES". It writes
// the sources and the certificate authority into DIR, prints the proxy's
// address, and serves until its standard input ends.
const siteVariable = "SUKIEN_TEST_SITE"

func serveSite(spec string) error {
	var dir string
	opts := crawlertest.Options{Now: time.Now()}
	if _, err := fmt.Sscan(spec, &dir, &opts.Hosts, &opts.Pages); err != nil {
		return fmt.Errorf("%s=%q: %w", siteVariable, spec, err)
	}
	site, err := crawlertest.New(opts)
	if err != nil {
		return err
	}
	defer site.Close()
	if err := site.WriteSources(dir); err != nil {
		return err
	}
	if _, err := site.WriteCA(dir); err != nil {
		return err
	}
	fmt.Println(site.Proxy.URL())
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// apart starts the made-up site in a process of its own and gives the settings
// of a crawl of it.
func apart(b *testing.B, hosts, pages int) crawler.Config {
	b.Helper()
	dir := b.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d %d", siteVariable, dir, hosts, pages))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			b.Error(err)
		}
	})
	proxy, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	sources, err := source.Load(os.DirFS(dir))
	if err != nil {
		b.Fatal(err)
	}
	return crawler.Config{
		Sources: sources, Proxy: strings.TrimSpace(proxy), CAFile: filepath.Join(dir, "crawlertest-ca.pem"), AllowPrivate: []string{"127.0.0.0/8"},
	}
}

// The benchmarks crawl the same made-up outlets, 64 hosts with 40 articles
// each, without a pace: BenchmarkCrawl with all that the crawler does, the
// stripping of each page among it, BenchmarkBareColly as Colly is commonly
// used, asynchronous and with OnHTML for title, paragraphs and links. pages a
// second of the client's own CPU time are what to compare.
const benchHosts, benchPages = 64, 40

type counter struct{ n atomic.Int64 }

func (c *counter) Page(context.Context, *frontier.Lease, frontier.Link, *news.Page, *content.Result, frontier.Outcome) (bool, error) {
	c.n.Add(1)
	return false, nil
}

func BenchmarkCrawl(b *testing.B) {
	cfg := apart(b, benchHosts, benchPages)
	b.ReportAllocs()
	began, pages := cpu(b), int64(0)
	for b.Loop() {
		sink := &counter{}
		if err := newCrawler(b, cfg, crawlertest.NewFrontier(), sink).RunOnce(b.Context()); err != nil {
			b.Fatal(err)
		}
		pages += sink.n.Load()
	}
	report(b, pages, began)
}

func BenchmarkBareColly(b *testing.B) {
	cfg := apart(b, benchHosts, benchPages)
	b.ReportAllocs()
	began, pages := cpu(b), int64(0)
	for b.Loop() {
		pages += bareColly(b, cfg)
	}
	report(b, pages, began)
}

// bareColly crawls the news sitemaps of the sources with Colly alone. It is spared
// the empty lists of the archives, which the crawler passes by.
func bareColly(b *testing.B, cfg crawler.Config) int64 {
	b.Helper()
	proxy, err := url.Parse(cfg.Proxy)
	if err != nil {
		b.Fatal(err)
	}
	pem, err := os.ReadFile(cfg.CAFile)
	if err != nil {
		b.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots}}
	defer transport.CloseIdleConnections()
	var n atomic.Int64
	c := colly.NewCollector(colly.Async(true))
	c.WithTransport(transport)
	c.OnXML("//url/loc", func(e *colly.XMLElement) { _ = c.Visit(e.Text) })
	c.OnXML("//sitemap/loc", func(e *colly.XMLElement) {
		if strings.Contains(e.Text, "/news-sitemap") {
			_ = c.Visit(e.Text)
		}
	})
	c.OnHTML("title", func(*colly.HTMLElement) { n.Add(1) })
	c.OnHTML("p", func(e *colly.HTMLElement) { _ = e.Text })
	c.OnHTML("a[href]", func(e *colly.HTMLElement) { _ = e.Request.AbsoluteURL(e.Attr("href")) })
	for _, s := range cfg.Sources {
		for _, a := range s.Sitemaps {
			if err := c.Visit(a.URL); err != nil {
				b.Fatal(err)
			}
		}
	}
	c.Wait()
	return n.Load()
}

// BenchmarkCrawlMemory crawls 20 times as many pages in one go and reports how
// much the heap holds at its fullest, beside what the frontier and the sink
// need: the frontier of this test is in memory, at about 1 KiB a link.
func BenchmarkCrawlMemory(b *testing.B) {
	for _, pages := range []int{16, 320} {
		b.Run(fmt.Sprintf("pages=%d", pages*benchHosts), func(b *testing.B) {
			cfg := apart(b, benchHosts, pages)
			for b.Loop() {
				peak := &peaks{every: 200}
				if err := newCrawler(b, cfg, crawlertest.NewFrontier(), peak).RunOnce(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(peak.most.Load())/(1<<20), "peak-MiB")
			}
		})
	}
}

// peaks is a sink that looks at the heap now and then.
type peaks struct {
	counter
	every int64
	most  atomic.Uint64
}

func (p *peaks) Page(context.Context, *frontier.Lease, frontier.Link, *news.Page, *content.Result, frontier.Outcome) (bool, error) {
	if p.n.Add(1)%p.every != 0 {
		return false, nil
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	for {
		most := p.most.Load()
		if m.HeapInuse <= most || p.most.CompareAndSwap(most, m.HeapInuse) {
			return false, nil
		}
	}
}

// cpu is the CPU time that the process has used, without its children.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func report(b *testing.B, pages int64, began time.Duration) {
	b.Helper()
	if want := int64(benchHosts * benchPages); pages < want {
		b.Fatalf("%d pages, want at least %d", pages, want)
	}
	b.ReportMetric(float64(pages)/(cpu(b)-began).Seconds(), "pages/cpu-s")
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}
