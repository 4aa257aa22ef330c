package place

import (
	"slices"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// search is one text being read.
type search struct {
	lex  *lexicon.Lexicon
	text string
	toks []viet.Token
	day  news.Date
	// at[i] are the phrases that begin at token i, by class; the numbers count from 1.
	at      []spot
	phrases []lexicon.Match
	// inName[i] tells that token i lies within a body, an office or a series.
	inName []bool
	out    []Mention
	// found are the candidates of each mention, in step with out.
	found [][]*lexicon.Entry
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
	// entry is the number of the match of place, kind and venue, from 1.
	placeMatch, kindMatch, venueMatch int32
}

// mentionsPer is the number of tokens for one mention that room is made for.
const mentionsPer = 24

// begin takes up a text; the memory of the text before is used again.
func (s *search) begin(text string, toks []viet.Token, matches []lexicon.Match, day news.Date) {
	n := len(toks) + 1
	s.text, s.toks, s.day, s.phrases = text, toks, day, matches
	s.at, s.inName = cleared(s.at, n), cleared(s.inName, n)
	s.out, s.found = make([]Mention, 0, n/mentionsPer), s.found[:0]
	for n := range matches {
		for _, e := range matches[n].Entries {
			s.note(&matches[n], n, e.Class)
		}
	}
}

// end lets go of the text and of what was found in it.
func (s *search) end() {
	clear(s.found)
	s.text, s.toks, s.phrases, s.out = "", nil, nil, nil
}

// cleared gives n zero values, in the memory of list when it suffices.
func cleared[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	list = list[:n]
	clear(list)
	return list
}

// note records a phrase at the tokens where it begins and ends.
func (s *search) note(m *lexicon.Match, n int, c lexicon.Class) {
	at, to := &s.at[m.From], int32(m.To)
	switch c {
	case "place":
		at.place, at.placeMatch = to, int32(n+1)
	case "place_type":
		at.kind, at.kindMatch = to, int32(n+1)
	case "venue_head":
		at.venue, at.venueMatch = to, int32(n+1)
	case "venue_word":
		at.word = to
	case "venue_stop":
		at.stop = to
	case "place_not":
		at.not = to
	case "place_cue":
		if end := &s.at[m.To]; end.cue == 0 {
			end.cue = int32(n + 1)
		}
	case "family":
		at.family = true
	case "place_says":
		at.says = true
	case "rank":
		s.at[m.To].degree = true
	case "honorific":
		at.honorific = true
		s.address(m)
	case "title", "body", "series":
		if c == "body" {
			at.body = to
		}
		at.other = max(at.other, to)
		s.at[m.To].ends = true
		if m.To-m.From > 1 {
			for i := m.From; i < m.To; i++ {
				s.inName[i] = true
			}
		}
	case "body_head", "meeting_head":
		at.other = max(at.other, to)
		s.at[m.To].ends = true
	}
}

// address marks the token after an honorific. The longer "các anh" is seen before "anh".
func (s *search) address(m *lexicon.Match) {
	next := &s.at[m.To]
	for _, e := range m.Entries {
		switch {
		case e.Class != "honorific":
		case e.Kind == "many":
			next.many = true
		case e.Attr["degree"] != "":
			next.degree = true
		default:
			next.called = !next.many
		}
	}
}

// find takes at each token the longest place that begins there.
func (s *search) find() {
	for i := 0; i < len(s.toks); {
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
	var best Mention
	var entries []*lexicon.Entry
	for _, read := range []func(int) (Mention, []*lexicon.Entry){s.known, s.unit, s.venue, s.unknown} {
		if m, e := read(i); m.To > best.To {
			best, entries = m, e
		}
	}
	return best, entries
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
		return Role(cueEntry(s.phrases[n-1].Entries).Attr["role"])
	}
	return ""
}

func cueEntry(entries []*lexicon.Entry) *lexicon.Entry {
	for _, e := range entries {
		if e.Class == "place_cue" {
			return e
		}
	}
	return entries[0]
}
