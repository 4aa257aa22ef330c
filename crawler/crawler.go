// Package crawler brings the pages of news outlets: discovery by feed, section
// and sitemap, a frontier that lives in the store, polite fetching, and the
// stripping of each page.
//
//	crawler.go      configuration, the loop that leases hosts to workers
//	host.go         one host under lease: robots rules, pace, rest
//	backfill.go     the archive of a source: its lists, and the crawl through them
//	walk.go         what a backfill's visit of a list is for; dates in names
//	walksitemap.go  the links of a sitemap that are of the days
//	walklist.go     those of a page, and the next page of it
//	visit.go        one link: fetch it, read it, record what came of it
//	parts.go        the further parts of an article
//	discover.go     the links that a feed, section or sitemap gives
//	section.go      the further pages of a section
//	shape.go        is this the address of an article? learn.go: by what pages were
//	twins.go        one text under many addresses
//	trust.go        which "not modified" is believed
//	watch.go        how the outlets do, for their operator
//	schedule.go     priorities, and when a link is due again
//	get.go          one GET through Colly
//	transport.go    bounds and decompression under Colly; guard.go: private addresses
//	robots.go       fetching robots.txt
//	fetcher.go      single pages outside a crawl
//	stats.go        what was done
//	trace.go        the spans of a visit
//
// Leaves: source (the outlets' files), frontier (the interface to the store),
// robots, canonical, sitemap, warc (formats), content (page to article).
package crawler

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"golang.org/x/sync/errgroup"

	"sukien/crawler/content"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/crawler/warc"
	"sukien/news"
)

// Config says what is crawled and how. The zero value of each field has the
// default that is written at it.
type Config struct {
	// Sources are the outlets. Links of others that the frontier holds wait.
	Sources []*source.Source
	// UserAgent is sent with each request, and its first product token is the
	// one that robots.txt is asked for. Default: DefaultUserAgent.
	UserAgent string
	// Proxy is the address of an HTTP proxy for all fetches; none when empty.
	Proxy string
	// AllowPrivate are host names, addresses and networks (CIDR) that may be
	// fetched although they are not on the public network.
	AllowPrivate []string
	// CAFile is a PEM file of further certificate authorities.
	CAFile string
	// Workers is how many hosts are visited at once; 8.
	Workers int
	// Worker is the name under which leases are taken; host name and process id.
	Worker string
	Limits Limits
	// MaxAge bounds how old an article of a sitemap may be to be taken in the
	// live crawl; 7 days. Feeds and sections are taken as they are.
	MaxAge time.Duration
	// Archive gets every request and its answer, but pages that ask not to be
	// archived; nil for none.
	Archive *warc.Writer
	// Held says why nothing is to be fetched for now, as when the disk is nearly
	// full; empty, or nil, when nothing is in the way. It is asked before each fetch.
	Held func() string
	// Log gets failures at Warn and outcomes at Debug; nothing when nil.
	Log *slog.Logger
	// Watch is told how the outlets do; nobody is when nil.
	Watch Watcher
	// Tracer makes the spans of visits, under which Sink.Page is called; none when nil.
	Tracer trace.Tracer
	// Progress is called after each visit, from many goroutines; may be nil.
	Progress func(Visit)
}

// DefaultUserAgent names the program and where its operator can be reached;
// who runs it should set an address of their own.
const DefaultUserAgent = "SukienBot/1.0 (+https://github.com/sukien/sukien; set crawler.user_agent to add your contact)"

// Sink takes what the crawl brings.
type Sink interface {
	// Page commits a page that was fetched as an article, and with it, where it
	// can, the outcome of its link; recorded tells whether it did. When it did not
	// the frontier learns of it thereafter: after a crash in between Page is called
	// again with the same page, and must not mind. res.Article.PageType says whether
	// the page is an article at all; res.Robots.NoArchive asks not to keep
	// page.Body; link.Origin is live or backfill. lease is what the page was
	// fetched under: when it is no more, nothing is to be committed and the error
	// is frontier.ErrLeaseLost. An error that wraps news.ErrTransient ends the
	// crawl, with the page still due; after any other the page counts as failed
	// and is tried again after a day.
	Page(ctx context.Context, lease *frontier.Lease, link frontier.Link, page *news.Page, res *content.Result, outcome frontier.Outcome) (recorded bool, err error)
}

// Crawler crawls the sources until it is told to stop.
type Crawler struct {
	cfg     Config
	front   frontier.Frontier
	sink    Sink
	get     *getter
	agent   string // product token
	sources map[string]*source.Source
	stats   stats

	active atomic.Int64
	wake   chan struct{} // a worker gave its host back
}

const (
	defaultWorkers = 8
	defaultMaxAge  = 7 * 24 * time.Hour
	// batch is how many links a lease carries.
	batch = 16
	// leaseFor is how long a lease holds from a reserved fetch on, beyond Limits.Total.
	leaseFor = 30 * time.Second
	// holdFor is the longest wait for the pace that a worker sits out with the
	// lease in hand; it gives the host back before a longer one.
	holdFor = 300 * time.Millisecond
	// drainFor is how long a fetch under way may go on after the crawl is told to stop.
	drainFor = 5 * time.Second
	// pollEvery is how often the frontier is asked when nothing is due, since
	// other processes may add to it.
	pollEvery = 30 * time.Second
	// pollBusy is how often, when something is due that another process has leased.
	pollBusy = time.Second
)

