package crawler_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sukien/crawler"
	"sukien/crawler/crawlertest"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

// watcher keeps what it is told.
type watcher struct {
	mu   sync.Mutex
	seen []crawler.Observation
}

func (w *watcher) Observe(_ context.Context, o crawler.Observation) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, o)
	return nil
}

// findings are those of a kind, as "about: detail".
func (w *watcher) findings(kind string) (out []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, o := range w.seen {
		for _, f := range o.Findings {
			if f.Kind == kind {
				out = append(out, f.About+": "+f.Detail)
			}
		}
	}
	return out
}

// outletSite is a site of one source that is crawled again and again.
type outletSite struct {
	t     *testing.T
	cfg   crawler.Config
	front *crawlertest.Frontier
	sink  *taken
	watch *watcher
}

func newOutlet(t *testing.T, p http.Handler, change func(*source.Source)) *outletSite {
	t.Helper()
	proxy, err := crawlertest.NewProxy(p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := proxy.Close(); err != nil {
			t.Error(err)
		}
	})
	none := time.Duration(0)
	s := &source.Source{Domain: "songha.example", Sections: []source.Address{{URL: "http://songha.example/"}}, Politeness: source.Politeness{Delay: &none}}
	if change != nil {
		change(s)
	}
	o := &outletSite{t: t, front: crawlertest.NewFrontier(), sink: &taken{}, watch: &watcher{}}
	o.cfg = crawler.Config{Sources: []*source.Source{s}, Proxy: proxy.URL(), AllowPrivate: []string{"127.0.0.1"}, UserAgent: "SukienBot/1.0", Watch: o.watch}
	return o
}

// crawl crawls what is due after a time has passed.
func (o *outletSite) crawl(later time.Duration) {
	o.t.Helper()
	if err := newCrawler(o.t, o.cfg, ahead{o.front, later}, o.sink).RunOnce(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

// tale is an article that differs from others by its number.
func tale(n int) string {
	return fmt.Sprintf("<h1>Khai mạc hội nghị thứ %d của vùng sông nước</h1><p>Sáng nay, hội nghị thứ %d khai mạc tại Hà Nội với sự tham dự của đông đảo đại biểu các tỉnh, thành trong cả nước.</p>"+
		"<p>Phát biểu tại lễ khai mạc lần %d, trưởng ban tổ chức cho biết các địa phương sẽ cùng nhau giữ gìn nguồn nước chung của dòng sông.</p>", n, n, n)
}

func TestFindings(t *testing.T) {
	answer := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
	}
	const front = "http://songha.example/"
	for _, tc := range []struct {
		name  string
		pages pages
		kind  string
		want  string
	}{
		{"cookie challenge", pages{front: html(`<script>document.cookie="a=b";location.reload()</script>`)}, "challenge", "songha.example: "},
		{"challenge in words", pages{front: html(`<a href="/hoi-nghi-100001.html">a</a>`), front + "hoi-nghi-100001.html": html("<h1>Just a moment...</h1><p>Checking your browser before accessing.</p>")}, "challenge", "songha.example: "},
		{"refused", pages{front: answer(403)}, "blocked", front + ": "},
		{"moved", pages{front: moved(301, "http://songmoi.example/")}, "moved", front + ": "},
		{"an address that is no more", pages{front: answer(404)}, "address", front + ": "},
		{"a path that repeats itself", pages{front: html(`<a href="/vi/en/vi/en/hoi-nghi-100001.html">a</a>`)}, "trap", front + ": a path that repeats itself"},
		{"a calendar", pages{front: html(`<a href="/lich/2026/01">1</a> <a href="/lich/2026/02">2</a> <a href="/lich/2026/03">3</a>`)}, "trap", front + ": a calendar"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := newOutlet(t, tc.pages, nil)
			o.crawl(0)
			if got := o.watch.findings(tc.kind); len(got) != 1 || !strings.HasPrefix(got[0], tc.want) {
				t.Errorf("findings %q, want %s", got, tc.want)
			}
		})
	}
}

func TestObservationOfAHealthyOutlet(t *testing.T) {
	o := newOutlet(t, pages{
		"http://songha.example/robots.txt":           func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /in/\n") },
		"http://songha.example/":                     html(`<a href="/hoi-nghi-100001.html">a</a> <a href="/hoi-nghi-100002.html">b</a>`),
		"http://songha.example/hoi-nghi-100001.html": html(tale(1)),
	}, nil)
	o.crawl(0)
	articles, pages, gone := 0, 0, 0
	well := map[string]bool{}
	for _, s := range o.watch.seen {
		articles, pages, gone = articles+s.Articles, pages+s.Pages, gone+s.Failed["gone"]
		for _, w := range s.Well {
			well[w] = true
		}
		if s.Source != "songha.example" || s.Host != "songha.example" || s.Robots != "rules" || len(s.Findings) != 0 {
			t.Errorf("observation %+v", s)
		}
	}
	if articles != 1 || pages != 2 || gone != 1 || !well["songha.example"] || !well["http://songha.example/"] {
		t.Errorf("%d articles, %d pages, %d gone, well %v", articles, pages, gone, well)
	}
}

