package web

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"

	"sukien/news"
)

// frame is what every page has.
type frame struct {
	Lang, Page, Title string
	Query             url.Values
}

// OtherLang is the language that the page is not in.
func (f frame) OtherLang() string {
	if f.Lang == english {
		return vietnamese
	}
	return english
}

// OtherLangLink leads to the same page in the other language.
func (f frame) OtherLangLink() string {
	q := url.Values{}
	for k, v := range f.Query {
		q[k] = v
	}
	q.Set("lang", f.OtherLang())
	return "?" + q.Encode()
}

// SearchAt leads to the page's search in another form.
func (f frame) SearchAt(path string) string {
	q := url.Values{}
	for k, v := range f.Query {
		if k != "lang" && k != "after" && len(v) > 0 && v[0] != "" {
			q[k] = v
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Host is the host name of an address, for a link's text.
func (f frame) Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Hostname()
}

func (s *site) parse() error {
	funcs := template.FuncMap{
		"t": say, "kind": func(lang string, k news.Kind) string { return say(lang, k) },
		"dates": dates, "moment": moment,
		"head": func(list []news.Official, n int) []news.Official { return list[:min(n, len(list))] },
	}
	s.pages = map[string]*template.Template{}
	for _, name := range []string{"events", "event", "articles", "sources", "dead", "error"} {
		t, err := template.New(name).Funcs(funcs).ParseFS(files, "templates/layout.html", "templates/"+name+".html")
		if err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
		s.pages[name] = t
	}
	return nil
}

// frame reads the language: ?lang=, else Accept-Language, else Vietnamese.
func (s *site) frame(r *http.Request, page string) frame {
	lang := r.URL.Query().Get("lang")
	if lang != vietnamese && lang != english {
		lang = vietnamese
		if accept := r.Header.Get("Accept-Language"); len(accept) >= 2 && accept[:2] == english {
			lang = english
		}
	}
	return frame{Lang: lang, Page: page, Title: say(lang, page), Query: r.URL.Query()}
}

// show renders a page whole before it is sent.
func (s *site) show(w http.ResponseWriter, status int, page string, data any) {
	var buf bytes.Buffer
	if err := s.pages[page].ExecuteTemplate(&buf, "layout", data); err != nil {
		s.log.Error("page", "page", page, "error", err)
		http.Error(w, "the page could not be made; see the log", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := buf.WriteTo(w); err != nil {
		s.log.Debug("page not sent", "page", page, "error", err)
	}
}

// fail shows an error page.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	if status == http.StatusInternalServerError {
		s.log.Error("request", "path", r.URL.Path, "error", err)
		err = errors.New(http.StatusText(status))
	}
	f := s.frame(r, "error")
	s.show(w, status, "error", struct {
		frame
		Message string
	}{f, err.Error()})
}

// statusOf maps the sentinels to HTTP.
func statusOf(err error) int {
	for _, m := range []struct {
		is     error
		status int
	}{
		{news.ErrNotFound, http.StatusNotFound}, {news.ErrInvalid, http.StatusBadRequest}, {news.ErrForbidden, http.StatusForbidden},
		{news.ErrTooLarge, http.StatusRequestEntityTooLarge}, {news.ErrBusy, http.StatusConflict}, {news.ErrTransient, http.StatusServiceUnavailable},
	} {
		if errors.Is(err, m.is) {
			return m.status
		}
	}
	return http.StatusInternalServerError
}

// filterOf reads the filters of a request.
func filterOf(q url.Values) (Filter, error) {
	f := Filter{
		Words: q.Get("words"), Place: q.Get("place"), Official: q.Get("official"), Series: q.Get("series"), Source: q.Get("source"),
		Kind: news.Kind(q.Get("kind")), From: news.Date(q.Get("from")), To: news.Date(q.Get("to")),
		Mentions: q.Get("mentions") != "", Limit: pageSize, Cursor: q.Get("after"),
	}
	return f, errors.Join(f.From.Check(), f.To.Check())
}

func (s *site) events(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "events")
	filter, err := filterOf(f.Query)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	events, next, err := s.read.Events(r.Context(), filter)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if next != "" {
		q := r.URL.Query()
		q.Set("after", next)
		next = "/?" + q.Encode()
	}
	s.show(w, http.StatusOK, "events", struct {
		frame
		Kinds  []news.Kind
		Events []news.Event
		Next   string
	}{f, news.Kinds, events, next})
}

// telling is an article as the event page shows it.
type telling struct {
	Link       string
	Published  news.Stamp
	Title      []Piece
	Paragraphs [][]Piece
}

func (s *site) event(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "event")
	e, err := s.read.Event(r.Context(), r.PathValue("id"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	told, err := s.read.Tellings(r.Context(), e.ID)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	f.Title = e.Name
	s.show(w, http.StatusOK, "event", struct {
		frame
		Event    *news.Event
		Tellings []telling
	}{f, e, tellings(told)})
}

func tellings(told []Telling) []telling {
	var out []telling
	for _, t := range told {
		var evidence []news.Evidence
		for _, rec := range t.Records {
			evidence = append(evidence, rec.Evidence...)
		}
		v := telling{Published: t.Article.Published, Paragraphs: Highlight(t.Article.Text, "text", evidence), Link: safeLink(t.Article)}
		if title := Highlight(t.Article.Title, "title", evidence); len(title) > 0 {
			v.Title = title[0]
		}
		out = append(out, v)
	}
	return out
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
	if u, err := url.Parse(address); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
		return address
	}
	return ""
}

func (s *site) articles(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "articles")
	list, err := s.read.Articles(r.Context(), f.Query.Get("words"), pageSize)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "articles", struct {
		frame
		Articles []news.Article
	}{f, list})
}

func (s *site) outlets(w http.ResponseWriter, r *http.Request) {
	list, err := s.read.Outlets(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "sources", struct {
		frame
		Outlets []Outlet
	}{s.frame(r, "sources"), list})
}

func (s *site) dead(w http.ResponseWriter, r *http.Request) {
	list, err := s.read.DeadLetters(r.Context(), pageSize)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "dead", struct {
		frame
		Letters []DeadLetter
	}{s.frame(r, "dead"), list})
}
