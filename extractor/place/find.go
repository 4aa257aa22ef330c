package place

import (
	"slices"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// search is one text being read.
type search struct {
	*Finder
	text string
	toks []viet.Token
	// numbers are those of the tokens' words in the lexicon's vocabulary; nil when they are not known.
	numbers []uint32
	day     news.Date
	// opens[i] tells that find has something to look at in token i.
	opens []bool
	// at[i] are the phrases that begin at token i, by class; the numbers count from 1.
	at      []spot
	phrases []lexicon.Match
	// inName[i] tells that token i lies within a body, an office or a series.
	inName []bool
	out    []Mention
	// found are the candidates of each mention, in step with out.
	found [][]*lexicon.Entry
	// names is the memory of what the lexicon is asked for while the text is read.
	names lexicon.Finds
}

// spot is what is known of one token: for each class the end of the longest
// phrase that begins there, 0 when none does.
type spot struct {
	place, kind, venue, word, stop, not, body int32
	// other: a title, body, series or meeting begins here; family: a family name does.
	other  int32
	family bool
	// cue is the number of the cue phrase that ends before this token, from 1; ends: an office or a body ends before it.
	cue  int32
	ends bool
	// honorific: the token begins an honorific. called: an honorific ends before it ("ông"),
	// many: one of several persons ("các ông"), degree: a degree or a rank ("TS").
	honorific, called, many, degree bool
	// says: a word begins here that only persons and governments do ("nhất trí").
	says bool
	// staff: a word begins here for somebody who works at a place; held: words that tell of the place before that the gathering is there.
	staff, held bool
	// entry is the number of the match of place, kind and venue, from 1.
	placeMatch, kindMatch, venueMatch int32
}

// find takes at each token the longest place that begins there. Nine tokens of
// ten open none: nothing is read at them.
func (s *search) find() {
	for i := 0; i < len(s.toks); {
		if !s.opens[i] {
			i++
			continue
		}
		m, entries := s.longest(i)
		if m.To == 0 {
			i = s.skip(i)
			continue
		}
		s.add(m, entries)
		i = m.To
	}
}

// skip gives the next token at which a place may begin.
func (s *search) skip(i int) int {
	if n := s.at[i].not; n > s.at[i].place {
		return int(n)
	}
	return i + 1
}

func (s *search) longest(i int) (Mention, []*lexicon.Entry) {
	at := &s.at[i]
	if at.venue == 0 && at.kind == 0 && at.place == 0 && !s.introduces(i) {
		return Mention{}, nil
	}
	if at.not > at.place {
		return Mention{}, nil
	}
	best, entries := s.known(i)
	or := func(m Mention, e []*lexicon.Entry) {
		if m.To > best.To && !s.dashed(&best) {
			best, entries = m, e
		}
	}
	if at.kind != 0 {
		or(s.unit(i))
	}
	if at.venue != 0 {
		or(s.venue(i))
	}
	if s.introduces(i) || s.toks[i].Kind == viet.Number {
		or(s.unknown(i))
	}
	return best, entries
}

// dashed tells whether a dash parts a venue of the gazetteer from another one:
// "Hội trường Ba Đình - Nhà Quốc hội" are two.
func (s *search) dashed(m *Mention) bool {
	if m.Kind != news.VenuePlace || m.To+1 >= len(s.toks) || s.toks[m.To].Key != "-" || s.at[m.To+1].place == 0 {
		return false
	}
	return ofClass(s.phrases[s.at[m.To+1].placeMatch-1].Entries)[0].Kind == string(news.VenuePlace)
}

// add keeps a mention.
func (s *search) add(m Mention, entries []*lexicon.Entry) {
	m.Written = s.words(m.From, m.To)
	m.Chain, m.List = len(s.out), len(s.out)
	m.Inside = m.Inside || s.inName[m.From] && s.inName[m.To-1] && m.Kind != news.VenuePlace
	s.out = append(s.out, m)
	s.found = append(s.found, entries)
}

// known reads a name that stands alone: a province, a city, a country, a famous venue.
func (s *search) known(i int) (Mention, []*lexicon.Entry) {
	end := int(s.at[i].place)
	if end == 0 || !s.isPlace(i, end) {
		return Mention{}, nil
	}
	entries := ofClass(s.phrases[s.at[i].placeMatch-1].Entries)
	m := Mention{From: i, To: end, NameFrom: i, Name: s.words(i, end), Kind: kindOf(entries[0])}
	if m.Kind == news.VenuePlace && entries[0].Attr["body"] != "" && s.cueRole(i) != At {
		return Mention{}, nil
	}
	return m, entries
}

// ofClass keeps the places among the meanings of a phrase.
func ofClass(entries []*lexicon.Entry) []*lexicon.Entry {
	if !slices.ContainsFunc(entries, notPlace) {
		return entries
	}
	return slices.DeleteFunc(slices.Clone(entries), notPlace)
}

func notPlace(e *lexicon.Entry) bool { return e.Class != "place" }

// highest is the kind of the highest unit that a name can mean.
func highest(entries []*lexicon.Entry) news.PlaceKind {
	kind := kindOf(entries[0])
	for _, e := range entries[1:] {
		if k := kindOf(e); rank(k) > rank(kind) {
			kind = k
		}
	}
	return kind
}

// kindOf is the kind that a record gives an entry.
func kindOf(e *lexicon.Entry) news.PlaceKind {
	if e.Kind == "district" && e.Attr["type"] == "thành phố" {
		return news.CityPlace
	}
	return news.PlaceKind(e.Kind)
}

func (s *search) words(from, to int) string { return s.text[s.toks[from].Start:s.toks[to-1].End] }

// introduces tells whether "tại" or "ở" stands right before token i.
func (s *search) introduces(i int) bool { return s.cueRole(i) == At }

// cueRole is the role that the words before token i give, "" when none do.
func (s *search) cueRole(i int) Role {
	if n := s.at[i].cue; n > 0 {
		return s.cueOf(n).role
	}
	return ""
}

// cueOf is the cue of match n, which count from 1.
func (s *search) cueOf(n int32) cue {
	for _, e := range s.phrases[n-1].Entries {
		if s.marks[e.ClassNo()] == markCue {
			return s.cues[e]
		}
	}
	return cue{}
}
