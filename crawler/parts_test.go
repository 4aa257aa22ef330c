package crawler_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/crawler/frontier"
	"sukien/news"
)

// part is the n-th part of an article, with a link to the next one.
func part(n int, next string) string {
	out := fmt.Sprintf("<h1>Khai mạc hội nghị</h1><p>Phần thứ %d: các đại biểu thảo luận tại Hà Nội về kế hoạch phát triển của tỉnh Sông Hà trong năm tới.</p>", n)
	out += fmt.Sprintf("<p>Đến cuối phần %d, hội nghị nghe ý kiến của nhiều hợp tác xã về giống lúa, thủy lợi và giá nông sản.</p>", n)
	if next != "" {
		out += fmt.Sprintf(`<p><a rel="next" href="%s">Trang sau</a></p>`, next)
	}
	return out
}

func TestArticleInPartsIsJoined(t *testing.T) {
	const first = "http://songha.example/a-100001.html"
	for _, tc := range []struct {
		name, second, third string
		want                int // parts
	}{
		{"in the path", "/a-100001-p2.html", "/a-100001-p3.html", 3},
		{"in the query", "/a-100001.html?page=2", "/a-100001.html?page=3", 3},
		{"back to the first", "/a-100001-p2.html", "/a-100001.html", 2},
		{"another article", "/b-100002.html", "", 1},
		{"an article whose number is longer", "/a-1000012.html", "", 1},
		{"another host", "http://tin.songha.example/a-100001-p2.html", "", 1},
		{"a part that is gone", "/a-100001-p2.html", "/a-100001-p4.html", 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			at := func(ref string) string {
				if strings.HasPrefix(ref, "http") {
					return ref
				}
				return "http://songha.example" + ref
			}
			p := pages{"http://songha.example/": html(`<a href="/a-100001.html">a</a>`)}
			if tc.third != "" && tc.name != "a part that is gone" {
				p[at(tc.third)] = html(part(3, ""))
			}
			p[at(tc.second)] = html(part(2, tc.third))
			p[first] = html(part(1, tc.second))
			_, sink, _ := crawlOf(t, p, nil)
			if sink.pages[first] != 1 || len(sink.pages) != 1 {
				t.Fatalf("taken %v, want the first part's address once", sink.pages)
			}
			if got := max(sink.parts[first], 1); got != tc.want {
				t.Errorf("%d parts are told, want %d", got, tc.want)
			}
			for n := 1; n <= 3; n++ {
				if got := strings.Count(sink.texts[first], fmt.Sprintf("Phần thứ %d", n)); got != min(max(tc.want-n+1, 0), 1) {
					t.Errorf("part %d stands %d times in the text:\n%s", n, got, sink.texts[first])
				}
			}
		})
	}
}

func TestPartsAreBoundedAndObeyRobots(t *testing.T) {
	const first = "http://songha.example/a-100001.html"
	asked := 0
	p := pages{
		"http://songha.example/": html(`<a href="/a-100001.html">a</a>`),
		first:                    html(part(1, "/a-100001.html?page=2")),
	}
	for n := 2; n <= 40; n++ {
		p[fmt.Sprintf("%s?page=%d", first, n)] = func(w http.ResponseWriter, r *http.Request) {
			asked++
			html(part(n, fmt.Sprintf("/a-100001.html?page=%d", n+1)))(w, r)
		}
	}
	if crawlOf(t, p, nil); asked != 19 {
		t.Errorf("%d further parts fetched, want 19", asked)
	}
	asked = 0
	p["http://songha.example/robots.txt"] = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "User-agent: *\nDisallow: /*?page=")
	}
	f, sink, _ := crawlOf(t, p, nil)
	if asked != 0 || sink.pages[first] != 1 {
		t.Errorf("%d disallowed parts fetched, %d articles", asked, sink.pages[first])
	}
	if _, result, _ := f.Link(first); result != frontier.ResultFetched {
		t.Errorf("the article: %s", result)
	}
}

func TestWhole(t *testing.T) {
	const first = "http://songha.example/a-100001.html"
	served := map[string]string{
		first:                                    part(1, "/a-100001-p2.html"),
		"http://songha.example/a-100001-p2.html": part(2, "/a-100001-p3.html"),
		"http://songha.example/a-100001-p3.html": part(3, "/a-100001.html"),
	}
	fetch := func(_ context.Context, u string) (*news.Page, error) {
		body, ok := served[u]
		if !ok {
			return nil, news.ErrNotFound
		}
		return &news.Page{URL: u, Body: []byte(body)}, nil
	}
	for _, tc := range []struct {
		name, without string
		want          int
	}{{"all parts", "", 3}, {"the last is missing", "http://songha.example/a-100001-p3.html", 2}} {
		t.Run(tc.name, func(t *testing.T) {
			delete(served, tc.without)
			page, err := fetch(t.Context(), first)
			if err != nil {
				t.Fatal(err)
			}
			res, err := content.Strip(*page, content.Options{Explain: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := crawler.Whole(t.Context(), fetch, res, content.Options{Explain: true}); (err != nil) != (tc.without != "") {
				t.Errorf("error %v", err)
			}
			if n := strings.Count(res.Article.Text, "Phần thứ"); n != tc.want || res.Parts != tc.want {
				t.Errorf("%d parts in the text, %d counted, want %d", n, res.Parts, tc.want)
			}
		})
	}
}
