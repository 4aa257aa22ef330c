package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/crawler/crawlertest"
	"sukien/crawler/frontier"
	"sukien/extractor"
	"sukien/news"
)

// siteServer is the name under which the test binary serves the made-up site,
// so that the site's work is not counted: DIR HOSTS PAGES. It writes sources and
// certificate authority into DIR, prints the proxy's address, and serves until
// its standard input ends.
const siteServer = "sukien-site"

func serveMadeUpSite() {
	opts := crawlertest.Options{Now: time.Now()}
	if _, err := fmt.Sscan(strings.Join(os.Args[2:], " "), &opts.Hosts, &opts.Pages); err != nil {
		panic(err)
	}
	site, err := crawlertest.New(opts)
	if err != nil {
		panic(err)
	}
	if err := site.WriteSources(os.Args[1]); err != nil {
		panic(err)
	}
	if _, err := site.WriteCA(os.Args[1]); err != nil {
		panic(err)
	}
	fmt.Println(site.URL())
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		panic(err)
	}
}

// apart starts the made-up site as a process of its own, and gives the settings
// of a process that crawls it.
func apart(tb testing.TB, hosts, pages int) *Settings {
	tb.Helper()
	dir := tb.TempDir()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	link := filepath.Join(tb.TempDir(), siteServer)
	if err := os.Symlink(self, link); err != nil {
		tb.Fatal(err)
	}
	cmd := exec.Command(link, dir, fmt.Sprint(hosts), fmt.Sprint(pages))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			tb.Error(err)
		}
	})
	proxy, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		tb.Fatal(err)
	}
	s, _, err := loadSettings("", nil, map[string]any{
		"data_dir": tb.TempDir(), "sources_dir": dir, "crawler.proxy": strings.TrimSpace(proxy),
		"crawler.ca_file": filepath.Join(dir, "crawlertest-ca.pem"), "crawler.allow_private": "127.0.0.0/8",
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// wholeWay is a sink that stores a page and reads its meetings. These are not
// ingested: the made-up site tells of the same few meetings over and over, so
// that each event would have thousands of records; storetest has a made-up press
// to measure that with.
type wholeWay struct {
	*pipeline
	articles int
}

// Page is of crawler.Sink.
func (w *wholeWay) Page(ctx context.Context, lease *frontier.Lease, link frontier.Link, page *news.Page, res *content.Result, o frontier.Outcome) (bool, error) {
	recorded, err := w.pipeline.Page(ctx, lease, link, page, res, o)
	if err != nil || res.Article.PageType != news.PageArticle {
		return recorded, err
	}
	w.mu.Lock()
	w.articles++
	w.mu.Unlock()
	w.records.Add(int64(len(extraction(w.ext.Load(), res.Article, link.Origin).Records)))
	return recorded, nil
}

// crawlWhole crawls a site into a new store.
func crawlWhole(tb testing.TB, s *Settings, ext *extractor.Extractor) int {
	tb.Helper()
	s.DataDir = tb.TempDir()
	sources, err := loadSources(s)
	if err != nil {
		tb.Fatal(err)
	}
	st, err := openStore(tb.Context(), s)
	if err != nil {
		tb.Fatal(err)
	}
	w := &wholeWay{pipeline: &pipeline{settings: s, log: slog.New(slog.DiscardHandler), store: st, changes: map[news.Change]int{}}}
	w.ext.Store(ext)
	cfg := crawlerConfig(s, sources)
	cfg.Watch = watch{st}
	c, err := crawler.New(cfg, links{st}, w)
	if err != nil {
		tb.Fatal(err)
	}
	if err := c.RunOnce(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	if err := st.Close(); err != nil {
		tb.Fatal(err)
	}
	return w.articles
}

// BenchmarkCrawlWhole is what crawler's BenchmarkCrawl and BenchmarkBareColly
// are compared with: the same site, and beside fetching and stripping also
// extraction and the storing of pages and articles. pages/cpu-s is of this process alone.
func BenchmarkCrawlWhole(b *testing.B) {
	s := apart(b, reachHosts, 40)
	ext, err := newExtractor(s)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	began, pages := cpuTime(b), 0
	for b.Loop() {
		pages += crawlWhole(b, s, ext)
	}
	b.ReportMetric(float64(pages)/(cpuTime(b)-began).Seconds(), "pages/cpu-s")
}

func cpuTime(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestReachMemory crawls and stores so many pages and reports the most memory
// that the process has had.
func TestReachMemory(t *testing.T) {
	pages, bound := 1000, int64(1500) // under the race detector it takes ten times as much
	if asked, err := strconv.Atoi(os.Getenv(reachPages)); err == nil {
		pages, bound = asked, 150
	}
	s := apart(t, reachHosts, pages/reachHosts)
	s.DataDir = t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), reachCrawler)
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(link)
	cmd.Dir, cmd.Stderr = t.TempDir(), os.Stderr
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "SUKIEN_DATA_DIR=" + s.DataDir, "SUKIEN_SOURCES_DIR=" + s.SourcesDir, "SUKIEN_CRAWLER_PROXY=" + s.Crawler.Proxy,
		"SUKIEN_CRAWLER_CA_FILE=" + s.Crawler.CAFile, "SUKIEN_CRAWLER_ALLOW_PRIVATE=127.0.0.0/8",
	}
	began := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Fatal("no usage of a process")
	}
	mb := u.Maxrss / 1024
	t.Logf("%d pages in %v: %d MB resident at most, %.0f pages a CPU second", pages, time.Since(began).Round(time.Second), mb, float64(pages)/cmd.ProcessState.UserTime().Seconds())
	if mb > bound {
		t.Errorf("%d MB resident, want at most %d", mb, bound)
	}
}
