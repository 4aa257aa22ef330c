package crawler_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sukien/crawler"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

var outlet = &source.Source{Domain: "songha.example", Hosts: []string{"khac.example"}}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, news.Hanoi)

// discover gives the links of a list at https://songha.example/x.
func discover(t *testing.T, s *source.Source, kind, body string) []frontier.Link {
	t.Helper()
	p := &news.Page{URL: "https://songha.example/x", ContentType: "text/html", Body: []byte(body), Fetched: noon}
	links, err := crawler.Discover(s, frontier.Link{URL: p.URL, Kind: kind, Origin: news.Live}, p, noon)
	if err != nil {
		t.Fatal(err)
	}
	return links
}

func urls(links []frontier.Link) []string {
	var out []string
	for _, l := range links {
		out = append(out, l.URL)
	}
	return out
}

func TestArticleShape(t *testing.T) {
	for _, tc := range []struct {
		path string
		want bool
	}{
		{"/hoi-nghi-bo-truong-lan-thu-muoi-4738291.html", true},
		{"/thoi-su/hoi-nghi-20261124091244.htm", true},
		{"/xa-hoi/hop-bao-678354.htm", true},
		{"/kinh-te/khai-mac-dien-dan-kinh-te-tu-nhan-dong-bang-song-cuu-long", true},
		{"/2026/11/24/khai-mac-dien-dan", true},
		{"/tin-tuc/-/view_content/4429205-thong-bao.html", true},
		{"/Pages/tin-tuc.aspx?ItemID=84512", true},
		{"/chi-tiet?newsid=4512", true},
		{"/d7-post12345.html", true},
		{"/", false},
		{"/thoi-su", false},
		{"/thoi-su/chinh-tri.htm", false},
		{"/van-hoa-the-thao-du-lich/", false},
		{"/thong-tin-bao-cao-thong-ke.html", false},
		{"/tag/hoi-nghi-123456.html", false},
		{"/tim-kiem?q=hoi-nghi&id=", false},
		{"/video/ban-tin-trua-1234567.html", false},
		{"/tac-gia/quynh-vy-10234.html", false},
		{"/thoi-su/trang-2.htm", false},
		{"/lich/2026/11/24", false},
		{"/lich/2026/11/24/su-kien-trong-ngay", false},
		{"/vi/en/vi/en/vi/en/bai-viet-123456.html", false},
		{"/a/b/c/d/e/f/g/h/bai-viet-123456.html", false},
		{"/tai-lieu/nghi-quyet-123456.pdf", false},
		{"/anh/123456.jpg", false},
		{"/rss/thoi-su-123456.rss", false},
	} {
		t.Run(tc.path, func(t *testing.T) {
			got := discover(t, outlet, frontier.KindSection, fmt.Sprintf(`<html><body><p><a href="%s">Bài</a></p></body></html>`, tc.path))
			if (len(got) == 1) != tc.want {
				t.Errorf("taken: %v, want %v", urls(got), tc.want)
			}
		})
	}
}

func TestArticlePatternsOfTheSource(t *testing.T) {
	s := &source.Source{Domain: "songha.example", Articles: []string{"/bai/*"}}
	got := discover(t, s, frontier.KindSection, `<html><body><a href="/bai/a">A</a> <a href="/thoi-su/hop-bao-678354.htm">B</a></body></html>`)
	if want := []string{"https://songha.example/bai/a"}; !slices.Equal(urls(got), want) {
		t.Errorf("links %v, want %v", urls(got), want)
	}
}

