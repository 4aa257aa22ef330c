package crawler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"sukien/crawler/canonical"
	"sukien/crawler/robots"
	"sukien/news"
)

// Fetcher fetches single pages outside a crawl: politely, under the same guard
// and bounds, with its own memory of hosts. It is safe for concurrent use;
// requests to one host wait for each other.
type Fetcher struct {
	get   *getter
	agent string

	mu    sync.Mutex
	hosts map[string]*lone // bounded by maxLone
}

// lone is a host that a Fetcher has been at.
type lone struct {
	mu     sync.Mutex
	next   time.Time
	robots map[string]robotsState
}

const maxLone = 1_000

// NewFetcher takes the settings of cfg that are about fetching: UserAgent,
// Proxy, AllowPrivate, CAFile, Limits. Errors wrap news.ErrInvalid.
func NewFetcher(cfg Config) (*Fetcher, error) {
	cfg = cfg.withDefaults()
	g, err := newGet(cfg)
	if err != nil {
		return nil, err
	}
	return &Fetcher{get: g, agent: productToken(cfg.UserAgent), hosts: map[string]*lone{}}, nil
}

// Close closes idle connections.
func (f *Fetcher) Close() { f.get.transport.base.CloseIdleConnections() }

// Fetch gets the page at url, through at most 5 redirects, each under
// robots.txt and the guard, with 2 s between requests to a public host. Errors
// are *FetchError, or ctx's own.
func (f *Fetcher) Fetch(ctx context.Context, url string) (*news.Page, error) {
	start, err := canonical.URL("", url)
	if err != nil {
		return nil, &FetchError{Class: classInvalid, URL: url, Err: err}
	}
	a, err := f.follow(ctx, request{url: start})
	if err != nil {
		return nil, err
	}
	return &a.page, nil
}

// follow makes a request and those that its redirects ask for.
func (f *Fetcher) follow(ctx context.Context, r request) (*answer, error) {
	start := r.url
	for range maxHops + 1 {
		a, err := f.once(ctx, r)
		if err != nil {
			return nil, err
		}
		if a.redirect == "" {
			a.page.URL = start
			if r.url != start {
				a.page.FinalURL = r.url
			}
			return a, nil
		}
		r.url = a.redirect
	}
	return nil, &FetchError{Class: classRedirect, URL: start, Err: fmt.Errorf("to %s", r.url)}
}

func (f *Fetcher) host(name string) *lone {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.hosts[name]
	if h == nil {
		if len(f.hosts) >= maxLone {
			clear(f.hosts)
		}
		h = &lone{robots: map[string]robotsState{}}
		f.hosts[name] = h
	}
	return h
}

// once makes one request at the host's pace, when its rules allow it.
func (f *Fetcher) once(ctx context.Context, r request) (*answer, error) {
	target := r.url
	if err := f.get.check(ctx, target); err != nil {
		return nil, err
	}
	h := f.host(canonical.Host(target))
	h.mu.Lock()
	defer h.mu.Unlock()
	rules, err := f.rules(ctx, h, target)
	if err != nil {
		return nil, err
	}
	if !rules.Allows(canonical.Path(target)) {
		return nil, &FetchError{Class: classRobots, URL: target}
	}
	if err := h.wait(ctx, f.delay(rules)); err != nil {
		return nil, err
	}
	return f.get.get(ctx, r)
}

func (f *Fetcher) delay(rules robots.Rules) time.Duration {
	if rules.Delay == 0 && len(f.get.transport.guard.nets)+len(f.get.transport.guard.hosts) > 0 {
		return 0
	}
	return min(max(rules.Delay, 2*time.Second), time.Minute)
}

// wait waits for the host's turn and takes the next from delay on.
func (h *lone) wait(ctx context.Context, delay time.Duration) error {
	if d := time.Until(h.next); d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
	}
	h.next = time.Now().Add(delay)
	return nil
}

func (f *Fetcher) rules(ctx context.Context, h *lone, target string) (robots.Rules, error) {
	origin := originOf(target)
	state, known := h.robots[origin]
	if !known || !time.Now().Before(state.Expires) {
		var fe *FetchError
		var err error
		state, fe, err = f.get.fetchRobots(ctx, origin, f.agent, func() (context.Context, context.CancelFunc, error) {
			return ctx, func() {}, h.wait(ctx, f.delay(robots.Rules{}))
		})
		if err != nil {
			return robots.Rules{}, err
		}
		h.robots[origin] = state
		if !state.Down.IsZero() && fe != nil {
			return robots.Rules{}, fe
		}
	}
	if !state.Down.IsZero() {
		return robots.Rules{}, &FetchError{Class: classRobots, URL: target, Err: errors.New("robots.txt could not be read")}
	}
	return state.Rules, nil
}

func originOf(canonicalURL string) string {
	if i := len(canonicalURL) - len(canonical.Path(canonicalURL)); i > 0 {
		return canonicalURL[:i]
	}
	return canonicalURL
}

// Sitemaps are the addresses that robots.txt of the URL's host names. Errors
// are ctx's own: where robots.txt cannot be read there are none.
func (f *Fetcher) Sitemaps(ctx context.Context, url string) ([]string, error) {
	u, err := canonical.URL("", url)
	if err != nil {
		return nil, &FetchError{Class: classInvalid, URL: url, Err: err}
	}
	h := f.host(canonical.Host(u))
	h.mu.Lock()
	defer h.mu.Unlock()
	rules, err := f.rules(ctx, h, u)
	var fe *FetchError
	if errors.As(err, &fe) {
		return nil, nil
	}
	return rules.Sitemaps, err
}
