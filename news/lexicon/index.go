package lexicon

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"sukien/news/viet"
)

// mode says how much of a phrase's capitalisation the text must share.
type mode uint8

const (
	// anyCase: "bộ trưởng", "Bộ trưởng", "BỘ TRƯỞNG".
	anyCase mode = iota
	// titleCase: what the phrase writes with a capital, the text does too; "ÁO" and "Áo" but not "áo" for Áo.
	titleCase
	// exactCase: capitals just where the phrase has them; "Áo" alone for Áo.
	exactCase
)

// posting says that a phrase names an entry.
type posting struct {
	entry uint32
	// initial and upper have bit i set when the phrase's token i begins with a capital, is all capitals.
	initial, upper uint64
	// size is the number of the phrase's tokens, at most maxTokens.
	size uint8
	mode mode
	weak bool
}

// absorb makes p hold wherever q does and tells whether it could: spellings of
// one entry that differ in capitals alone ("TP.HCM", "Tp.HCM") are one phrase.
func (p *posting) absorb(q posting) bool {
	if p.entry != q.entry || p.weak != q.weak || p.mode == exactCase && *p != q {
		return false
	}
	if p.mode != q.mode && p.mode != anyCase {
		return false
	}
	p.initial &= q.initial
	return true
}

// maxTokens bounds a phrase: bits of posting.initial. Longer phrases are matched in their first 64 tokens.
const maxTokens = 64

// index is a trie over token keys in flat arrays. Node 0 is "nothing", node 1 the root.
type index struct {
	// words numbers the token keys from 1: the symbols.
	words *viet.Vocabulary
	// roots gives the child of the root by symbol.
	roots []uint32
	// edges is an open-addressed table from node and symbol to node; len(edges) is a power of two.
	edges []edge
	shift uint8
	nodes []node
	posts []posting
	// entries are the posted entries, in step with posts.
	entries []*Entry
}

// node is what a text asks of a node at once, kept side by side.
type node struct {
	// kids has a bit set for each child, by childBit: where it is not set there
	// is no such child, and edges, which is large and mostly asked in vain, is left alone.
	kids uint64
	// from and to: its postings are posts[from:to].
	from, to uint32
	// plain tells that all of its postings hold whatever the case and none is weak.
	plain bool
}

func childBit(symbol uint32) uint64 { return 1 << (symbol & 63) }

type edge struct {
	key  uint64
	node uint32
}

// builder collects phrases.
type builder struct {
	symbols map[string]uint32
	// keys are the symbols in their order.
	keys  []string
	edges map[uint64]uint32
	nodes uint32
	posts []nodePosting
	toks  []viet.Token
}

type nodePosting struct {
	node uint32
	posting
}

func newBuilder() *builder {
	return &builder{symbols: map[string]uint32{}, edges: map[uint64]uint32{}, nodes: 2}
}

// add makes phrase name the entry. A full stop that follows a word is optional:
// "TP.HCM" is found as "TP HCM" too.
func (b *builder) add(phrase string, entry uint32, m mode, weak bool) {
	b.toks = spell(viet.Append(b.toks[:0], phrase))
	b.insert(b.toks, entry, m, weak)
	if slices.IndexFunc(b.toks, isStop) > 0 {
		b.toks = slices.DeleteFunc(b.toks, isStop)
		b.insert(b.toks, entry, m, weak)
	}
}

func (b *builder) insert(toks []viet.Token, entry uint32, m mode, weak bool) {
	if len(toks) == 0 {
		return
	}
	node := uint32(1)
	p := posting{entry: entry, size: uint8(min(len(toks), maxTokens)), mode: m, weak: weak}
	for i := range toks[:min(len(toks), maxTokens)] {
		t := &toks[i]
		node = b.child(node, b.symbol(t.Key))
		p.initial |= uint64(initialBit(t)) << i
		p.upper |= uint64(upperBit(t)) << i
	}
	b.posts = append(b.posts, nodePosting{node, p})
}

func (b *builder) symbol(key string) uint32 {
	s, ok := b.symbols[key]
	if !ok {
		key = strings.Clone(key)
		b.keys = append(b.keys, key)
		s = uint32(len(b.keys))
		b.symbols[key] = s
	}
	return s
}

