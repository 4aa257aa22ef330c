package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sukien/crawler"
	"sukien/crawler/crawlertest"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

func TestPaceHoldsOverAllWorkers(t *testing.T) {
	const delay = 100 * time.Millisecond
	site := newSite(t, crawlertest.Options{Delay: delay})
	f := crawlertest.NewFrontier()
	// Two crawlers share the frontier, as two processes do.
	done := make(chan error, 2)
	for i := range 2 {
		cfg := config(t, site)
		cfg.Worker = fmt.Sprintf("worker %d", i)
		c := newCrawler(t, cfg, f, &taken{})
		go func() { done <- c.RunOnce(t.Context()) }()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	last := map[string]time.Time{}
	for _, r := range sorted(site.Log()) {
		if gap := r.Time.Sub(last[r.Host]); gap < delay {
			t.Errorf("%s %v after the request before", r.URL, gap)
		}
		last[r.Host] = r.Time
	}
	if len(last) != 5 {
		t.Errorf("%d hosts were visited", len(last))
	}
}

func sorted(log []crawlertest.Request) []crawlertest.Request {
	slices.SortFunc(log, func(a, b crawlertest.Request) int { return a.Time.Compare(b.Time) })
	return log
}

// killed is a frontier that fails every call from the n-th on, as if the
// process had died there.
type killed struct {
	frontier.Frontier
	left atomic.Int64
}

var errKilled = errors.New("killed")

func (k *killed) dead() bool { return k.left.Add(-1) < 0 }

func (k *killed) Add(ctx context.Context, links []frontier.Link) (int, error) {
	if k.dead() {
		return 0, errKilled
	}
	return k.Frontier.Add(ctx, links)
}

func (k *killed) Reserve(ctx context.Context, now time.Time, l *frontier.Lease, delay, ttl time.Duration) (time.Duration, error) {
	if k.dead() {
		return 0, errKilled
	}
	return k.Frontier.Reserve(ctx, now, l, delay, ttl)
}

func (k *killed) Done(ctx context.Context, now time.Time, l *frontier.Lease, o frontier.Outcome) error {
	if k.dead() {
		return errKilled
	}
	return k.Frontier.Done(ctx, now, l, o)
}

func (k *killed) Release(ctx context.Context, now time.Time, l *frontier.Lease, rest time.Time, memo []byte) error {
	if k.dead() {
		return errKilled
	}
	return k.Frontier.Release(ctx, now, l, rest, memo)
}

// ahead is a frontier whose clock is ahead of the crawler's.
type ahead struct {
	*crawlertest.Frontier
	by time.Duration
}

func (a ahead) Lease(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int) (*frontier.Lease, error) {
	return a.Frontier.Lease(ctx, now.Add(a.by), worker, ttl, n)
}

func (a ahead) Reserve(ctx context.Context, now time.Time, l *frontier.Lease, delay, ttl time.Duration) (time.Duration, error) {
	return a.Frontier.Reserve(ctx, now.Add(a.by), l, delay, ttl)
}

func (a ahead) Done(ctx context.Context, now time.Time, l *frontier.Lease, o frontier.Outcome) error {
	if !o.Due.IsZero() {
		o.Due = o.Due.Add(a.by)
	}
	return a.Frontier.Done(ctx, now.Add(a.by), l, o)
}

func (a ahead) Release(ctx context.Context, now time.Time, l *frontier.Lease, rest time.Time, memo []byte) error {
	return a.Frontier.Release(ctx, now.Add(a.by), l, rest, memo)
}

func (a ahead) Next(ctx context.Context, now time.Time) (time.Time, bool, error) {
	return a.Frontier.Next(ctx, now.Add(a.by))
}

func TestKilledCrawlGoesOn(t *testing.T) {
	for calls := int64(2); calls < 120; calls += 13 {
		t.Run(fmt.Sprintf("after %d calls", calls), func(t *testing.T) {
			site := newSite(t, crawlertest.Options{})
			f, sink := crawlertest.NewFrontier(), &taken{}
			k := &killed{Frontier: f}
			k.left.Store(calls)
			if err := newCrawler(t, config(t, site), k, sink).RunOnce(t.Context()); !errors.Is(err, errKilled) {
				t.Fatalf("killed crawl: %v", err)
			}
			before := len(site.Log())
			// The leases of the dead have expired by then.
			if err := newCrawler(t, config(t, site), ahead{f, 5 * time.Minute}, sink).RunOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
			again := 0
			for _, a := range site.Articles() {
				if sink.pages[a.URL] < 1 {
					t.Errorf("article %d is lost", a.ID)
				}
				again += sink.pages[a.URL] - 1
			}
			if again > 8 {
				t.Errorf("%d articles were taken again, at most those in flight are", again)
			}
			if before == 0 && calls > 20 {
				t.Error("nothing was fetched before the kill")
			}
		})
	}
}

func TestCorrectionIsFoundOnRecheck(t *testing.T) {
	site := newSite(t, crawlertest.Options{})
	f, sink := crawlertest.NewFrontier(), &taken{}
	if err := newCrawler(t, config(t, site), f, sink).RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	edited := site.Articles()[3]
	site.Edit(edited.URL, "Ban tổ chức đính chính: hội nghị lùi sang buổi chiều cùng ngày, địa điểm giữ nguyên.")
	before := len(site.Log())
	c := newCrawler(t, config(t, site), ahead{f, 3 * time.Hour}, sink)
	if err := c.RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sink.pages[edited.URL] != 2 {
		t.Errorf("the corrected article was taken %d times, want twice", sink.pages[edited.URL])
	}
	if got := len(sink.urls()); got != len(site.Articles()) {
		t.Errorf("%d articles", got)
	}
	for _, a := range site.Articles() {
		if a.URL != edited.URL && sink.pages[a.URL] != 1 {
			t.Errorf("an article that did not change was taken %d times: %s", sink.pages[a.URL], a.URL)
		}
	}
	notModified := 0
	for _, r := range site.Log()[before:] {
		if r.Status == 304 {
			notModified++
		}
	}
	if notModified < 20 {
		t.Errorf("%d answers of 304 to conditional requests", notModified)
	}
	if s := c.Stats(); s.Unchanged < 20 || s.Articles != 1 {
		t.Errorf("stats %+v", s)
	}
}

func TestStopDrains(t *testing.T) {
	site := newSite(t, crawlertest.Options{Delay: 20 * time.Millisecond})
	f, sink := crawlertest.NewFrontier(), &taken{}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sink.each = func(frontier.Link) { cancel() }
	if err := newCrawler(t, config(t, site), f, sink).Run(ctx); err != nil {
		t.Fatal(err)
	}
	for _, url := range sink.urls() {
		if l, result, _ := f.Link(url); l.Fetches != 1 || result != frontier.ResultFetched {
			t.Errorf("%s was taken and not recorded: %+v", url, l)
		}
	}
	if n := len(sink.urls()); n == 0 || n > 8 {
		t.Errorf("%d articles taken, want those in flight", n)
	}
	// What is left is leased at once: the leases were given back.
	if l, err := f.Lease(t.Context(), time.Now().Add(time.Second), "w", time.Minute, 1); l == nil || err != nil {
		t.Errorf("lease after the stop: %v, %v", l, err)
	}
}

// asleep is a frontier at which workers sleep past their leases of articles,
// after they have reserved their turn.
type asleep struct{ *crawlertest.Frontier }

// Lease gives the first lease of articles out as one that has run out already.
func (a *asleep) Lease(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int) (*frontier.Lease, error) {
	l, err := a.Frontier.Lease(ctx, now, worker, ttl, n)
	if l != nil && l.Links[0].Kind == frontier.KindArticle {
		l.TTL = 0
	}
	return l, err
}

// Reserve gives such a lease a turn of an hour ago.
func (a *asleep) Reserve(ctx context.Context, now time.Time, l *frontier.Lease, delay, ttl time.Duration) (time.Duration, error) {
	wait, err := a.Frontier.Reserve(ctx, now, l, delay, ttl)
	if l.TTL == 0 {
		wait = -time.Hour
	}
	return wait, err
}

// onMessage is a log handler that acts on a message.
type onMessage struct {
	slog.Handler
	text string
	do   func()
}

func (h *onMessage) Enabled(context.Context, slog.Level) bool { return true }

func (h *onMessage) Handle(_ context.Context, r slog.Record) error {
	if strings.Contains(r.Message, h.text) {
		h.do()
	}
	return nil
}

func TestSleeperNeitherFetchesNorWrites(t *testing.T) {
	site := newSite(t, crawlertest.Options{})
	f, sink := &asleep{crawlertest.NewFrontier()}, &taken{}
	cfg := config(t, site)
	cfg.Sources = cfg.Sources[:1]
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cfg.Log = slog.New(&onMessage{text: "lease of the host was lost", do: cancel})
	if err := newCrawler(t, cfg, f, sink).Run(ctx); err != nil {
		t.Fatal(err)
	}
	if n := len(sink.urls()); n != 0 {
		t.Errorf("%d articles taken under a lost lease", n)
	}
	for _, r := range site.Log() {
		if strings.HasSuffix(r.URL, ".html") {
			t.Errorf("fetched %s under a lost lease", r.URL)
		}
	}
}

func TestSinkErrors(t *testing.T) {
	site := newSite(t, crawlertest.Options{})
	for _, tc := range []struct {
		name string
		err  error
		ends bool
	}{
		{"store is away", fmt.Errorf("%w: disk", news.ErrTransient), true},
		{"store refuses the page", fmt.Errorf("%w: page", news.ErrInvalid), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := crawlertest.NewFrontier()
			c := newCrawler(t, config(t, site), f, &taken{err: tc.err})
			err := c.RunOnce(t.Context())
			if tc.ends != errors.Is(err, news.ErrTransient) || !tc.ends && err != nil {
				t.Errorf("crawl: %v", err)
			}
			for _, a := range site.Articles() {
				if l, result, ok := f.Link(a.URL); ok && result != "" && (tc.ends || result != frontier.ResultFailed || l.Due.IsZero()) {
					t.Errorf("%s: %s, due %v", a.URL, result, l.Due)
				}
			}
		})
	}
}

