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
			node = x.next(node, x.symbols[toks[j].Key])
		} else {
			node = x.next(node, symbols[j])
		}
		if node == 0 {
			return
		}
		p.initial |= uint64(initialBit(&toks[j])) << depth
		p.upper |= uint64(upperBit(&toks[j])) << depth
		depth++
		if x.first[node] != x.first[node+1] && p.n < maxPhrases {
			p.ends[p.n], p.nodes[p.n] = j+1, node
			p.n++
		}
	}
}

// intern gives the symbol of each token, 0 for those that no phrase has.
func (x *index) intern(toks []viet.Token) []uint32 {
	out := make([]uint32, len(toks))
	for i := range toks {
		out[i] = x.symbols[toks[i].Key]
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
func (l *Lexicon) At(toks []viet.Token, i int) []Match { return l.at(toks, i, false) }

// WeakAt gives the weak names that begin at token i, longest first: names too
// common to mean the entry (a commune) unless its type word stands before them
// or what it belongs to after them.
func (l *Lexicon) WeakAt(toks []viet.Token, i int) []Match { return l.at(toks, i, true) }

func (l *Lexicon) at(toks []viet.Token, i int, weak bool) []Match {
	var p trail
	l.index.follow(&p, toks, nil, i)
	var out []Match
	for k := p.n - 1; k >= 0; k-- {
		if entries := l.meanings(&p, p.nodes[k], weak); len(entries) > 0 {
			out = append(out, Match{i, p.ends[k], entries})
		}
	}
	return out
}

// Scan gives at each token the longest phrase of each class, in order of From,
// of one token the longest first. Weak names are left to WeakAt.
func (l *Lexicon) Scan(toks []viet.Token) []Match {
	out := make([]Match, 0, len(toks)/2)
	var p trail
	seen := make([]Class, 0, maxPhrases)
	symbols := l.index.intern(toks)
	for i := range toks {
		if l.index.roots[symbols[i]] == 0 {
			continue
		}
		l.index.follow(&p, toks, symbols, i)
		seen = seen[:0]
		for k := p.n - 1; k >= 0; k-- {
			entries := l.longest(&p, p.nodes[k], seen)
			for _, e := range entries {
				seen = append(seen, e.Class)
			}
			if len(entries) > 0 {
				out = append(out, Match{i, p.ends[k], entries})
			}
		}
	}
	return out
}

// longest are the entries of a phrase whose class no longer phrase had. When
// that is all of them, the index's own slice is given.
func (l *Lexicon) longest(p *trail, node uint32, seen []Class) []*Entry {
	if l.index.plain[node] && len(seen) == 0 {
		return l.index.entries[l.index.first[node]:l.index.first[node+1]]
	}
	var out []*Entry
	posts := l.index.postings(node)
	for k := range posts {
		e := l.entries[posts[k].entry]
		if !posts[k].weak && p.holds(&posts[k]) && !slices.Contains(seen, e.Class) {
			out = append(out, e)
		}
	}
	return out
}

// meanings are the strong or the weak entries of a phrase whose capitals hold.
func (l *Lexicon) meanings(p *trail, node uint32, weak bool) []*Entry {
	var out []*Entry
	posts := l.index.postings(node)
	for k := range posts {
		if posts[k].weak != weak || !p.holds(&posts[k]) {
			continue
		}
		if e := l.entries[posts[k].entry]; len(out) == 0 || out[len(out)-1] != e {
			out = append(out, e)
		}
	}
	return out
}