func (b *builder) child(node, symbol uint32) uint32 {
	k := uint64(node)<<32 | uint64(symbol)
	n, ok := b.edges[k]
	if !ok {
		n = b.nodes
		b.nodes++
		b.edges[k] = n
	}
	return n
}

// build lays the trie out flat. A phrase that names one entry twice (by its
// name and by a variant of equal key) keeps the posting of the laxer case.
func (b *builder) build(entries []*Entry) index {
	x := index{words: viet.NewVocabulary(b.keys), roots: make([]uint32, len(b.keys)+1)}
	x.nodes = make([]node, b.nodes)
	x.layEdges(b.edges)
	slices.SortStableFunc(b.posts, func(p, q nodePosting) int {
		return cmp.Or(cmp.Compare(p.node, q.node), cmp.Compare(p.entry, q.entry), cmp.Compare(p.mode, q.mode))
	})
	for i, p := range b.posts {
		n := &x.nodes[p.node]
		if at := len(x.posts); i > 0 && p.node == b.posts[i-1].node && x.posts[at-1].absorb(p.posting) {
			continue
		}
		if n.from == n.to {
			n.from = uint32(len(x.posts))
		}
		x.posts = append(x.posts, p.posting)
		x.entries = append(x.entries, entries[p.entry])
		n.to = uint32(len(x.posts))
	}
	for n := range x.nodes {
		x.nodes[n].plain = !slices.ContainsFunc(x.postings(uint32(n)), func(p posting) bool { return p.weak || p.mode != anyCase })
	}
	return x
}

func (x *index) layEdges(edges map[uint64]uint32) {
	size := uint(bits.Len(uint(len(edges)*2 + 1)))
	x.edges = make([]edge, 1<<size)
	x.shift = uint8(64 - size)
	for k, n := range edges {
		if k>>32 == 1 {
			x.roots[uint32(k)] = n
			continue
		}
		x.nodes[k>>32].kids |= childBit(uint32(k))
		i := x.slot(k)
		for x.edges[i].node != 0 {
			i = (i + 1) & (len(x.edges) - 1)
		}
		x.edges[i] = edge{k, n}
	}
}

// slot is Fibonacci hashing (Knuth, TAOCP vol. 3, 6.4).
func (x *index) slot(k uint64) int { return int(k * 0x9E3779B97F4A7C15 >> x.shift) }

// root gives the child of the root by symbol, 0 when there is none: symbols
// may be those of a vocabulary with more words.
func (x *index) root(symbol uint32) uint32 {
	if int(symbol) >= len(x.roots) {
		return 0
	}
	return x.roots[symbol]
}

// next gives the child of node by symbol, 0 when there is none.
func (x *index) next(node, symbol uint32) uint32 {
	if symbol == 0 {
		return 0
	}
	if node == 1 {
		return x.root(symbol)
	}
	if x.nodes[node].kids&childBit(symbol) == 0 {
		return 0
	}
	k := uint64(node)<<32 | uint64(symbol)
	for i := x.slot(k); x.edges[i].node != 0; i = (i + 1) & (len(x.edges) - 1) {
		if x.edges[i].key == k {
			return x.edges[i].node
		}
	}
	return 0
}

func (x *index) postings(node uint32) []posting {
	n := &x.nodes[node]
	return x.posts[n.from:n.to]
}

// spell takes away, in place, the marks that spelling varies in: dashes and line ends.
func spell(toks []viet.Token) []viet.Token {
	return slices.DeleteFunc(toks, func(t viet.Token) bool { return isDash(&t) || t.Kind == viet.Break })
}

func isDash(t *viet.Token) bool { return t.Kind == viet.Punct && t.Key == "-" }

func isStop(t viet.Token) bool { return t.Kind == viet.Punct && t.Key == "." }

func initialBit(t *viet.Token) uint8 {
	if t.Kind == viet.Word && t.Shape != viet.Lower {
		return 1
	}
	return 0
}

func upperBit(t *viet.Token) uint8 {
	if t.Kind == viet.Word && t.Shape == viet.Upper {
		return 1
	}
	return 0
}
