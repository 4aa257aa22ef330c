package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/mmcdole/gofeed"

	"sukien/crawler/content"
	"sukien/news"
	"sukien/store"
	"sukien/store/sqlite"
	"sukien/web"
)

// tales are made-up articles, as a reader of the pages finds them in the store.
var tales = []struct{ source, published, title, text string }{
	{"bao-song.example", "2026-11-20T08:00:00+07:00", "Hội nghị toàn quốc về nước sạch nông thôn lần thứ 6",
		"Sáng 20/11, tại Hà Nội, Bộ Nông nghiệp và Môi trường tổ chức Hội nghị toàn quốc về nước sạch nông thôn lần thứ 6. Thứ trưởng Bộ Nông nghiệp và Môi trường Lê Thị Giếng chủ trì hội nghị.\nPhát biểu tại hội nghị, bà Lê Thị Giếng cho biết cả nước còn 300 xã thiếu nước sạch."},
	{"tin-lua.example", "2026-11-20T11:00:00+07:00", "Hội nghị toàn quốc về nước sạch nông thôn lần thứ 6 diễn ra tại Hà Nội",
		"Ngày 20/11/2026, Hội nghị toàn quốc về nước sạch nông thôn lần thứ 6 diễn ra tại Hà Nội. Thứ trưởng Bộ Nông nghiệp và Môi trường Lê Thị Giếng chủ trì hội nghị."},
	{"bao-song.example", "2026-11-21T08:00:00+07:00", "Diễn đàn Kinh tế biển miền Trung năm 2026",
		"Ngày 25/11/2026, tại thành phố Đà Nẵng sẽ diễn ra Diễn đàn Kinh tế biển miền Trung năm 2026 do UBND thành phố Đà Nẵng tổ chức. Chủ tịch UBND thành phố Trần Văn Buồm sẽ phát biểu khai mạc diễn đàn."},
	{"bao-song.example", "2026-11-22T08:00:00+07:00", "Hội thảo khoa học về sâm núi",
		"Ngày 22/11/2026, tại Kon Tum, Sở Khoa học và Công nghệ tỉnh tổ chức Hội thảo khoa học về sâm núi. Giám đốc Sở Nguyễn Văn Sâm chủ trì hội thảo."},
	{"tin-lua.example", "2026-11-23T08:00:00+07:00", "Sau hội nghị, giá lúa vẫn tăng",
		"Giá lúa ở đồng bằng tăng nhẹ. Thương lái cho rằng giá còn tăng."},
}

