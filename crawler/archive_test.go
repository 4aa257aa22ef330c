package crawler_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sukien/crawler"
	"sukien/crawler/crawlertest"
	"sukien/crawler/source"
	"sukien/crawler/warc"
)

// archived crawls a site once with an archive, and gives the addresses and
// blocks of its responses in order.
func archived(t *testing.T, p pages, limits crawler.Limits) (urls []string, blocks map[string]string) {
	t.Helper()
	dir := t.TempDir()
	w, err := warc.Open(dir, warc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	proxy, err := crawlertest.NewProxy(p)
	if err != nil {
		t.Fatal(err)
	}
	none := time.Duration(0)
	s := &source.Source{Domain: "songha.example", Sections: []source.Address{{URL: "http://songha.example/"}}, Politeness: source.Politeness{Delay: &none}}
	c := newCrawler(t, crawler.Config{Sources: []*source.Source{s}, Proxy: proxy.URL(), AllowPrivate: []string{"127.0.0.1"}, UserAgent: "SukienBot/1.0", Limits: limits, Archive: w},
		crawlertest.NewFrontier(), &taken{})
	if err := c.RunOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := proxy.Close(); err != nil {
		t.Error(err)
	}
	return responses(t, dir)
}

// responses reads the answers of a folder's only file with the standard library alone.
func responses(t *testing.T, dir string) (urls []string, blocks map[string]string) {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil || len(list) != 1 {
		t.Fatalf("files %v, %v", list, err)
	}
	data, err := os.ReadFile(list[0])
	if err != nil {
		t.Fatal(err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	blocks = map[string]string{}
	for _, rec := range strings.Split(string(text), "WARC/1.1\r\n")[1:] {
		head, block, _ := strings.Cut(rec, "\r\n\r\n")
		_, url, _ := strings.Cut(head, "WARC-Target-URI: ")
		url, _, _ = strings.Cut(url, "\r\n")
		if strings.Contains(head, "msgtype=response") {
			urls = append(urls, url)
			blocks[url] = head + "\r\n\r\n" + block
		}
	}
	return urls, blocks
}

func TestArchive(t *testing.T) {
	packed := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		zip := gzip.NewWriter(w)
		fmt.Fprintf(zip, "<html><body>%s</body></html>", story)
		zip.Close()
	}
	noarchive := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Robots-Tag", "noarchive")
		html(story)(w, r)
	}
	urls, blocks := archived(t, pages{
		"http://songha.example/":              html(`<a href="/a-100001.html">a</a> <a href="/b-100002.html">b</a> <a href="/c-100003.html">c</a> <a href="/d-100004.html">d</a> <a href="/e-100005.html">e</a> <a href="/f-100006.html">f</a>`),
		"http://songha.example/a-100001.html": packed,
		"http://songha.example/b-100002.html": noarchive,
		"http://songha.example/c-100003.html": html(`<meta name="robots" content="noarchive">` + story),
		"http://songha.example/d-100004.html": moved(301, "/a-100001.html"),
		"http://songha.example/f-100006.html": html(strings.Repeat("dài ", 100_000)),
	}, crawler.Limits{Body: 200_000})
	slices.Sort(urls)
	want := []string{"http://songha.example/", "http://songha.example/a-100001.html", "http://songha.example/d-100004.html",
		"http://songha.example/e-100005.html", "http://songha.example/f-100006.html", "http://songha.example/robots.txt"}
	if !slices.Equal(urls, want) {
		t.Errorf("archived %v\nwant %v", urls, want)
	}
	for url, says := range map[string]string{
		"http://songha.example/a-100001.html": "Content-Encoding: gzip", "http://songha.example/d-100004.html": "HTTP/1.1 301 Moved Permanently",
		"http://songha.example/e-100005.html": "HTTP/1.1 404 Not Found", "http://songha.example/f-100006.html": "WARC-Truncated: length",
	} {
		if !strings.Contains(blocks[url], says) {
			t.Errorf("%s: no %q in\n%.600s", url, says, blocks[url])
		}
	}
	_, body, _ := strings.Cut(blocks["http://songha.example/a-100001.html"], "\r\n\r\nHTTP")
	_, body, _ = strings.Cut(body, "\r\n\r\n")
	if zip, err := gzip.NewReader(strings.NewReader(strings.TrimSuffix(body, "\r\n\r\n"))); err != nil {
		t.Errorf("the body is not as it was sent: %v", err)
	} else if text, err := io.ReadAll(zip); err != nil || !strings.Contains(string(text), story) {
		t.Errorf("the body is not as it was sent: %q, %v", text, err)
	}
}
