package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"sukien/news"
)

// seenCookie keeps until when a reader has seen the inbox, Unix milliseconds.
const seenCookie = "seen"

// Choice is a value of a filter as a link.
type Choice struct {
	Label, Link string
	On          bool
}

// inboxRow is an event with what it is to this reader.
type inboxRow struct {
	news.Event
	// Fresh is "new" or "updated" when it was found or changed since the reader
	// looked last, else empty.
	Fresh string
}

// inboxPage is what is new.
type inboxPage struct {
	frame
	Rows    []inboxRow
	More    string
	Kinds   []Choice
	Levels  []Choice
	Status  []Choice
	Spans   []Choice
	Orders  []Choice
	Active  []Choice
	Unseen  Choice
	At      int64 // until when all is seen once the button is pressed
	Watched bool  // the button was pressed before
}

func (s *site) inbox(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "events")
	filter, err := filterOf(f.Query)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	filter.ByChange = f.Query.Get("order") != "start"
	seen, err := s.seenOf(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if f.Query.Get("unseen") != "" {
		filter.Since = seen
	}
	events, next, err := s.Read.Events(r.Context(), filter)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	page := inboxPage{frame: f, More: f.Next(next), At: s.Now().UnixMilli(), Watched: !seen.IsZero()}
	for _, e := range events {
		page.Rows = append(page.Rows, inboxRow{e, freshness(&e, seen)})
	}
	page.choices(s.Now())
	s.show(w, http.StatusOK, "events", page)
}

// freshness is what an event is to someone who looked last at seen; who never
// said so is not told that everything is new.
func freshness(e *news.Event, seen time.Time) string {
	switch {
	case seen.IsZero() || !e.Updated.Truncate(time.Millisecond).After(seen):
		return ""
	case e.FirstSeen.After(seen):
		return string(news.New)
	}
	return string(news.Updated)
}

// seenOf is until when the reader has seen the inbox, zero when never: an analyst
// with whatever browser, somebody else with this one.
func (s *site) seenOf(r *http.Request) (time.Time, error) {
	if who := analystOf(r.Context()); who != "" && s.Marks != nil {
		return s.Marks.Seen(r.Context(), who)
	}
	c, err := r.Cookie(seenCookie)
	if err != nil {
		return time.Time{}, nil
	}
	ms, err := strconv.ParseInt(c.Value, 10, 64)
	if err != nil {
		return time.Time{}, nil
	}
	return time.UnixMilli(ms), nil
}

// markSeen notes that all is seen that the page showed.
func (s *site) markSeen(w http.ResponseWriter, r *http.Request) {
	if err := formOf(r); err != nil {
		s.fail(w, r, err)
		return
	}
	at, err := strconv.ParseInt(r.PostForm.Get("at"), 10, 64)
	if now := s.Now().UnixMilli(); err != nil || at > now || at < 0 {
		at = now
	}
	if who := analystOf(r.Context()); who != "" && s.Marks != nil {
		if err := s.Marks.MarkSeen(r.Context(), who, time.UnixMilli(at)); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	http.SetCookie(w, &http.Cookie{Name: seenCookie, Value: strconv.FormatInt(at, 10), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: 365 * 24 * 3600})
	back, err := url.ParseQuery(r.PostForm.Get("back"))
	if err != nil {
		back = url.Values{}
	}
	back.Del("after")
	http.Redirect(w, r, "/?"+back.Encode(), http.StatusSeeOther)
}

// choices fills the filters that are links.
func (p *inboxPage) choices(now time.Time) {
	p.Kinds = choicesOf(p.frame, "kind", news.Kinds)
	p.Levels = choicesOf(p.frame, "level", levels)
	p.Status = choicesOf(p.frame, "status", statuses)
	p.Unseen = Choice{say(p.Lang, "unseen"), p.With("unseen", "1"), p.Query.Get("unseen") != ""}
	if p.Unseen.On {
		p.Unseen.Link = p.With("unseen", "")
	}
	for _, o := range []string{"changed", "start"} {
		on := (p.Query.Get("order") == "start") == (o == "start")
		p.Orders = append(p.Orders, Choice{say(p.Lang, "order "+o), p.With("order", o), on})
	}
	p.spans(now.In(news.Hanoi))
	for _, key := range []string{"words", "place", "official", "series", "source", "kind", "level", "status", "from", "to", "search"} {
		if v := p.Query.Get(key); v != "" {
			label := v
			if key == "kind" || key == "level" || key == "status" {
				label = say(p.Lang, v)
			}
			p.Active = append(p.Active, Choice{Label: say(p.Lang, key) + ": " + label, Link: p.With(key, "")})
		}
	}
}

var (
	levels   = []news.Level{news.International, news.National, news.Ministry, news.Province, news.Commune, news.Organisation}
	statuses = []news.Status{news.Held, news.Upcoming, news.Postponed, news.Cancelled}
)

func choicesOf[T ~string](f frame, key string, values []T) []Choice {
	list := make([]Choice, len(values))
	for i, v := range values {
		list[i] = Choice{say(f.Lang, v), f.With(key, v), f.Query.Get(key) == string(v)}
		if list[i].On {
			list[i].Link = f.With(key, "")
		}
	}
	return list
}

// spans are the days that are asked for most: today, this week, the next 30 days.
func (p *inboxPage) spans(today time.Time) {
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	for _, span := range []struct {
		name     string
		from, to time.Time
	}{{"today", today, today}, {"this week", monday, monday.AddDate(0, 0, 6)}, {"coming", today, today.AddDate(0, 0, 30)}} {
		from, to := span.from.Format(time.DateOnly), span.to.Format(time.DateOnly)
		q := p.frame
		q.Query = url.Values{}
		for k, v := range p.Query {
			q.Query[k] = v
		}
		q.Query.Set("to", to)
		p.Spans = append(p.Spans, Choice{say(p.Lang, span.name), q.With("from", from), p.Query.Get("from") == from && p.Query.Get("to") == to})
	}
}
