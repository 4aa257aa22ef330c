package timex

import (
	"sync"

	"sukien/news/viet"
)

// Finder is Find for texts whose words are numbered by one vocabulary: what a
// word can be in an expression is looked up by its number, not its letters, and
// the memory of one text is used for the next. It is safe for concurrent use.
type Finder struct {
	// classes are those of the vocabulary's words, by number.
	classes  []class
	scanners sync.Pool
}

// NewFinder makes a Finder for texts cut with a vocabulary.
func NewFinder(v *viet.Vocabulary) *Finder {
	f := &Finder{classes: make([]class, v.Len())}
	for n := 1; n < v.Len(); n++ {
		if f.classes[n] = markClass(v.Key(uint32(n))); f.classes[n] == none {
			f.classes[n] = wordClass(v.Key(uint32(n)))
		}
	}
	f.scanners.New = func() any { return new(scanner) }
	return f
}

// Find gives the expressions of a text as the package's Find does, in the memory
// of buf as far as it reaches. numbers are those of its words.
func (f *Finder) Find(buf []Expr, text string, toks []viet.Token, numbers []uint32, ref Reference) []Expr {
	s := f.scanners.Get().(*scanner)
	defer f.scanners.Put(s)
	s.begin(text, toks, f.classify(s.cls[:0], toks, numbers), ref)
	s.out = buf[:0]
	s.run()
	found := s.out
	s.text, s.toks, s.out = "", nil, nil
	return found
}

// classify gives each token its class. Words that the vocabulary lacks are few.
func (f *Finder) classify(cls []class, toks []viet.Token, numbers []uint32) []class {
	for i := range toks {
		t, c := &toks[i], none
		switch n := numbers[i]; {
		case t.Kind == viet.Number:
			c = number
		case t.Kind == viet.Break:
			c = brk
		case n != 0:
			c = f.classes[n]
		case t.Kind == viet.Punct:
			c = markClass(t.Key)
		default:
			c = wordClass(t.Key)
		}
		cls = append(cls, c)
	}
	return cls
}
