package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"sukien/news"
	"sukien/news/lexicon"
)

// Series is a series of meetings: what is known of it beforehand, and what was found.
type Series struct {
	ID, Name, Abbr, Body, Cadence string
	Known                         []Edition
	Events                        int
	// Last is the latest edition known or found, Next when another one is to be
	// expected by the cadence, empty where there is none.
	Last, Next news.Date
	Overdue    bool
	registry   *lexicon.Series
}

// Edition is one meeting of a series.
type Edition struct {
	Ordinal int
	When    news.Date
	Event   *news.Event
	// Alarm says how the event's number and date disagree with the editions known.
	Alarm string
}

// seriesOf reads a series' entry of the lexicon.
func seriesOf(e *lexicon.Entry) Series {
	s := Series{ID: e.ID, Name: e.Name, Abbr: e.Abbr, Body: e.Attr["body"], Cadence: e.Attr["cadence"], registry: e.Series()}
	for _, k := range s.registry.Editions {
		s.Known = append(s.Known, Edition{Ordinal: k.Number, When: k.When})
		s.Last = max(s.Last, k.When)
	}
	return s
}

// found takes the latest start of the series' events.
func (s *Series) found(when news.Date) {
	if !when.HasYear() || len(when) < len("2006-01") || when <= s.Last {
		return
	}
	s.Last = when
	if r := s.registry; r != nil && len(r.Editions) > 0 {
		r.Editions = append(r.Editions, lexicon.Edition{Number: r.Editions[len(r.Editions)-1].Number + 1, When: when})
	}
}

// expect works out when the next edition is due and whether it is overdue, as
// sukien series overdue does.
func (s *Series) expect(now time.Time) {
	if s.registry != nil {
		next, late := s.registry.Overdue(now)
		s.Next, s.Overdue = next.When, late
	}
}

// series lists the series with their editions.
func (s *site) series(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "series")
	list, err := s.allSeries(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if f.Query.Get("overdue") != "" {
		list = slices.DeleteFunc(list, func(x Series) bool { return !x.Overdue })
	}
	late := 0
	for _, x := range list {
		if x.Overdue {
			late++
		}
	}
	s.show(w, http.StatusOK, "series", struct {
		frame
		List []Series
		Late int
	}{f, list, late})
}

// allSeries joins the lexicon's series and the store's, those with most events first.
func (s *site) allSeries(ctx context.Context) ([]Series, error) {
	counts, err := s.Read.Editions(ctx)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	at := map[string]int{}
	var list []Series
	for _, e := range s.Series() {
		at[e.ID] = len(list)
		list = append(list, seriesOf(e))
	}
	for _, c := range counts {
		i, ok := at[c.Series]
		if !ok {
			i = len(list)
			list = append(list, Series{ID: c.Series, Name: c.Series})
		}
		list[i].Events = c.Events
		list[i].found(c.Last)
	}
	for i := range list {
		list[i].expect(now)
	}
	slices.SortStableFunc(list, func(a, b Series) int { return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(b.Last, a.Last)) })
	return list, nil
}

// edition shows one series: known editions and found ones in one list.
func (s *site) edition(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "edition")
	f.Page = "series"
	id := r.PathValue("id")
	x := s.oneSeries(id)
	events, next, err := s.Read.Events(r.Context(), Filter{Series: id, Limit: spanLimit, Cursor: f.Query.Get("after")})
	if err == nil && x.Name == "" && len(events) == 0 {
		err = fmt.Errorf("series %s: %w", id, news.ErrNotFound)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	x.Name = cmp.Or(x.Name, id)
	x.Events = len(events)
	list := x.join(events)
	for i := range list {
		if e := list[i].Event; e != nil {
			list[i].Alarm = s.alarm(e)
		}
	}
	if len(list) > 0 {
		x.found(list[0].When)
	}
	x.expect(s.Now())
	f.Title = x.Name
	s.show(w, http.StatusOK, "edition", struct {
		frame
		S        Series
		Editions []Edition
		More     string
	}{f, x, list, f.Next(next)})
}

// oneSeries is a series of the lexicon, or one that is known by its id alone.
func (s *site) oneSeries(id string) Series {
	for _, e := range s.Series() {
		if e.ID == id {
			return seriesOf(e)
		}
	}
	return Series{ID: id}
}

// join puts the known editions beside the events found, latest first: an event
// of an edition's ordinal is that edition.
func (s Series) join(events []news.Event) []Edition {
	list := slices.Clone(s.Known)
	for i := range events {
		e := &events[i]
		k := slices.IndexFunc(list, func(x Edition) bool { return e.Ordinal > 0 && x.Ordinal == e.Ordinal && x.Event == nil })
		if k < 0 {
			list = append(list, Edition{Ordinal: e.Ordinal, When: e.Start, Event: e})
			continue
		}
		list[k].Event = e
		if e.Start.HasYear() {
			list[k].When = e.Start
		}
	}
	slices.SortStableFunc(list, func(a, b Edition) int { return cmp.Or(cmp.Compare(b.When, a.When), cmp.Compare(b.Ordinal, a.Ordinal)) })
	return list
}
