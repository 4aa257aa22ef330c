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

// archive is a frontier that has nothing but a backfill's links.
type archive struct{ *crawlertest.Frontier }

func (a archive) LeaseBackfill(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int, _ string) (*frontier.Lease, error) {
	return a.Lease(ctx, now, worker, ttl, n)
}

func (a archive) NextBackfill(ctx context.Context, now time.Time, _ string) (time.Time, bool, error) {
	return a.Next(ctx, now)
}

func hanoi(day string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, day, news.Hanoi)
	if err != nil {
		panic(err)
	}
	return t
}

// walked runs a backfill of a site from a day to a day, and gives what was taken
// and what was asked for.
func walked(t *testing.T, p pages, from, to, way string, change func(*source.Source)) (got, asked []string) {
	t.Helper()
	var mu sync.Mutex
	var log []string
	proxy, err := crawlertest.NewProxy(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		log = append(log, r.URL.String())
		mu.Unlock()
		p.ServeHTTP(w, r)
	}))
	if err != nil {
		t.Fatal(err)
	}
	none := time.Duration(0)
	s := &source.Source{Domain: "songha.example", Politeness: source.Politeness{Delay: &none}}
	change(s)
	f, sink := crawlertest.NewFrontier(), &taken{each: func(l frontier.Link) {
		if l.Origin != news.Backfill {
			t.Errorf("origin %q", l.Origin)
		}
	}}
	c := newCrawler(t, crawler.Config{Sources: []*source.Source{s}, Proxy: proxy.URL(), AllowPrivate: []string{"127.0.0.1"}, UserAgent: "SukienBot/1.0"}, f, sink)
	for range 2 { // the second time nothing is left to do
		if err := c.Backfill(t.Context(), archive{f}, s.Domain, crawler.Days{From: hanoi(from), To: hanoi(to)}, way); err != nil {
			t.Fatal(err)
		}
	}
	if err := proxy.Close(); err != nil {
		t.Error(err)
	}
	for url, n := range sink.pages {
		if n != 1 {
			t.Errorf("%s was taken %d times", url, n)
		}
	}
	slices.Sort(log)
	return sink.urls(), log
}

