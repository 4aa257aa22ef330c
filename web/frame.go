package web

import (
	"net/http"
	"net/url"
	"strings"

	"sukien/news"
)

// frame is what every page has.
type frame struct {
	Lang, Page, Title string
	// Path is where the page is, Query what it was asked.
	Path    string
	Query   url.Values
	Analyst string
	// Signed tells whether there is anything to sign out of.
	Signed bool
}

// places of the navigation: page, path.
var sections = [][2]string{
	{"events", "/"}, {"month", "/calendar"}, {"timeline", "/timeline"}, {"region", "/map"}, {"people", "/officials"}, {"series", "/series"},
	{"articles", "/articles"}, {"missed", "/missed"}, {"sources", "/sources"}, {"dead", "/dead"}, {"play", "/playground"},
}

// Section is a place of the navigation.
type Section struct {
	Page, Path string
	Here       bool
}

// Sections are the places of the navigation.
func (f frame) Sections() []Section {
	list := make([]Section, len(sections))
	for i, s := range sections {
		list[i] = Section{Page: s[0], Path: f.To(s[1]), Here: s[0] == f.Page}
	}
	return list
}

// OtherLang is the language that the page is not in.
func (f frame) OtherLang() string {
	if f.Lang == english {
		return vietnamese
	}
	return english
}

// OtherLangLink leads to the same page in the other language.
func (f frame) OtherLangLink() string { return f.with("lang", f.OtherLang()) }

// To leads to a path in the page's language.
func (f frame) To(path string) string {
	if strings.ContainsRune(path, '?') {
		return path + "&lang=" + f.Lang
	}
	return path + "?lang=" + f.Lang
}

// Event leads to an event. The revision is in the address, so that a browser
// shows a changed event as one that was not visited yet.
func (f frame) Event(e news.Event) string {
	q := url.Values{"lang": {f.Lang}}
	if e.Revision > 1 {
		q.Set("r", itoa(e.Revision))
	}
	return "/events/" + url.PathEscape(e.ID) + "?" + q.Encode()
}

// Person leads to all meetings of an official of that name.
func (f frame) Person(name string) string { return f.To("/officials/" + url.PathEscape(name)) }

// Edition leads to a series.
func (f frame) Edition(id string) string { return f.To("/series/" + url.PathEscape(id)) }

// Place leads to the events at a place.
func (f frame) Place(name string) string { return f.To("/?place=" + url.QueryEscape(name)) }

// With leads to the same page with a parameter set, or without it when empty,
// from its beginning.
func (f frame) With(key, value any) string { return f.with(str(key), str(value)) }

func (f frame) with(key, value string) string {
	q := url.Values{}
	for k, v := range f.Query {
		if k != "after" && len(v) > 0 && v[0] != "" {
			q[k] = v
		}
	}
	q.Set("lang", f.Lang)
	q.Set(key, value)
	if value == "" {
		q.Del(key)
	}
	return f.Path + "?" + q.Encode()
}

// Next leads to the page after a cursor, "" when there is none.
func (f frame) Next(cursor string) string {
	if cursor == "" {
		return ""
	}
	return f.with("after", cursor)
}

// SearchAt leads to the page's search in another form.
func (f frame) SearchAt(path string) string {
	q := url.Values{}
	for k, v := range f.Query {
		if k != "lang" && k != "after" && k != "r" && k != "unseen" && k != "order" && len(v) > 0 && v[0] != "" {
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

// frame reads the language: ?lang=, else Accept-Language, else Vietnamese.
func (s *site) frame(r *http.Request, page string) frame {
	q := r.URL.Query()
	lang := q.Get("lang")
	if lang != vietnamese && lang != english {
		lang = vietnamese
		if accept := r.Header.Get("Accept-Language"); len(accept) >= 2 && accept[:2] == english {
			lang = english
		}
	}
	_, err := r.Cookie(tokenCookie)
	return frame{Lang: lang, Page: page, Title: say(lang, page), Path: r.URL.Path, Query: q, Analyst: analystOf(r.Context()), Signed: err == nil}
}
