package crawler_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"sukien/crawler"
	"sukien/crawler/crawlertest"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

// shortLimits make hostile answers fail soon.
// longLimits leave a busy machine the time it needs: what they bound is size.
var longLimits = crawler.Limits{Header: time.Minute, Stall: time.Minute, Total: 2 * time.Minute, Body: 1 << 20}

var shortLimits = crawler.Limits{Header: 1500 * time.Millisecond, Stall: time.Second, Total: 4 * time.Second, Body: 1 << 20}

// fetcher is a fetcher of the site with limits.
func fetcher(t *testing.T, site *crawlertest.Site, l crawler.Limits) *crawler.Fetcher {
	t.Helper()
	cfg := config(t, site)
	cfg.Limits = l
	f, err := crawler.NewFetcher(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

func TestFetchHostile(t *testing.T) {
	site := newSite(t, crawlertest.Options{Hostile: true})
	patient, hasty := fetcher(t, site, longLimits), fetcher(t, site, shortLimits)
	host := "http://" + crawlertest.HostileHost
	for _, tc := range []struct {
		name, url, class string
		wraps            error
	}{
		{"redirect circle", host + "/vong-tron-a-100001.html", "redirect_loop", news.ErrInvalid},
		{"redirect to itself", host + "/tu-than-100003.html", "redirect_loop", news.ErrInvalid},
		{"endless redirects", host + "/chuoi-100100.html", "redirect_loop", news.ErrInvalid},
		{"redirect to metadata service", host + "/noi-bo-100004.html", "guard", news.ErrForbidden},
		{"50 MB", host + "/khong-lo-100007.html", "too_large", news.ErrTooLarge},
		{"endless body", host + "/vo-tan-100018.html", "too_large", news.ErrTooLarge},
		{"gzip bomb", host + "/bom-100009.html", "too_large", news.ErrTooLarge},
		{"slow drip", host + "/nho-giot-100019.html", "timeout", news.ErrTransient},
		{"no answer", host + "/im-lang-100021.html", "timeout", news.ErrTransient},
		{"cookie challenge", host + "/thu-thach-100010.html", "challenge", news.ErrForbidden},
		{"410", host + "/mat-100011.html", "gone", news.ErrNotFound},
		{"404", host + "/khong-co-100999.html", "gone", news.ErrNotFound},
		{"500", host + "/loi-100012.html", "http_5xx", news.ErrTransient},
		{"403", host + "/cam-100013.html", "http_4xx", news.ErrForbidden},
		{"204", host + "/rong-100014.html", "not_html", news.ErrInvalid},
		{"429", host + "/ban-100022.html", "rate_limited", news.ErrTransient},
		{"broken gzip", host + "/nen-hong-100015.html", "encoding", news.ErrInvalid},
		{"cut short", host + "/cat-cut-100016.html", "network", news.ErrTransient},
		{"header of 200 KB", host + "/dau-de-100017.html", "too_large", news.ErrTooLarge},
		{"disallowed", host + "/cam-robots-100020.html", "robots", news.ErrForbidden},
		{"robots.txt 503", "http://" + crawlertest.DeniedHost + "/tin-100001.html", "rate_limited", news.ErrTransient},
		{"private address", "http://10.0.0.1/", "guard", news.ErrForbidden},
		{"private address in decimal", "http://2852039166/latest", "guard", news.ErrForbidden},
		{"private address as mapped IPv6", "http://[::ffff:169.254.169.254]/", "guard", news.ErrForbidden},
		{"metadata name", "http://metadata.google.internal/", "guard", news.ErrForbidden},
		{"no web address", "ftp://songha.example/", "invalid", news.ErrInvalid},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := patient
			if tc.class == "timeout" {
				f = hasty
			}
			page, err := f.Fetch(t.Context(), tc.url)
			var fe *crawler.FetchError
			if !errors.As(err, &fe) {
				t.Fatalf("page %v, error %v, want a FetchError", page, err)
			}
			if fe.Class != tc.class || !errors.Is(err, tc.wraps) {
				t.Errorf("class %s wrapping %v; want %s, %v (%v)", fe.Class, fe.Unwrap(), tc.class, tc.wraps, err)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error of more than one line: %q", err)
			}
		})
	}
}

// restless is a frontier whose hosts do not rest, so that one page's failure
// does not keep the crawl from the next.
type restless struct{ *crawlertest.Frontier }

