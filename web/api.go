package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"sukien/news"
)

// maxLimit bounds the events of one answer.
const maxLimit = 500

// outputs adds what programs read: the JSON API with its OpenAPI description,
// the live stream, the schemas, feeds and exports. Errors are problem+json (RFC 9457).
func (s *site) outputs(mux *http.ServeMux, limit *limits) {
	inner := http.NewServeMux()
	s.rest(inner)
	inner.HandleFunc("GET /schema/{file}", s.apiSchema)
	inner.HandleFunc("GET /feed.atom", s.atom)
	inner.HandleFunc("GET /feed.json", s.jsonFeed)
	unbuffered := http.NewServeMux()
	unbuffered.HandleFunc("GET /api/v1/stream", s.stream)
	unbuffered.HandleFunc("GET /calendar.ics", s.exportAs("ics"))
	for _, format := range []string{"csv", "jsonl", "geojson", "parquet", "ics"} {
		unbuffered.HandleFunc("GET /export."+format, s.exportAs(format))
	}
	unbuffered.Handle("/", tagged(inner))
	inner.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.problem(w, r, fmt.Errorf("%s %s: %w: /api/v1/openapi.json says what there is", r.Method, r.URL.Path, news.ErrNotFound))
	})
	for _, path := range []string{"/api/", "/schema/", "/feed.atom", "/feed.json", "/calendar.ics", "/export.csv", "/export.jsonl", "/export.geojson", "/export.parquet", "/export.ics"} {
		mux.Handle(path, s.limited(limit, unbuffered))
	}
}

// rest registers the operations, from whose types the description is made.
func (s *site) rest(mux *http.ServeMux) {
	config := huma.DefaultConfig("Sukien", "1")
	config.Info.Description = "Meetings that Vietnamese news tells of. Fields are only ever added within v1; readers ignore what they don't know."
	config.OpenAPIPath, config.DocsPath, config.SchemasPath, config.CreateHooks = "/api/v1/openapi", "", "", nil
	config.Formats = map[string]huma.Format{"application/json": plainJSON, "json": plainJSON}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer", Description: "An analyst's token: sukien analysts add NAME."}}
	config.Security = []map[string][]string{{}, {"token": {}}}
	if s.Private {
		config.Security = config.Security[1:]
	}
	api := humago.New(mux, config)
	operation(s, api, "list-events", "/api/v1/events", "Events that pass a filter, page by page", s.listEvents)
	operation(s, api, "get-event", "/api/v1/events/{id}", "One event with all of its history", s.getEvent)
	operation(s, api, "list-tellings", "/api/v1/events/{id}/articles", "The articles of an event, with the records that are of it and their evidence", s.listTellings)
	operation(s, api, "list-articles", "/api/v1/articles", "Articles, newest saved first", s.listArticles)
	operation(s, api, "list-series", "/api/v1/series", "Series of meetings and how many events of each are known", s.listSeries)
	operation(s, api, "list-sources", "/api/v1/sources", "How the sources do", s.listSources)
	describe(api.OpenAPI())
}

// plainJSON escapes what HTML knows, so that no answer can be taken for a page.
var plainJSON = huma.Format{Marshal: func(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }, Unmarshal: json.Unmarshal}

// operation registers a GET.
func operation[I, O any](s *site, api huma.API, id, path, summary string, do func(context.Context, *I) (*O, error)) {
	huma.Register(api, huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, SkipValidateParams: true,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusTooManyRequests}},
		func(ctx context.Context, in *I) (*O, error) {
			out, err := do(ctx, in)
			if err != nil {
				return nil, s.humaError(path, err)
			}
			return out, nil
		})
}

// humaError is a problem with the status of the error's sentinel.
func (s *site) humaError(path string, err error) error {
	status, detail := s.told(path, err)
	return huma.NewError(status, detail)
}

// told is the status of an error and what its sender is told; what is this
// process's own fault is logged.
func (s *site) told(path string, err error) (status int, detail string) {
	status, detail = statusOf(err), err.Error()
	if status == http.StatusInternalServerError {
		s.Log.Error("request", "path", path, "error", err)
		detail = http.StatusText(status)
	}
	return status, detail
}