// New prepares a crawl. Errors wrap news.ErrInvalid and name the setting.
func New(cfg Config, front frontier.Frontier, sink Sink) (*Crawler, error) {
	cfg = cfg.withDefaults()
	g, err := newGet(cfg)
	if err != nil {
		return nil, err
	}
	c := &Crawler{
		cfg: cfg, front: front, sink: sink, get: g, agent: productToken(cfg.UserAgent),
		sources: map[string]*source.Source{}, wake: make(chan struct{}, 1),
	}
	for _, s := range cfg.Sources {
		c.sources[s.Domain] = s
	}
	return c, nil
}

func (cfg Config) withDefaults() Config {
	if cfg.UserAgent == "" {
		cfg.UserAgent = DefaultUserAgent
	}
	if cfg.Workers <= 0 {
		cfg.Workers = defaultWorkers
	}
	if cfg.Worker == "" {
		name, _ := os.Hostname()
		cfg.Worker = fmt.Sprintf("%s/%d", name, os.Getpid())
	}
	if cfg.MaxAge <= 0 {
		cfg.MaxAge = defaultMaxAge
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Tracer == nil {
		cfg.Tracer = noop.NewTracerProvider().Tracer("")
	}
	cfg.Limits = cfg.Limits.withDefaults()
	return cfg
}

func newGet(cfg Config) (*getter, error) {
	g, err := newGuard(cfg.AllowPrivate)
	if err != nil {
		return nil, err
	}
	t, err := newTransport(g, cfg.Proxy, cfg.CAFile, cfg.Limits)
	if err != nil {
		return nil, err
	}
	t.archive = cfg.Archive
	return newGetter(t, cfg.UserAgent, cfg.Limits), nil
}

// productToken is the name by which robots.txt files call the crawler.
func productToken(agent string) string {
	name, _, _ := strings.Cut(agent, "/")
	name, _, _ = strings.Cut(strings.TrimSpace(name), " ")
	return name
}

// Run crawls until ctx is done, then lets fetches under way end (5 s at most),
// commits what they brought, and returns nil. Other errors are the frontier's
// or the sink's.
func (c *Crawler) Run(ctx context.Context) error { return c.live(ctx, false) }

// RunOnce crawls until nothing is due that can be fetched now: what waits for
// a pace is waited for, what waits for a retry or a resting host is not.
func (c *Crawler) RunOnce(ctx context.Context) error { return c.live(ctx, true) }

func (c *Crawler) live(ctx context.Context, once bool) error {
	if err := c.seed(ctx, time.Now()); err != nil {
		return err
	}
	return c.crawl(ctx, once, asks{
		lease: func(ctx context.Context, now time.Time) (*frontier.Lease, error) {
			return c.front.Lease(ctx, now, c.cfg.Worker, c.cfg.Limits.Total+leaseFor, batch)
		},
		next: c.front.Next,
	})
}

// asks is the part of the frontier that a crawl takes its links from: how it
// leases a host, and when it may next.
type asks struct {
	lease func(ctx context.Context, now time.Time) (*frontier.Lease, error)
	next  func(ctx context.Context, now time.Time) (at time.Time, due bool, err error)
}

func (c *Crawler) crawl(ctx context.Context, once bool, from asks) error {
	defer c.get.transport.base.CloseIdleConnections()
	group, head := errgroup.WithContext(ctx)
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(head, func() { time.AfterFunc(drainFor, cancel) })
	defer stop()
	slots := make(chan struct{}, c.cfg.Workers)
	err := c.lead(head, once, from, slots, func(l *frontier.Lease, asked time.Time) {
		group.Go(func() error {
			defer c.finish(slots)
			return c.serve(head, work, l, asked)
		})
	})
	if werr := group.Wait(); werr != nil {
		return werr
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// lead takes leases and hands each, with the time at which it was asked for, to
// start, one for each free slot.
func (c *Crawler) lead(ctx context.Context, once bool, from asks, slots chan struct{}, start func(*frontier.Lease, time.Time)) error {
	for {
		c.hold(ctx)
		select {
		case <-ctx.Done():
			return nil
		case slots <- struct{}{}:
		}
		alone := c.active.Load() == 0
		asked := time.Now()
		lease, err := from.lease(ctx, asked)
		if err != nil {
			<-slots
			return fmt.Errorf("lease a host: %w", err)
		}
		if lease != nil {
			c.active.Add(1)
			start(lease, asked)
			continue
		}
		<-slots
		if done, err := c.idle(ctx, once && alone, from); done || err != nil {
			return err
		}
	}
}

// hold waits while nothing is to be fetched.
func (c *Crawler) hold(ctx context.Context) {
	tick := time.NewTicker(pollBusy)
	defer tick.Stop()
	for c.held() {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (c *Crawler) held() bool { return c.cfg.Held != nil && c.cfg.Held() != "" }

// finish gives a worker's slot back and wakes the head.
func (c *Crawler) finish(slots chan struct{}) {
	<-slots
	c.active.Add(-1)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// idle waits until a lease may succeed. It answers true when the crawl is to
// end, because last is set and nothing is due.
func (c *Crawler) idle(ctx context.Context, last bool, from asks) (bool, error) {
	now := time.Now()
	at, due, err := from.next(ctx, now)
	if err != nil {
		return false, fmt.Errorf("ask for the next link: %w", err)
	}
	if last && !due {
		return true, nil
	}
	wait := pollEvery
	if !at.IsZero() {
		wait = min(max(at.Sub(now), time.Millisecond), pollEvery)
	}
	if due {
		wait = min(wait, pollBusy)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-c.wake:
	}
	return false, nil
}

// seed makes the addresses of all active sources known.
func (c *Crawler) seed(ctx context.Context, now time.Time) error {
	for _, s := range c.cfg.Sources {
		if !s.Active() {
			continue
		}
		if _, err := c.front.Add(ctx, seeds(s, now)); err != nil {
			return fmt.Errorf("add the addresses of %s: %w", s.Domain, err)
		}
	}
	return nil
}
