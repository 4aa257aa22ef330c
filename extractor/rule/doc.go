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

	ids   []int32
	sent  []int32 // end of the sentence that a token is in; 0 for a break
	begin []int32 // begin of it
	// wordMask and typeMask are, at the begin of each sentence, what stands in it.
	wordMask, typeMask []uint64
	items              []Item
	head               []int32
	tail               []int32
	stack              []frame
	// budget is what is left of stepsPerTry.
	budget int
	saves  [maxCaps * 2]int32
	found  []Match
}

// stepsPerToken bounds the work on a document: a multiple of its length.
const stepsPerToken = 2000

// Reset prepares d for a text: its tokens and its sentences.
func (s *Set) Reset(d *Doc, toks []viet.Token, sentences []viet.Span) {
	n := len(toks)
	d.Toks, d.Steps, d.Limit = toks, 0, stepsPerToken*(n+10)
	d.TitleEnd, d.LeadEnd = 0, n
	d.ids = sized(d.ids, n)
	d.sent = sized(d.sent, n)
	d.begin = sized(d.begin, n)
	d.wordMask = sized(d.wordMask, n)
	d.typeMask = sized(d.typeMask, n)
	d.head = sized(d.head, n+1)
	d.tail = sized(d.tail, n+1)
	d.items = append(d.items[:0], Item{})
	for i := range toks {
		d.ids[i] = s.ids[toks[i].Key]
	}
	for _, sp := range sentences {
		for i := sp.From; i < sp.To; i++ {
			d.sent[i], d.begin[i] = int32(sp.To), int32(sp.From)
			if d.ids[i] != 0 {
				d.wordMask[sp.From] |= wordBit(d.ids[i])
			}
		}
	}
	s.scanWords(d)
}

// sized is b with n zero values.
func sized[T int32 | uint64](b []T, n int) []T {
	if cap(b) < n {
		return make([]T, n, n+n/4)
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
	d.typeMask[d.begin[from]] |= typeBit(typ)
	k := int32(len(d.items))
	d.items = append(d.items, Item{Type: typ, Kind: kind, From: int32(from), To: int32(to), Ref: int32(ref)})
	if d.head[from] == 0 {
		d.head[from] = k
	} else {
		d.items[d.tail[from]].next = k
	}
	d.tail[from] = k
	return k
}

// At gives the first annotation of a type that begins at token i.
func (d *Doc) At(i int, typ Sym) (Item, bool) {
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
	if d.sent[i] == 0 {
		return i, i
	}
	return int(d.begin[i]), int(d.sent[i])
}

// has tells whether an annotation of a type, and of a kind unless 0, begins at i.
func (d *Doc) has(i int32, typ, kind Sym) bool {
	for k := d.head[i]; k != 0; k = d.items[k].next {
		if it := &d.items[k]; it.Type == typ && (kind == 0 || it.Kind == kind) {
			return true
		}
	}
	return false
}