func TestSoftNotFoundIsNoArticleAndTakesNoArticlesPlace(t *testing.T) {
	const url = "http://songha.example/hoi-nghi-100001.html"
	site := pages{"http://songha.example/": html(`<a href="/hoi-nghi-100001.html">a</a> <a href="/khong-co-100002.html">b</a>`), url: html(tale(1))}
	lost := html("<h1>404</h1><p>Không tìm thấy trang bạn yêu cầu.</p>")
	site["http://songha.example/khong-co-100002.html"] = lost
	o := newOutlet(t, site, nil)
	o.crawl(0)
	if got := o.sink.urls(); len(got) != 1 || got[0] != url {
		t.Fatalf("taken %v", got)
	}
	site[url] = lost
	o.crawl(3 * time.Hour)
	if n := o.sink.pages[url]; n != 1 {
		t.Errorf("an error page took the place of the article: taken %d times", n)
	}
	for _, days := range []int{2, 6, 14} {
		o.crawl(time.Duration(days) * 24 * time.Hour)
	}
	if l, result, _ := o.front.Link("http://songha.example/khong-co-100002.html"); result != frontier.ResultGone || !l.Due.IsZero() {
		t.Errorf("an address that gave an error page three times: %s, due %v", result, l.Due)
	}
}

// sessions links the same articles with another session each time.
type sessions struct {
	mu    sync.Mutex
	n     int
	asked []string
}

func (s *sessions) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	s.n++
	switch {
	case r.URL.Path == "/":
		for i := range 3 {
			fmt.Fprintf(w, `<a href="/hoi-nghi-10000%d.html?phien=%d">a</a> `, i, s.n)
		}
	case strings.HasSuffix(r.URL.Path, ".html"):
		s.asked = append(s.asked, r.URL.String())
		fmt.Fprintf(w, "<html><head><title>Tin</title></head><body>%s</body></html>", tale(int(r.URL.Path[len("/hoi-nghi-10000")])))
	default:
		http.NotFound(w, r)
	}
}

func TestSessionParameterIsFoundAndLeftOut(t *testing.T) {
	site := &sessions{}
	o := newOutlet(t, site, nil)
	for i := range 4 {
		o.crawl(time.Duration(i) * 50 * time.Minute)
	}
	if got := len(o.sink.urls()); got != 3 {
		t.Errorf("%d articles taken, want 3 in spite of their sessions: %v", got, o.sink.urls())
	}
	if got := o.watch.findings("trap"); len(got) == 0 || !strings.Contains(got[0], "one text under several addresses") {
		t.Errorf("findings %q", got)
	}
	site.mu.Lock()
	defer site.mu.Unlock()
	values := map[string]bool{}
	for _, url := range site.asked {
		_, value, _ := strings.Cut(url, "?")
		values[value] = true
	}
	if len(values) != 3 || !values[""] {
		t.Errorf("in four visits it asked for sessions %v, want two of them, and then none", values)
	}
}

// paged is a section with further pages of two articles each; last is the last
// page with articles of its own, after which the first one is shown again.
func paged(last int, asked *[]string) http.Handler {
	var mu sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		n := 1
		switch {
		case r.URL.Path == "/":
			if p := r.URL.Query().Get("trang"); p != "" {
				fmt.Sscan(p, &n)
			}
			*asked = append(*asked, r.URL.RequestURI())
			shown := n
			if n > last {
				shown = 1
			}
			html(fmt.Sprintf(`<a href="/hoi-nghi-1%04d.html">a</a> <a href="/hoi-nghi-2%04d.html">b</a> <a rel="next" href="/?trang=%d">Trang sau</a>`, shown, shown, n+1))(w, r)
		case strings.HasSuffix(r.URL.Path, ".html"):
			fmt.Sscanf(r.URL.Path, "/hoi-nghi-%d.html", &n)
			html(tale(n))(w, r)
		default:
			http.NotFound(w, r)
		}
	})
}

func TestSectionIsReadOnUntilSomethingIsKnown(t *testing.T) {
	for _, tc := range []struct {
		name             string
		last             int
		articles, visits int
		trap             bool
	}{
		{"more pages than are read", 9, 10, 5, false},
		{"the first page again after the third", 3, 6, 4, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var asked []string
			o := newOutlet(t, paged(tc.last, &asked), nil)
			o.crawl(0)
			if len(o.sink.urls()) != tc.articles || len(asked) != tc.visits {
				t.Errorf("%d articles, visits %v", len(o.sink.urls()), asked)
			}
			if got := o.watch.findings("trap"); (len(got) > 0) != tc.trap {
				t.Errorf("findings %q", got)
			}
			asked = nil
			o.crawl(50 * time.Minute)
			if !slices.Equal(asked, []string{"/"}) {
				t.Errorf("with nothing new it visits %v", asked)
			}
		})
	}
}

