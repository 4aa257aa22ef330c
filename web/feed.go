package web

import (
	"context"
	"encoding/xml"
	"html"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/feeds"
	"sukien/news"
)

const (
	// feedItems is the number of events of a feed.
	feedItems = 50
	// feedPages bounds the store's pages looked through for them.
	feedPages = 10
)

// found is a search's events with where the feed and its pages are.
type found struct {
	self, home, base string
	events           []news.Event
}

// feedSearch answers a feed's request: the last changed of the events that a search
// gives first. A backfill floods no feed: only events found live are in it, all
// with origin=all.
func (s *site) feedSearch(r *http.Request) (*found, error) {
	q := r.URL.Query()
	f, err := filterOf(q)
	if err != nil {
		return nil, err
	}
	f.Limit = feedItems
	wanted := func(e *news.Event) bool { return e.Origin == news.Live || q.Get("origin") == "all" }
	var list []news.Event
	err = s.eachPage(r.Context(), f, feedPages, func(page []news.Event) (bool, error) {
		for i := range page {
			if wanted(&page[i]) && len(list) < feedItems {
				list = append(list, page[i])
			}
		}
		return len(list) < feedItems, nil
	})
	slices.SortStableFunc(list, func(a, b news.Event) int { return b.Updated.Compare(a.Updated) })
	base := "http://"
	if r.TLS != nil {
		base = "https://"
	}
	base += r.Host
	return &found{self: base + r.URL.RequestURI(), home: strings.TrimSuffix(base+"/?"+r.URL.RawQuery, "?"), base: base, events: list}, err
}

// eachPage hands on at most pages pages of a search, until take wants no more.
func (s *site) eachPage(ctx context.Context, f Filter, pages int, take func([]news.Event) (more bool, err error)) error {
	for range pages {
		list, next, err := s.Read.Events(ctx, f)
		if err != nil {
			return err
		}
		if more, err := take(list); err != nil || !more || next == "" {
			return err
		}
		f.Cursor = next
	}
	return nil
}

// feed is the search as gorilla/feeds has it. Text of pages goes into Atom's
// summary, which readers show as HTML: it is escaped.
func (d *found) feed() *feeds.Feed {
	out := &feeds.Feed{Title: "Sukien: sự kiện", Link: &feeds.Link{Href: d.home}, Author: &feeds.Author{Name: "Sukien"}, Updated: time.Unix(0, 0).UTC()}
	for i := range d.events {
		e := &d.events[i]
		if e.Updated.After(out.Updated) {
			out.Updated = e.Updated
		}
		out.Add(&feeds.Item{Id: "urn:sukien:event:" + e.ID, Title: oneLine(e.Name), Link: &feeds.Link{Href: d.base + "/events/" + e.ID},
			Created: e.FirstSeen, Updated: e.Updated, Description: html.EscapeString(feedText(e))})
	}
	return out
}

// feedText tells when, where and who.
func feedText(e *news.Event) string {
	when := string(e.Start)
	if e.End != "" {
		when += "/" + string(e.End)
	}
	var parts []string
	for _, p := range []string{string(e.Kind), when, e.StartTime, string(e.Status), strings.Join(placeNames(e), ", "), strings.Join(officialLines(e), "; ")} {
		if p = oneLine(p); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}

func (s *site) atom(w http.ResponseWriter, r *http.Request) {
	d, err := s.feedSearch(r)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	feed := (&feeds.Atom{Feed: d.feed()}).AtomFeed()
	feed.Id, feed.Link = d.self, &feeds.AtomLink{Href: d.self, Rel: "self"}
	for i, entry := range feed.Entries {
		entry.Published = d.events[i].FirstSeen.UTC().Format("2006-01-02T15:04:05Z07:00")
	}
	body, err := xml.Marshal(feed)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.send(w, "application/atom+xml; charset=utf-8", append([]byte(xml.Header), body...))
}

func (s *site) jsonFeed(w http.ResponseWriter, r *http.Request) {
	d, err := s.feedSearch(r)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	feed := (&feeds.JSON{Feed: d.feed()}).JSONFeed()
	feed.FeedUrl, feed.Language = d.self, "vi"
	for i, item := range feed.Items {
		item.Summary, item.ContentText = "", feedText(&d.events[i])
	}
	text, err := feed.ToJSON()
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.send(w, "application/feed+json; charset=utf-8", []byte(text))
}
