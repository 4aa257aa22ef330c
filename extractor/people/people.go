// Package people finds the persons that a text names, with their offices, the
// bodies and countries they act for, and what tells that a person is only
// referred to; and the bodies themselves.
//
// The dictionaries know the words (configs/lexicon: titles*, bodies*, people*);
// this package has the grammar alone:
//
//	people.go     what is found; New, Find and Bodies
//	reading.go    one text being read: look-up of dictionary phrases by token
//	office.go     an office: prefixes, title, field, held body; org.go whose it is; rider.go what follows
//	body.go       bodies: known ones, open names by their first word; tail.go and lower.go where those end
//	place.go      States and administrative units
//	name.go       names of persons, Vietnamese ones; foreign.go foreign and transliterated
//	mention.go    offices and name put together; intro.go before, after.go behind the name
//	list.go       lists of persons that share an office
//	context.go    what the words around a mention tell of it
//	again.go      later bare mentions of persons named in full
//	ministry.go   ministers whose ministry the text names elsewhere
//	side.go       officers of a delegation; wider.go bodies named in short by their first word
//	chief.go      by which of several offices a person is known
//	join.go       mentions of one person joined over the text: compare.go how names agree, official.go what is made of them
package people

import (
	"strconv"
	"sync"

	"sukien/news/lexicon"
	"sukien/news/viet"
)

// Office is one office of a person as written beside the name.
type Office struct {
	// Text is the office with its body; Title the office alone ("Bộ trưởng",
	// "Bộ trưởng Ngoại giao", "Thủ tướng Chính phủ").
	Text, Title string
	// Span are the tokens of Text, TitleSpan those of Title.
	Span, TitleSpan viet.Span
	// Org is the body or State as written, OrgSpan its tokens (empty when Org
	// is worked out of the title's field), OrgCanonical its name in the lexicon.
	Org, OrgCanonical string
	OrgSpan           viet.Span
	// Country is ISO 3166 alpha-2 where the body or State tells it.
	Country string
	// Weight is 1 to 9: by which of several offices a person is known.
	Weight int
	// Former says nguyên, cựu; Plural that several persons share the office.
	Former, Plural bool
	// Sole says that the title alone can stand for its holder.
	Sole bool
	// Voice: a spokesperson, who speaks of what others do.
	Voice bool
	// dead: "cố" stands before; apposed: the office stands behind the name.
	// held: the title's own words name the body.
	// derived: the body is worked out of the title's field.
	// minister: of a ministry, whether it is named or not.
	// peer: a counterpart's, to be found behind.
	dead, apposed, held, derived, minister, peer bool
}

// Person is one mention of a person.
type Person struct {
	// Span is the whole: offices and name.
	Span viet.Span
	// Name is without office and honorific; empty where an office stands alone for its holder.
	Name     string
	NameSpan viet.Span
	// Offices are in the order of the text, also those after the name.
	Offices []Office
	// Honorific is "ông", "bà", "đồng chí"; Rank a military or religious rank.
	Honorific, Rank string
	// Gender is "male", "female" or empty.
	Gender string
	// Former: all offices are past ones.
	Former bool
	// Bare: neither office nor honorific stands with the name.
	Bare bool
	// Byline: reporter, photographer or source. Past: dead or of the past.
	Byline, Past bool
	// Represented: another speaks in this person's stead. Sender: only sent
	// flowers or words. Inviter: only the invitation is named. Referred: only
	// words or deeds are cited.
	Represented, Sender, Inviter, Referred bool
}

// Absent tells whether the mention gives no sign that the person took part.
func (p *Person) Absent() bool {
	return p.Byline || p.Past || p.Represented || p.Sender || p.Referred
}