// searched keeps the query of a request as it came, which filterOf reads.
type searched struct{ query url.Values }

// Resolve is of huma.Resolver.
func (q *searched) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	q.query = u.Query()
	return nil
}

// eventsInput are the parameters of a list of events.
type eventsInput struct {
	searched
	Words    string `query:"words" doc:"Words of name, theme, places, bodies, officials; with or without diacritics"`
	Place    string `query:"place" doc:"A place's name, or a country's ISO 3166 code"`
	Official string `query:"official" doc:"An official's name or part of it, in whole words"`
	Series   string `query:"series" doc:"A series' key"`
	Source   string `query:"source" doc:"An outlet's domain"`
	Kind     string `query:"kind" doc:"What sort of meeting"`
	Level    string `query:"level" doc:"The standing of those who meet"`
	Status   string `query:"status" doc:"Where the meeting stands"`
	From     string `query:"from" doc:"Events that last beyond this day; 2026-11-21, 2026-11 or 2026"`
	To       string `query:"to" doc:"Events that begin on this day or before"`
	Since    string `query:"since" doc:"Events that changed after this time, RFC 3339"`
	Mentions string `query:"mentions" doc:"1: also events that are only mentioned"`
	Order    string `query:"order" doc:"start: latest start first; changed: last changed first"`
	Limit    string `query:"limit" doc:"Events in an answer, 50 when left out"`
	After    string `query:"after" doc:"The cursor of the answer before"`
}

type eventsOutput struct {
	Body struct {
		Events []news.Event `json:"events"`
		Next   string       `json:"next" doc:"The cursor of the next answer, empty at the end"`
	}
}

func (s *site) listEvents(ctx context.Context, in *eventsInput) (*eventsOutput, error) {
	f, err := filterOf(in.query)
	if err == nil {
		f.Limit, err = limitOf(in.Limit)
	}
	if in.Since != "" && err == nil {
		var ok bool
		if f.Since, ok = news.Stamp(in.Since).Time(); !ok {
			err = fmt.Errorf("since: %w", news.Stamp(in.Since).Check())
		}
	}
	if err != nil {
		return nil, err
	}
	out := &eventsOutput{}
	out.Body.Events, out.Body.Next, err = s.Read.Events(ctx, f)
	if out.Body.Events == nil {
		out.Body.Events = []news.Event{}
	}
	return out, err
}

// limitOf reads the number of rows that are asked for.
func limitOf(text string) (int, error) {
	if text == "" {
		return pageSize, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxLimit {
		return 0, errors.Join(news.ErrInvalid, fmt.Errorf("limit is a number from 1 to %d", maxLimit))
	}
	return n, nil
}

type idInput struct {
	ID string `path:"id" doc:"The event's id"`
}

type eventOutput struct{ Body *news.Event }

func (s *site) getEvent(ctx context.Context, in *idInput) (*eventOutput, error) {
	e, err := s.Read.Event(ctx, in.ID)
	return &eventOutput{e}, err
}

// toldArticle is an article with its records.
type toldArticle struct {
	Article news.Article  `json:"article"`
	Records []news.Record `json:"records"`
}

type tellingsOutput struct {
	Body struct {
		Articles []toldArticle `json:"articles"`
	}
}

func (s *site) listTellings(ctx context.Context, in *idInput) (*tellingsOutput, error) {
	if _, err := s.Read.Event(ctx, in.ID); err != nil {
		return nil, err
	}
	told, err := s.Read.Tellings(ctx, in.ID)
	out := &tellingsOutput{}
	out.Body.Articles = make([]toldArticle, len(told))
	for i, t := range told {
		out.Body.Articles[i] = toldArticle(t)
	}
	return out, err
}

type articlesInput struct {
	Words  string `query:"words" doc:"Words of title and text, with or without diacritics"`
	Source string `query:"source" doc:"An outlet's domain"`
	Missed string `query:"missed" doc:"1: only articles that were read and gave no main record"`
	Limit  string `query:"limit" doc:"Articles in an answer, 50 when left out"`
	After  string `query:"after" doc:"The cursor of the answer before"`
}

type articlesOutput struct {
	Body struct {
		Articles []news.Article `json:"articles"`
		Next     string         `json:"next" doc:"The cursor of the next answer, empty at the end"`
	}
}

func (s *site) listArticles(ctx context.Context, in *articlesInput) (*articlesOutput, error) {
	limit, err := limitOf(in.Limit)
	if err != nil {
		return nil, err
	}
	out := &articlesOutput{}
	out.Body.Articles, out.Body.Next, err = s.Read.Articles(ctx, ArticleFilter{Words: in.Words, Source: in.Source, NoMain: in.Missed != "", Limit: limit, Cursor: in.After})
	if out.Body.Articles == nil {
		out.Body.Articles = []news.Article{}
	}
	return out, err
}

// seriesItem is a series in the API.
type seriesItem struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Body    string    `json:"body,omitempty" doc:"Who meets"`
	Cadence string    `json:"cadence,omitempty"`
	Events  int       `json:"events" doc:"Events found"`
	Last    news.Date `json:"last,omitempty" doc:"The latest edition known or found"`
	Next    news.Date `json:"next,omitempty" doc:"When another is to be expected by the cadence"`
	Overdue bool      `json:"overdue,omitempty"`
}