// shelfSite is what the browser tests look at: a store filled by today's rules.
func shelfSite(t *testing.T) *httptest.Server {
	t.Helper()
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sukien.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	s := &Settings{}
	ext, err := newExtractor(s)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for i, a := range tales {
		url := "https://" + a.source + "/" + strconv.Itoa(i) + ".html"
		page := &news.Page{URL: url, Source: a.source, Fetched: now, Body: []byte(a.title + "\n\n" + a.text), Text: true}
		res, err := content.Strip(*page, content.Options{})
		if err != nil {
			t.Fatal(err)
		}
		art := res.Article
		art.URL, art.Canonical, art.Source, art.PageType, art.Published = url, url, a.source, news.PageArticle, news.Stamp(a.published)
		id, _, err := st.SavePage(t.Context(), store.SavedPage{Page: page, Article: art, Origin: news.Live, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		x := news.Extraction{ArticleID: id, Pack: ext.Pack(), Records: ext.Extract(art), Origin: news.Live}
		if _, err := st.Ingest(t.Context(), x, now.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
		counts := map[string]int{store.CountArticles: 1, store.CountPages: 3, store.DelayCount(20 * time.Minute): 1}
		if err := st.Observe(t.Context(), store.Observation{Source: a.source, Host: a.source, At: now, Counts: counts, State: &store.HostState{Robots: "rules", Pace: 2 * time.Second}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.Bury(t.Context(), store.Letter{Stage: "extract", Subject: "sukien.article.v1.bao", MsgID: "m1", Body: []byte("{}"), Reason: "the article's text is no UTF-8", Tries: 5, When: now}); err != nil {
		t.Fatal(err)
	}
	p := &pipeline{settings: s, store: st}
	cfg := web.Config{Live: liveStream{}, Ready: func(context.Context) error { return nil }, Letters: st, Desk: st, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return now.Add(time.Hour) }, Rate: 1000}
	if err := p.teach(&cfg); err != nil {
		t.Fatal(err)
	}
	h, err := web.Handler(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

// browser is a headless Chromium. Without one the test is skipped, and fails
// under CI.
func browser(t *testing.T) context.Context {
	t.Helper()
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			found = path
			break
		}
	}
	if found == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Chromium: .ci/setup installs one")
		}
		t.Skip("no Chromium: .ci/setup installs one")
	}
	ctx, stop := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(chromedp.ExecPath(found), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir())))
	t.Cleanup(stop)
	drive(t, ctx, chromedp.Navigate("about:blank")) // the browser lives as long as the context of the first step
	ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	return ctx
}

func drive(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// ask gives what an action returns.
func ask[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// scheme makes the browser ask for light or dark pages.
func scheme(t *testing.T, ctx context.Context, value string) {
	t.Helper()
	p := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, p); err != nil {
		t.Fatal(err)
	}
}

// TestReader does in a real browser what a reader does.
func TestReader(t *testing.T) {
	srv, ctx := shelfSite(t), browser(t)
	text := func(css string) string { t.Helper(); return ask(t, ctx, chromedp.Text(chromedp.CSS(css))) }
	holds := func(where, want string) {
		t.Helper()
		if got := text(where); !strings.Contains(got, want) {
			t.Errorf("%s holds no %q:\n%s", where, want, got)
		}
	}
	link := func(label string) chromedp.Action[chromedp.Void] {
		return chromedp.Steps(chromedp.Click(`//main//a[normalize-space()="`+label+`"]`), chromedp.WaitReady(chromedp.CSS("footer")))
	}
	drive(t, ctx, chromedp.Navigate(srv.URL+"/?lang=vi"))
	holds("tbody", "Diễn đàn Kinh tế biển")
	drive(t, ctx, link("hội nghị")) // filter by a link
	holds("tbody", "nước sạch nông thôn")
	if got := text("tbody"); strings.Contains(got, "Diễn đàn") {
		t.Errorf("the filter left a forum in:\n%s", got)
	}
	feed := ask(t, ctx, chromedp.Evaluate[string](`document.querySelector('link[type="application/atom+xml"]').href`))
	parsed, err := gofeed.NewParser().ParseURL(feed)
	if err != nil || len(parsed.Items) != 1 || !strings.Contains(feed, "kind=conference") {
		t.Errorf("subscribed to %s: %+v, %v", feed, parsed, err)
	}
	drive(t, ctx, chromedp.Click(chromedp.CSS("a.event")), chromedp.WaitVisible(chromedp.CSS(".telling"))) // open the event
	for css, want := range map[string]string{"mark.m-name": "Hội nghị toàn quốc về nước sạch", "mark.m-places": "Hà Nội", "mark.m-officials": "Giếng", "mark.m-start": "20/11"} {
		marked := ask(t, ctx, chromedp.Evaluate[string](`Array.from(document.querySelectorAll('`+css+`')).map(m => m.textContent).join(' | ')`))
		if !strings.Contains(marked, want) {
			t.Errorf("%s marks %q, want %q in it", css, marked, want)
		}
	}
	drive(t, ctx, chromedp.Click(chromedp.CSS("a.lang")), chromedp.WaitVisible(chromedp.CSS(`html[lang="en"] .telling`))) // switch language
	holds("dl.slots", "When")
	drive(t, ctx, chromedp.Click(chromedp.CSS(".desk summary")), chromedp.SetValue(chromedp.CSS(".desk select[name=slot]"), "status"), // correct a slot
		chromedp.SetValue(chromedp.CSS(".desk input[name=value]"), "postponed"), chromedp.SetValue(chromedp.CSS(".desk input[name=by]"), "Mai"),
		chromedp.Click(chromedp.CSS(".desk button")), chromedp.WaitVisible(chromedp.CSS("[role=status]")))
	holds("dl.slots", "postponed")
	holds(".rows", "Mai")
	drive(t, ctx, chromedp.SetValue(chromedp.CSS(".undo input[name=by]"), "Lan"))
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(".undo button"))); err != nil {
		t.Fatal(err)
	}
	holds(".rows", "undone")
	drive(t, ctx, chromedp.Navigate(srv.URL+"/playground?lang=vi"), // paste into the playground
		chromedp.SetValue(chromedp.CSS("textarea"), "Sáng 12/10, tại Huế, UBND thành phố tổ chức Hội nghị tổng kết trồng rừng. Chủ tịch UBND thành phố Nguyễn Văn Thông chủ trì."),
		chromedp.SetValue(chromedp.CSS("input[name=published]"), "2026-10-12"),
		chromedp.Click(chromedp.CSS(".paste button")), chromedp.WaitVisible(chromedp.CSS(".found")))
	holds(".found pre", `"start": "2026-10-12"`)
	holds(".telling", "Hội nghị tổng kết trồng rừng")
	holds("main", "Vì sao không")
	drive(t, ctx, chromedp.Navigate(srv.URL+"/missed?lang=vi"))
	holds("main", "Sau hội nghị, giá lúa vẫn tăng")
	drive(t, ctx, chromedp.Navigate(srv.URL+"/dead?lang=vi"), chromedp.Click(chromedp.CSS(".do button")), chromedp.WaitVisible(chromedp.CSS("[role=status]")))
	holds("main", "Không có tin hỏng")
	drive(t, ctx, chromedp.Navigate(srv.URL+"/?lang=vi"), chromedp.Click(chromedp.CSS(".seen button")), chromedp.WaitVisible(chromedp.CSS(".seen a")), link("chỉ những gì chưa xem"))
	holds("main", "Không có gì khớp")
}