// onDay is an article of a day.
func onDay(day string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<html><head><title>Tin</title><meta property="article:published_time" content="%sT08:00:00+07:00"></head><body><article>%s<p>%s</p></article></body></html>`, day, story, r.URL)
	}
}

func xml(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
}

func anchors(paths ...string) string {
	var b strings.Builder
	for _, p := range paths {
		fmt.Fprintf(&b, `<p><a href="%s">Một bài báo có đầu đề đủ dài để là đầu đề</a></p>`, p)
	}
	return b.String()
}

const site = "http://songha.example"

func TestWalkSitemaps(t *testing.T) {
	index := `<sitemapindex><sitemap><loc>/sitemap-2018.xml</loc><lastmod>2024-01-01</lastmod></sitemap>
<sitemap><loc>/sitemap-2019-11.xml</loc><lastmod>2024-01-01</lastmod></sitemap>
<sitemap><loc>/sitemap-cu.xml</loc><lastmod>2019-10-01</lastmod></sitemap>
<sitemap><loc>/sitemap-moi.xml</loc><lastmod>2024-01-01</lastmod></sitemap></sitemapindex>`
	index = strings.ReplaceAll(index, "<loc>", "<loc>"+site)
	url := func(path, more string) string { return "<url><loc>" + site + path + "</loc>" + more + "</url>" }
	p := pages{
		site + "/sitemap.xml": xml(index),
		site + "/sitemap-2019-11.xml": xml("<urlset>" + url("/bai-100001.html", "<lastmod>2019-11-05</lastmod>") + url("/bai-100002.html", "<lastmod>2023-01-01</lastmod>") +
			url("/bai-100003.html", "<lastmod>2019-10-31</lastmod>") + url("/bai-100004.html", "") + "</urlset>"),
		site + "/sitemap-moi.xml": xml("<urlset>" + url("/bai-100005.html", "<lastmod>2023-01-01</lastmod>") +
			url("/bai-100006.html", "<news:news><news:publication_date>2019-11-20T08:00:00+07:00</news:publication_date></news:news><lastmod>2023-01-01</lastmod>") +
			url("/2019/11/21/bai-100007.html", "<lastmod>2023-01-01</lastmod>") + url("/2019/12/21/bai-100008.html", "<lastmod>2019-11-01</lastmod>") + "</urlset>"),
	}
	for _, path := range []string{"/bai-100001.html", "/bai-100002.html", "/bai-100004.html", "/bai-100006.html", "/2019/11/21/bai-100007.html"} {
		p[site+path] = onDay("2019-11-10")
	}
	want := []string{site + "/2019/11/21/bai-100007.html", site + "/bai-100001.html", site + "/bai-100002.html", site + "/bai-100004.html", site + "/bai-100006.html"}
	for _, tt := range []struct {
		name   string
		change func(*source.Source)
	}{
		{"of the source", func(s *source.Source) { s.Sitemaps = []source.Address{{URL: site + "/sitemap.xml"}} }},
		{"of robots.txt", func(s *source.Source) {
			s.Feeds = []source.Address{{URL: site + "/rss"}}
			p[site+"/robots.txt"] = xml("Sitemap: " + site + "/sitemap.xml\nUser-agent: *\nDisallow: /kin/\n")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, asked := walked(t, p, "2019-11-01", "2019-11-30", crawler.WaySitemaps, tt.change)
			if !slices.Equal(got, want) {
				t.Errorf("taken %v\nwant %v", got, want)
			}
			if slices.Contains(asked, site+"/sitemap-2018.xml") || slices.Contains(asked, site+"/sitemap-cu.xml") || slices.ContainsFunc(asked, func(u string) bool { return strings.Contains(u, "backfill") }) {
				t.Errorf("asked for %v", asked)
			}
		})
	}
}

// TestWalkPartOfAMonth: of a month's sitemap the articles of some days are
// taken, with what may have been corrected since.
func TestWalkPartOfAMonth(t *testing.T) {
	list, p, want := "", pages{}, []string(nil)
	for i, tt := range []struct {
		changed string
		taken   bool
	}{
		{"2019-11-05T23:00:00+07:00", true},
		{"2019-11-04T23:00:00+07:00", false},
		{"2019-11-08T06:00:00+07:00", true},
		{"2019-11-20T06:00:00+07:00", false},
		{"2023-01-01T06:00:00+07:00", true},
	} {
		address := fmt.Sprintf("%s/bai-bao-%d.html", site, 100_001+i)
		list += "<url><loc>" + address + "</loc><lastmod>" + tt.changed + "</lastmod></url>"
		p[address] = onDay(tt.changed[:10])
		if tt.taken {
			want = append(want, address)
		}
	}
	p[site+"/news-2019-11.xml"] = xml("<urlset>" + list + "</urlset>")
	for _, tt := range []struct {
		way    string
		change func(*source.Source)
	}{
		{crawler.WaySitemaps, func(s *source.Source) { s.Sitemaps = []source.Address{{URL: site + "/news-2019-11.xml"}} }},
		{crawler.WayArchive, func(s *source.Source) { s.Archive = source.Archive{{URL: site + "/news-{yyyy}-{m}.xml"}} }},
	} {
		t.Run(tt.way, func(t *testing.T) {
			if got, _ := walked(t, p, "2019-11-05", "2019-11-06", tt.way, tt.change); !slices.Equal(got, want) {
				t.Errorf("taken %v\nwant %v", got, want)
			}
		})
	}
}

func TestWalkArchive(t *testing.T) {
	p := pages{}
	for d, day := range []string{"2019-11-20", "2019-11-21", "2019-11-22"} {
		for n := range 3 {
			p[fmt.Sprintf("%s/bai-cua-ngay-%d%05d.html", site, d+1, n)] = onDay(day)
		}
		list := func(n int) string { return fmt.Sprintf("/bai-cua-ngay-%d%05d.html", d+1, n) }
		address := site + "/xem-theo-ngay/" + strings.ReplaceAll(hanoi(day).Format("02/01/2006"), "/", "-")
		p[address+"/trang-1"] = html(anchors(list(0), list(1)))
		p[address+"/trang-2"] = html(anchors(list(2)))
		p[address+"/trang-3"] = p[address+"/trang-2"] // as some sites answer for ever
	}
	got, asked := walked(t, p, "2019-11-21", "2019-11-22", crawler.WayArchive, func(s *source.Source) {
		s.Archive = source.Archive{{URL: site + "/xem-theo-ngay/{dd}-{mm}-{yyyy}/trang-{page}"}}
	})
	if len(got) != 6 || strings.Contains(strings.Join(got, " "), "ngay-1") {
		t.Errorf("taken %v", got)
	}
	if slices.ContainsFunc(asked, func(u string) bool { return strings.Contains(u, "trang-4") || strings.Contains(u, "20-11") }) {
		t.Errorf("asked for %v", asked)
	}
}

// TestWalkArchives: an outlet has several archives, of pages and of sitemaps.
func TestWalkArchives(t *testing.T) {
	p := pages{
		site + "/ngay?den=1574355599&p=1&tu=1574269200": html(anchors("/bai-bao-100001.html")), // 21/11/2019
		site + "/ngay?den=1574355599&p=2&tu=1574269200": html(anchors("/bai-bao-100002.html")),
		site + "/ngay?den=1574269199&p=1&tu=1574182800": html(anchors("/bai-bao-100003.html")), // 20/11/2019
		site + "/sitemaps/2019/11/article.xml": xml(`<urlset><url><loc>` + site + `/bai-bao-100004.html</loc><lastmod>2019-11-20T08:00:00+07:00</lastmod></url>
<url><loc>` + site + `/bai-bao-100005.html</loc><lastmod>2019-11-03T08:00:00+07:00</lastmod></url></urlset>`),
		site + "/nam/2019.html": html(anchors("/2019/11/20/bai-bao-100006.html", "/2019/10/20/bai-bao-100007.html")),
	}
	var want []string
	for n := range 7 {
		path := fmt.Sprintf("/bai-bao-%d.html", 100_001+n)
		switch n {
		case 4: // of another day
			continue
		case 5:
			path = "/2019/11/20" + path
		case 6:
			path = "/2019/10/20" + path
			p[site+path] = onDay("2019-10-20")
			continue
		}
		p[site+path] = onDay("2019-11-20")
		want = append(want, site+path)
	}
	got, asked := walked(t, p, "2019-11-20", "2019-11-21", crawler.WayArchive, func(s *source.Source) {
		s.Archive = source.Archive{{URL: site + "/ngay?tu={unix_from}&den={unix_to}&p={page}"}, {URL: site + "/sitemaps/{yyyy}/{m}/article.xml"}, {URL: site + "/nam/{yyyy}.html"}}
	})
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("taken %v\nwant %v\nasked for %v", got, want, asked)
	}
}

// TestWalkNumberedArchive: pages that say nothing but their number are walked back
// until their articles are older than the days.
func TestWalkNumberedArchive(t *testing.T) {
	p := pages{}
	var want []string
	for page := range 12 { // a page a day, from the 30th back
		day := hanoi("2019-11-30").AddDate(0, 0, -page).Format(time.DateOnly)
		var list []string
		for n := range 4 {
			path := fmt.Sprintf("/mot-bai-bao-%d.html", 100_000+page*4+n)
			list = append(list, path)
			p[site+path] = onDay(day)
			if day >= "2019-11-27" && day <= "2019-11-28" {
				want = append(want, site+path)
			}
		}
		p[fmt.Sprintf("%s/dong-thoi-gian/9/%d.htm", site, page+1)] = html(anchors(list...))
	}
	got, asked := walked(t, p, "2019-11-27", "2019-11-28", crawler.WayArchive, func(s *source.Source) {
		s.Archive = source.Archive{{URL: site + "/dong-thoi-gian/9/{page}.htm"}}
	})
	for _, u := range want {
		if !slices.Contains(got, u) {
			t.Errorf("not taken: %s", u)
		}
	}
	if len(got) > len(want)+4 || slices.Contains(asked, site+"/dong-thoi-gian/9/7.htm") {
		t.Errorf("taken %v\nwant %v\nasked for %v", got, want, asked)
	}
}

// TestWalkSections: a section is walked back until its articles are older than
// the days, whether their addresses say their day or they do themselves.
func TestWalkSections(t *testing.T) {
	for _, tt := range []struct {
		name string
		path func(day string, n int) string
	}{
		{"days in addresses", func(day string, n int) string {
			return fmt.Sprintf("/mot-bai-bao-%s10%04d%03d.html", strings.ReplaceAll(day, "-", ""), n, n)
		}},
		{"days in articles", func(_ string, n int) string { return fmt.Sprintf("/mot-bai-bao-%d.html", 100_000+n) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := pages{}
			var inRange []string
			for page := range 12 { // a page a day, from the 30th back
				day := hanoi("2019-11-30").AddDate(0, 0, -page).Format(time.DateOnly)
				var list []string
				for n := range 4 {
					path := tt.path(day, page*4+n)
					list = append(list, path)
					p[site+path] = onDay(day)
					if day >= "2019-11-24" && day <= "2019-11-26" {
						inRange = append(inRange, site+path)
					}
				}
				address := site + "/thoi-su"
				if page > 0 {
					address += fmt.Sprintf("/trang-%d", page+1)
				}
				p[address] = html(anchors(list...) + fmt.Sprintf(`<a href="/thoi-su/trang-%d">%d</a> <a href="/thoi-su/trang-9">9</a>`, page+2, page+2))
			}
			got, asked := walked(t, p, "2019-11-24", "2019-11-26", crawler.WaySections, func(s *source.Source) {
				s.Sections = []source.Address{{URL: site + "/thoi-su"}}
			})
			slices.Sort(inRange)
			for _, u := range inRange {
				if !slices.Contains(got, u) {
					t.Errorf("not taken: %s", u)
				}
			}
			if len(got) > len(inRange)+4 {
				t.Errorf("taken %v, want %v", got, inRange)
			}
			if slices.Contains(asked, site+"/thoi-su/trang-9") {
				t.Errorf("walked on behind the days: %v", asked)
			}
			if n := len(slices.Compact(slices.Clone(asked))); n != len(asked) {
				t.Errorf("asked twice: %v", asked)
			}
		})
	}
}

func TestBackfillOfNoSource(t *testing.T) {
	c := newCrawler(t, crawler.Config{}, crawlertest.NewFrontier(), &taken{})
	if err := c.Backfill(t.Context(), archive{crawlertest.NewFrontier()}, "khong-co.example", crawler.Days{}, crawler.WaySections); err == nil {
		t.Error("no error")
	}
}
