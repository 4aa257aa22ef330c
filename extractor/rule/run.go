package rule

// Run gives the matches of a phase, in the order of the text. Matches of the
// phases mark, keep and stop are annotations of d when it returns. The slice
// belongs to the caller.
func (s *Set) Run(d *Doc, phase Phase, dst []Match) []Match {
	return s.run(d, phase, dst, nil)
}

// Idle tells, of a document with no annotations but those of the word lists,
// that no rule of a phase can match whatever else will be found: each lacks, in
// every sentence, words or listed words that its match must contain.
func (s *Set) Idle(d *Doc, phase Phase) bool {
	for i := range d.sents {
		for _, r := range s.byPhase[phase] {
			if r.prog.mayFit(d.sents[i].has, s.listed) {
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
	s.search(d, phase, false, t)
	from := len(dst)
	for _, m := range d.sorted {
		dst = append(dst, *m)
	}
	s.emit(d, phase, from)
	return dst
}

// Annotate is Run for phases whose matches are asked for no more when they are
// annotations. Those of keep and stop are made only in sentences in which a rule
// of a later phase comes to look for them; the caller adds none between keep and
// meeting.
func (s *Set) Annotate(d *Doc, phase Phase) {
	if phase == Keep {
		s.seek(d)
	}
	s.search(d, phase, phase == Keep || phase == Stop, nil)
	s.emit(d, phase, 0)
}

// emit makes annotations of the matches found, which are numbered from the one given.
func (s *Set) emit(d *Doc, phase Phase, from int) {
	if phase > Stop {
		return
	}
	for k, m := range d.sorted {
		d.Add(m.Rule.Emit, m.Rule.EmitKind, m.From, m.To, from+k)
	}
}

// search leaves the matches of a phase in d.sorted, of all sentences or of those sought.
func (s *Set) search(d *Doc, phase Phase, sought bool, t Tracer) {
	d.found = d.found[:0]
	for k := range d.sents {
		sent := &d.sents[k]
		if sought && !sent.sought || sent.begins>>phase&1 == 0 {
			continue
		}
		for i := sent.from; i < sent.to && d.Steps <= d.Limit; i++ {
			if d.begins[i]>>phase&1 != 0 {
				s.attempts(d, phase, i, t)
			}
		}
	}
	d.order(phase)
}

// attempts tries the rules of a phase that can begin at token i.
func (s *Set) attempts(d *Doc, phase Phase, i int32, t Tracer) {
	sent := &d.sents[d.of[i]]
	rules := s.byWord[phase][d.ids[i]]
	for k := range rules {
		if r := &rules[k]; t != nil || sent.has.holds(r.must) && r.next.fit(d, i+1, sent.to) {
			d.attempt(r.rule, int(i), t)
		}
	}
	for k := d.head[i]; k != 0; k = d.items[k].next {
		if rules := s.typed(phase, d.items[k].Type); rules != nil {
			d.attemptTyped(rules, k, t)
		}
	}
}

// attemptTyped tries the rules that begin with annotation k, each once at a token.
func (d *Doc) attemptTyped(rules []filed, k int32, t Tracer) {
	it := d.items[k]
	first := true // annotation of its type at the token
	for j := d.head[it.From]; j != k; j = d.items[j].next {
		if o := &d.items[j]; o.Type == it.Type {
			if o.Kind == it.Kind {
				return
			}
			first = false
		}
	}
	has := d.sents[d.of[it.From]].has
	for i := range rules {
		r := &rules[i]
		if (r.kind == it.Kind && it.Kind != 0 || r.kind == 0 && first) && (t != nil || has.holds(r.must) && d.follows(r.next, k)) {
			d.attempt(r.rule, int(it.From), t)
		}
	}
}

// follows tells whether next stands behind annotation k or one of its type behind it at the token.
func (d *Doc) follows(next *firsts, k int32) bool {
	if next == nil {
		return true
	}
	typ, end := d.items[k].Type, d.sents[d.of[d.items[k].From]].to
	for ; k != 0; k = d.items[k].next {
		if it := &d.items[k]; it.Type == typ && next.fit(d, it.To, end) {
			return true
		}
	}
	return false
}

// attempt tries a rule at token i and keeps what it finds.
func (d *Doc) attempt(r *Rule, i int, t Tracer) {
	var far *reach
	sent := &d.sents[d.of[i]]
	switch {
	case t != nil:
		far = &reach{}
	case !r.prog.fits(sent.has):
		return
	}
	for k := range 2 * len(r.prog.caps) {
		d.saves[k] = -1
	}
	end, ok := d.start(r.prog.code, int32(i), sent.to, true, far)
	if !ok {
		if t != nil {
			t(r, i, int(far.pos), int(far.col), "")
		}
		return
	}
	d.found = append(d.found, Match{Rule: r, First: i, Last: int(end), From: i, To: int(end)})
	m := &d.found[len(d.found)-1]
	for k, name := range r.prog.caps {
		from, to := d.saves[2*k], d.saves[2*k+1]
		if from < 0 || to < from {
			continue
		}
		m.caps[m.n] = capture{name, from, to}
		m.n++
		if name == r.span {
			m.From, m.To = int(from), int(to)
		}
	}
	if g := d.guarded(r, m); g != "" {
		d.found = d.found[:len(d.found)-1]
		if t != nil {
			t(r, i, int(end), 0, g)
		}
	}
}

// guarded names the guard of a rule that forbids a match.
func (d *Doc) guarded(r *Rule, m *Match) string {
	switch {
	case r.notAfter != nil && d.precedes(r.notAfter, m.First):
		return "not_after"
	case r.after != nil && !d.precedes(r.after, m.First):
		return "after"
	case len(r.notWithin) > 0 && d.inside(r.notWithin, r.inside, m):
		return "not_within"
	case len(r.within) > 0 && !d.inside(r.within, r.outside, m):
		return "within"
	}
	return ""
}

// precedes tells whether a pattern matches and ends right before token i.
func (d *Doc) precedes(p *program, i int) bool {
	sent := &d.sents[d.of[i]]
	if !p.fits(sent.has) {
		return false
	}
	for at := i - 1; at >= int(sent.from) && at >= i-p.most; at-- {
		if !d.opens(p, at) {
			continue
		}
		if end, ok := d.start(p.code, int32(at), int32(i), false, nil); ok && int(end) == i {
			return true
		}
	}
	return false
}

// opens tells whether a match of p can begin at token i.
func (d *Doc) opens(p *program, i int) bool {
	if id := d.ids[i]; id != 0 {
		for _, w := range p.words {
			if w == id {
				return true
			}
		}
	}
	for _, c := range p.classes {
		if d.has(int32(i), c.typ, c.kind) {
			return true
		}
	}
	return false
}

// inside tells whether the beginning of m is in an annotation of a type that began before it.
func (d *Doc) inside(types []Sym, mask uint64, m *Match) bool {
	if d.cover[m.From]&mask == 0 {
		return false
	}
	begin := int(d.begin(m.From))
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