// TestReaderByKeyboard reaches an event without a mouse.
func TestReaderByKeyboard(t *testing.T) {
	srv, ctx := shelfSite(t), browser(t)
	drive(t, ctx, chromedp.Navigate(srv.URL+"/?lang=vi"))
	seen := map[string]bool{}
	for range 120 {
		drive(t, ctx, chromedp.KeyEvent("\t"))
		at := ask(t, ctx, chromedp.Evaluate[string](`(e => e.className + ' ' + e.tagName + ' ' + getComputedStyle(e).outlineStyle)(document.activeElement)`))
		if strings.HasPrefix(at, "skip ") {
			seen["skip"] = true
		}
		if !strings.Contains(at, "BODY") && strings.HasSuffix(at, " none") {
			t.Errorf("no outline around %s", at)
		}
		if strings.HasPrefix(at, "event A") {
			seen["event"] = true
			break
		}
	}
	if !seen["skip"] || !seen["event"] {
		t.Fatalf("by tab were reached %v, want the skip link and an event", seen)
	}
	drive(t, ctx, chromedp.KeyEvent("\r"), chromedp.WaitVisible(chromedp.CSS(".telling")))
}

// shots is a folder for pictures of the pages to look at; none are taken when it
// is not set.
const shots = "SUKIEN_TEST_SCREENSHOTS"

// TestScreenshots takes pictures of the pages at three widths, light and dark,
// and holds that none is wider than its window.
func TestScreenshots(t *testing.T) {
	srv, ctx := shelfSite(t), browser(t)
	drive(t, ctx, chromedp.Navigate(srv.URL+"/?lang=vi&kind=conference"))
	event := ask(t, ctx, chromedp.AttributeValue(chromedp.CSS("a.event"), "href")).Value
	pages := map[string]string{
		"inbox": "/?lang=vi", "event": event, "calendar": "/calendar", "timeline": "/timeline", "map": "/map", "officials": "/officials",
		"person": "/officials/L%C3%AA%20Th%E1%BB%8B%20Gi%E1%BA%BFng", "series": "/series", "edition": "/series/asean-summit", "search": "/search?words=hoi",
		"articles": "/articles", "missed": "/missed", "sources": "/sources", "dead": "/dead", "play": "/playground?article=" + news.ArticleID("https://bao-song.example/0.html"),
	}
	for _, value := range []string{"light", "dark"} {
		scheme(t, ctx, value)
		for _, width := range []int64{360, 800, 1280} {
			drive(t, ctx, chromedp.EmulateViewport(width, 900))
			for name, path := range pages {
				drive(t, ctx, chromedp.Navigate(srv.URL+path))
				if ask(t, ctx, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > document.documentElement.clientWidth`)) {
					t.Errorf("%s is wider than %d pixels", name, width)
				}
				if dir := os.Getenv(shots); dir != "" {
					picture := ask(t, ctx, chromedp.FullScreenshot(100))
					if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", name, width, value)), picture, 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}
