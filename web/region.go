package web

import (
	"cmp"
	"math"
	"net/http"
	"slices"
	"time"

	"sukien/news"
)

// The window of the map in degrees: static/region.svg is drawn in them, north up.
const (
	mapWest, mapEast   = 92.0, 122.0
	mapSouth, mapNorth = -2.0, 26.0
	mapDays            = 60
)

// spot is a place on the map with its events.
type spot struct {
	Name    string
	X, Y, R float64
	Events  []news.Event
}

// region shows where a search's events are.
func (s *site) region(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "region")
	filter, err := filterOf(f.Query)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	events, next, err := s.span(r.Context(), &filter, mapDays)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	near, far, nowhere := spots(events)
	s.show(w, http.StatusOK, "region", struct {
		frame
		Begin, Until news.Date
		Near, Far    []spot
		Nowhere      int
		More         string
	}{f, filter.From, filter.To, near, far, nowhere, f.Next(next)})
}

// spots gathers events by place, those with most first: near are in the map's
// window, far elsewhere in the world.
func spots(events []news.Event) (near, far []spot, nowhere int) {
	at := map[[2]float64]*spot{}
	var order []*spot
	for _, e := range events {
		p := located(&e)
		if p == nil {
			nowhere++
			continue
		}
		key := [2]float64{math.Round(p.Lon*20) / 20, math.Round(p.Lat*20) / 20}
		sp := at[key]
		if sp == nil {
			sp = &spot{Name: p.Name, X: p.Lon, Y: -p.Lat}
			at[key] = sp
			order = append(order, sp)
		}
		sp.Events = append(sp.Events, e)
	}
	slices.SortStableFunc(order, func(a, b *spot) int { return cmp.Compare(len(b.Events), len(a.Events)) })
	for _, sp := range order {
		sp.R = math.Min(0.22+0.11*math.Sqrt(float64(len(sp.Events))), 1.3)
		if sp.X >= mapWest && sp.X <= mapEast && -sp.Y >= mapSouth && -sp.Y <= mapNorth {
			near = append(near, *sp)
		} else {
			far = append(far, *sp)
		}
	}
	return near, far, nowhere
}

// isoTime is an instant for <time datetime>.
func isoTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }
