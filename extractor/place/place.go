// Package place finds the places that a text names: venues, communes,
// districts, cities, provinces and countries, each with what it has to do with
// what is told. It knows nothing of meetings.
//
//	place.go    what a mention is; the finder
//	mark.go     what the dictionaries say of each token
//	find.go     one pass over the tokens
//	unit.go     names after a type word: "huyện Yên Lạc"
//	venue.go    how the name of a building goes on
//	guard.go    names of persons and common words that look like places
//	chain.go    "Hội trường A, phường B, Hà Nội"; weak names before their province
//	role.go     where something happens, where somebody comes from, a party
//	resolve.go  which unit a name means on a day, and what became of it
//	surround.go the country of a venue, from what stands in and around its name
package place

import (
	"sync"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// Role is what a place has to do with what is told.
type Role string

// The roles.
const (
	// At: something happens there ("tại Hà Nội").
	At Role = "at"
	// To: somebody goes there ("đến Hà Nội", "thăm Lào").
	To Role = "to"
	// Origin: somebody comes from there ("từ Hà Nội", "quê ở Hà Nội").
	Origin Role = "from"
	// Party: the place stands for its government or people ("với Lào", "quan hệ Hà Nội - Washington").
	Party Role = "of"
	// Way: part of the name of a road, a river or a project ("cao tốc Hà Nội - Hải Phòng").
	Way Role = "way"
	// Name: part of the name of a treaty, a battle, a body or an office ("Hiệp định Paris", "UBND tỉnh Vĩnh Phúc", "Thủ tướng Lào").
	Name Role = "name"
	// Folk: its people are spoken of ("thăm hỏi người dân thành phố Huế").
	Folk Role = "folk"
	// Bare: nothing says ("Hà Nội, ngày 3/5", "Hà Nội tổ chức").
	Bare Role = "bare"
)

// Mention is a place named in a text.
type Mention struct {
	// From and To are the tokens of the place as written, its type word included, To exclusive.
	From, To int
	// NameFrom is where the bare name begins: after "Thủ đô", "tỉnh".
	NameFrom int
	// Name is the place as a record names it: a city, province or country without its type word, all else with it.
	Name string
	// Written is the place as written, with its type word.
	Written string
	// Canonical is the gazetteer's spelling; empty when the gazetteer has no one entry for it.
	Canonical string
	Kind      news.PlaceKind
	// Entry is the gazetteer's entry; nil when there is none or several remain possible.
	Entry *lexicon.Entry
	// Country, Lat, Lon and Zone are the entry's own or those of what it lies in; empty when unknown.
	Country  string
	Lat, Lon float64
	Zone     string
	// Cue is the key of the words that introduced it ("tại", "đến từ"), empty when none.
	Cue  string
	Role Role
	// Chain is the same for the pieces of one address, the most specific first; it is
	// the index of the first piece among the mentions.
	Chain int
	// List is the index of the first piece of an enumeration ("tại A, B và C"), else the mention's own.
	List int
	// Guess tells that neither a dictionary nor a type word says that it is a place: only "tại" does.
	Guess bool
	// Body tells that the name is of an institution as much as of a place: a hospital, a school.
	Body bool
	// Held: the words behind say that the gathering is there ("X, nơi diễn ra hội nghị").
	Held bool
	// Inside tells that the mention stands within the name of a venue, a body, an office or a series.
	Inside bool
}

// Finder finds places. It is safe for concurrent use.
type Finder struct {
	lex *lexicon.Lexicon
	// marks are the classes used here, by their numbers in the lexicon.
	marks []mark
	cues  map[*lexicon.Entry]cue
	// searches keeps the memory of *search.
	searches sync.Pool
}

// New makes a finder over the classes place, place_type, place_cue, place_not,
// place_says, place_staff, place_after, venue_head, venue_word, venue_stop, body, body_head, title,
// series, family, honorific and rank.
func New(lex *lexicon.Lexicon) *Finder {
	f := &Finder{lex: lex, cues: map[*lexicon.Entry]cue{}}
	for _, c := range lex.Classes() {
		f.marks = append(f.marks, markOf(c))
	}
	for _, e := range lex.All("place_cue") {
		f.cues[e] = cue{viet.Key(e.Name), Role(e.Attr["role"])}
	}
	f.searches.New = func() any { return &search{Finder: f} }
	return f
}

// Find gives the places of text in order of From, in the memory of buf as far
// as it reaches. Numbers are those of the words
// in the lexicon's vocabulary or one that extends it, nil when they are not
// known; matches are those of lexicon.Scan over toks; day, the article's, decides between units of one name
// and may be empty. Time is linear in the number of tokens.
func (f *Finder) Find(buf []Mention, text string, toks []viet.Token, numbers []uint32, matches []lexicon.Match, day news.Date) []Mention {
	s := f.searches.Get().(*search)
	s.begin(text, toks, numbers, matches, day)
	s.out = buf[:0]
	s.find()
	s.weakBefore()
	s.chains()
	s.roles()
	s.resolve()
	out := s.out
	s.end()
	f.searches.Put(s)
	return out
}
