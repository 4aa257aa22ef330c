package people

import (
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// class is a class of configs/lexicon that is used here: a bit of a mask.
type class uint16

const (
	classTitle class = 1 << iota
	classPrefix
	classSuffix
	classField
	classForm
	classBody
	classHead
	classPart
	classStop
	classPlace
	classFamily
	classHonorific
	classRank
	classParticle
	classCue
)

// classOf gives the class of a dictionary, 0 for one that is not used here.
func classOf(c lexicon.Class) class {
	switch c {
	case "title":
		return classTitle
	case "title_prefix":
		return classPrefix
	case "title_suffix":
		return classSuffix
	case "portfolio":
		return classField
	case "state_form":
		return classForm
	case "body":
		return classBody
	case "body_head":
		return classHead
	case "body_part":
		return classPart
	case "body_stop":
		return classStop
	case "place":
		return classPlace
	case "family":
		return classFamily
	case "honorific":
		return classHonorific
	case "rank":
		return classRank
	case "name_particle":
		return classParticle
	case "person_cue":
		return classCue
	}
	return 0
}

// sound is what is known of whether a word is a Vietnamese syllable.
type sound uint8

const (
	unheard sound = iota
	native
	other
)

// reading is one text being read.
type reading struct {
	f       *Finder
	src     string
	toks    []viet.Token
	matches []lexicon.Match
	// first[i] is the index of the first match that begins at token i or later.
	first []int32
	// masks[k] are the classes of match k, begins[i] of those that begin at token i.
	masks, begins []class
	// runEnd[i] is where the run of capitalised words that token i is in ends; i when it is in none.
	runEnd []int32
	// cueAt[i] is the number of the match of the cue that ends before token i, from 1.
	cueAt []int32
	// apposed: an office behind its holder's name is being read.
	apposed bool
	// sentenceFrom is where the sentence being read begins.
	sentenceFrom int
	// inBody[i]: token i is within the name of a body, where bodies were read.
	inBody []bool
	// sounds[i] is what syllable has found token i to be.
	sounds []sound
	// titleEnd[i]: a title ends before token i.
	titleEnd []bool
	persons  []Person
	// full are the mentions that sentence found, before those known adds.
	full []Person
	// ends and offices are memory for chain.
	ends    []int
	offices []Office
}

// begin takes up a text; the memory of the text before is used again.
func (r *reading) begin(text string, toks []viet.Token, matches []lexicon.Match) {
	n := len(toks) + 1
	r.src, r.toks, r.matches = text, toks, matches
	r.apposed, r.persons = false, r.full[:0]
	r.first, r.runEnd = sized(r.first, n), sized(r.runEnd, n)
	r.cueAt, r.titleEnd = sized(r.cueAt, n), sized(r.titleEnd, n)
	r.masks, r.begins = sized(r.masks, len(matches)), sized(r.begins, n)
	r.inBody, r.sounds = sized(r.inBody, n), sized(r.sounds, n)
	clear(r.cueAt)
	clear(r.titleEnd)
	clear(r.inBody)
	clear(r.sounds)
	clear(r.begins)
	m := 0
	for i := range r.first {
		for m < len(matches) && matches[m].From < i {
			m++
		}
		r.first[i] = int32(m)
	}
	for k := range matches {
		r.note(k)
	}
	r.runs()
}

// end lets go of the text and of what was found in it.
func (r *reading) end() {
	clear(r.full)
	r.src, r.toks, r.matches, r.persons = "", nil, nil, nil
}

// note records the classes of match k where it begins and ends.
func (r *reading) note(k int) {
	m := &r.matches[k]
	mask := class(0)
	for _, e := range m.Entries {
		mask |= r.f.classes[e.ClassNo()]
	}
	r.masks[k] = mask
	r.begins[m.From] |= mask
	if mask&(classTitle|classSuffix) != 0 {
		r.titleEnd[m.To] = true
	}
	if mask&classCue != 0 {
		r.cueAt[m.To] = int32(k + 1)
	}
}

// cue is the kind of the cue that ends before token i, "" where none does.
func (r *reading) cue(i int) string {
	k := r.cueAt[i]
	if k == 0 {
		return ""
	}
	return r.entryOf(&r.matches[k-1], classCue).Kind
}

// sized gives n values, whatever they are, in the memory of list when it suffices.
func sized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, n+n/4)
	}
	return list[:n]
}

// runs finds the runs of capitalised words.
func (r *reading) runs() {
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

func (r *reading) entryOf(m *lexicon.Match, c class) *lexicon.Entry {
	for _, e := range m.Entries {
		if r.f.classes[e.ClassNo()] == c {
			return e
		}
	}
	return nil
}

// at is the phrase of class c that begins at token i, and where it ends.
func (r *reading) at(i int, c class) (*lexicon.Entry, int) {
	if i < 0 || i >= len(r.toks) || r.begins[i]&c == 0 {
		return nil, i
	}
	var best *lexicon.Entry
	end := i
	for k := r.first[i]; k < r.first[i+1]; k++ {
		if m := &r.matches[k]; r.masks[k]&c != 0 && m.To > end {
			best, end = r.entryOf(m, c), m.To
		}
	}
	return best, end
}

// has tells whether a phrase of class c begins at token i.
func (r *reading) has(i int, c class) bool {
	return i < len(r.toks) && r.begins[i]&c != 0
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
