package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sukien/news"
)

// maxLimit bounds the events of one answer.
const maxLimit = 500

// api adds the JSON API, /api/v1/events, /api/v1/events/{id} and the live
// /api/v1/stream, the schemas, and a search as feed and calendar. Errors are
// problem+json (RFC 9457).
func (s *site) api(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/v1/events", s.apiEvents)
	mux.HandleFunc("GET /api/v1/events/{id}", s.apiEvent)
	mux.HandleFunc("GET /api/v1/stream", s.stream)
	mux.HandleFunc("GET /schema/{file}", s.apiSchema)
	mux.HandleFunc("GET /feed.atom", s.atom)
	mux.HandleFunc("GET /feed.json", s.jsonFeed)
	mux.HandleFunc("GET /calendar.ics", s.calendarFile)
}

func (s *site) apiEvents(w http.ResponseWriter, r *http.Request) {
	f, err := filterOf(r.URL.Query())
	if n := r.URL.Query().Get("limit"); n != "" && err == nil {
		if f.Limit, err = strconv.Atoi(n); err != nil || f.Limit < 1 || f.Limit > maxLimit {
			err = errors.Join(news.ErrInvalid, errors.New("limit is a number from 1 to 500"))
		}
	}
	if err != nil {
		s.problem(w, r, err)
		return
	}
	events, next, err := s.read.Events(r.Context(), f)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.json(w, map[string]any{"events": orEmpty(events), "next": next})
}

func orEmpty(events []news.Event) []news.Event {
	if events == nil {
		return []news.Event{}
	}
	return events
}

func (s *site) apiEvent(w http.ResponseWriter, r *http.Request) {
	e, err := s.read.Event(r.Context(), r.PathValue("id"))
	if err != nil {
		s.problem(w, r, err)
		return
	}
	body, err := json.Marshal(e)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.tagged(w, r, "application/json; charset=utf-8", append(body, '\n'))
}

// tagged sends a body with an ETag of its content, or 304 to a reader that has
// it (RFC 9110, section 13).
func (s *site) tagged(w http.ResponseWriter, r *http.Request, kind string, body []byte) {
	sum := sha256.Sum256(body)
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	h.Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

func (s *site) apiSchema(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutSuffix(r.PathValue("file"), ".v1.json")
	schema, err := Schema(name)
	if err != nil || !ok {
		s.problem(w, r, errors.Join(news.ErrNotFound, err))
		return
	}
	w.Header().Set("Content-Type", "application/schema+json")
	if _, err := w.Write(schema); err != nil {
		s.log.Debug("schema not sent", "error", err)
	}
}

func (s *site) json(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		s.log.Debug("answer not sent", "error", err)
	}
}

// problem answers with RFC 9457 problem details.
func (s *site) problem(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	detail := err.Error()
	if status == http.StatusInternalServerError {
		s.log.Error("request", "path", r.URL.Path, "error", err)
		detail = http.StatusText(status)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(map[string]any{"status": status, "title": http.StatusText(status), "detail": detail}); err != nil {
		s.log.Debug("problem not sent", "error", err)
	}
}