func TestSectionLinks(t *testing.T) {
	got := discover(t, outlet, frontier.KindSection, `<html><body>
		<a href="/a-100001.html?utm_source=trangchu#binhluan">một</a>
		<a href="https://songha.example/a-100001.html">một nữa</a>
		<a href="http://songha.example/b-100002.html">http</a>
		<a href="https://m.songha.example/c-100003.html">bản di động</a>
		<a href="//khac.example/d-100004.html">máy khác của báo</a>
		<a href="https://bao-khac.example/e-100005.html">báo khác</a>
		<a rel="nofollow" href="/f-100006.html">quảng cáo</a>
		<a href="javascript:void(0)">bấm</a></body></html>`)
	want := []string{"https://songha.example/a-100001.html", "https://songha.example/b-100002.html", "https://songha.example/c-100003.html", "https://khac.example/d-100004.html"}
	if !slices.Equal(urls(got), want) {
		t.Errorf("links\n%s\nwant\n%s", strings.Join(urls(got), "\n"), strings.Join(want, "\n"))
	}
	if l := got[0]; l.Source != "songha.example" || l.Host != "songha.example" || l.Kind != frontier.KindArticle || l.Via != "https://songha.example/x" || !l.Due.Equal(noon) || l.Origin != news.Live {
		t.Errorf("link %+v", l)
	}
	if got := discover(t, outlet, frontier.KindSection, `<html><head><meta name="robots" content="noindex,nofollow"></head><body><a href="/a-100001.html">A</a></body></html>`); len(got) != 0 {
		t.Errorf("links of a nofollow page: %v", urls(got))
	}
}

func TestFeeds(t *testing.T) {
	for _, tc := range []struct{ name, body string }{
		{"RSS 2.0", `<?xml version="1.0"?><rss version="2.0"><channel><title>a</title><item><title>Hội nghị</title><link>https://songha.example/a?utm_source=rss</link><pubDate>Tue, 24 Nov 2026 08:30:00 +0700</pubDate></item></channel></rss>`},
		{"RSS with CDATA and the link in the GUID", `<rss version="2.0"><channel><item><title><![CDATA[A]]></title><guid isPermaLink="true"><![CDATA[ https://songha.example/a ]]></guid><pubDate>Tue, 24 Nov 2026 08:30:00 +0700</pubDate></item></channel></rss>`},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title><entry><title>A</title><link href="/a"/><published>2026-11-24T08:30:00+07:00</published></entry></feed>`},
		{"JSON feed", `{"version":"https://jsonfeed.org/version/1.1","title":"a","items":[{"id":"1","url":"https://songha.example/a","date_published":"2026-11-24T08:30:00+07:00"}]}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := discover(t, outlet, frontier.KindFeed, tc.body)
			if len(got) != 1 || got[0].URL != "https://songha.example/a" {
				t.Fatalf("links %v", urls(got))
			}
			if want := time.Date(2026, 11, 24, 8, 30, 0, 0, news.Hanoi); !got[0].Published.Equal(want) {
				t.Errorf("published %v", got[0].Published)
			}
		})
	}
}

func TestNoList(t *testing.T) {
	for _, tc := range []struct{ name, kind, body, class string }{
		{"HTML instead of a feed", frontier.KindFeed, "<!DOCTYPE html><html><body>Không có</body></html>", "not_feed"},
		{"nothing instead of a feed", frontier.KindFeed, "", "not_feed"},
		{"HTML instead of a sitemap", frontier.KindSitemap, "<html></html>", "not_sitemap"},
		{"an article is no list", frontier.KindArticle, "<html></html>", "invalid"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := &news.Page{URL: "https://songha.example/x", ContentType: "text/html", Body: []byte(tc.body)}
			_, err := crawler.Discover(outlet, frontier.Link{URL: p.URL, Kind: tc.kind}, p, noon)
			var fe *crawler.FetchError
			if !errors.As(err, &fe) || fe.Class != tc.class || !errors.Is(err, news.ErrInvalid) {
				t.Errorf("error %v, want class %s", err, tc.class)
			}
		})
	}
}

