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
	var all []spot
	for _, t := range lead {
		all = s.hear(all, f.story[t], t)
	}
	byStories := slices.Clone(all)
	slices.SortStableFunc(byStories, func(p, q spot) int {
		return cmp.Compare(s.ballot.behind(q.words), s.ballot.behind(p.words))
	})
	var taken, against []spot
	for _, p := range byStories {
		if slices.ContainsFunc(taken, func(q spot) bool { return s.contend(q, p) }) {
			against = append(against, p)
		} else {
			taken = append(taken, p)
		}
	}
	f.Slots.Places = nil
	c := news.Conflict{Slot: "places"}
	value := func(p spot) {
		c.Values = append(c.Values, news.ConflictValue{Value: p.Name, Sources: s.ballot.sources[p.words]})
	}
	for _, p := range all {
		if !slices.ContainsFunc(against, func(q spot) bool { return p.words == q.words }) {
			f.Slots.Places = append(f.Slots.Places, p.Place)
			value(p)
		}
	}
	if len(against) == 0 {
		return
	}
	for _, p := range against {
		value(p)
	}
	f.Conflicts = append(f.Conflicts, c)
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

// spot is a place with the words that it is known by.
type spot struct {
	news.Place
	words string
}

// spots is what stories say of where a meeting is.
type spots struct {
	ballot ballot[string]
	// both has two places, by their words, that one record names.
	both map[[2]string]bool
}

// hear takes what a record says, and adds its places that are not in all.
func (s *spots) hear(all []spot, story string, t *Told) []spot {
	var here []string
	for _, p := range t.Record.Places {
		words := placeWords(p.Name)
		if words == "" {
			continue
		}
		if s.ballot.stories[words] == nil {
			all = append(all, spot{p, words})
		}
		s.ballot.add(words, story, t.Source, weight(t))
		here = append(here, words)
	}
	for _, p := range here {
		for _, q := range here {
			s.both[[2]string{p, q}] = true
		}
	}
	return all
}

// contend tells whether a place that was taken leaves no room for another.
func (s *spots) contend(taken, other spot) bool {
	abroad := taken.Country != "" && other.Country != "" && taken.Country != other.Country
	if !abroad && taken.Kind != other.Kind {
		return false
	}
	both := s.both[[2]string{taken.words, other.words}]
	return !both || s.ballot.behind(taken.words) >= outvoted*s.ballot.behind(other.words)
}
