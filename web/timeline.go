package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"sukien/news"
)

// timelineDays is how far a timeline goes back and forth from today when no days are asked for.
const timelineDays = 42

// timelineWeek is a week of a timeline, from its Monday.
type timelineWeek struct {
	Monday, Sunday news.Date
	Events         []news.Event
	// X and Height place its bar in the picture, in units of the picture.
	X, Height, Y float64
	Now          bool
}

const (
	barWidth  = 10.0
	barHeight = 60.0
	// leastWeeks have room in the picture, so that a few bars are no walls.
	leastWeeks = 26
)

// timeline shows a search's events week by week, with a bar for each week.
func (s *site) timeline(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "timeline")
	filter, err := filterOf(f.Query)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	events, next, err := s.span(r.Context(), &filter, timelineDays)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	weeks, most := timelineWeeks(events, mondayOf(s.Now().In(news.Hanoi)))
	s.show(w, http.StatusOK, "timeline", struct {
		frame
		Begin, Until news.Date
		Weeks        []timelineWeek
		Width        float64
		Most, Held   int
		More         string
	}{f, filter.From, filter.To, weeks, barWidth * float64(max(len(weeks), leastWeeks)), most, len(events), f.Next(next)})
}

// span gives a filter's events; of a filter without days those of so many days
// before and after today, which are put into it.
func (s *site) span(ctx context.Context, filter *Filter, days int) (events []news.Event, next string, err error) {
	if filter.From == "" && filter.To == "" {
		today := s.Now().In(news.Hanoi)
		filter.From, filter.To = dateOf(today.AddDate(0, 0, -days)), dateOf(today.AddDate(0, 0, days))
	}
	filter.Limit, filter.ByChange = spanLimit, false
	return s.Read.Events(ctx, *filter)
}

func mondayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, 0, 0, 0, 0, time.UTC)
}

// maxWeeks bounds the bars of a timeline: weeks without events between two far
// apart are not drawn beyond it.
const maxWeeks = 160

// timelineWeeks are the weeks from the first event to the last, earliest first.
func timelineWeeks(events []news.Event, now time.Time) (weeks []timelineWeek, most int) {
	byWeek := map[time.Time][]news.Event{}
	var mondays []time.Time
	for _, e := range slices.Backward(events) {
		from, _, ok := daysOf(&e)
		if !ok {
			continue
		}
		m := mondayOf(from)
		if byWeek[m] == nil {
			mondays = append(mondays, m)
		}
		byWeek[m] = append(byWeek[m], e)
		most = max(most, len(byWeek[m]))
	}
	slices.SortFunc(mondays, time.Time.Compare)
	for i, m := range mondays {
		if i > 0 {
			for empty := mondays[i-1].AddDate(0, 0, 7); empty.Before(m) && len(weeks) < maxWeeks; empty = empty.AddDate(0, 0, 7) {
				weeks = append(weeks, timelineWeek{Monday: dateOf(empty)})
			}
		}
		weeks = append(weeks, timelineWeek{Monday: dateOf(m), Sunday: dateOf(m.AddDate(0, 0, 6)), Events: byWeek[m], Now: m.Equal(now)})
	}
	for i := range weeks {
		w := &weeks[i]
		w.X = barWidth * float64(i)
		w.Height = barHeight * float64(len(w.Events)) / float64(max(most, 1))
		w.Y = barHeight - w.Height
	}
	return weeks, most
}

func dateOf(t time.Time) news.Date { return news.Date(t.Format(time.DateOnly)) }