// shapes is an outlet whose articles have addresses like those of sections, and
// whose sections link to pages that look like articles and are none.
func TestShapesAreLearntFromContent(t *testing.T) {
	site := pages{}
	var feed, front strings.Builder
	feed.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>`)
	for i := range 12 {
		short := fmt.Sprintf("http://songha.example/bai/hop-%c", 'a'+i)
		site[short] = html(tale(i))
		fmt.Fprintf(&feed, "<item><title>t</title><link>%s</link></item>", short)
		tool := fmt.Sprintf("http://songha.example/cong-cu/tra-cuu-%d.html", 100_000+i)
		site[tool] = html(strings.Repeat(`<form><input name="q"></form>`, 3))
		fmt.Fprintf(&front, `<a href="%s">x</a> `, tool)
	}
	feed.WriteString("</channel></rss>")
	site["http://songha.example/rss"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, feed.String())
	}
	site["http://songha.example/"] = html(front.String())
	o := newOutlet(t, site, func(s *source.Source) { s.Feeds = []source.Address{{URL: "http://songha.example/rss"}} })
	o.crawl(0)
	if got := len(o.sink.urls()); got < 12 {
		t.Fatalf("%d pages taken", got)
	}
	tried := 0
	for i := range 12 {
		url := fmt.Sprintf("http://songha.example/cong-cu/tra-cuu-%d.html", 200_000+i)
		site[url] = func(w http.ResponseWriter, _ *http.Request) { tried++; w.WriteHeader(404) }
		fmt.Fprintf(&front, `<a href="%s">x</a> `, url)
	}
	site["http://songha.example/bai/hop-moi"] = html(tale(99))
	site["http://songha.example/"] = html(front.String() + `<a href="/bai/hop-moi">y</a> <a href="/gioi-thieu">z</a>`)
	o.crawl(2 * time.Hour)
	if o.sink.pages["http://songha.example/bai/hop-moi"] != 1 {
		t.Error("an address of the shape of the outlet's articles was passed over")
	}
	if tried > 3 {
		t.Errorf("%d of 12 addresses were tried although pages of their shape were none", tried)
	}
}

func TestListThatLiesAboutItsValidators(t *testing.T) {
	for _, tc := range []struct {
		name string
		lies bool
	}{{"it lies", true}, {"it has nothing new", false}} {
		t.Run(tc.name, func(t *testing.T) {
			var mu sync.Mutex
			shown, plain := 1, 0
			o := newOutlet(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				n := 0
				switch {
				case r.URL.Path == "/" && r.Header.Get("If-None-Match") != "":
					w.WriteHeader(http.StatusNotModified)
				case r.URL.Path == "/":
					plain++
					w.Header().Set("ETag", `"1"`)
					html(fmt.Sprintf(`<a href="/hoi-nghi-10000%d.html">a</a>`, shown))(w, r)
				case strings.HasPrefix(r.URL.Path, "/hoi-nghi-"):
					fmt.Sscanf(r.URL.Path, "/hoi-nghi-%d.html", &n)
					html(tale(n))(w, r)
				default:
					http.NotFound(w, r)
				}
			}), nil)
			for visit := range 16 {
				mu.Lock()
				if tc.lies && visit == 2 {
					shown = 2
				}
				mu.Unlock()
				o.crawl(time.Duration(visit) * 4 * time.Hour)
			}
			if got, want := len(o.sink.urls()), map[bool]int{true: 2, false: 1}[tc.lies]; got != want {
				t.Errorf("%d articles, want %d", got, want)
			}
			if want := map[bool]int{true: 5, false: 2}[tc.lies]; plain != want {
				t.Errorf("asked for %d times without validators, want %d", plain, want)
			}
		})
	}
}

func TestHoursOfVisits(t *testing.T) {
	o := newOutlet(t, pages{"http://songha.example/": html("")}, func(s *source.Source) {
		now := time.Now().In(news.Hanoi)
		s.Politeness.Hours = now.Add(2*time.Hour).Format("15:04") + "-" + now.Add(3*time.Hour).Format("15:04")
	})
	o.crawl(0)
	l, result, ok := o.front.Link("http://songha.example/")
	if !ok || result != "" || l.Fetches != 0 {
		t.Errorf("visited outside its hours: %+v, %s", l, result)
	}
	if len(o.watch.seen) != 1 || !o.watch.seen[0].Rest.After(time.Now()) {
		t.Errorf("observed %+v, want the host at rest", o.watch.seen)
	}
}
