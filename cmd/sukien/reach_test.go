package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sukien/crawler"
	"sukien/crawler/crawlertest"
)

// reachPages is how many articles the tests of reach crawl on their 64 hosts,
// instead of a few: 20000, with twenty kills, take some minutes.
const reachPages = "SUKIEN_REACH_PAGES"

// reachCrawler is the name under which the test binary crawls and stores, and
// does nothing else: what comes behind the crawl is the other tests' matter.
const reachCrawler = "sukien-crawl"

func crawlOnly() {
	a := &app{streams: streams{os.Stdin, os.Stdout, os.Stderr}, environ: os.Environ(), cli: &cli{}, flags: map[string]any{}}
	if err := crawlAndStore(context.Background(), a); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitFailed)
	}
}

func crawlAndStore(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	sources, err := loadSources(s)
	if err != nil {
		return err
	}
	st, err := openStore(ctx, s)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	p := &pipeline{settings: s, log: log, store: st}
	cfg := crawlerConfig(s, sources)
	cfg.Log, cfg.Watch = log, watch{st}
	c, err := crawler.New(cfg, links{st}, p)
	if err == nil {
		err = c.RunOnce(ctx)
	}
	return errors.Join(err, st.Close())
}

const (
	reachHosts = 64
	reachDelay = 100 * time.Millisecond
)

// reach is a large crawl that is killed again and again.
type reach struct {
	*world
	crawl   string
	workers int
	pages   int // a host
	kills   int
	large   bool // as asked for, with a pause
	killed  []time.Time
	urls    int // requests that an undisturbed crawl makes, about
}

func newReach(t *testing.T) *reach {
	t.Helper()
	r := &reach{workers: 16, pages: 4, kills: 3}
	if pages, err := strconv.Atoi(os.Getenv(reachPages)); err == nil {
		r.pages, r.kills, r.large = pages/reachHosts, 20, true
	}
	r.world = newWorld(t, crawlertest.Options{Now: at, Hosts: reachHosts, Pages: r.pages, Delay: reachDelay})
	r.urls = reachHosts*r.pages + len(r.site.Articles())
	r.crawl = filepath.Join(r.dir, reachCrawler)
	if err := os.Symlink(r.bin, r.crawl); err != nil {
		t.Fatal(err)
	}
	r.env = slices.DeleteFunc(r.env, func(v string) bool { return strings.HasPrefix(v, reachPages) })
	// A lease holds for the longest fetch and half a minute.
	r.env = append(r.env, "SUKIEN_CRAWLER_TIMEOUT=5s", fmt.Sprint("SUKIEN_CRAWLER_WORKERS=", r.workers))
	return r
}

// process is a crawl as a process of its own.
type process struct {
	*os.Process
	out  bytes.Buffer
	done chan error
}

func (r *reach) start() *process {
	r.t.Helper()
	p := &process{done: make(chan error, 1)}
	cmd := exec.Command(r.crawl)
	cmd.Env, cmd.Dir, cmd.Stderr = r.env, r.dir, &p.out
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	p.Process = cmd.Process
	go func() { p.done <- cmd.Wait() }()
	return p
}

// answered waits until the site has answered n requests in all, which p or others ask.
func (r *reach) answered(n int, p *process) {
	r.t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for r.site.Requests() < n {
		select {
		case err := <-p.done:
			r.t.Fatalf("the crawl has ended after %d requests, before %d: %v\n%s", r.site.Requests(), n, err, &p.out)
		case <-tick.C:
		}
	}
}

