package web

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"sukien/store"
)

// outletRow is an outlet as the page shows it.
type outletRow struct {
	Outlet
	// Robots is the strictest word of its hosts, Pace the slowest of their paces.
	Robots string
	Pace   time.Duration
	Rest   time.Time // no request before, zero when none of its hosts rests
	Errors []errorCount
}

type errorCount struct {
	Class string
	N     int
}

// outlets shows how each source does, those with findings first.
func (s *site) outlets(w http.ResponseWriter, r *http.Request) {
	list, err := s.Read.Outlets(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	now := s.Now()
	rows := make([]outletRow, len(list))
	for i, o := range list {
		rows[i] = outletRow{Outlet: o}
		rows[i].hosts(now)
		for class, n := range o.Health.Errors {
			rows[i].Errors = append(rows[i].Errors, errorCount{class, n})
		}
		slices.SortFunc(rows[i].Errors, func(a, b errorCount) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Class, b.Class)) })
	}
	slices.SortStableFunc(rows, func(a, b outletRow) int { return cmp.Compare(len(b.Health.Findings), len(a.Health.Findings)) })
	s.show(w, http.StatusOK, "sources", struct {
		frame
		Outlets []outletRow
	}{s.frame(r, "sources"), rows})
}

func (o *outletRow) hosts(now time.Time) {
	for _, word := range []string{"unreachable", "disallows all", "rules", "none"} {
		if slices.ContainsFunc(o.Health.Hosts, func(h store.HostState) bool { return h.Robots == word }) {
			o.Robots = word
			break
		}
	}
	for _, h := range o.Health.Hosts {
		o.Pace = max(o.Pace, h.Pace)
		if h.Rest.After(now) && h.Rest.After(o.Rest) {
			o.Rest = h.Rest
		}
	}
}

// LastYield is when the outlet last gave something new.
func (o outletRow) LastYield() time.Time {
	if o.Health.LastYield.After(o.LastNew) {
		return o.Health.LastYield
	}
	return o.LastNew
}
