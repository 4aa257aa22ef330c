// Package web shows stored events to their readers: pages in Vietnamese and
// English, the JSON API and the schemas.
//
//	web.go        what is served, and from what
//	pages.go      handlers of the pages
//	api.go        handlers of the API
//	live.go       event messages as they are sent, as server-sent events
//	feed.go       a search as Atom, JSON Feed and calendar
//	export.go     events for other programs: calendar.go, geojson.go, parquet.go
//	highlight.go  each slot's words marked in the article
//	words.go      the pages' own words in two languages
//	schema.go     JSON Schema of RECORD and EVENT, from the types
//
// No markup of a foreign page gets here: everything is text, and html/template
// escapes it. The pages run no script.
package web

import (
	"context"
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"sukien/news"
)

// Filter chooses events. Zero fields do not filter.
type Filter struct {
	Words, Place, Official, Series, Source string
	Kind                                   news.Kind
	From, To                               news.Date
	// Mentions takes in events that are only mentioned.
	Mentions bool
	// Limit bounds the page, Cursor continues after the one before.
	Limit  int
	Cursor string
}

// Telling is one article's part in an event.
type Telling struct {
	Article news.Article
	Records []news.Record
}

// Outlet is how one source does.
type Outlet struct {
	Domain              string    `json:"domain"`
	Known, Due, Fetched int       `json:"-"`
	Gone, Failed        int       `json:"-"`
	LastNew             time.Time `json:"last_new"`
}

// DeadLetter is a message that could not be processed.
type DeadLetter struct {
	ID              int64
	Subject, Reason string
	When            time.Time
}

// Reader is what the pages need of the store. Errors wrap news.ErrNotFound for
// ids that do not exist and news.ErrInvalid for bad cursors.
type Reader interface {
	Events(ctx context.Context, f Filter) (events []news.Event, next string, err error)
	// Event gives an event with all of its history.
	Event(ctx context.Context, id string) (*news.Event, error)
	Tellings(ctx context.Context, id string) ([]Telling, error)
	Articles(ctx context.Context, words string, limit int) ([]news.Article, error)
	Outlets(ctx context.Context) ([]Outlet, error)
	DeadLetters(ctx context.Context, limit int) ([]DeadLetter, error)
}

//go:embed templates static
var files embed.FS

// pageSize is the number of rows of a page.
const pageSize = 50

// site is the handler of everything served.
type site struct {
	read  Reader
	live  Live
	log   *slog.Logger
	pages map[string]*template.Template
	// life ends the live streams; streams has a place for each of them.
	life    context.Context
	streams chan struct{}
}

// Handler serves pages, API, feeds, schemas and health. ready tells whether the
// process can work (for /readyz). Live streams end with ctx; other requests are
// carried to their end.
func Handler(ctx context.Context, read Reader, live Live, ready func(context.Context) error, log *slog.Logger) (http.Handler, error) {
	s := &site{read: read, live: live, log: log, life: ctx, streams: make(chan struct{}, maxStreams)}
	if err := s.parse(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.events)
	mux.HandleFunc("GET /events/{id}", s.event)
	mux.HandleFunc("GET /articles", s.articles)
	mux.HandleFunc("GET /sources", s.outlets)
	mux.HandleFunc("GET /dead", s.dead)
	mux.Handle("GET /static/", http.FileServerFS(files))
	s.api(mux)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := ready(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	return guard(mux), nil
}

// guard sets the headers that keep a page from doing what it should not:
// no script, nothing from elsewhere, no framing.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}
