package resolve

import (
	"cmp"
	"slices"

	"sukien/news"
)

// outvoted is how many times the stories behind one place are those behind
// another that make the other a slip, though some story names both.
const outvoted = 4

// fusePlaces takes the places with most stories behind them. One of the same kind
// as one that was taken, or in another country, is taken too when a story names
// both, as of a trip or of a meeting held at several ends; else it is a conflict.
func fusePlaces(f *fusing, lead []*Told) {
	lead = about(lead, func(r *news.Record) bool { return len(r.Places) > 0 })
	s := spots{ballot: newBallot[string](), both: map[[2]string]bool{}}
	for _, t := range lead {
		s.hear(f.story[t], t)
	}
	all := union(lead, func(r *news.Record) []news.Place { return r.Places }, func(p news.Place) string { return placeWords(p.Name) })
	byStories := slices.Clone(all)
	slices.SortStableFunc(byStories, func(p, q news.Place) int { return cmp.Compare(s.stories(q), s.stories(p)) })
	var taken, against []news.Place
	for _, p := range byStories {
		if slices.ContainsFunc(taken, func(q news.Place) bool { return s.contend(q, p) }) {
			against = append(against, p)
		} else {
			taken = append(taken, p)
		}
	}
	f.Slots.Places = slices.DeleteFunc(all, func(p news.Place) bool { return slices.ContainsFunc(against, samePlace(p)) })
	if len(against) == 0 {
		return
	}
	c := news.Conflict{Slot: "places"}
	for _, p := range append(f.Slots.Places[:len(f.Slots.Places):len(f.Slots.Places)], against...) {
		c.Values = append(c.Values, news.ConflictValue{Value: p.Name, Sources: s.ballot.sources[placeWords(p.Name)]})
	}
	f.Conflicts = append(f.Conflicts, c)
}

func samePlace(p news.Place) func(news.Place) bool {
	return func(q news.Place) bool { return placeWords(p.Name) == placeWords(q.Name) }
}

// about are the records whose articles are about the meeting, when any of them
// has a slot; else all.
func about(lead []*Told, has func(*news.Record) bool) []*Told {
	isMain := func(t *Told) bool { return t.Record.Salience == news.Main }
	if !slices.ContainsFunc(lead, func(t *Told) bool { return isMain(t) && has(&t.Record) }) {
		return lead
	}
	return slices.DeleteFunc(slices.Clone(lead), func(t *Told) bool { return !isMain(t) })
}

// spots is what stories say of where a meeting is.
type spots struct {
	ballot ballot[string]
	// both has two places, by their words, that one record names.
	both map[[2]string]bool
}

// hear takes what a record says.
func (s *spots) hear(story string, t *Told) {
	for _, p := range t.Record.Places {
		s.ballot.add(placeWords(p.Name), story, t.Source, weight(t))
		for _, q := range t.Record.Places {
			s.both[[2]string{placeWords(p.Name), placeWords(q.Name)}] = true
		}
	}
}

func (s *spots) stories(p news.Place) float64 { return s.ballot.behind(placeWords(p.Name)) }

// contend tells whether a place that was taken leaves no room for another.
func (s *spots) contend(taken, other news.Place) bool {
	abroad := taken.Country != "" && other.Country != "" && taken.Country != other.Country
	if !abroad && taken.Kind != other.Kind {
		return false
	}
	both := s.both[[2]string{placeWords(taken.Name), placeWords(other.Name)}]
	return !both || s.stories(taken) >= outvoted*s.stories(other)
}
