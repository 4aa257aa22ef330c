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
func (x *index) follow(p *trail, toks []viet.Token, i int) {
	*p = trail{}
	node, depth := uint32(1), 0
	for j := i; j < len(toks) && depth < maxTokens; j++ {
		if j > i && isDash(toks[j]) && !isDash(toks[j-1]) {
			continue
		}
		if node = x.next(node, x.symbols[keyOf(toks[j])]); node == 0 {
			return
		}
		p.initial |= uint64(initialBit(toks[j])) << depth
		p.upper |= uint64(upperBit(toks[j])) << depth
		depth++
		if x.first[node] != x.first[node+1] && p.n < maxPhrases {
			p.ends[p.n], p.nodes[p.n] = j+1, node
			p.n++
		}
	}
}

// walk gives the node of the longest phrase at token i and where it ends.
func (x *index) walk(toks []viet.Token, i int) (node uint32, end int) {
	var p trail
	x.follow(&p, toks, i)
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
// that each can mean, weak names last.
func (l *Lexicon) At(toks []viet.Token, i int) []Match {
	var p trail
	l.index.follow(&p, toks, i)
	var out []Match
	for k := p.n - 1; k >= 0; k-- {
		if entries := l.meanings(&p, p.nodes[k], nil); len(entries) > 0 {
			out = append(out, Match{i, p.ends[k], entries})
		}
	}
	return out
}

// Scan gives at each token the longest phrase of each class, in order of From,
// of one token the longest first. Weak names are left to At.
func (l *Lexicon) Scan(toks []viet.Token) []Match {
	var out []Match
	var p trail
	seen := make([]Class, 0, maxPhrases)
	for i := range toks {
		if l.index.roots[l.index.symbols[keyOf(toks[i])]] == 0 {
			continue
		}
		l.index.follow(&p, toks, i)
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

// meanings are the entries of a phrase whose capitals hold, weak names last.
func (l *Lexicon) meanings(p *trail, node uint32, out []*Entry) []*Entry {
	posts := l.index.postings(node)
	for _, weak := range []bool{false, true} {
		for k := range posts {
			if posts[k].weak == weak && p.holds(&posts[k]) {
				out = append(out, l.entries[posts[k].entry])
			}
		}
	}
	return out
}
