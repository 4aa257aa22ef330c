// Package lexicon loads the dictionaries of configs/lexicon: offices, bodies,
// places, series, words. It checks them strictly (file:line:column) and looks
// phrases up in running text.
//
//	lexicon.go  what an entry is; lookup by ID and by phrase
//	load.go     from files to a Lexicon: every fault is listed
//	yaml.go     dictionaries with many fields
//	tsv.go      dictionaries with many entries
//	office.go   people and the offices that they held
//	check.go    what the fields of an entry may hold
//	index.go    the token trie
//	scan.go     phrases in running text
package lexicon

import (
	"sukien/news"
	"sukien/news/viet"
)

// Class is the dictionary an entry comes from: "title", "body", "body_head",
// "place", "venue_head", "meeting_head", "honorific", "rank", "family",
// "series", and whatever word classes the rules name.
type Class string

// Entry is one thing that a dictionary knows. Entries are shared and must not be changed.
type Entry struct {
	Class Class
	// ID is unique within the class.
	ID string
	// Name is the canonical spelling.
	Name string
	// Kind is the class's own division: a meeting head's kind, a place's kind, a body's level.
	Kind string
	// Country is ISO 3166 alpha-2.
	Country string
	// Lat and Lon are degrees north and east, both zero when unknown.
	Lat, Lon float64
	// Zone is an IANA zone name.
	Zone string
	// Parent is the ID of what the entry belongs to: a commune's province, a department's ministry.
	Parent string
	// From and To bound the days on which the entry existed, inclusive; empty is open.
	From, To news.Date
	// Successors are the IDs it became.
	Successors []string
	// Abbr is the usual abbreviation.
	Abbr string
	// Offices are what a person of the class Officials held, Spellings other ways to
	// write the name.
	Offices   []Office
	Spellings []string
	// Attr holds further fields of the class.
	Attr map[string]string
	// class is the number of Class.
	class uint16
}

// ClassNo is the number of the entry's class: its index in Lexicon.Classes.
// What a stage makes of classes it keeps in a table by this number, so that it
// compares no names for every phrase of a text.
func (e *Entry) ClassNo() int { return int(e.class) }

// Valid tells whether the entry existed on the day (any day when d is not one).
func (e *Entry) Valid(d news.Date) bool {
	if !d.IsDay() {
		return true
	}
	return (e.From == "" || e.From <= d) && (e.To == "" || d <= e.To)
}

// Match is a phrase found: tokens From to To (exclusive) and what it can mean.
type Match struct {
	From, To int
	// Entries are shared with the lexicon and must not be changed.
	Entries []*Entry
}

// Lexicon is a set of dictionaries. It is safe for concurrent use.
type Lexicon struct {
	entries []*Entry
	classes []Class
	byID    map[classID]*Entry
	index   index
	hash    string
}

type classID struct {
	class Class
	id    string
}

// Get is the entry of a class by ID, nil when there is none.
func (l *Lexicon) Get(c Class, id string) *Entry { return l.byID[classID{c, id}] }

// All gives the entries of a class in the order of their files.
func (l *Lexicon) All(c Class) []*Entry {
	var out []*Entry
	for _, e := range l.entries {
		if e.Class == c {
			out = append(out, e)
		}
	}
	return out
}

// Classes are the classes in the order in which the files first name them.
func (l *Lexicon) Classes() []Class { return l.classes }

// Vocabulary numbers every word of every phrase.
func (l *Lexicon) Vocabulary() *viet.Vocabulary { return l.index.words }

// Lookup gives the entries that a whole phrase names, in any spelling and any
// case, weak names last.
func (l *Lexicon) Lookup(phrase string) []*Entry {
	toks := viet.Tokenize(viet.NFC(phrase))
	node, end := l.index.walk(toks, 0)
	if node == 0 || end != len(toks) {
		return nil
	}
	var out, weak []*Entry
	var last *Entry
	for _, p := range l.index.postings(node) {
		e := l.entries[p.entry]
		switch {
		case e == last:
		case p.weak:
			weak = append(weak, e)
		default:
			out = append(out, e)
		}
		last = e
	}
	return append(out, weak...)
}

// Hash names the content of the dictionary files: "sha256:" and 64 hexadecimal
// digits. It does not depend on the order in which files are read.
func (l *Lexicon) Hash() string { return l.hash }
