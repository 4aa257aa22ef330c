package crawlertest_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"sukien/crawler/crawlertest"
	"sukien/news/viet"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, opts crawlertest.Options) (*crawlertest.Site, *http.Client) {
	t.Helper()
	site, err := crawlertest.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	proxy, err := url.Parse(site.Proxy.URL())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(site.CA())
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	return site, &http.Client{Transport: transport}
}

func get(t *testing.T, c *http.Client, url string) string {
	t.Helper()
	res, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, res.Status, err)
	}
	return string(body)
}

// TestArticlesTellOfTheirMeetings holds the invented articles to what they are
// said to tell: the meeting's name and place stand in the text.
func TestArticlesTellOfTheirMeetings(t *testing.T) {
	for _, now := range []time.Time{start, start.AddDate(0, 0, -22), start.AddDate(0, 1, 7)} {
		site, _ := open(t, crawlertest.Options{Now: now})
		with, without := 0, 0
		for _, a := range site.Articles() {
			text := viet.Fold(a.Title + "\n" + a.Lead + "\n" + strings.Join(a.Body, "\n"))
			if strings.Contains(text, "{{") || a.Published.After(now) || len(a.Body) < 3 {
				t.Errorf("article %d, published %v: %s", a.ID, a.Published, text)
			}
			if a.Meeting == nil {
				without++
				continue
			}
			with++
			for _, slot := range []string{a.Meeting.Place, a.Meeting.Theme} {
				if !strings.Contains(text, viet.Fold(slot)) {
					t.Errorf("article %d does not say %q", a.ID, slot)
				}
			}
			for _, word := range strings.Fields(viet.Fold(a.Meeting.Name)) {
				if !strings.Contains(text, word) {
					t.Errorf("article %d does not name %q: %s", a.ID, a.Meeting.Name, word)
				}
			}
		}
		if with < 18 || without < 4 {
			t.Errorf("%d articles with a meeting, %d without", with, without)
		}
	}
}

func TestSiteAnswersUnderItsOwnNames(t *testing.T) {
	site, client := open(t, crawlertest.Options{Now: start, Delay: 50 * time.Millisecond, Hosts: 2, Pages: 3})
	for _, a := range site.Articles() {
		body := get(t, client, a.URL)
		for _, want := range []string{a.Byline, "Tìm kiếm", `href="/tim-kiem`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", a.URL, want)
			}
		}
	}
	if robots := get(t, client, "http://songha.example/robots.txt"); !strings.Contains(robots, "Crawl-delay: 0.05") {
		t.Errorf("robots.txt: %s", robots)
	}
	if body := get(t, client, "http://h001.example/tin/tin-so-100002.html"); !strings.Contains(body, "(số 2)") {
		t.Error("an article for load lacks its number")
	}
	sources, err := site.Sources()
	if err != nil || len(sources) != 7 {
		t.Errorf("%d sources, %v", len(sources), err)
	}
	if n := len(site.Log()); n != len(site.Articles())+2 {
		t.Errorf("%d requests in the log", n)
	}
}
