package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/web"
)

// library is a store in memory.
type library struct {
	events []news.Event
	told   []web.Telling
}

func (l library) Events(_ context.Context, f web.Filter) ([]news.Event, string, error) {
	if f.Cursor == "broken" {
		return nil, "", fmt.Errorf("%w: cursor", news.ErrInvalid)
	}
	if f.Cursor == "c2" {
		return nil, "", nil
	}
	return l.events, "c2", nil
}

func (l library) Event(_ context.Context, id string) (*news.Event, error) {
	for _, e := range l.events {
		if e.ID == id {
			return &e, nil
		}
	}
	return nil, fmt.Errorf("event %s: %w", id, news.ErrNotFound)
}

func (l library) Tellings(context.Context, string) ([]web.Telling, error) { return l.told, nil }
func (l library) Article(_ context.Context, id string) (*news.Article, error) {
	if id != l.told[0].Article.ID {
		return nil, fmt.Errorf("article %s: %w", id, news.ErrNotFound)
	}
	return &l.told[0].Article, nil
}
func (l library) Articles(context.Context, web.ArticleFilter) ([]news.Article, string, error) {
	return []news.Article{l.told[0].Article}, "", nil
}
func (l library) Editions(context.Context) ([]store.SeriesCount, error) {
	return []store.SeriesCount{{Series: "song", Events: 1, Last: "2031-05-21"}}, nil
}
func (l library) Outlets(context.Context) ([]web.Outlet, error) {
	return []web.Outlet{{Domain: "bao.example", Known: 3, LastNew: time.Unix(0, 0)}}, nil
}
func (l library) DeadLetters(context.Context, int) ([]web.DeadLetter, error) {
	return []web.DeadLetter{{ID: 1, Subject: "sukien.article.v1.x", Reason: `<b>no</b>`}}, nil
}

