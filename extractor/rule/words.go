package rule

import "slices"

// node is a state of the trie of word classes while it is built: phrases of token ids.
type node struct {
	next map[int32]int32
	// ends are the classes that have the phrase so far, as type and kind.
	ends []class
}

type class struct{ typ, kind Sym }

// state is a node of the finished trie: its edges, sorted by word, are
// edges[from:to] of the Set.
type state struct {
	from, to int32
	// kids has a bit, by edgeBit, for each edge: mostly the next word has none.
	kids uint64
	ends []class
}

type edge struct{ id, to int32 }

func edgeBit(id int32) uint64 { return 1 << (id & 63) }

func (s *Set) addPhrase(words []string, c class) {
	at := int32(0)
	for _, w := range words {
		id := s.intern(w)
		to, ok := s.trie[at].next[id]
		if !ok {
			to = int32(len(s.trie))
			s.trie = append(s.trie, node{})
			if s.trie[at].next == nil {
				s.trie[at].next = map[int32]int32{}
			}
			s.trie[at].next[id] = to
		}
		at = to
	}
	for _, e := range s.trie[at].ends {
		if e == c {
			return
		}
	}
	s.trie[at].ends = append(s.trie[at].ends, c)
}

// layTrie lays the trie out flat: no map is asked while a text is read.
func (s *Set) layTrie() {
	s.states = make([]state, len(s.trie))
	for i := range s.trie {
		n := &s.trie[i]
		st := state{from: int32(len(s.edges)), ends: n.ends}
		for id, to := range n.next {
			if i == 0 {
				s.words[id].root = to
				continue
			}
			s.edges = append(s.edges, edge{id, to})
			st.kids |= edgeBit(id)
		}
		st.to = int32(len(s.edges))
		slices.SortFunc(s.edges[st.from:st.to], func(a, b edge) int { return int(a.id - b.id) })
		s.states[i] = st
	}
	s.trie = nil
}

// follow gives the node that a word leads to, 0 for none.
func (s *Set) follow(at, id int32) int32 {
	if s.states[at].kids&edgeBit(id) == 0 {
		return 0
	}
	lo, hi := s.states[at].from, s.states[at].to
	for lo < hi {
		mid := (lo + hi) / 2
		switch e := &s.edges[mid]; {
		case e.id == id:
			return e.to
		case e.id < id:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 0
}

// scanWords annotates every phrase of the word classes, the longest of each
// class first.
func (s *Set) scanWords(d *Doc) {
	for i, id := range d.ids {
		if id == 0 || s.words[id].root == 0 {
			continue
		}
		s.scanAt(d, i)
	}
}

// scanAt annotates the phrases that begin at token i.
func (s *Set) scanAt(d *Doc, i int) {
	var path [maxPhrase]int32
	at := s.words[d.ids[i]].root
	path[0] = at
	n := 1
	end := int(d.end(i))
	for j := i + 1; j < end && n < maxPhrase; j++ {
		if at = s.follow(at, d.ids[j]); at == 0 {
			break
		}
		path[n] = at
		n++
	}
	for ; n > 0; n-- {
		for _, c := range s.states[path[n-1]].ends {
			d.Add(c.typ, c.kind, i, i+n, 0)
		}
	}
}

// maxPhrase is the number of tokens of the longest phrase of a word class.
const maxPhrase = 16
