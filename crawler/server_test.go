package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/crawler/crawlertest"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

// pages is a site by URL: the answer to each, 404 for others.
type pages map[string]http.HandlerFunc

func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := p[r.URL.String()]; h != nil {
		h(w, r)
		return
	}
	http.NotFound(w, r)
}

func html(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<html><head><title>Tin</title></head><body>%s</body></html>", body)
	}
}

func moved(status int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}
}

// crawlOf crawls a site of one source with the section / once.
func crawlOf(t *testing.T, p pages, change func(*source.Source)) (*crawlertest.Frontier, *taken, *crawler.Crawler) {
	t.Helper()
	o := newOutlet(t, p, change)
	o.cfg.Watch = nil
	c := newCrawler(t, o.cfg, o.front, o.sink)
	if err := c.RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	return o.front, o.sink, c
}

const story = "<h1>Khai mạc hội nghị</h1><p>Sáng nay, hội nghị khai mạc tại Hà Nội với sự tham dự của đông đảo đại biểu.</p>"

func TestRedirectedArticleIsFetchedOnceUnderItsOwnURL(t *testing.T) {
	_, sink, _ := crawlOf(t, pages{
		"http://songha.example/":                   html(`<a href="/cu-100001.html">a</a> <a href="/moi-100002.html">b</a> <a href="/xa-100003.html">c</a>`),
		"http://songha.example/cu-100001.html":     moved(301, "/moi-100002.html"),
		"http://songha.example/moi-100002.html":    html(story),
		"http://songha.example/xa-100003.html":     moved(302, "http://tin.songha.example/xa-100003.html"),
		"http://tin.songha.example/xa-100003.html": html(story),
	}, nil)
	want := []string{"http://songha.example/moi-100002.html", "http://tin.songha.example/xa-100003.html"}
	if got := sink.urls(); !slices.Equal(got, want) || sink.pages[want[0]] != 1 {
		t.Errorf("taken %v, want %v, each once", sink.pages, want)
	}
}

func TestRedirectObeysTheRobotsOfItsTarget(t *testing.T) {
	f, sink, _ := crawlOf(t, pages{
		"http://songha.example/":                  html(`<a href="/a-100001.html">a</a>`),
		"http://songha.example/a-100001.html":     moved(302, "http://kin.songha.example/a-100001.html"),
		"http://kin.songha.example/robots.txt":    func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: SukienBot\nDisallow: /") },
		"http://kin.songha.example/a-100001.html": html(story),
	}, nil)
	if len(sink.urls()) != 0 {
		t.Errorf("taken %v", sink.urls())
	}
	if _, result, _ := f.Link("http://kin.songha.example/a-100001.html"); result != frontier.ResultFailed {
		t.Errorf("target: %q", result)
	}
}

func TestSectionThatMovedForGood(t *testing.T) {
	f, sink, _ := crawlOf(t, pages{
		"http://songha.example/":                  moved(301, "http://www.songha.example/"),
		"http://www.songha.example/":              html(`<a href="/a-100001.html">a</a>`),
		"http://www.songha.example/a-100001.html": html(story),
	}, nil)
	if want := []string{"http://www.songha.example/a-100001.html"}; !slices.Equal(sink.urls(), want) {
		t.Errorf("taken %v, want %v", sink.urls(), want)
	}
	if l, result, _ := f.Link("http://songha.example/"); result != frontier.ResultRedirected || !l.Due.IsZero() {
		t.Errorf("the old address: %s, due %v", result, l.Due)
	}
	if l, _, _ := f.Link("http://www.songha.example/"); l.Kind != frontier.KindSection || l.Due.IsZero() {
		t.Errorf("the new address: %+v", l)
	}
}

func TestSectionThatMovedForNow(t *testing.T) {
	f, _, _ := crawlOf(t, pages{
		"http://songha.example/":        moved(302, "/bao-tri"),
		"http://songha.example/bao-tri": html("Đang bảo trì"),
	}, nil)
	if l, _, _ := f.Link("http://songha.example/"); l.Due.IsZero() {
		t.Error("a section that answers with a redirect for now is given up")
	}
}