func TestSitemapTakesWhatIsFresh(t *testing.T) {
	got := discover(t, outlet, frontier.KindSitemap, `<urlset xmlns:news="n">
		<url><loc>https://songha.example/moi-100001.html</loc><lastmod>2026-11-23</lastmod></url>
		<url><loc>https://songha.example/cu-100002.html</loc><lastmod>2019-11-23</lastmod></url>
		<url><loc>https://songha.example/cu-moi-sua-100003.html</loc><lastmod>2026-11-24T01:00:00Z</lastmod><news:news><news:publication_date>2019-01-01</news:publication_date></news:news></url>
		<url><loc>https://songha.example/khong-ngay-100004.html</loc></url>
		<url><loc>https://songha.example/thoi-su</loc><lastmod>2026-11-24</lastmod></url>
		<url><loc>https://songha.example/ngan</loc><news:news><news:publication_date>2026-11-24</news:publication_date></news:news></url>
		</urlset>`)
	want := []string{"https://songha.example/moi-100001.html", "https://songha.example/cu-moi-sua-100003.html", "https://songha.example/khong-ngay-100004.html", "https://songha.example/ngan"}
	if !slices.Equal(urls(got), want) {
		t.Errorf("links %v, want %v", urls(got), want)
	}
}

// TestSitemapIndexTakesWhatIsFresh: of years of lists those of the last days are
// taken, though all were built anew today.
func TestSitemapIndexTakesWhatIsFresh(t *testing.T) {
	for _, tc := range []struct {
		name  string
		lists []string // "address lastmod", or without
		want  []string
	}{
		{"months", []string{"/news-2026-11.xml 2026-11-24", "/news-2026-10.xml 2026-11-24", "/news-2011-11.xml 2026-11-24"}, []string{"/news-2026-11.xml"}},
		{"months without a change", []string{"/2026/11/article.xml", "/2026/10/article.xml"}, []string{"/2026/11/article.xml"}},
		{"five days", []string{"/sitemaps-2026-11-21-25.xml", "/sitemaps-2026-11-16-20.xml", "/sitemaps-2026-11-11-15.xml"}, []string{"/sitemaps-2026-11-21-25.xml", "/sitemaps-2026-11-16-20.xml"}},
		{"months before years", []string{"/sitemap-article-11-2026-02.xml", "/sitemap-article-10-2026-11.xml"}, []string{"/sitemap-article-11-2026-02.xml"}},
		{"a month not touched any more", []string{"/news-2026-11.xml 2026-11-03"}, nil},
		{"no date in the name", []string{"/moi.xml", "/cu.xml 2019-11-30", "/sua.xml 2026-11-24"}, []string{"/moi.xml", "/sua.xml"}},
		{"numbers", []string{"/s-2500.xml 2020-01-01", "/s-2019.xml 2026-11-24"}, []string{"/s-2019.xml"}},
		{"a year to come is a number", []string{"/s-2048.xml 2026-11-24"}, []string{"/s-2048.xml"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var b strings.Builder
			for _, list := range tc.lists {
				address, changed, _ := strings.Cut(list, " ")
				fmt.Fprintf(&b, "<sitemap><loc>https://songha.example%s</loc><lastmod>%s</lastmod></sitemap>", address, changed)
			}
			index := discover(t, outlet, frontier.KindSitemap, "<sitemapindex>"+b.String()+"</sitemapindex>")
			var got []string
			for _, l := range index {
				got = append(got, strings.TrimPrefix(l.URL, "https://songha.example"))
				if l.Kind != frontier.KindSitemap || l.Hops != 1 {
					t.Errorf("link %+v", l)
				}
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("lists %v, want %v", got, tc.want)
			}
		})
	}
}

func FuzzDiscover(f *testing.F) {
	f.Add("feed", []byte(`<rss version="2.0"><channel><item><link>https://songha.example/a</link></item></channel></rss>`))
	f.Add("section", []byte(`<a href="/a-100001.html">`))
	f.Add("sitemap", []byte(`<urlset><url><loc>https://songha.example/a-100001.html</loc></url></urlset>`))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		p := &news.Page{URL: "https://songha.example/x", ContentType: "text/html", Body: body}
		links, err := crawler.Discover(outlet, frontier.Link{URL: p.URL, Kind: kind}, p, noon)
		var fe *crawler.FetchError
		if err != nil && !errors.As(err, &fe) {
			t.Fatalf("error %v", err)
		}
		for _, l := range links {
			if !outlet.Owns(l.Host) {
				t.Fatalf("link to another site: %s", l.URL)
			}
		}
	})
}
