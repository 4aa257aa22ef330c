package rule

import "slices"

// What keep and stop make is for the names of meetings, and most sentences name
// none: in these the two phases, which find something at every comma, are left out.

// layOpenings gives the rules behind stop that look for what keep and stop make
// their openings.
func (s *Set) layOpenings() {
	ends, later := map[Sym]bool{}, map[Sym]bool{}
	for _, r := range s.Rules {
		if r.Phase == Keep || r.Phase == Stop {
			ends[r.Emit] = true
		}
		if r.Phase >= Keep {
			later[r.Emit] = true
		}
	}
	s.settled = s.but(later)
	for _, r := range s.Rules {
		switch {
		case r.Phase <= Stop || !r.seeks(ends):
		case slices.ContainsFunc(r.prog.classes, func(c class) bool { return later[c.typ] }):
			s.late = append(s.late, r)
		default:
			r.opening = opening(r.prog.code, later)
			s.layFirsts(r.opening)
			s.file(r, openings, r.opening)
		}
	}
}

// seeks tells whether a rule looks for one of the types.
func (r *Rule) seeks(types map[Sym]bool) bool {
	for _, p := range []*program{r.prog, r.after, r.notAfter} {
		if p != nil && slices.ContainsFunc(p.code, func(in inst) bool { return in.seeks(types) }) {
			return true
		}
	}
	return slices.ContainsFunc(slices.Concat(r.within, r.notWithin), func(t Sym) bool { return types[t] })
}

func (in *inst) seeks(types map[Sym]bool) bool {
	switch in.op {
	case opClass:
		return types[Sym(in.x)]
	case opGap, opRun:
		return types[Sym(in.y)]
	case opLook, opNot:
		return slices.ContainsFunc(in.prog, func(in inst) bool { return in.seeks(types) })
	}
	return false
}

// opening is code with a match wherever it looks for one of the types: where
// that does not match, code does not.
func opening(code []inst, types map[Sym]bool) []inst {
	out := slices.Clone(code)
	for pc := range out {
		if out[pc].seeks(types) {
			out[pc] = inst{op: opMatch}
		}
	}
	return out
}

// seek notes the sentences in which a rule comes to look for what keep and stop make.
func (s *Set) seek(d *Doc) {
	for k := range d.sents {
		sent := &d.sents[k]
		sent.sought = slices.ContainsFunc(s.late, func(r *Rule) bool { return r.prog.mayFit(sent.has, s.settled) })
		for i := sent.from; i < sent.to && !sent.sought; i++ {
			sent.sought = d.begins[i]>>openings != 0 && s.opens(d, sent, i)
		}
	}
}

// opens tells whether an opening matches at token i.
func (s *Set) opens(d *Doc, sent *sentence, i int32) bool {
	for _, r := range s.byWord[openings][d.ids[i]] {
		if r.next.fit(d, i+1, sent.to) && s.openedBy(r.rule, d, sent, i) {
			return true
		}
	}
	for k := d.head[i]; k != 0; k = d.items[k].next {
		for _, r := range s.typed(openings, d.items[k].Type) {
			if s.openedBy(r.rule, d, sent, i) {
				return true
			}
		}
	}
	return false
}

func (s *Set) openedBy(r *Rule, d *Doc, sent *sentence, i int32) bool {
	if !r.prog.mayFit(sent.has, s.settled) {
		return false
	}
	d.budget = stepsPerTry
	_, ok := d.try(r.opening, i, sent.to, false, nil)
	return ok
}
