package web

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"sukien/news"
)

func itoa(n int) string { return strconv.Itoa(n) }

func str(v any) string { return fmt.Sprint(v) }

func (s *site) parse() error {
	funcs := template.FuncMap{
		"t": say, "dates": dates, "day": day, "moment": moment, "isoTime": isoTime, "span": shortSpan, "slot": slotName, "stamp": stamp,
		"head": func(list []news.Official, n int) []news.Official { return list[:min(n, len(list))] },
		"one":  oneLine, "add": func(a, b int) int { return a + b },
	}
	s.pages = map[string]*template.Template{}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return err
	}
	for _, name := range names {
		page := strings.TrimSuffix(path.Base(name), ".html")
		if page == "layout" || page == "parts" || page == "desk" {
			continue
		}
		t, err := template.New(page).Funcs(funcs).ParseFS(files, "templates/layout.html", "templates/parts.html", "templates/desk.html", "static/region.svg", name)
		if err != nil {
			return fmt.Errorf("page %s: %w", page, err)
		}
		s.pages[page] = t
	}
	return nil
}

// show renders a page whole before it is sent.
func (s *site) show(w http.ResponseWriter, status int, page string, data any) {
	var buf bytes.Buffer
	if err := s.pages[page].ExecuteTemplate(&buf, "layout", data); err != nil {
		s.Log.Error("page", "page", page, "error", err)
		http.Error(w, "the page could not be made; see the log", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Accept-Language, Cookie")
	w.WriteHeader(status)
	if _, err := buf.WriteTo(w); err != nil {
		s.Log.Debug("page not sent", "page", page, "error", err)
	}
}

// fail shows an error page.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	if status == http.StatusInternalServerError {
		s.Log.Error("request", "path", r.URL.Path, "error", err)
		err = errors.New(http.StatusText(status))
	}
	s.show(w, status, "error", struct {
		frame
		Message string
	}{s.frame(r, "error"), err.Error()})
}

// filterOf reads the filters of a request.
func filterOf(q url.Values) (Filter, error) {
	f := Filter{
		Words: q.Get("words"), Place: q.Get("place"), Official: q.Get("official"), Series: q.Get("series"), Source: q.Get("source"),
		Kind: news.Kind(q.Get("kind")), Level: news.Level(q.Get("level")), Status: news.Status(q.Get("status")),
		From: news.Date(q.Get("from")), To: news.Date(q.Get("to")), Saved: q.Get("search"),
		Mentions: q.Get("mentions") != "", ByChange: q.Get("order") == "changed", Limit: pageSize, Cursor: q.Get("after"),
	}
	return f, errors.Join(f.From.Check(), f.To.Check())
}

// safeLink is the article's address when it is one of the web.
func safeLink(a news.Article) string {
	if u := safeURL(a.Canonical); u != "" {
		return u
	}
	return safeURL(a.URL)
}

// safeURL is address when it is one of the web, else empty.
func safeURL(address string) string {
	if u, err := url.Parse(address); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return address
	}
	return ""
}