type seriesOutput struct {
	Body struct {
		Series []seriesItem `json:"series"`
	}
}

func (s *site) listSeries(ctx context.Context, _ *struct{}) (*seriesOutput, error) {
	list, err := s.allSeries(ctx)
	out := &seriesOutput{}
	out.Body.Series = make([]seriesItem, len(list))
	for i, x := range list {
		out.Body.Series[i] = seriesItem{x.ID, x.Name, x.Body, x.Cadence, x.Events, x.Last, x.Next, x.Overdue}
	}
	return out, err
}

type sourcesOutput struct {
	Body struct {
		Sources []Outlet `json:"sources"`
	}
}

func (s *site) listSources(ctx context.Context, _ *struct{}) (*sourcesOutput, error) {
	list, err := s.Read.Outlets(ctx)
	out := &sourcesOutput{}
	if out.Body.Sources = list; list == nil {
		out.Body.Sources = []Outlet{}
	}
	return out, err
}

// tagged gives answers an ETag of their content, and 304 to a reader that has
// them (RFC 9110, section 13).
func tagged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held := &heldAnswer{header: w.Header(), status: http.StatusOK}
		next.ServeHTTP(held, r)
		if held.status != http.StatusOK || r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.WriteHeader(held.status)
			w.Write(held.body.Bytes()) //nolint:errcheck // the reader is gone; there is nothing to tell
			return
		}
		sum := sha256.Sum256(held.body.Bytes())
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(held.body.Bytes()))
	})
}

// heldAnswer keeps an answer until its tag is known.
type heldAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *heldAnswer) Header() http.Header         { return h.header }
func (h *heldAnswer) WriteHeader(status int)      { h.status = status }
func (h *heldAnswer) Write(b []byte) (int, error) { return h.body.Write(b) }

func (s *site) apiSchema(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutSuffix(r.PathValue("file"), ".v1.json")
	schema, err := Schema(name)
	if err != nil || !ok {
		s.problem(w, r, errors.Join(news.ErrNotFound, err))
		return
	}
	s.send(w, "application/schema+json", schema)
}

// send writes a whole body.
func (s *site) send(w http.ResponseWriter, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	if _, err := w.Write(body); err != nil {
		s.Log.Debug("answer not sent", "error", err)
	}
}

// problem answers with RFC 9457 problem details.
func (s *site) problem(w http.ResponseWriter, r *http.Request, err error) {
	status, detail := s.told(r.URL.Path, err)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(map[string]any{"status": status, "title": http.StatusText(status), "detail": detail}); err != nil {
		s.Log.Debug("problem not sent", "error", err)
	}
}