func TestRobotsSitemapsAreFollowed(t *testing.T) {
	p := pages{
		"http://songha.example/": html(""),
		"http://songha.example/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "Sitemap: http://songha.example/s.xml\nSitemap: http://khac.example/s.xml")
		},
		"http://songha.example/s.xml": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<urlset><url><loc>http://songha.example/a-100001.html</loc></url></urlset>")
		},
		"http://songha.example/a-100001.html": html(story),
	}
	for _, tt := range []struct {
		name     string
		sitemaps []source.Address
		want     []string
	}{
		{"no other", nil, []string{"http://songha.example/a-100001.html"}},
		{"one that was never tried, and is not there", []source.Address{{URL: "http://songha.example/sitemap.xml"}}, []string{"http://songha.example/a-100001.html"}},
		{"one that is known to be good", []source.Address{{URL: "http://songha.example/sitemap.xml", Tried: true}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, sink, _ := crawlOf(t, p, func(s *source.Source) { s.Sitemaps = tt.sitemaps })
			if !slices.Equal(sink.urls(), tt.want) {
				t.Errorf("taken %v, want %v", sink.urls(), tt.want)
			}
		})
	}
}

// TestListOfPastDaysEnds: what an index names for days that are over is read at
// most once, though the file and its place in the index stay young.
func TestListOfPastDaysEnds(t *testing.T) {
	now := time.Now().In(news.Hanoi)
	day := func(ago int) string { return now.AddDate(0, 0, -ago).Format("2006-01-02") }
	list := func(name string) string { return "http://songha.example/sitemap-" + name + ".xml" }
	index, empty := "", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<urlset></urlset>") }
	p := pages{"http://songha.example/": html("")}
	names := []string{day(0), day(20), day(300), "moi"}
	for _, name := range names {
		index += "<sitemap><loc>" + list(name) + "</loc><lastmod>" + now.Format(time.RFC3339) + "</lastmod></sitemap>"
		p[list(name)] = empty
	}
	delete(p, list(day(300))) // is not found any more
	p["http://songha.example/s.xml"] = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<sitemapindex>"+index+"</sitemapindex>") }
	o := newOutlet(t, p, func(s *source.Source) { s.Sitemaps = []source.Address{{URL: "http://songha.example/s.xml"}} })
	o.cfg.Watch, o.cfg.MaxAge = nil, 365*24*time.Hour
	if err := newCrawler(t, o.cfg, o.front, o.sink).RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, again := range []bool{true, false, false, true} {
		l, result, ok := o.front.Link(list(names[i]))
		if !ok || result == "" || l.Due.IsZero() == again {
			t.Errorf("%s: %q, due %v", names[i], result, l.Due)
		}
	}
}

func TestRobotsWishes(t *testing.T) {
	tag := func(value string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Robots-Tag", value)
			html(story)(w, r)
		}
	}
	_, sink, _ := crawlOf(t, pages{
		"http://songha.example/":              html(`<a href="/a-100001.html">a</a> <a href="/b-100002.html">a</a> <a href="/c-100003.html">a</a> <a href="/d-100004.html">a</a>`),
		"http://songha.example/a-100001.html": tag("noindex"),
		"http://songha.example/b-100002.html": tag("otherbot: noindex"),
		"http://songha.example/c-100003.html": tag("sukienbot: none"),
		"http://songha.example/d-100004.html": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `<html><head><meta name="robots" content="noindex"></head><body>`+story+`</body></html>`)
		},
	}, nil)
	if want := []string{"http://songha.example/b-100002.html"}; !slices.Equal(sink.urls(), want) {
		t.Errorf("taken %v, want %v", sink.urls(), want)
	}
}

func TestChallenges(t *testing.T) {
	for _, tc := range []struct {
		name  string
		page  http.HandlerFunc
		class string
	}{
		{"script that sets a cookie and reloads", html(`<script>document.cookie="k=1";window.location.reload(true)</script>`), "challenge"},
		{"known service with status 200", html(`<script>window._cf_chl_opt={}</script>`), "challenge"},
		{"known service with status 403", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cf-Mitigated", "challenge")
			w.WriteHeader(http.StatusForbidden)
		}, "challenge"},
		{"page with the service's own script", html(story + `<script>window.__CF$cv$params={};a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>`), ""},
		{"page whose script sets cookies and goes elsewhere", html(story + story + story + `<script>document.cookie="a=1";if(x)window.location="/"</script>`), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, sink, c := crawlOf(t, pages{
				"http://songha.example/":              html(`<a href="/a-100001.html">a</a>`),
				"http://songha.example/a-100001.html": tc.page,
			}, nil)
			if got := c.Stats().Failures["challenge"]; (got == 1) != (tc.class != "") || (len(sink.urls()) == 1) != (tc.class == "") {
				t.Errorf("%d challenges, taken %v", got, sink.urls())
			}
		})
	}
}

