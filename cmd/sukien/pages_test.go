package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/store/sqlite"
	"sukien/store/storetest"
	"sukien/web"
)

// BenchmarkPages reports the slowest of several looks at each page over 100,000
// made-up events; less with -short. The reach is 100 ms.
func BenchmarkPages(b *testing.B) {
	st, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "sukien.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	want := 100_000
	if testing.Short() {
		want = 1_000
	}
	storetest.Fill(b, st, want)
	cfg := web.Config{Read: shelf{st}, Live: liveStream{}, Ready: func(context.Context) error { return nil }, Log: slog.New(slog.DiscardHandler), Rate: 1e6,
		Now: func() time.Time { return time.Date(2025, 3, 1, 3, 0, 0, 0, time.UTC) }}
	if err := (&pipeline{settings: &Settings{}, store: st}).teach(&cfg); err != nil {
		b.Fatal(err)
	}
	h, err := web.Handler(b.Context(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	list, _, err := st.Events(b.Context(), store.EventQuery{Limit: 1})
	if err != nil || len(list) == 0 {
		b.Fatal(list, err)
	}
	for _, path := range []string{"/", "/?kind=talks&order=start", "/?words=thuy+loi", "/?place=Gia+Lai&official=Nguyen", "/events/" + list[0].ID, "/calendar", "/timeline", "/map", "/officials", "/officials/Nguy%E1%BB%85n%20V%C4%83n%20An",
		"/series", "/search?words=thuy+loi", "/articles", "/missed", "/sources", "/dead", "/api/v1/events", "/feed.atom?origin=all"} {
		b.Run(path, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				w := httptest.NewRecorder()
				h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
				if w.Code != 200 {
					b.Fatal(fmt.Errorf("%w: %d", news.ErrInvalid, w.Code))
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