func TestClosedAndUnknownSourcesWait(t *testing.T) {
	site := newSite(t, crawlertest.Options{})
	f, sink := crawlertest.NewFrontier(), &taken{}
	cfg := config(t, site)
	cfg.Sources = slices.DeleteFunc(cfg.Sources, func(s *source.Source) bool { return s.Domain == "anhsinh.example" })
	for _, s := range cfg.Sources {
		if s.Domain == "songha.example" {
			s.Status = "closed"
		}
	}
	for _, a := range site.Articles() {
		if a.Outlet == "anhsinh.example" {
			l := frontier.Link{URL: a.URL, Host: a.Outlet, Source: a.Outlet, Kind: frontier.KindArticle, Due: time.Now()}
			if _, err := f.Add(t.Context(), []frontier.Link{l}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := newCrawler(t, cfg, f, sink).RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, r := range site.Log() {
		if r.Host == "anhsinh.example" || r.Host == "songha.example" {
			t.Errorf("fetched %s", r.URL)
		}
	}
	for _, a := range site.Articles() {
		if l, _, ok := f.Link(a.URL); ok && a.Outlet == "anhsinh.example" && time.Until(l.Due) < 23*time.Hour {
			t.Errorf("%s is due %v", a.URL, l.Due)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, tc := range []struct {
		name string
		cfg  crawler.Config
		want string
	}{
		{"proxy", crawler.Config{Proxy: "localhost:8080"}, "crawler.proxy"},
		{"proxy of another kind", crawler.Config{Proxy: "socks5://localhost:8080"}, "crawler.proxy"},
		{"private network", crawler.Config{AllowPrivate: []string{"10.0.0.0/99"}}, "crawler.allow_private"},
		{"no file", crawler.Config{CAFile: "khong-co.pem"}, "crawler.ca_file"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := crawler.New(tc.cfg, crawlertest.NewFrontier(), &taken{})
			if !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v", err)
			}
		})
	}
}
