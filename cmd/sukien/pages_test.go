package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"sukien/store"
	"sukien/store/storetest"
	"sukien/web"
)

// reachEvents is how many made-up events the benchmark of the pages looks at,
// instead of a few: 100000 are what the bound of 100 ms is for. reachStore is the
// store.url of the store that has them, which is filled when it is empty, so that
// it serves again; SQLite in a folder of the benchmark when it is not set.
const (
	reachEvents = "SUKIEN_REACH_EVENTS"
	reachStore  = "SUKIEN_REACH_STORE"
)

// madePages are the pages that are looked at; EVENT is the last event's id.
var madePages = []string{
	"/", "/?order=start", "/?unseen=1", "/?kind=talks&order=start", "/?kind=talks", "/?level=national&status=upcoming", "/?words=thuy+loi", "/?words=thủy+lợi&order=start", "/?source=bao-3.example",
	"/?place=Gia+Lai", "/?place=VN", "/?official=Nguyen", "/?place=Gia+Lai&official=Nguyen&kind=conference", "/?series=chuoi-7", "/?from=2025-01-13&to=2025-01-19",
	"/?kind=session", "/?kind=congress&place=Gia+Lai", "/?place=Gia+Lai&kind=talks&words=duong+sat",
	"/events/EVENT", "/calendar", "/calendar?place=Gia+Lai", "/timeline", "/timeline?kind=talks", "/map", "/map?words=thuy+loi",
	"/officials", "/officials?name=nguyen", "/officials?name=Nguyễn+Văn+An", "/officials/Nguy%E1%BB%85n%20V%C4%83n%20An%20An", "/series", "/series/chuoi-7",
	"/search?words=thuy+loi", "/search?words=thủy+lợi", "/search?words=hoi+nghi+duong+sat", "/articles", "/articles?words=thuy+loi", "/articles?source=bao-3.example", "/missed", "/missed?source=bao-3.example",
	"/sources", "/dead", "/api/v1/events", "/api/v1/events?place=Gia+Lai", "/api/v1/articles", "/feed.atom?origin=all", "/feed.json?place=Gia+Lai", "/feed.atom?words=thuy+loi", "/calendar.ics?kind=talks&from=2025-02-01&to=2025-02-07",
}

// BenchmarkPages reports how long the looks at each page over made-up news took,
// and what they cost of the processor, which a busy machine does not change.
// -benchtime 50x gives it some looks.
func BenchmarkPages(b *testing.B) {
	h, last := madeSite(b)
	for _, path := range madePages {
		if path == "/events/EVENT" {
			path = "/events/" + last.ID
		}
		b.Run(path, func(b *testing.B) {
			var took []time.Duration
			used := cpuTime(b)
			for b.Loop() {
				r := httptest.NewRequest("GET", path, nil)
				r.AddCookie(&http.Cookie{Name: "seen", Value: strconv.FormatInt(last.Updated.Add(-72*time.Hour).UnixMilli(), 10)})
				w := httptest.NewRecorder()
				began := time.Now()
				h.ServeHTTP(w, r)
				took = append(took, time.Since(began))
				if w.Code != http.StatusOK {
					b.Fatalf("status %d: %s", w.Code, w.Body)
				}
			}
			b.ReportMetric(float64((cpuTime(b)-used).Microseconds())/1000/float64(len(took)), "cpu-ms")
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// madeSite is a site over made-up news, and the event that changed last: a day
// later it is looked at.
func madeSite(b *testing.B) (http.Handler, *madeLast) {
	b.Helper()
	st := madeStore(b)
	list, _, err := st.Events(b.Context(), store.EventQuery{Limit: 1, ByChange: true})
	if err != nil || len(list) == 0 {
		b.Fatal(list, err)
	}
	last := &madeLast{list[0].ID, list[0].Updated}
	cfg := web.Config{Live: liveStream{}, Ready: func(context.Context) error { return nil }, Log: slog.New(slog.DiscardHandler), Rate: 1e6,
		Now: func() time.Time { return last.Updated.Add(24 * time.Hour) }}
	if err := (&pipeline{settings: &Settings{}, store: st}).teach(&cfg); err != nil {
		b.Fatal(err)
	}
	h, err := web.Handler(b.Context(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	return h, last
}

type madeLast struct {
	ID      string
	Updated time.Time
}

func madeStore(b *testing.B) store.Store {
	b.Helper()
	want := 1_000
	if asked, err := strconv.Atoi(os.Getenv(reachEvents)); err == nil {
		want = asked
	}
	s := &Settings{}
	if s.Store.URL = os.Getenv(reachStore); s.Store.URL == "" {
		s.Store.URL = "sqlite:" + filepath.Join(b.TempDir(), "sukien.db")
	}
	st, err := openStore(b.Context(), s)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := st.Close(); err != nil {
			b.Error(err)
		}
	})
	c, err := st.Counts(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if c.Events == 0 {
		storetest.Fill(b, st, want)
	}
	return st
}
