package rule

import "slices"

// set is a set of words and annotation types by their bits: those that stand
// in a sentence.
//
// Most rules are never tried: a sentence lacks one of their words. The words
// and types that the matches of patterns contain, the anchors, have a bit each;
// bit 0 is of all others, which no rule needs.
type set []uint64

func (s set) add(bit int32) { s[bit>>6] |= 1 << (bit & 63) }

// needs are some bits of a set, kept as the few machine words that they are in.
type needs []need

type need struct {
	at   int32
	mask uint64
}

func needsOf(bits []int32) (n needs) {
	slices.Sort(bits)
	for _, b := range bits {
		if len(n) == 0 || n[len(n)-1].at != b>>6 {
			n = append(n, need{at: b >> 6})
		}
		n[len(n)-1].mask |= 1 << (b & 63)
	}
	return n
}

// holds tells whether s has all that one machine word of needs asks for.
func (s set) holds(n need) bool { return n.mask&^s[n.at] == 0 }

// all tells whether s has all of n.
func (s set) all(n needs) bool {
	for i := range n {
		if !s.holds(n[i]) {
			return false
		}
	}
	return true
}

// any tells whether s has some of n.
func (s set) any(n needs) bool {
	for i := range n {
		if n[i].mask&s[n[i].at] != 0 {
			return true
		}
	}
	return false
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
	case e.op == exSeq, e.op == exCap, e.op == exRep && e.min > 0, e.op == exLook && !e.neg:
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

// anchor gives the words and types of choices their bits and notes what p needs of them.
func (s *Set) anchor(p *program, choices []choice) {
	var all []int32
	for _, c := range choices {
		var bits []int32
		for _, w := range c.words {
			bits = append(bits, s.bit(&s.words[w].bit))
		}
		for _, t := range c.types {
			bits = append(bits, s.bit(&s.annotations[t].bit))
		}
		if len(bits) == 1 {
			all = append(all, bits[0])
		} else {
			p.one = append(p.one, needsOf(bits))
		}
	}
	p.all = needsOf(all)
}

// bit is the bit of an anchor, its own from when it is first asked for.
func (s *Set) bit(of *int32) int32 {
	if *of == 0 {
		s.bits++
		*of = s.bits
	}
	return *of
}

// fits tells whether a sentence has what every match of p contains.
func (p *program) fits(has set) bool {
	if !has.all(p.all) {
		return false
	}
	for _, n := range p.one {
		if !has.any(n) {
			return false
		}
	}
	return true
}

// mayFit tells whether has, in which only the bits of closed are complete, may
// come to have what every match of p contains.
func (p *program) mayFit(has, closed set) bool {
	for _, n := range p.all {
		if n.mask&closed[n.at]&^has[n.at] != 0 {
			return false
		}
	}
	for _, n := range p.one {
		if closed.all(n) && !has.any(n) {
			return false
		}
	}
	return true
}
