package rule

// needs are words and annotation types: those that stand in a sentence, or
// those that every match of a pattern contains.
//
// Most rules are never tried: a sentence lacks one of their words. The words of
// patterns, the anchors, are some three hundred, the types some sixty, so that
// a set of each is a few machine words. Where there are more than bits, some
// share a bit: then a rule is tried in vain, and none is missed.
type needs struct {
	words [anchorWords]uint64
	types uint64
}

const anchorWords = 4

// addWord takes the number of an anchor, from 1; 0 is no anchor.
func (n *needs) addWord(anchor int32) {
	if anchor != 0 {
		n.words[anchor>>6%anchorWords] |= 1 << (anchor & 63)
	}
}

// addType takes the number of a type.
func (n *needs) addType(no int32) { n.types |= typeBit(no) }

func typeBit(no int32) uint64 { return 1 << (no & 63) }

// missing tells whether n has something that has lacks.
func (n *needs) missing(has *needs) bool {
	return n.types&^has.types != 0 ||
		n.words[0]&^has.words[0]|n.words[1]&^has.words[1]|n.words[2]&^has.words[2]|n.words[3]&^has.words[3] != 0
}

// meets tells whether n and has share something.
func (n *needs) meets(has *needs) bool {
	return n.types&has.types != 0 ||
		n.words[0]&has.words[0]|n.words[1]&has.words[1]|n.words[2]&has.words[2]|n.words[3]&has.words[3] != 0
}

// choice is a set of words and types of which every match contains one.
type choice struct {
	words []int32
	types []Sym
}

// choices gives what every match of e contains.
func (c *compiler) choices(e *expr) []choice {
	switch {
	case e.op == exWord:
		return []choice{{words: []int32{c.set.intern(e.word)}}}
	case e.op == exClass:
		typ, _ := c.class(e)
		return []choice{{types: []Sym{typ}}}
	case e.op == exAlt:
		return c.oneOf(e)
	case e.op == exSeq, e.op == exCap, e.op == exRep && e.min > 0:
		var out []choice
		for _, s := range e.subs {
			out = append(out, c.choices(s)...)
		}
		return out
	}
	return nil
}

// oneOf joins the narrowest choice of each alternative; without one of some
// alternative nothing is known.
func (c *compiler) oneOf(e *expr) []choice {
	var all choice
	for _, s := range e.subs {
		list := c.choices(s)
		if len(list) == 0 {
			return nil
		}
		best := list[0]
		for _, l := range list[1:] {
			if len(l.words)+2*len(l.types) < len(best.words)+2*len(best.types) {
				best = l
			}
		}
		all.words = append(all.words, best.words...)
		all.types = append(all.types, best.types...)
	}
	return []choice{all}
}

// maxOne bounds the choices that a rule is tested for beside what it needs for certain.
const maxOne = 2

// anchor numbers the words of the pattern and makes the masks of its choices.
func (s *Set) anchor(p *program) {
	for _, c := range p.choices {
		var n needs
		for _, w := range c.words {
			if s.words[w].anchor == 0 {
				s.anchors++
				s.words[w].anchor = s.anchors
			}
			n.addWord(s.words[w].anchor)
		}
		for _, t := range c.types {
			n.addType(s.typeNo[t])
		}
		switch {
		case len(c.words)+len(c.types) == 1:
			p.all.join(&n)
		case len(p.one) < maxOne:
			p.one = append(p.one, n)
		}
	}
}

func (n *needs) join(m *needs) {
	n.types |= m.types
	for i := range n.words {
		n.words[i] |= m.words[i]
	}
}

// fits tells whether a sentence has what every match of p contains.
func (p *program) fits(s *sentence) bool {
	if p.all.missing(&s.has) {
		return false
	}
	for i := range p.one {
		if !p.one[i].meets(&s.has) {
			return false
		}
	}
	return true
}

// mayFit tells whether has, in which only the annotations of the closed types
// are complete, may come to have what every match of p contains.
func (p *program) mayFit(has *needs, closed uint64) bool {
	all := p.all
	all.types &= closed
	if all.missing(has) {
		return false
	}
	for i := range p.one {
		if n := &p.one[i]; n.types&^closed == 0 && !n.meets(has) {
			return false
		}
	}
	return true
}