// run kills a crawl again and again at even steps, pauses it once past its
// lease, and lets it end. processes crawl at the same time; the first is killed.
func (r *reach) run(processes int) {
	r.t.Helper()
	var others []*process
	for range processes - 1 {
		others = append(others, r.start())
	}
	step := r.urls / (r.kills + 2)
	for k := range r.kills {
		p := r.start()
		r.answered((k+1)*step, p)
		if r.large && k == r.kills/2 {
			r.pause(p)
		}
		r.signal(p.Process, syscall.SIGKILL)
		r.killed = append(r.killed, time.Now())
		if err := <-p.done; err == nil || !strings.Contains(err.Error(), "killed") {
			r.t.Fatalf("kill %d: the crawl ended before: %v\n%s", k, err, &p.out)
		}
	}
	for _, p := range append(others, r.start()) {
		if err := <-p.done; err != nil {
			r.t.Errorf("a crawl failed: %v\n%s", err, &p.out)
		}
	}
}

// pause stops a process until its leases have run out, and lets it go on a while.
func (r *reach) pause(p *process) {
	r.signal(p.Process, syscall.SIGSTOP)
	time.Sleep(37 * time.Second)
	r.signal(p.Process, syscall.SIGCONT)
	time.Sleep(2 * time.Second)
}

// check looks at the server's log and into the store.
func (r *reach) check() {
	r.t.Helper()
	log := r.site.Log()
	slices.SortFunc(log, func(a, b crawlertest.Request) int { return a.Time.Compare(b.Time) })
	last, fetched := map[string]time.Time{}, map[string]int{}
	closest, fast, again := time.Hour, 0, 0
	for _, q := range log {
		u, err := url.Parse(q.URL)
		if err != nil {
			r.t.Fatal(err)
		}
		if strings.HasPrefix(u.Path, "/tim-kiem") || strings.HasPrefix(u.Path, "/in/") || u.Query().Has("trang") {
			r.t.Errorf("disallowed: %s", q.URL)
		}
		if before, ok := last[q.Host]; ok {
			gap := q.Time.Sub(before)
			closest = min(closest, gap)
			if gap < reachDelay && (r.large || !r.killedAt(before, q.Time)) {
				fast++
				r.t.Errorf("%s %v after the request before", q.URL, gap)
			}
		}
		last[q.Host] = q.Time
		if strings.HasSuffix(u.Path, ".html") {
			if fetched[q.URL]++; fetched[q.URL] > 1 {
				again++
			}
		}
	}
	if again > r.kills*r.workers {
		r.t.Errorf("%d articles fetched again, at most %d were in flight", again, r.kills*r.workers)
	}
	r.t.Logf("%d requests, %d articles fetched again after %d kills, closest two requests of a host %v at a pace of %v, %d over the pace", len(log), again, r.kills, closest, reachDelay, fast)
	r.stored()
}

// killedAt tells whether there was a kill about between two requests. What a
// dead process sent may arrive late on a busy machine, and nobody knows how late:
// a large crawl on a quiet machine has none of that.
func (r *reach) killedAt(from, to time.Time) bool {
	return slices.ContainsFunc(r.killed, func(at time.Time) bool { return at.After(from.Add(-time.Second)) && at.Before(to.Add(time.Second)) })
}

// stored compares the store's articles with the site's.
func (r *reach) stored() {
	r.t.Helper()
	st := r.reader()
	defer st.Close()
	c, err := st.Counts(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	if want := r.urls; c.Articles != want {
		r.t.Errorf("%d articles stored, want %d", c.Articles, want)
	}
	r.t.Logf("%d articles stored, %d of the site", c.Articles, r.urls)
}

// TestReachCrawl kills a crawl again and again, and stops a large one once past
// its lease.
func TestReachCrawl(t *testing.T) {
	t.Parallel()
	r := newReach(t)
	r.run(1)
	r.check()
}

// TestReachCrawlPostgres does the same to one of two processes with two workers each.
func TestReachCrawlPostgres(t *testing.T) {
	t.Parallel()
	r := newReach(t)
	r.useStore(server.Database(t))
	r.workers = 2
	r.env = append(r.env, "SUKIEN_CRAWLER_WORKERS=2")
	r.run(2)
	r.check()
}
