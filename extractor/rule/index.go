package rule

import "slices"

// typed is a rule that begins with an annotation, of a kind unless 0.
type typed struct {
	kind Sym
	rule *Rule
}

// word is what the rules know of a word.
type word struct {
	// anchor is the number of the word among those of patterns, 0 for the others.
	anchor int32
	// root is the node of the trie that the word leads to from the root, 0 for none.
	root int32
	// begins has bit p set when a rule of phase p begins with the word.
	begins uint8
}

// index files every rule under what it can begin with.
func (s *Set) index() {
	s.words = make([]word, len(s.ids)+1)
	s.numberTypes()
	s.typeBegins = make([]uint8, len(s.names))
	for p := range s.byWord {
		s.byWord[p] = make([][]*Rule, len(s.ids)+1)
		s.byType[p] = make([][]typed, len(s.names))
	}
	for i, r := range s.Rules {
		r.no = i
		for _, p := range []*program{r.prog, r.after, r.notAfter} {
			if p != nil {
				s.anchor(p)
				s.layFirsts(p.code)
			}
		}
		r.outside = s.mask(r.within)
		r.inside = s.mask(r.notWithin)
		s.file(r)
	}
	s.layTrie()
}

// file files a rule under its first words and classes.
func (s *Set) file(r *Rule) {
	s.byPhase[r.Phase] = append(s.byPhase[r.Phase], r)
	bit := uint8(1) << r.Phase
	for _, w := range dedup(r.prog.words) {
		s.byWord[r.Phase][w] = append(s.byWord[r.Phase][w], r)
		s.words[w].begins |= bit
	}
	for _, c := range dedup(r.prog.classes) {
		s.byType[r.Phase][c.typ] = append(s.byType[r.Phase][c.typ], typed{c.kind, r})
		s.typeBegins[c.typ] |= bit
	}
}

// numberTypes numbers the annotation types in the order of their symbols.
func (s *Set) numberTypes() {
	s.typeNo = make([]int32, len(s.names))
	var types []Sym
	for _, t := range s.types {
		types = append(types, t)
	}
	slices.Sort(types)
	for i, t := range types {
		s.typeNo[t] = int32(i)
	}
	for _, t := range types {
		if !s.open[t] {
			s.closed |= typeBit(s.typeNo[t])
		}
	}
	for t := range s.open { // where there are more types than bits, an open one opens its bit
		s.closed &^= typeBit(s.typeNo[t])
	}
}

// mask has the bits of types.
func (s *Set) mask(types []Sym) (bits uint64) {
	for _, t := range types {
		bits |= typeBit(s.typeNo[t])
	}
	return bits
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
