// Package web shows stored events to their readers: pages in Vietnamese and
// English, the JSON API, feeds, exports and the schemas.
//
//	web.go         what is served, and from what
//	reader.go      what the pages need of the rest of the system
//	pages.go       how a page is made; frame.go: its links and language
//	inbox.go       what is new; event.go: one event with its evidence;
//	desk.go        corrections of it; why.go: why its articles are one event
//	month.go       calendar; timeline.go, region.go: events over time and on a map
//	people.go      officials; editions.go: series of meetings
//	missed.go      articles, and those that the rules missed; search.go
//	outlets.go     how the sources do; letters.go: what could not be processed
//	play.go        the rule playground
//	access.go      tokens, rates; guard.go: what keeps a page from harm
//	api.go         the API and its description; live.go, feed.go, export.go below it
//	calendar.go    events for other programs; csv.go, geojson.go, parquet.go
//	highlight.go   each slot's words marked in the article
//	words.go       how the pages say things; dictionary.go: the pages' own words in two languages
//	schema.go      JSON Schema of RECORD and EVENT, from the types
//
// No markup of a foreign page gets here: everything is text, and html/template
// escapes it. The pages run no script.
package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"sukien/news"
	"sukien/news/lexicon"
)

// Config is what a site is served from.
type Config struct {
	Read Reader
	// Live gives event messages as they are sent.
	Live Live
	// Ready tells whether the process can work (for /readyz).
	Ready func(context.Context) error
	// Explain reads a text by the rules in force; nil where there are none.
	Explain func(context.Context, Sample) (Reading, error)
	// Letters puts dead letters back; nil in a process that only reads the store.
	Letters Letters
	// Desk takes corrections; nil in a process that only reads the store.
	Desk Desk
	// Series are the known series of meetings, Officials the people whose offices
	// are known; may be nil.
	Series    func() []*lexicon.Entry
	Officials func() []*lexicon.Entry
	// Tokens knows the analysts; nil: no token is asked for or looked at.
	Tokens Tokens
	// Marks keeps until when each analyst has seen the inbox; nil in a process that
	// only reads the store. Of who gives no token the browser keeps it.
	Marks Marks
	// Private asks for a token for everything; else only a wrong one is refused.
	Private bool
	// Hosts are the names, in small letters, under which the site is asked for beside
	// localhost and addresses; others are refused. Empty: any name will do.
	Hosts []string
	// Metrics answers /metrics; nil: there are none.
	Metrics http.Handler
	// Rate is how many requests a second a client may make of the API, the feeds
	// and the playground for long; 0: DefaultRate.
	Rate float64
	// Now is the clock; nil: the system's.
	Now func() time.Time
	Log *slog.Logger
}

//go:embed templates static
var files embed.FS

// pageSize is the number of rows of a page.
const pageSize = 50

// site is the handler of everything served.
type site struct {
	Config
	pages map[string]*template.Template
	// life ends the live streams; streams has a place for each of them.
	life    context.Context
	streams chan struct{}
}

// Handler serves pages, API, feeds, schemas and health. Live streams end with
// ctx; other requests are carried to their end. news.ErrInvalid for a Config
// without what every site needs.
func Handler(ctx context.Context, c Config) (http.Handler, error) {
	if c.Read == nil || c.Live == nil || c.Ready == nil || c.Log == nil {
		return nil, fmt.Errorf("%w: web: Read, Live, Ready and Log must be set", news.ErrInvalid)
	}
	if c.Private && c.Tokens == nil {
		return nil, fmt.Errorf("%w: web: private without any tokens: nobody could read it", news.ErrInvalid)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Series == nil {
		c.Series = func() []*lexicon.Entry { return nil }
	}
	s := &site{Config: c, life: ctx, streams: make(chan struct{}, maxStreams)}
	if err := s.parse(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	s.health(mux)
	mux.Handle("GET /static/", http.FileServerFS(files))
	mux.HandleFunc("GET /login", s.loginPage)
	mux.HandleFunc("POST /login", s.login)
	mux.HandleFunc("POST /logout", s.logout)
	known := http.NewServeMux()
	s.routes(known)
	limit := newLimits(c.Rate, c.Now)
	s.outputs(known, limit)
	known.Handle("POST /playground", s.limited(limit, http.HandlerFunc(s.play)))
	mux.Handle("/", s.known(known))
	return s.guard(mux), nil
}

// routes adds the pages.
func (s *site) routes(mux *http.ServeMux) {
	for pattern, page := range map[string]http.HandlerFunc{
		"GET /{$}": s.inbox, "POST /seen": s.markSeen, "GET /events/{id}": s.event, "POST /events/{id}/correct": s.correct,
		"GET /calendar": s.month, "GET /timeline": s.timeline, "GET /map": s.region,
		"GET /officials": s.people, "GET /officials/{name}": s.person,
		"GET /series": s.series, "GET /series/{id}": s.edition,
		"GET /search": s.search, "GET /articles": s.articles, "GET /missed": s.missed,
		"GET /sources": s.outlets, "GET /dead": s.dead, "POST /dead/{id}/{do}": s.deadDo,
		"GET /playground": s.playground,
	} {
		mux.HandleFunc(pattern, page)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, fmt.Errorf("page %s: %w", r.URL.Path, news.ErrNotFound))
	})
}

// health answers whether the process lives and works.
func (s *site) health(mux *http.ServeMux) {
	if s.Metrics != nil {
		mux.Handle("GET /metrics", s.Metrics)
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := s.Ready(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// statusOf maps the sentinels to HTTP.
func statusOf(err error) int {
	for _, m := range []struct {
		is     error
		status int
	}{
		{errToken, http.StatusUnauthorized}, {errRate, http.StatusTooManyRequests},
		{news.ErrNotFound, http.StatusNotFound}, {news.ErrInvalid, http.StatusBadRequest}, {news.ErrForbidden, http.StatusForbidden},
		{news.ErrTooLarge, http.StatusRequestEntityTooLarge}, {news.ErrBusy, http.StatusConflict}, {news.ErrTransient, http.StatusServiceUnavailable},
	} {
		if errors.Is(err, m.is) {
			return m.status
		}
	}
	return http.StatusInternalServerError
}
