package place

import (
	"slices"

	"sukien/news"
	"sukien/news/lexicon"
)

// resolve chooses the entry of each mention: those that existed on the day,
// then those of the address that the mention is part of, then those of a
// province that the text names elsewhere, then the highest unit.
func (s *search) resolve() {
	for k := range s.out {
		s.found[k] = s.valid(s.found[k])
	}
	sure := s.sure()
	for k := len(s.out) - 1; k >= 0; k-- {
		if k+1 < len(s.out) && s.out[k+1].Chain == s.out[k].Chain {
			s.narrow(k, s.found[k+1])
			s.contradict(k)
		}
		if len(s.found[k]) > 1 {
			s.narrow(k, sure)
		}
		s.settle(k)
	}
	for k := range s.out {
		s.locate(k)
	}
	for _, guess := range [...]bool{true, false} { // a town's country tells that of a venue in it
		for k := range s.out {
			if s.out[k].Guess == guess {
				s.surround(k)
			}
		}
	}
}

// valid keeps the entries that existed on the day, all when none did.
func (s *search) valid(entries []*lexicon.Entry) []*lexicon.Entry {
	if len(entries) < 2 || !s.day.IsDay() {
		return entries
	}
	out := slices.DeleteFunc(slices.Clone(entries), func(e *lexicon.Entry) bool { return !e.Valid(s.day) })
	if len(out) == 0 {
		return entries
	}
	return out
}

// narrow keeps the candidates of mention k that lie in one of owners, all when none does.
func (s *search) narrow(k int, owners []*lexicon.Entry) {
	if len(s.found[k]) < 2 || len(owners) == 0 {
		return
	}
	out := slices.DeleteFunc(slices.Clone(s.found[k]), func(e *lexicon.Entry) bool { return !s.withinAny(e, owners) })
	if len(out) > 0 {
		s.found[k] = out
	}
}

// contradict gives up the candidates of a commune, a district or a venue of a
// common name that lie outside the rest of its address.
func (s *search) contradict(k int) {
	if len(s.found[k+1]) == 0 || s.out[k].Kind == news.VenuePlace && !common(s.found[k]) {
		return
	}
	if !slices.ContainsFunc(s.found[k], func(e *lexicon.Entry) bool { return s.withinAny(e, s.found[k+1]) }) {
		s.found[k] = nil
	}
}

// maxSure bounds the provinces and cities that an article's ambiguous units are looked for in.
const maxSure = 64

// sure are the provinces and cities that the text names without doubt, the first maxSure.
func (s *search) sure() []*lexicon.Entry {
	var out []*lexicon.Entry
	for k := range s.out {
		if len(s.found[k]) != 1 || s.out[k].Kind != news.ProvincePlace && s.out[k].Kind != news.CityPlace {
			continue
		}
		if e := s.found[k][0]; len(out) < maxSure && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// settle takes the one candidate left, or the one that stands above all others.
func (s *search) settle(k int) {
	entries := s.found[k]
	if len(entries) == 0 {
		return
	}
	best, tied := entries[0], false
	for _, e := range entries[1:] {
		switch d := rank(kindOf(e)) - rank(kindOf(best)); {
		case d > 0:
			best, tied = e, false
		case d == 0:
			tied = true
		}
	}
	if tied {
		s.out[k].Country = commonCountry(entries)
		return
	}
	m := &s.out[k]
	m.Entry, m.Canonical = best, best.Name
}

// commonCountry is the country of all entries, "" when they differ.
func commonCountry(entries []*lexicon.Entry) string {
	for _, e := range entries[1:] {
		if e.Country != entries[0].Country {
			return ""
		}
	}
	return entries[0].Country
}

// locate fills country, coordinates and zone from the entry, what it lies in, and the rest of its address.
func (s *search) locate(k int) {
	m := &s.out[k]
	s.take(m, m.Entry)
	for j := k + 1; j < len(s.out) && s.out[j].Chain == m.Chain; j++ {
		if s.out[j].Kind != news.CountryPlace || m.Country == "" {
			s.take(m, s.out[j].Entry)
		}
	}
}

// take fills what m lacks from an entry and its parents.
func (s *search) take(m *Mention, e *lexicon.Entry) {
	for n := 0; e != nil && n < maxDepth; n++ {
		if m.Country == "" {
			m.Country = e.Country
		}
		if m.Lat == 0 && m.Lon == 0 && m.Country == e.Country {
			m.Lat, m.Lon = e.Lat, e.Lon
		}
		if m.Zone == "" && m.Country == e.Country {
			m.Zone = e.Zone
		}
		if e.Parent == "" {
			return
		}
		e = s.lex.Get("place", e.Parent)
	}
}

// Resolve gives what a place had become on the day: Vĩnh Phúc after 1 July 2025
// is Phú Thọ. A unit without successor gives what its parent became; an entry
// valid on the day, or no day, gives the entry itself.
func (f *Finder) Resolve(e *lexicon.Entry, day news.Date) *lexicon.Entry {
	for n := 0; e != nil && n < maxDepth && !e.Valid(day); n++ {
		switch {
		case e.From != "" && day < e.From:
			return e
		case len(e.Successors) > 0:
			e = f.lex.Get("place", e.Successors[0])
		case e.Parent != "":
			e = f.lex.Get("place", e.Parent)
		default:
			return e
		}
	}
	return e
}