func TestBusyHostRests(t *testing.T) {
	var mu sync.Mutex
	asked := 0
	busy := func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked++
		w.Header().Set("Retry-After", "1800")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	f, _, _ := crawlOf(t, pages{
		"http://songha.example/":              html(`<a href="/a-100001.html">a</a> <a href="/b-100002.html">a</a>`),
		"http://songha.example/a-100001.html": busy,
		"http://songha.example/b-100002.html": busy,
	}, nil)
	if asked != 1 {
		t.Errorf("%d requests, want one and then rest", asked)
	}
	at, due, err := f.Next(t.Context(), time.Now())
	if wait := time.Until(at); due || err != nil || wait < 29*time.Minute || wait > 31*time.Minute {
		t.Errorf("the host rests for %v, want the 30 minutes it asked for", wait)
	}
}

func TestDeadProxy(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	f, err := crawler.NewFetcher(crawler.Config{Proxy: "http://" + ln.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_, err = f.Fetch(t.Context(), "http://songha.example/")
	if !errors.Is(err, news.ErrTransient) || !strings.Contains(err.Error(), "crawler.proxy") {
		t.Errorf("error %v", err)
	}
}

// resolver answers each question for an IPv4 address with addr.
func resolver(t *testing.T, addr [4]byte) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil {
				continue
			}
			m.Response, m.Additionals = true, nil
			for _, q := range m.Questions {
				if q.Type == dnsmessage.TypeA {
					m.Answers = append(m.Answers, dnsmessage.Resource{
						Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 1}, Body: &dnsmessage.AResource{A: addr},
					})
				}
			}
			if out, err := m.Pack(); err == nil {
				_, _ = conn.WriteTo(out, from)
			}
		}
	}()
	t.Cleanup(func() { conn.Close(); <-done })
	return &net.Resolver{PreferGo: true, Dial: (&toUDP{conn.LocalAddr().String()}).dial}
}

func TestGuardRefusesNamesThatResolveToPrivateAddresses(t *testing.T) {
	old := net.DefaultResolver
	net.DefaultResolver = resolver(t, [4]byte{10, 1, 2, 3})
	defer func() { net.DefaultResolver = old }()
	for _, tc := range []struct {
		name string
		cfg  crawler.Config
	}{
		{"at the dial", crawler.Config{}},
		{"before a proxy is asked", crawler.Config{Proxy: "http://127.0.0.1:1"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, err := crawler.NewFetcher(tc.cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			_, err = f.Fetch(t.Context(), "http://songha.vn/")
			var fe *crawler.FetchError
			if !errors.As(err, &fe) || fe.Class != "guard" || !strings.Contains(err.Error(), "10.1.2.3") {
				t.Errorf("error %v, want a refusal by the guard", err)
			}
		})
	}
}

func TestAllowedNameMayBePrivate(t *testing.T) {
	old := net.DefaultResolver
	net.DefaultResolver = resolver(t, [4]byte{127, 0, 0, 1})
	defer func() { net.DefaultResolver = old }()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: html(story)}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(ln) }()
	defer func() { srv.Close(); <-done }()
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	f, err := crawler.NewFetcher(crawler.Config{AllowPrivate: []string{"noi-bo.vn"}})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	page, err := f.Fetch(t.Context(), "http://noi-bo.vn:"+port+"/a#b")
	if err != nil || page.Status != 200 || page.ContentType != "text/html; charset=utf-8" {
		t.Fatalf("page %+v, %v", page, err)
	}
	if res, err := content.Strip(*page, content.Options{}); err != nil || !strings.Contains(res.Article.Title, "hội nghị") {
		t.Errorf("article %+v, %v", res, err)
	}
	if _, err := f.Fetch(t.Context(), "http://khac.vn:"+port+"/"); !errors.Is(err, news.ErrForbidden) {
		t.Errorf("another name at the same address: %v", err)
	}
}

// toUDP sends all questions to one server.
type toUDP struct{ addr string }

func (u *toUDP) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, "udp", u.addr)
}