// Release forgets the rest and the memo, which has the slower pace.
func (r restless) Release(ctx context.Context, now time.Time, l *frontier.Lease, _ time.Time, _ []byte) error {
	return r.Frontier.Release(ctx, now, l, time.Time{}, nil)
}

func TestCrawlHostile(t *testing.T) {
	site := newSite(t, crawlertest.Options{Hostile: true})
	cfg := config(t, site)
	cfg.Limits = shortLimits
	cfg.Sources = slices.DeleteFunc(cfg.Sources, func(s *source.Source) bool { return s.Domain == crawlertest.DeniedHost })
	f, sink := crawlertest.NewFrontier(), &taken{}
	c := newCrawler(t, cfg, restless{f}, sink)
	if err := c.RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(sink.urls()); n != len(site.Articles()) {
		t.Errorf("%d pages taken beside the hostile ones, want %d", n, len(site.Articles()))
	}
	for path, want := range map[string]string{
		"/vong-tron-a-100001.html": frontier.ResultRedirected, "/vong-tron-b-100002.html": frontier.ResultRedirected,
		"/tu-than-100003.html": frontier.ResultFailed, "/noi-bo-100004.html": frontier.ResultFailed, "/noi-khac-100005.html": frontier.ResultFailed,
		"/trang-chu-100006.html": frontier.ResultGone, "/khong-lo-100007.html": frontier.ResultFailed, "/anh-100008.html": frontier.ResultFailed,
		"/bom-100009.html": frontier.ResultFailed, "/mat-100011.html": frontier.ResultGone, "/nho-giot-100019.html": frontier.ResultFailed,
		"/cam-robots-100020.html": frontier.ResultFailed, "/khong-co-100999.html": frontier.ResultGone,
		"/chuoi-100104.html": frontier.ResultRedirected, "/chuoi-100105.html": frontier.ResultFailed, "/chuoi-100106.html": "",
	} {
		if _, got, _ := f.Link("http://" + crawlertest.HostileHost + path); got != want {
			t.Errorf("%s: result %q, want %q", path, got, want)
		}
	}
	want := map[string]int64{"redirect_loop": 2, "offsite": 2, "too_large": 4, "not_html": 2, "gone": 2, "encoding": 1, "challenge": 1, "timeout": 1, "network": 1, "robots": 1, "http_4xx": 1, "http_5xx": 1}
	if got := c.Stats().Failures; !maps.Equal(got, want) {
		t.Errorf("failures %v, want %v", got, want)
	}
	for _, r := range site.Log() {
		if strings.Contains(r.URL, "169.254") || strings.Contains(r.URL, "ngoai.example") || strings.Contains(r.URL, "/lich/") || strings.Contains(r.URL, "100020") {
			t.Errorf("fetched %s", r.URL)
		}
	}
}

func TestRobotsUnavailableDisallowsAll(t *testing.T) {
	site := newSite(t, crawlertest.Options{Hostile: true})
	cfg := config(t, site)
	cfg.Sources = slices.DeleteFunc(cfg.Sources, func(s *source.Source) bool { return s.Domain != crawlertest.DeniedHost })
	f := crawlertest.NewFrontier()
	c := newCrawler(t, cfg, f, &taken{})
	if err := c.RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if log := site.Log(); len(log) != 1 || !strings.HasSuffix(log[0].URL, "/robots.txt") {
		t.Errorf("requests %+v, want robots.txt alone", log)
	}
	at, due, err := f.Next(t.Context(), time.Now())
	if wait := time.Until(at); due || err != nil || wait < 50*time.Minute || wait > 61*time.Minute {
		t.Errorf("the host rests for %v, due %v, %v; want about an hour", wait, due, err)
	}
}

func TestGuardAtTheDial(t *testing.T) {
	// Without a proxy and without allow_private, a name that resolves to this
	// machine is refused at the dial.
	cfg := crawler.Config{}
	f, err := crawler.NewFetcher(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, url := range []string{"http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/", "http://0x7f.1:1/"} {
		_, err := f.Fetch(t.Context(), url)
		var fe *crawler.FetchError
		if !errors.As(err, &fe) || fe.Class != "guard" {
			t.Errorf("%s: %v, want a refusal by the guard", url, err)
		}
	}
}
