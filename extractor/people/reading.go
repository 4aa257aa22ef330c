package people

import (
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// The classes of configs/lexicon that are used here.
const (
	classTitle     lexicon.Class = "title"
	classPrefix    lexicon.Class = "title_prefix"
	classSuffix    lexicon.Class = "title_suffix"
	classField     lexicon.Class = "portfolio"
	classForm      lexicon.Class = "state_form"
	classBody      lexicon.Class = "body"
	classHead      lexicon.Class = "body_head"
	classPart      lexicon.Class = "body_part"
	classStop      lexicon.Class = "body_stop"
	classPlace     lexicon.Class = "place"
	classFamily    lexicon.Class = "family"
	classHonorific lexicon.Class = "honorific"
	classRank      lexicon.Class = "rank"
	classParticle  lexicon.Class = "name_particle"
	classCue       lexicon.Class = "person_cue"
)

// reading is one text being read.
type reading struct {
	f       *Finder
	src     string
	toks    []viet.Token
	matches []lexicon.Match
	// first[i] is the index of the first match that begins at token i or later.
	first []int32
	// runEnd[i] is where the run of capitalised words that token i is in ends; i when it is in none.
	runEnd []int32
	// cueAt[i] is the kind of the cue that ends before token i.
	cueAt map[int]string
	// apposed: an office behind its holder's name is being read.
	apposed bool
	// titleEnd[i]: a title ends before token i.
	titleEnd []bool
	persons  []Person
}

func newReading(f *Finder, text string, toks []viet.Token, matches []lexicon.Match) *reading {
	r := &reading{f: f, src: text, toks: toks, matches: matches, cueAt: map[int]string{}}
	r.first = make([]int32, len(toks)+1)
	m := 0
	for i := range r.first {
		for m < len(matches) && matches[m].From < i {
			m++
		}
		r.first[i] = int32(m)
	}
	r.titleEnd = make([]bool, len(toks)+1)
	for _, m := range matches {
		if entryOf(m, classTitle) != nil || entryOf(m, classSuffix) != nil {
			r.titleEnd[m.To] = true
		}
		if e := entryOf(m, classCue); e != nil {
			r.cueAt[m.To] = e.Kind
		}
	}
	r.runs()
	return r
}

// runs finds the runs of capitalised words.
func (r *reading) runs() {
	r.runEnd = make([]int32, len(r.toks)+1)
	r.runEnd[len(r.toks)] = int32(len(r.toks))
	for i := len(r.toks) - 1; i >= 0; i-- {
		r.runEnd[i] = int32(i)
		if !r.capital(i) {
			continue
		}
		r.runEnd[i] = int32(i + 1)
		if r.capital(i+1) && r.toks[i+1].Space {
			r.runEnd[i] = r.runEnd[i+1]
		}
	}
}

func entryOf(m lexicon.Match, c lexicon.Class) *lexicon.Entry {
	for _, e := range m.Entries {
		if e.Class == c {
			return e
		}
	}
	return nil
}

// at is the phrase of class c that begins at token i, and where it ends.
func (r *reading) at(i int, c lexicon.Class) (*lexicon.Entry, int) {
	if i >= len(r.toks) {
		return nil, i
	}
	var best *lexicon.Entry
	end := i
	for _, m := range r.matches[r.first[i]:r.first[i+1]] {
		if e := entryOf(m, c); e != nil && m.To > end {
			best, end = e, m.To
		}
	}
	return best, end
}

// has tells whether a phrase of class c begins at token i.
func (r *reading) has(i int, c lexicon.Class) bool {
	e, _ := r.at(i, c)
	return e != nil
}

// key is the key of token i, empty outside the text.
func (r *reading) key(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].Key
}

// capital tells whether token i is a word with a capital.
func (r *reading) capital(i int) bool {
	return i >= 0 && i < len(r.toks) && r.toks[i].Kind == viet.Word && r.toks[i].Shape != viet.Lower
}

// word tells whether token i is a word.
func (r *reading) word(i int) bool {
	return i >= 0 && i < len(r.toks) && r.toks[i].Kind == viet.Word
}

// text is what stands in a span.
func (r *reading) text(s viet.Span) string {
	if s.From >= s.To {
		return ""
	}
	return r.src[r.toks[s.From].Start:r.toks[s.To-1].End]
}

// glued tells whether token i follows the one before without a blank.
func (r *reading) glued(i int) bool {
	return i > 0 && i < len(r.toks) && !r.toks[i].Space
}
