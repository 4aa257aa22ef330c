package rule

import "sukien/news/viet"

// Sym names an annotation type, a kind or a capture within a Set; 0 is none.
type Sym int32

// Item is an annotation: tokens From to To (exclusive) are of a Type, perhaps
// of a Kind of it. Ref is the caller's own index of what stands behind it.
type Item struct {
	Type, Kind Sym
	From, To   int32
	Ref        int32
	next       int32
}

// Doc is a text with its annotations, ready to be matched. One goroutine uses
// a Doc at a time; Reset makes it new for another text and keeps its memory.
type Doc struct {
	Toks []viet.Token
	// TitleEnd is the number of tokens of the title, which come first; LeadEnd
	// the end of the first paragraph of the text.
	TitleEnd, LeadEnd int
	// Steps is what the matcher has spent on the document, Limit where it stops.
	Steps, Limit int

	set *Set
	ids []int32
	// of is the number of the sentence that a token is in; 0, which has no token, for a line end.
	of    []int32
	sents []sentence
	// begins has, at each token, the bits of the phases of which a rule can begin there.
	begins []uint8
	// types has the bits of the types that begin at a token, cover of those that matches
	// are asked to be within of which an annotation covers it.
	types, cover []uint64
	// sets keeps those of the sentences.
	sets  set
	items []Item
	head  []int32
	tail  []int32
	stack []frame
	// budget is what is left of stepsPerTry.
	budget int
	saves  [maxCaps * 2]int32
	found  []Match
	sorted []*Match // of found
	// cluster is memory for keepBest.
	cluster []*Match
}

// sentence is a run of tokens with what stands in it, so that a rule is tried
// only where everything that its match must contain is there.
type sentence struct {
	from, to int32
	has      set
	// begins has the bits of the phases of which a rule can begin at some token.
	begins uint8
	// sought: a rule comes to look there for what keep and stop make.
	sought bool
}

// stepsPerToken bounds the work on a document: a multiple of its length.
const stepsPerToken = 2000

// Reset prepares d for a text: its tokens and its sentences.
func (s *Set) Reset(d *Doc, toks []viet.Token, sentences []viet.Span) {
	d.ids = sized(d.ids, len(toks))
	for i := range toks {
		d.ids[i] = s.ids[toks[i].Key]
	}
	s.reset(d, toks, sentences)
}

// ResetNumbered is Reset for a text whose words are numbered by the vocabulary
// that Extend gave: no word is looked up by its letters again.
func (s *Set) ResetNumbered(d *Doc, toks []viet.Token, numbers []uint32, sentences []viet.Span) {
	d.ids = sized(d.ids, len(toks))
	for i, n := range numbers {
		d.ids[i] = s.byNumber[n]
	}
	s.reset(d, toks, sentences)
}

func (s *Set) reset(d *Doc, toks []viet.Token, sentences []viet.Span) {
	n := len(toks)
	d.set, d.Toks, d.Steps, d.Limit = s, toks, 0, stepsPerToken*(n+10)
	d.TitleEnd, d.LeadEnd = 0, n
	d.of = sized(d.of, n)
	d.begins = sized(d.begins, n)
	d.types, d.cover = sized(d.types, n), sized(d.cover, n)
	d.head = sized(d.head, n+1)
	d.tail = sized(d.tail, n+1)
	d.items = append(d.items[:0], Item{})
	width := len(s.listed)
	d.sets = sized(d.sets, width*(len(sentences)+1))
	d.sents = append(d.sents[:0], sentence{has: d.sets[:width]})
	for i, sp := range sentences {
		d.addSentence(sp, d.sets[(i+1)*width:(i+2)*width])
	}
	s.scanWords(d)
}

// addSentence adds a sentence with the anchors among its words, which has takes.
func (d *Doc) addSentence(sp viet.Span, has set) {
	no := int32(len(d.sents))
	begins := uint8(0)
	for i := sp.From; i < sp.To; i++ {
		d.of[i] = no
		w := &d.set.words[d.ids[i]]
		has.add(w.bit)
		d.begins[i] = w.begins
		begins |= w.begins
	}
	d.sents = append(d.sents, sentence{from: int32(sp.From), to: int32(sp.To), has: has, begins: begins})
}

// begin and end are the bounds of the sentence that token i is in.
func (d *Doc) begin(i int) int32 { return d.sents[d.of[i]].from }
func (d *Doc) end(i int) int32   { return d.sents[d.of[i]].to }

// sized is b with n zero values.
func sized[S ~[]T, T uint8 | int32 | uint64](b S, n int) S {
	if cap(b) < n {
		return make(S, n, n+n/4)
	}
	b = b[:n]
	clear(b)
	return b
}

// Add annotates tokens from to to (exclusive) and gives the annotation's index.
func (d *Doc) Add(typ, kind Sym, from, to int, ref int) int32 {
	if typ == 0 || from < 0 || from >= len(d.Toks) || to <= from || to > len(d.Toks) {
		return 0
	}
	k := int32(len(d.items))
	d.types[from] |= typeBit(typ)
	if int(typ) < len(d.set.annotations) { // else a type of the caller's that no rule knows
		a := &d.set.annotations[typ]
		sent := &d.sents[d.of[from]]
		sent.has.add(a.bit)
		sent.begins |= a.begins
		d.begins[from] |= a.begins
		if a.cover != 0 {
			for i := from; i < to; i++ {
				d.cover[i] |= a.cover
			}
		}
	}
	d.items = append(d.items, Item{Type: typ, Kind: kind, From: int32(from), To: int32(to), Ref: int32(ref)})
	if d.head[from] == 0 {
		d.head[from] = k
	} else {
		d.items[d.tail[from]].next = k
	}
	d.tail[from] = k
	return k
}

// typeBit is that of a type among those that begin at a token; some share one.
func typeBit(typ Sym) uint64 { return 1 << (typ & 63) }

// At gives the first annotation of a type that begins at token i.
func (d *Doc) At(i int, typ Sym) (Item, bool) {
	if d.types[i]&typeBit(typ) == 0 {
		return Item{}, false
	}
	for k := d.head[i]; k != 0; k = d.items[k].next {
		if d.items[k].Type == typ {
			return d.items[k], true
		}
	}
	return Item{}, false
}

// Items gives the annotations in the order they were added. The slice is the
// Doc's own.
func (d *Doc) Items() []Item { return d.items[1:] }

// Sentence gives the bounds of the sentence that token i is in, both equal
// for a line end.
func (d *Doc) Sentence(i int) (from, to int) {
	if d.of[i] == 0 {
		return i, i
	}
	return int(d.begin(i)), int(d.end(i))
}

// has tells whether an annotation of a type, and of a kind unless 0, begins at i.
func (d *Doc) has(i int32, typ, kind Sym) bool {
	if d.types[i]&typeBit(typ) == 0 {
		return false
	}
	for k := d.head[i]; k != 0; k = d.items[k].next {
		if it := &d.items[k]; it.Type == typ && (kind == 0 || it.Kind == kind) {
			return true
		}
	}
	return false
}
