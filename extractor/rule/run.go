package rule

// Run gives the matches of a phase, in the order of the text. Matches of the
// phases mark, keep and stop are annotations of d when it returns. The slice
// belongs to the caller.
func (s *Set) Run(d *Doc, phase Phase, dst []Match) []Match {
	return s.run(d, phase, dst, nil)
}

// Idle tells, of a document with no annotations but those of the word lists,
// that no rule of a phase can match whatever else will be found.
func (s *Set) Idle(d *Doc, phase Phase) bool {
	words, types := s.byWord[phase], s.byType[phase]
	for typ := range types {
		if len(types[typ]) > 0 && !s.listed[Sym(typ)] {
			return false
		}
	}
	for i := range d.Toks {
		if id := d.ids[i]; id != 0 && len(words[id]) > 0 {
			return false
		}
		for k := d.head[i]; k != 0; k = d.items[k].next {
			if t := d.items[k].Type; int(t) < len(types) && len(types[t]) > 0 {
				return false
			}
		}
	}
	return true
}

// Tracer is told of every attempt that failed: the token it began at, the
// furthest token it reached, and the column of the pattern that did not fit there.
type Tracer func(r *Rule, from, far, col int, guard string)

// Trace is Run with a tracer.
func (s *Set) Trace(d *Doc, phase Phase, dst []Match, t Tracer) []Match {
	return s.run(d, phase, dst, t)
}

func (s *Set) run(d *Doc, phase Phase, dst []Match, t Tracer) []Match {
	d.found = d.found[:0]
	words, types := s.byWord[phase], s.byType[phase]
	for i := range d.Toks {
		if d.sent[i] == 0 {
			continue
		}
		if d.Steps > d.Limit {
			break
		}
		if id := d.ids[i]; id != 0 {
			for _, r := range words[id] {
				d.attempt(r, i, t)
			}
		}
		if d.head[i] != 0 {
			d.attemptTypes(types, i, t)
		}
	}
	from := len(dst)
	dst = order(d.found, phase, dst)
	if phase <= Stop {
		for k := from; k < len(dst); k++ {
			m := &dst[k]
			d.Add(m.Rule.Emit, m.Rule.EmitKind, m.From, m.To, k)
		}
	}
	return dst
}

// attemptTypes tries the rules that begin with an annotation at token i, each once.
func (d *Doc) attemptTypes(types [][]typed, i int, t Tracer) {
	for k := d.head[i]; k != 0; k = d.items[k].next {
		it := d.items[k]
		if int(it.Type) >= len(types) || len(types[it.Type]) == 0 || d.seen(i, k, it) {
			continue
		}
		first := d.firstOf(i, k, it.Type)
		for _, r := range types[it.Type] {
			if r.kind == it.Kind && it.Kind != 0 || r.kind == 0 && first {
				d.attempt(r.rule, i, t)
			}
		}
	}
}

// firstOf tells whether k is the first annotation of its type at token i.
func (d *Doc) firstOf(i int, k int32, typ Sym) bool {
	for j := d.head[i]; j != k; j = d.items[j].next {
		if d.items[j].Type == typ {
			return false
		}
	}
	return true
}

// seen tells whether an annotation before k at token i has the same type and kind.
func (d *Doc) seen(i int, k int32, it Item) bool {
	for j := d.head[i]; j != k; j = d.items[j].next {
		if d.items[j].Type == it.Type && d.items[j].Kind == it.Kind {
			return true
		}
	}
	return false
}

// attempt tries a rule at token i and keeps what it finds.
func (d *Doc) attempt(r *Rule, i int, t Tracer) {
	var far *reach
	begin := d.begin[i]
	switch {
	case t != nil:
		far = &reach{}
	case r.prog.needWords&^d.wordMask[begin] != 0 || r.prog.needTypes&^d.typeMask[begin] != 0:
		return
	}
	for k := range 2 * len(r.prog.caps) {
		d.saves[k] = -1
	}
	d.budget = stepsPerTry
	end, ok := d.try(r.prog.code, int32(i), d.sent[i], true, far)
	if !ok {
		if t != nil {
			t(r, i, int(far.pos), int(far.col), "")
		}
		return
	}
	m := Match{Rule: r, First: i, Last: int(end), From: i, To: int(end)}
	for k, name := range r.prog.caps {
		from, to := d.saves[2*k], d.saves[2*k+1]
		if from < 0 || to < from {
			continue
		}
		m.caps[m.n] = Cap{name, int(from), int(to)}
		m.n++
		if name == r.span {
			m.From, m.To = int(from), int(to)
		}
	}
	if g := d.guarded(r, &m); g != "" {
		if t != nil {
			t(r, i, int(end), 0, g)
		}
		return
	}
	d.found = append(d.found, m)
}

// guarded names the guard of a rule that forbids a match.
func (d *Doc) guarded(r *Rule, m *Match) string {
	switch {
	case r.notAfter != nil && d.precedes(r.notAfter, m.First):
		return "not_after"
	case r.after != nil && !d.precedes(r.after, m.First):
		return "after"
	case len(r.notWithin) > 0 && d.inside(r.notWithin, m):
		return "not_within"
	case len(r.within) > 0 && !d.inside(r.within, m):
		return "within"
	}
	return ""
}

// precedes tells whether a pattern matches and ends right before token i.
func (d *Doc) precedes(p *program, i int) bool {
	begin := int(d.begin[i])
	for at := i - 1; at >= begin && at >= i-p.most; at-- {
		d.budget = stepsPerTry
		if end, ok := d.try(p.code, int32(at), int32(i), false, nil); ok && int(end) == i {
			return true
		}
	}
	return false
}

// inside tells whether the beginning of m is in an annotation of a type that began before it.
func (d *Doc) inside(types []Sym, m *Match) bool {
	begin := int(d.begin[m.From])
	for at := m.From; at >= begin && at > m.From-mostClass; at-- {
		for k := d.head[at]; k != 0; k = d.items[k].next {
			it := &d.items[k]
			if int(it.To) > m.From && int(it.To) >= m.To && has(types, it.Type) {
				return true
			}
		}
	}
	return false
}

func has(types []Sym, t Sym) bool {
	for _, x := range types {
		if x == t {
			return true
		}
	}
	return false
}
