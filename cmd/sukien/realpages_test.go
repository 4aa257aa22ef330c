//go:build eval

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/news"
	"sukien/store"
	"sukien/store/sqlite"
)

// proxiedPage is one line of pages-dev.jsonl.
type proxiedPage struct{ Doc, File, URL string }

// evalPages reads the real pages that lie in the folder named by EVAL.
func evalPages(t *testing.T) map[string][]byte {
	t.Helper()
	dir := os.Getenv("EVAL")
	f, err := os.Open(filepath.Join(dir, "pages-dev.jsonl"))
	if err != nil {
		t.Fatalf("set EVAL to the evaluation folder: %v", err)
	}
	defer f.Close()
	pages := map[string][]byte{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var p proxiedPage
		err := json.Unmarshal(in.Bytes(), &p)
		body, rerr := os.ReadFile(filepath.Join(dir, p.File))
		if err := errors.Join(err, rerr); err != nil {
			t.Fatal(err)
		}
		pages[p.URL] = body
	}
	return pages
}

const testFeed = "/sukien-test.rss"

// realSites serves the pages under their own host names, and a feed on each host.
func realSites(pages map[string][]byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch address := r.URL.Scheme + "://" + r.Host + r.URL.RequestURI(); {
		case pages[address] != nil:
			w.Header().Set("Content-Type", "text/html")
			w.Write(pages[address])
		case r.URL.Path == testFeed:
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title><link>http://x</link><description>d</description>`)
			for u := range pages {
				if p, err := url.Parse(u); err == nil && p.Host == r.Host && p.Scheme == r.URL.Scheme {
					fmt.Fprintf(w, "<item><title>t</title><link>%s</link></item>", html.EscapeString(u))
				}
			}
			fmt.Fprint(w, `</channel></rss>`)
		default:
			http.NotFound(w, r)
		}
	}
}

// realWorld is a world whose sources are the outlets of the pages.
func realWorld(t *testing.T, pages map[string][]byte) *world {
	t.Helper()
	proxy, err := crawlertest.NewProxy(realSites(pages))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { proxy.Close() })
	w := &world{t: t, dir: t.TempDir()}
	sources, ca := filepath.Join(w.dir, "sources"), filepath.Join(w.dir, "ca.pem")
	if err := errors.Join(os.Mkdir(sources, 0o750), os.WriteFile(ca, proxy.CA(), 0o600)); err != nil {
		t.Fatal(err)
	}
	feeds := map[string][]string{}
	for u := range pages {
		p, err := url.Parse(u)
		if err != nil {
			t.Fatal(err)
		}
		domain := strings.TrimPrefix(p.Hostname(), "www.")
		if feed := p.Scheme + "://" + p.Host + testFeed; !slices.Contains(feeds[domain], feed) {
			feeds[domain] = append(feeds[domain], feed)
		}
	}
	for domain, list := range feeds {
		text := fmt.Sprintf("domain: %s\nname: %s\nkind: national\npoliteness: {delay: 0s}\nfeeds:\n", domain, domain)
		for _, feed := range list {
			text += fmt.Sprintf("  - {url: %q, known_from: test}\n", feed)
		}
		if err := os.WriteFile(filepath.Join(sources, domain+".yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.setup(proxy.URL(), ca, sources)
	return w
}

// addresses are those of all stored articles of any page type.
func (w *world) addresses() []string {
	w.t.Helper()
	st, err := sqlite.OpenReader(w.t.Context(), filepath.Join(w.data(), "sukien.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer st.Close()
	var urls []string
	for _, kind := range []news.PageType{news.PageArticle, news.PageListing, news.PageMedia, news.PageOther} {
		list, _, err := st.Articles(w.t.Context(), store.ArticleQuery{Limit: 10000, Type: kind})
		if err != nil {
			w.t.Fatal(err)
		}
		for _, a := range list {
			urls = append(urls, a.URL)
		}
	}
	slices.Sort(urls)
	return urls
}

// measured runs sukien and tells what it printed, the time and memory it took.
func (w *world) measured(args ...string) string {
	w.t.Helper()
	cmd, out := w.command(args...)
	began := time.Now()
	if err := cmd.Run(); err != nil {
		w.t.Fatalf("sukien %v: %v\n%s", args, err, out)
	}
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return fmt.Sprintf("%s%.2f s, %.2f s of processor, %d MB at the peak", out, time.Since(began).Seconds(),
		cmd.ProcessState.UserTime().Seconds()+cmd.ProcessState.SystemTime().Seconds(), used.Maxrss/1024)
}

func TestRealPages(t *testing.T) {
	pages := evalPages(t)
	w := realWorld(t, pages)
	t.Log(w.measured("run", "--once"))
	if got := w.addresses(); len(got) != len(pages) {
		for u := range pages {
			if !slices.Contains(got, u) {
				t.Errorf("not stored: %s", u)
			}
		}
	}
	w.mustBeOnce()
	sent := w.sent()["new"]
	out := w.sukien("run", "--once")
	if !strings.Contains(out, "0 pages") {
		t.Errorf("a second run fetched what is not due: %s", out)
	}
	if again := w.sent()["new"]; len(again) != len(sent) {
		t.Errorf("a second run sent %d new", len(again)-len(sent))
	}
}
