package rule

import "slices"

// filed is a rule under a word or a type that it begins with, of a kind unless 0.
type filed struct {
	kind Sym
	rule *Rule
	// must is some of what the sentence must have, looked at before the rule itself.
	must need
	// next is what can stand behind the word or annotation.
	next *firsts
}

// word is what the rules know of a word.
type word struct {
	// bit is that of the word in a set of anchors, 0 when it is none.
	bit int32
	// root is the node of the trie that the word leads to from the root, 0 for none.
	root int32
	// begins has bit p set when a rule of phase p begins with the word.
	begins uint8
}

// annotation is what the rules know of a type of annotation.
type annotation struct {
	// bit and begins are as those of a word.
	bit    int32
	begins uint8
	// cover is its bit among the types that matches must or must not be within, 0 for the others.
	cover uint64
}

// index files every rule under what it can begin with.
func (s *Set) index() {
	s.words = make([]word, len(s.ids)+1)
	s.annotations = make([]annotation, len(s.names))
	for p := range s.byWord {
		s.byWord[p] = make([][]filed, len(s.ids)+1)
		s.byType[p] = make([][]filed, len(s.names))
	}
	for i, r := range s.Rules {
		r.no = i
		for _, p := range []*program{r.prog, r.after, r.notAfter} {
			if p != nil {
				s.anchor(p, p.choices)
				s.layFirsts(p.code)
			}
		}
		r.outside = s.cover(r.within)
		r.inside = s.cover(r.notWithin)
		s.byPhase[r.Phase] = append(s.byPhase[r.Phase], r)
		s.emits[r.Phase] = dedup(append(s.emits[r.Phase], r.Emit))
		s.file(r, r.Phase, r.prog.code)
	}
	s.listed = s.but(s.open)
	s.layOpenings()
	s.layTrie()
}

// file files a rule, of which code is the program, under its first words and classes.
func (s *Set) file(r *Rule, phase Phase, code []inst) {
	bit := uint8(1) << phase
	var must need // nothing
	if len(r.prog.all) > 0 {
		must = r.prog.all[len(r.prog.all)-1]
	}
	for _, w := range dedup(r.prog.words) {
		s.byWord[phase][w] = append(s.byWord[phase][w], filed{0, r, must, s.nextOf(code, opWord, w)})
		s.words[w].begins |= bit
	}
	for _, c := range dedup(r.prog.classes) {
		s.byType[phase][c.typ] = append(s.byType[phase][c.typ], filed{c.kind, r, must, s.nextOf(code, opClass, int32(c.typ))})
		s.annotations[c.typ].begins |= bit
	}
}

// typed are the rules of a phase that begin with an annotation of a type, which may be one that no rule knows.
func (s *Set) typed(phase Phase, typ Sym) []filed {
	if int(typ) >= len(s.byType[phase]) {
		return nil
	}
	return s.byType[phase][typ]
}

// cover has the bits of types, each given one when first asked for: some share
// one where there are more than bits.
func (s *Set) cover(types []Sym) (bits uint64) {
	for _, t := range types {
		a := &s.annotations[t]
		if a.cover == 0 {
			a.cover = 1 << (s.covers & 63)
			s.covers++
		}
		bits |= a.cover
	}
	return bits
}

// but has the bits of all words and of all types but those given.
func (s *Set) but(types map[Sym]bool) set {
	out := make(set, s.bits>>6+1)
	for i := range out {
		out[i] = ^uint64(0)
	}
	for t := range types {
		bit := s.annotations[t].bit
		out[bit>>6] &^= 1 << (bit & 63)
	}
	return out
}

func dedup[T comparable](list []T) []T {
	var out []T
	for _, v := range list {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
