package web

import (
	"fmt"
	"net/http"
	"time"

	"sukien/news"
)

// spanLimit bounds the events that a calendar, a timeline or a map shows.
const spanLimit = 500

// monthDay is a day of a calendar page.
type monthDay struct {
	Day    int
	Date   news.Date
	Out    bool // of another month
	Today  bool
	Events []news.Event
}

// month shows a month's events by day; ?month=2026-11, this month without.
func (s *site) month(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "month")
	today := s.Now().In(news.Hanoi)
	first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC)
	if m := f.Query.Get("month"); m != "" {
		t, err := time.Parse("2006-01", m)
		if err != nil {
			s.fail(w, r, fmt.Errorf("%w: month %q: write 2026-11", news.ErrInvalid, m))
			return
		}
		first = t
	}
	filter, err := filterOf(f.Query)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	last := first.AddDate(0, 1, -1)
	filter.From, filter.To, filter.Limit, filter.ByChange = news.Date(first.Format(time.DateOnly)), news.Date(last.Format(time.DateOnly)), spanLimit, false
	events, next, err := s.Read.Events(r.Context(), filter)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	weeks, loose := monthWeeks(first, news.Date(today.Format(time.DateOnly)), events)
	f.Title = say(f.Lang, "month") + " " + first.Format("01/2006")
	s.show(w, http.StatusOK, "month", struct {
		frame
		Weeks         [][]monthDay
		Loose         []news.Event
		Before, After string
		Name          string
		Days          []string
		Whole         bool
	}{f, weeks, loose, f.With("month", first.AddDate(0, -1, 0).Format("2006-01")), f.With("month", first.AddDate(0, 1, 0).Format("2006-01")),
		first.Format("01/2006"), weekdays(f.Lang), next == ""})
}

func weekdays(lang string) []string {
	if lang == english {
		return []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	}
	return []string{"Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7", "CN"}
}

// monthWeeks puts events into the days they last; loose are those of which only
// the month is known.
func monthWeeks(first time.Time, today news.Date, events []news.Event) (weeks [][]monthDay, loose []news.Event) {
	byDay := map[news.Date][]news.Event{}
	for _, e := range events {
		from, to, ok := daysOf(&e)
		if !ok {
			loose = append(loose, e)
			continue
		}
		for d, n := from, 0; !d.After(to) && n < 62; d, n = d.AddDate(0, 0, 1), n+1 {
			key := news.Date(d.Format(time.DateOnly))
			byDay[key] = append(byDay[key], e)
		}
	}
	day := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	for end := first.AddDate(0, 1, 0); day.Before(end); {
		week := make([]monthDay, 7)
		for i := range week {
			date := news.Date(day.Format(time.DateOnly))
			week[i] = monthDay{Day: day.Day(), Date: date, Out: day.Month() != first.Month(), Today: date == today}
			if !week[i].Out {
				week[i].Events = byDay[date]
			}
			day = day.AddDate(0, 0, 1)
		}
		weeks = append(weeks, week)
	}
	return weeks, loose
}

// daysOf are the first and last day of an event; ok is false when its day is not known.
func daysOf(e *news.Event) (from, to time.Time, ok bool) {
	from, err := time.Parse(time.DateOnly, string(e.Start))
	if err != nil {
		return from, to, false
	}
	to = from
	if end, err := time.Parse(time.DateOnly, string(e.End)); err == nil && end.After(from) {
		to = end
	}
	return from, to, true
}
