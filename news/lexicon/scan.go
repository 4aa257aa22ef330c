package lexicon

import (
	"slices"

	"sukien/news/viet"
)

// trail is a walk down the trie from one token: the phrases that end on the way.
type trail struct {
	// ends and nodes: a phrase of node nodes[i] ends before token ends[i].
	ends  [maxPhrases]int
	nodes [maxPhrases]uint32
	n     int
	// initial and upper are the shapes of the text's tokens, as in posting.
	initial, upper uint64
}

// maxPhrases bounds how many phrases are looked at that begin at one token.
const maxPhrases = 24

// follow walks from token i as far as the trie goes. A dash between two words is passed over.
// symbols are those of all tokens, nil to look each up.
func (x *index) follow(p *trail, toks []viet.Token, symbols []uint32, i int) {
	p.n, p.initial, p.upper = 0, 0, 0
	node, depth := uint32(1), 0
	for j := i; j < len(toks) && depth < maxTokens; j++ {
		if j > i && isDash(&toks[j]) && !isDash(&toks[j-1]) {
			continue
		}
		if symbols == nil {
			node = x.next(node, x.words.Number(toks[j].Key))
		} else {
			node = x.next(node, symbols[j])
		}
		if node == 0 {
			return
		}
		p.initial |= uint64(initialBit(&toks[j])) << depth
		p.upper |= uint64(upperBit(&toks[j])) << depth
		depth++
		if n := &x.nodes[node]; n.from != n.to && p.n < maxPhrases {
			p.ends[p.n], p.nodes[p.n] = j+1, node
			p.n++
		}
	}
}

// intern gives the symbol of each token, 0 for those that no phrase has.
func (x *index) intern(toks []viet.Token) []uint32 {
	out := make([]uint32, len(toks))
	for i := range toks {
		out[i] = x.words.Number(toks[i].Key)
	}
	return out
}

// walk gives the node of the longest phrase at token i and where it ends.
func (x *index) walk(toks []viet.Token, i int) (node uint32, end int) {
	var p trail
	x.follow(&p, toks, nil, i)
	if p.n == 0 {
		return 0, i
	}
	return p.nodes[p.n-1], p.ends[p.n-1]
}

// holds tells whether the text's capitals satisfy the posting.
func (p *trail) holds(q *posting) bool {
	switch q.mode {
	case titleCase:
		return q.initial&^p.initial == 0
	case exactCase:
		mask := uint64(1)<<q.size - 1
		return q.initial == p.initial&mask && q.upper == p.upper&mask
	}
	return true
}

// At gives the phrases that begin at token i, longest first, with every entry
// that each can mean. Weak names are left to WeakAt.
func (l *Lexicon) At(toks []viet.Token, i int) []Match {
	var f Finds
	l.AppendAt(&f, toks, nil, i, false)
	return f.Matches
}

// WeakAt gives the weak names that begin at token i, longest first: names too
// common to mean the entry (a commune) unless its type word stands before them
// or what it belongs to after them.
func (l *Lexicon) WeakAt(toks []viet.Token, i int) []Match {
	var f Finds
	l.AppendAt(&f, toks, nil, i, true)
	return f.Matches
}

// AppendAt adds to f what At gives, or WeakAt where weak is set. numbers are
// those of the text's words in the lexicon's Vocabulary, or in one that extends
// it; nil to look each up.
func (l *Lexicon) AppendAt(f *Finds, toks []viet.Token, numbers []uint32, i int, weak bool) {
	if numbers != nil && l.index.root(numbers[i]) == 0 {
		return
	}
	p := &f.trail
	l.index.follow(p, toks, numbers, i)
	for k := p.n - 1; k >= 0; k-- {
		if entries := l.meanings(f, p.nodes[k], weak); len(entries) > 0 {
			f.Matches = append(f.Matches, Match{i, p.ends[k], entries})
		}
	}
}

// Finds is what ScanInto or AppendAt found, and the memory for it: one Finds
// for many texts takes none anew.
type Finds struct {
	Matches []Match
	entries []*Entry
	trail   trail
	seen    []uint16
}

// Reset forgets the matches, whose memory is used again: they must be used no more.
func (f *Finds) Reset() { f.Matches, f.entries = f.Matches[:0], f.entries[:0] }

// Scan gives at each token the longest phrase of each class, in order of From,
// of one token the longest first. Weak names are left to WeakAt.
func (l *Lexicon) Scan(toks []viet.Token) []Match {
	f := Finds{Matches: make([]Match, 0, len(toks)/2)}
	l.ScanInto(&f, toks, l.index.intern(toks))
	return f.Matches
}

// ScanInto makes f what Scan gives of a text whose words were numbered by the lexicon's
// Vocabulary, or by one that extends it.
func (l *Lexicon) ScanInto(f *Finds, toks []viet.Token, numbers []uint32) {
	f.Reset()
	p := &f.trail
	for i, n := range numbers {
		if l.index.root(n) == 0 {
			continue
		}
		l.index.follow(p, toks, numbers, i)
		f.seen = f.seen[:0]
		for k := p.n - 1; k >= 0; k-- {
			entries := l.longest(f, p.nodes[k])
			for _, e := range entries {
				f.seen = append(f.seen, e.class)
			}
			if len(entries) > 0 {
				f.Matches = append(f.Matches, Match{i, p.ends[k], entries})
			}
		}
	}
}

// longest are the entries of a phrase whose class no longer phrase had. When
// that is all of them, the index's own slice is given.
func (l *Lexicon) longest(f *Finds, node uint32) []*Entry {
	x := &l.index
	n := &x.nodes[node]
	if n.plain && len(f.seen) == 0 {
		return x.entries[n.from:n.to]
	}
	from := len(f.entries)
	for k := n.from; k < n.to; k++ {
		q, e := &x.posts[k], x.entries[k]
		if !q.weak && f.trail.holds(q) && !slices.Contains(f.seen, e.class) {
			f.entries = append(f.entries, e)
		}
	}
	return f.entries[from:len(f.entries):len(f.entries)]
}

// meanings are the strong or the weak entries of a phrase whose capitals hold.
func (l *Lexicon) meanings(f *Finds, node uint32, weak bool) []*Entry {
	x := &l.index
	from := len(f.entries)
	for k := x.nodes[node].from; k < x.nodes[node].to; k++ {
		q, e := &x.posts[k], x.entries[k]
		if q.weak != weak || !f.trail.holds(q) {
			continue
		}
		if n := len(f.entries); n == from || f.entries[n-1] != e {
			f.entries = append(f.entries, e)
		}
	}
	return f.entries[from:len(f.entries):len(f.entries)]
}
