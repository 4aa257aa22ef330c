// Package rule is the language in which Sukien's knowledge of meetings is
// written: word classes, patterns over tokens and annotations, and tests
// beside each rule.
//
//	load.go     YAML files, strictly; sample.go, index.go serve it
//	pattern.go  the pattern grammar; shape.go its predicates
//	compile.go  patterns to programs; measure.go what a pattern needs and how long it is
//	words.go    word classes
//	needs.go    what a match must contain, so that most rules are never tried; opening.go
//	            where it is worth while to look for the ends of names
//	index.go    rules by what they begin with; first.go parts of programs by the same
//	doc.go      a text and its annotations
//	match.go    the bounded matcher
//	run.go      a phase over a document
//	order.go    one total order of matches
//
// A rule is tried only at tokens where its first word or class stands, gaps
// and repetitions are bounded, nothing crosses a sentence, and the steps spent
// on a document are bounded by its length.
package rule

import (
	"iter"
	"maps"
	"math"
	"slices"

	"sukien/news/viet"
)

// Phase is a pass over a document. The phases run in the order of Phases; a
// rule sees the annotations of the phases before its own.
type Phase uint8

// The phases.
const (
	Mark    Phase = iota // annotations from words: ordinals, cues, quoted titles
	Keep                 // what belongs together and no name may end in
	Stop                 // where a name ends
	Meeting              // mentions of meetings
	Link                 // what belongs to a meeting: slots and roles
	Judge                // what speaks for or against a record
	phases
	openings = phases // stands for a phase where rules are looked up by their openings
)

// Phases are the names of the phases in the order they run.
var Phases = []string{"mark", "keep", "stop", "meeting", "link", "judge"}

// Rule is one rule of a Set.
type Rule struct {
	ID    string
	Phase Phase
	// File and Line are where it is written.
	File string
	Line int
	// Priority decides between matches of equal length.
	Priority int
	// Emit and EmitKind are the annotation that a match makes.
	Emit, EmitKind Sym
	// Set are fixed values that a match gives.
	Set map[string]string
	// Weight is what a match of a judging rule adds to the score.
	Weight float64
	// Yes are texts in which the rule must match, No in which it must not.
	Yes, No []Sample

	// opening is, of a rule behind stop that looks for what keep and stop make,
	// its program up to where it does.
	opening []inst

	no                int // place among Set.Rules, in the order of ids
	span              Sym
	pattern           string
	prog              *program
	after, notAfter   *program
	within, notWithin []Sym
	// outside and inside are the bits of within and notWithin.
	outside, inside uint64
}

// Sample is an inline test: a text, and for Yes the words in [[ ]] that the match must span.
type Sample struct {
	Text string
	// Span is what stood in [[ ]], empty when nothing did.
	Span string
	Line int
}

// Example is a test of whole records: a text and what must come of it.
type Example struct {
	File, Title, Text, Published string
	Line                         int
	// Want are slots, by name, of one record each; None says that there is no main record.
	Want []map[string]string
	None bool
}

// Set is a loaded set of rules. It is safe for concurrent use.
type Set struct {
	// Rules in the order of their ids.
	Rules []*Rule
	// Examples are the record tests of the files.
	Examples []Example

	syms    map[string]Sym
	names   []string
	types   map[string]Sym
	ids     map[string]int32
	weights map[string]float64
	// byNumber are the ids of the words of the vocabulary that Extend made.
	byNumber []int32
	words    []word // by id
	// annotations are the types, by their symbol.
	annotations []annotation
	// bits counts the anchors, covers the types that a match may be asked to be within.
	bits, covers int32
	trie         []node
	states       []state
	edges        []edge
	// open are the types that rules or the caller make, so that word lists alone
	// do not tell where they stand; listed has the bits of all else.
	open   map[Sym]bool
	listed set
	// settled has the bits of all that stands fast when keep begins.
	settled set
	// late are the rules behind stop that look for what keep and stop make and begin
	// with what is not settled.
	late    []*Rule
	byPhase [phases][]*Rule
	emits   [phases][]Sym
	byWord  [phases + 1][][]filed // by word id
	byType  [phases + 1][][]filed // by annotation type
	hash    string
}

// Match is a rule found in a text. From and To are the tokens of its span,
// First and Last those of the whole match (To and Last exclusive).
type Match struct {
	Rule        *Rule
	From, To    int
	First, Last int
	// caps are small, for matches are moved about while they are ordered.
	caps   [maxCaps]capture
	n      int32
	beaten bool
}

// capture is a Cap as it is kept.
type capture struct {
	name     Sym
	from, to int32
}

// Cap is a capture: tokens From to To (exclusive) under a name.
type Cap struct {
	Name     Sym
	From, To int
}

// Cap gives the capture of a name.
func (m *Match) Cap(name Sym) (Cap, bool) {
	for _, c := range m.caps[:m.n] {
		if c.name == name {
			return Cap{c.name, int(c.from), int(c.to)}, true
		}
	}
	return Cap{}, false
}

// Caps are all captures in the order of the pattern.
func (m *Match) Caps() iter.Seq[Cap] {
	return func(yield func(Cap) bool) {
		for _, c := range m.caps[:m.n] {
			if !yield(Cap{c.name, int(c.from), int(c.to)}) {
				return
			}
		}
	}
}

// Sym gives the symbol of a name, making it when it is new: to be called
// before the Set is used.
func (s *Set) Sym(name string) Sym {
	if v, ok := s.syms[name]; ok {
		return v
	}
	s.names = append(s.names, name)
	v := Sym(len(s.names) - 1)
	s.syms[name] = v
	return v
}

// Lookup gives the symbol of a name, 0 when no rule uses it.
func (s *Set) Lookup(name string) Sym { return s.syms[name] }

// Name gives the name of a symbol.
func (s *Set) Name(v Sym) string { return s.names[v] }

// Hash identifies the rule files: SHA-256 in hexadecimal.
func (s *Set) Hash() string { return s.hash }

// Weight gives a number of the files' weights, NaN when there is none.
func (s *Set) Weight(name string) float64 {
	if w, ok := s.weights[name]; ok {
		return w
	}
	return math.NaN()
}

// Extend adds the words of the rules to a vocabulary. Texts cut with what it
// gives can be given to ResetNumbered. To be called before the Set is used.
func (s *Set) Extend(v *viet.Vocabulary) *viet.Vocabulary {
	v = v.With(slices.Sorted(maps.Keys(s.ids)))
	s.byNumber = make([]int32, v.Len())
	for key, id := range s.ids {
		s.byNumber[v.Number(key)] = id
	}
	return v
}

func (s *Set) intern(key string) int32 {
	id, ok := s.ids[key]
	if !ok {
		id = int32(len(s.ids) + 1)
		s.ids[key] = id
	}
	return id
}
