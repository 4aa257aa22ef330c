package rule

// node is a state of the trie of word classes: phrases of token ids.
type node struct {
	next map[int32]int32
	// ends are the classes that have the phrase so far, as type and kind.
	ends []class
}

type class struct{ typ, kind Sym }

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

// scanWords annotates every phrase of the word classes, the longest of each
// class first.
func (s *Set) scanWords(d *Doc) {
	var path [maxPhrase]int32
	for i := range d.ids {
		if d.ids[i] == 0 || !s.starts[d.ids[i]] {
			continue
		}
		n, at := 0, int32(0)
		end := int(d.sent[i])
		for j := i; j < end && n < maxPhrase; j++ {
			to, ok := s.trie[at].next[d.ids[j]]
			if !ok {
				break
			}
			path[n], at = to, to
			n++
		}
		for ; n > 0; n-- {
			for _, c := range s.trie[path[n-1]].ends {
				d.Add(c.typ, c.kind, i, i+n, 0)
			}
		}
	}
}

// maxPhrase is the number of tokens of the longest phrase of a word class.
const maxPhrase = 16