const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>`

func shelf() library {
	when := time.Date(2031, 5, 21, 3, 0, 0, 0, time.UTC)
	e := news.Event{ID: "e1", Revision: 1, FirstSeen: when, Updated: when, IndependentSources: 2, Slots: news.Slots{
		Salience: news.Main, Kind: news.Conference, Name: "Hội nghị Bộ trưởng các nước ven sông về Nước sạch lần thứ 4", Ordinal: 4,
		Start: "2031-05-21", End: "2031-05-22", Status: news.Held, Level: news.International, DateBasis: news.DatePublished,
		Theme:     "Dòng sông chung",
		Places:    []news.Place{{Name: "Trung tâm Hội nghị Sông Xanh", Kind: news.VenuePlace}, {Name: "Viêng Chăn", Country: "LA"}},
		Officials: []news.Official{{Name: "Lê Thị Sông", Title: "Thứ trưởng", Org: "Bộ NN", Role: news.Speaker}, {Name: hostile}},
	},
		Conflicts: []news.Conflict{{Slot: "start", Values: []news.ConflictValue{{Value: "2031-05-21", Sources: []string{"bao.example"}}, {Value: "2031-05-20", Sources: []string{"tin.example"}}}}},
		History:   []news.Revision{{Revision: 1, When: when, Change: news.New, What: []string{"name", "start"}, Cause: "https://bao.example/1.html"}}}
	text := "Trong hai ngày 21, 22/5, tại Viêng Chăn diễn ra Hội nghị Bộ trưởng các nước ven sông.\n" + hostile
	return library{[]news.Event{e}, []web.Telling{{
		Article: news.Article{Title: hostile, Text: text, URL: "javascript:alert(3)", Canonical: "https://bao.example/1.html", Source: "bao.example", Published: "2031-05-21T09:56:42+07:00"},
		Records: []news.Record{{Slots: news.Slots{Evidence: []news.Evidence{{Slot: "start", In: "text", From: 0, To: 23, Rule: "date/day-list"}}}}},
	}}}
}

func serve(t *testing.T) *httptest.Server {
	t.Helper()
	return serveLive(t, t.Context(), silent{})
}

// silent is a stream that no one answers.
type silent struct{}

func (silent) Watch(context.Context, web.Filter, time.Time, func(), func(web.Message) error) error {
	return fmt.Errorf("%w: no NATS", news.ErrTransient)
}

// config is of a site that has everything.
func config(live web.Live) web.Config {
	return web.Config{Read: shelf(), Live: live, Ready: func(context.Context) error { return errors.New("store is away") }, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2031, 5, 22, 5, 0, 0, 0, time.UTC) }, Rate: 1000}
}

func serveLive(t *testing.T, ctx context.Context, live web.Live) *httptest.Server {
	t.Helper()
	h, err := web.Handler(ctx, config(live))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

func get(t *testing.T, url string) (int, http.Header, string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(body)
}

func TestSlotsOfSeveral(t *testing.T) {
	lib := shelf()
	lib.told[0].Records[0].Evidence = append(lib.told[0].Records[0].Evidence, news.Evidence{Slot: "officials[1].title", In: "text", From: 0, To: 5, Rule: "people/office"},
		news.Evidence{Slot: "places[0]", In: "text", From: 6, To: 9, Rule: "place/at"}, news.Evidence{Slot: "parent.name", In: "text", From: 10, To: 12, Rule: "x"})
	cfg := config(silent{})
	cfg.Read = lib
	h, err := web.Handler(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/events/e1", nil))
	for _, want := range []string{"người 2: chức vụ", "nơi 1", "thuộc: tên"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %q in\n%s", want, w.Body)
		}
	}
}

func TestPages(t *testing.T) {
	srv := serve(t)
	tests := []struct {
		path   string
		status int
		has    []string
	}{
		{"/", 200, []string{`lang="vi"`, "21–22/05/2031", "hội nghị", `href="/events/e1?lang=vi"`, "after=c2", `href="/?kind=forum&amp;lang=vi"`, "hôm nay"}},
		{"/?lang=en&kind=conference", 200, []string{`lang="en"`, "conference", `href="/?lang=en" class="on"`, `href="/feed.atom?kind=conference"`}},
		{"/?place=%22%3E%3Cscript%3E&after=", 200, []string{`href="/calendar.ics?place=%22%3E%3Cscript%3E"`}},
		{"/?after=broken", 400, []string{"cursor"}},
		{"/?from=21/5", 400, []string{"2019-11-21"}},
		{"/events/e1", 200, []string{`<mark class="m-start" id="said-start" title="start · date/day-list">Trong hai ngày 21, 22/5</mark>`, `href="#said-start"`, "Nguồn", "2031-05-20", `href="https://bao.example/1.html"`, "21/05/2031 10:00"}},
		{"/events/none", 404, []string{"not found"}},
		{"/calendar", 200, []string{"05/2031", `href="/events/e1?lang=vi"`, `href="/calendar?lang=vi&amp;month=2031-06"`}},
		{"/calendar?month=5/2031", 400, []string{"2026-11"}},
		{"/timeline?lang=en", 200, []string{"Week of 19/05/2031", "<rect", "e1"}},
		{"/map", 200, []string{`<path class="land home"`, "Hoàng Sa", "Trường Sa", "1 sự kiện không có nơi"}},
		{"/officials", 200, []string{"Lê Thị Sông", "Thứ trưởng", `href="/officials/L%C3%AA%20Th%E1%BB%8B%20S%C3%B4ng?lang=vi"`}},
		{"/officials?name=thi+song", 200, []string{"Lê Thị Sông"}},
		{"/officials/L%C3%AA%20Th%E1%BB%8B%20S%C3%B4ng", 200, []string{"Chức vụ qua thời gian", "Bộ NN", "21/05/2031"}},
		{"/series", 200, []string{`href="/series/song?lang=vi"`, "21/05/2031"}},
		{"/series/song", 200, []string{"e1"}},
		{"/search?words=song&lang=en", 200, []string{"In events", "e1", "In articles"}},
		{"/articles", 200, []string{"bao.example"}},
		{"/missed?lang=en", 200, []string{"1 articles looked through"}},
		{"/sources", 200, []string{"bao.example"}},
		{"/dead", 200, []string{"&lt;b&gt;no&lt;/b&gt;", "chỉ đọc kho"}},
		{"/playground", 200, []string{"không có luật"}},
		{"/playground?article=none", 404, nil},
		{"/nowhere", 404, []string{"not found"}},
		{"/api/nowhere", 404, []string{"openapi.json"}},
		{"/export.csv", 200, []string{"\ufeffid,", "Nước sạch"}},
		{"/export.jsonl?kind=nothing", 200, []string{`"id":"e1"`}},
		{"/export.geojson", 200, []string{"FeatureCollection"}},
		{"/api/v1/events/e1/articles", 200, []string{`"rule":"date/day-list"`}},
		{"/api/v1/articles", 200, []string{`"articles":[`}},
		{"/api/v1/series", 200, []string{`"id":"song"`}},
		{"/api/v1/sources", 200, []string{`"domain":"bao.example"`}},
		{"/api/v1/events?limit=x", 400, []string{`"status":400`}},
		{"/api/v1/events?since=x", 400, []string{`"status":400`}},
		{"/static/sukien.css", 200, []string{"prefers-color-scheme"}},
		{"/api/v1/events", 200, []string{`"id":"e1"`, `"next":"c2"`}},
		{"/api/v1/events?limit=0", 400, []string{`"status":400`}},
		{"/api/v1/events/e1", 200, []string{`"revision":1`}},
		{"/api/v1/events/none", 404, []string{`"detail":"event none: not found"`}},
		{"/api/v1/stream", 503, []string{"no NATS"}},
		{"/api/v1/stream?since=yesterday", 400, []string{"2019-11-19"}},
		{"/feed.atom?from=21/5", 400, []string{`"status":400`}},
		{"/calendar.ics?after=broken", 400, []string{`"status":400`}},
		{"/schema/event.v1.json", 200, []string{"independent_sources"}},
		{"/schema/page.v1.json", 404, nil},
		{"/healthz", 204, nil},
		{"/readyz", 503, []string{"store is away"}},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			status, header, body := get(t, srv.URL+tt.path)
			if status != tt.status {
				t.Errorf("status %d, want %d", status, tt.status)
			}
			for _, want := range tt.has {
				if !strings.Contains(body, want) {
					t.Errorf("no %q in\n%s", want, body)
				}
			}
			if kind := header.Get("Content-Type"); strings.HasPrefix(kind, "text/html") && (strings.Contains(body, "<script") || strings.Contains(body, "<img") || strings.Contains(body, `"javascript:`)) || strings.Contains(kind, "json") && !strings.Contains(kind, "jsonl") && strings.Contains(body, "<img") {
				t.Errorf("foreign markup got through:\n%s", body)
			}
			if !strings.HasPrefix(header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Error("no content security policy")
			}
		})
	}
}