// Body is a body named in the text.
type Body struct {
	Span viet.Span
	// Text is the name as written, Canonical the lexicon's, when it knows it.
	Text, Canonical string
	// Kind is the lexicon's: ministry, party, firm, school …
	Kind string
	// Country is ISO 3166 alpha-2 where it is known.
	Country string
	// Open says that the lexicon knows only the first word.
	Open bool
}

// Finder finds persons and bodies. It is safe for concurrent use.
type Finder struct {
	// holds is how many of the last words of a title are the body it is of,
	// overlaps how many may begin the name of the body.
	holds, overlaps map[*lexicon.Entry]int
	// classes are the classes used here, by their numbers in the lexicon.
	classes []class
	// readings keeps the memory of *reading.
	readings sync.Pool
}

// New makes a Finder of the dictionaries of lex.
func New(lex *lexicon.Lexicon) *Finder {
	f := &Finder{holds: map[*lexicon.Entry]int{}, overlaps: map[*lexicon.Entry]int{}}
	f.readings.New = func() any { return &reading{f: f} }
	for _, c := range lex.Classes() {
		f.classes = append(f.classes, classOf(c))
	}
	for _, e := range lex.All("title") {
		if h := e.Attr["holds"]; h != "" {
			f.holds[e] = len(viet.Tokenize(h))
		}
		if n, err := strconv.Atoi(e.Attr["overlap"]); err == nil {
			f.overlaps[e] = n
		}
	}
	return f
}

// Find gives the persons of a text in its order. toks, sents and matches are
// those of text; matches must be in the order of From (Lexicon.Scan).
func (f *Finder) Find(text string, toks []viet.Token, sents []viet.Span, matches []lexicon.Match) []Person {
	r := f.readings.Get().(*reading)
	defer f.readings.Put(r)
	r.begin(text, toks, matches)
	defer r.end()
	return r.find(nil, sents)
}

// Bodies gives the bodies of a text in its order, the longest at each place.
func (f *Finder) Bodies(text string, toks []viet.Token, matches []lexicon.Match) []Body {
	r := f.readings.Get().(*reading)
	defer f.readings.Put(r)
	r.begin(text, toks, matches)
	defer r.end()
	return r.bodies(nil)
}

// Found is what a text names, and the memory for it.
type Found struct {
	Persons []Person
	Bodies  []Body
}

// FindAll makes found what Find and Bodies give, in one reading. What found
// held before must be used no more: its memory is used again.
func (f *Finder) FindAll(found *Found, text string, toks []viet.Token, sents []viet.Span, matches []lexicon.Match) {
	r := f.readings.Get().(*reading)
	defer f.readings.Put(r)
	r.begin(text, toks, matches)
	defer r.end()
	found.Bodies = r.bodies(found.Bodies[:0])
	r.mark(found.Bodies)
	found.Persons = r.find(found.Persons[:0], sents)
	r.wholeBodies(found.Bodies)
}

// find reads the persons; they are given in the memory of out.
func (r *reading) find(out []Person, sents []viet.Span) []Person {
	for _, s := range sents {
		r.sentence(s)
	}
	r.lookPeer()
	r.known(out)
	r.ministry()
	r.sides()
	return r.persons
}

// mark marks the words within the names of bodies, behind their first.
func (r *reading) mark(bodies []Body) {
	for _, b := range bodies {
		for i := b.Span.From + 1; i < b.Span.To; i++ {
			r.inBody[i] = true
		}
	}
}

// bodies reads the bodies alone: an office is never read on the way.
func (r *reading) bodies(out []Body) []Body {
	r.apposed = true
	defer func() { r.apposed = false }()
	for i := 0; i < len(r.toks); i++ {
		if r.begins[i]&(classBody|classHead) == 0 {
			continue
		}
		b, ok := r.body(i)
		if !ok {
			continue
		}
		out = append(out, Body{
			Span: b.span, Text: r.text(b.span), Canonical: b.canonical,
			Kind: b.kind, Country: b.country, Open: b.open,
		})
		i = b.span.To - 1
	}
	return out
}
