package rule

import "slices"

// typed is a rule that begins with an annotation, of a kind unless 0.
type typed struct {
	kind Sym
	rule *Rule
}

// index files every rule under what it can begin with.
func (s *Set) index() {
	for p := range s.byWord {
		s.byWord[p] = make([][]*Rule, len(s.ids)+1)
		s.byType[p] = make([][]typed, len(s.names))
	}
	for _, r := range s.Rules {
		for _, w := range dedup(r.prog.words) {
			s.byWord[r.Phase][w] = append(s.byWord[r.Phase][w], r)
		}
		for _, c := range dedup(r.prog.classes) {
			s.byType[r.Phase][c.typ] = append(s.byType[r.Phase][c.typ], typed{c.kind, r})
		}
	}
	s.starts = make([]bool, len(s.ids)+1)
	for id := range s.trie[0].next {
		s.starts[id] = true
	}
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
