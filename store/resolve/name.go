package resolve

import "sukien/news"

// What speaks for a name beside the stories that write it alike, in stories: that
// its record says of the meeting what all say together.
const (
	namedInSeries = 1.0 // it is of the event's series, or of no series as the event is
	namedInKind   = 1.0
	namedEdition  = 0.5 // its record gives the number
	namedBare     = -2  // "cuộc họp": fewer than two words that say something
)

// bestName is the name with most behind it: the independent stories that write
// one like it, and how far its record says what the event says. Of equals the
// first of lead, which is sorted fullest first, main records before mentions:
// these name an event only where no article is about it.
func (f *fusing) bestName(lead []*Told) string {
	s := &f.Slots
	best, most := "", 0.0
	for _, t := range lead {
		switch {
		case t.Record.Name == "":
			continue
		case t.Record.Salience != s.Salience && best != "":
			return best
		}
		if n := f.nameSupport(t, lead) + nameFit(t, s); best == "" || n > most {
			best, most = t.Record.Name, n
		}
	}
	return best
}

// nameSupport counts the stories with a name alike, each with the weight of its
// weightiest record; its own is one of them. Weights are of few binary digits: the
// sum is the same in any order.
func (f *fusing) nameSupport(t *Told, lead []*Told) (sum float64) {
	stories := map[string]float64{}
	for _, o := range lead {
		if o == t || o.folded == t.folded || likeness(o.words, t.words) >= likeName {
			stories[f.story[o]] = max(stories[f.story[o]], weight(o))
		}
	}
	for _, w := range stories {
		sum += w
	}
	return sum
}

func nameFit(t *Told, s *news.Slots) (fit float64) {
	r := &t.Record
	if r.Series == s.Series {
		fit += namedInSeries
	}
	if r.Kind == s.Kind {
		fit += namedInKind
	}
	if r.Ordinal > 0 && r.Ordinal == s.Ordinal {
		fit += namedEdition
	}
	if len(t.words) < 2 {
		fit += namedBare
	}
	return fit
}
