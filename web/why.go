package web

import (
	"sukien/news"
	"sukien/store/resolve"
)

// because is a pair of an event's articles, and what was decided of them.
type because struct {
	Left, Right resolve.Told
	Why         string
	Same        bool
}

// becauseOf is why an event's articles are taken to tell of one meeting, and what
// speaks against it.
func becauseOf(told []Telling) []because {
	var list []*resolve.Told
	for i := range told {
		for _, r := range told[i].Records {
			list = append(list, resolve.Tell(&told[i].Article, r))
		}
	}
	c := resolve.Why(list)
	var out []because
	for _, l := range append(c.Joined, c.Apart...) {
		out = append(out, because{*l.A, *l.B, l.Why(), l.Same})
	}
	return out
}

// alarm says how an event's number and date disagree with the editions that are
// known of its series, "" when they do not.
func (s *site) alarm(e *news.Event) string {
	if r := s.oneSeries(e.Series).registry; r != nil && e.Parent == nil {
		return r.Contradiction(e.Ordinal, e.Start)
	}
	return ""
}
