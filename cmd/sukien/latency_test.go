package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"sukien/crawler/crawlertest"
	"sukien/stream"
)

// reachIdle says that the machine is idle, so that the bounds in time are held.
const reachIdle = "SUKIEN_REACH_IDLE"

// oneOutlet serves n invented articles of the first outlet, each on a meeting of
// its own, and gives the settings of a process that crawls it, a page every 20 ms.
func oneOutlet(t *testing.T, n int) *Settings {
	t.Helper()
	const host = "bao-0.example"
	pages, list := map[string]string{}, ""
	for i := range n {
		url, html := inventedArticle(3 * i)
		pages[strings.TrimPrefix(url, "https://"+host)] = html
		list += fmt.Sprintf("<url><loc>%s</loc><lastmod>%s</lastmod></url>\n", url, at.Format(time.RFC3339))
	}
	pages["/sitemap.xml"] = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + list + "</urlset>"
	pages["/robots.txt"] = "User-agent: *\nAllow: /\n"
	proxy, err := crawlertest.NewProxy(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if strings.HasSuffix(r.URL.Path, ".html") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		io.WriteString(w, body)
	}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { proxy.Close() })
	dir := t.TempDir()
	ca := filepath.Join(dir, "ca.pem")
	outlet := "domain: " + host + "\nname: Báo số không\nkind: national\npoliteness: {delay: 20ms}\nsitemaps:\n  - {url: https://" + host + "/sitemap.xml, tried: true}\n"
	if err := errors.Join(os.WriteFile(ca, proxy.CA(), 0o600), os.WriteFile(filepath.Join(dir, host+".yaml"), []byte(outlet), 0o600)); err != nil {
		t.Fatal(err)
	}
	s, _, err := loadSettings("", nil, map[string]any{
		"data_dir": filepath.Join(dir, "data"), "sources_dir": dir, "crawler.proxy": proxy.URL(), "crawler.ca_file": ca, "crawler.allow_private": "127.0.0.0/8", "nats.listen": "", "web.listen": "",
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestPageToSubscriber measures how long it takes from the end of a page's fetch
// until a subscriber has the message of its event, with all stages in this
// process; the trace of the message tells of which page it came.
func TestPageToSubscriber(t *testing.T) {
	const pages = 200
	s := oneOutlet(t, pages)
	spans := tracetest.NewInMemoryExporter()
	traces := sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans))
	roles := []string{roleCrawl, roleExtract, roleStore}
	p, err := openPipeline(t.Context(), s, slog.New(slog.DiscardHandler), roles, tracing{traces, nil})
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	ctx, stop := context.WithCancel(t.Context())
	arrived, subscribed, done := map[string]time.Time{}, make(chan struct{}), make(chan error, 1)
	go func() {
		done <- p.stream.Watch(ctx, stream.Watch{}, func() { close(subscribed) }, func(d stream.Delivery) error {
			if parts := strings.Split(d.Trace, "-"); len(parts) == 4 && arrived[parts[1]].IsZero() {
				arrived[parts[1]] = time.Now()
			}
			return nil
		})
	}()
	<-subscribed
	if err := p.run(t.Context(), roles, true); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(time.Second, stop) // the last ones are on their way
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	var took []time.Duration
	for _, span := range spans.GetSpans() {
		if got := arrived[span.SpanContext.TraceID().String()]; span.Name == "fetch" && !got.IsZero() {
			took = append(took, got.Sub(span.EndTime))
		}
	}
	if len(took) < pages*9/10 {
		t.Fatalf("%d messages came of %d pages", len(took), pages)
	}
	slices.Sort(took)
	p50, p99 := took[len(took)/2], took[len(took)*99/100]
	t.Logf("%d pages: from the end of the fetch to the subscriber p50 %v, p99 %v, most %v", len(took), p50.Round(time.Millisecond), p99.Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond))
	if p99 > 2*time.Second && os.Getenv(reachIdle) != "" {
		t.Errorf("p99 %v, want at most 2s", p99)
	}
}
