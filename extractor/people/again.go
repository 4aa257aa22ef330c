package people

import (
	"slices"

	"sukien/news/viet"
)

// known adds later mentions of persons named in full: a bare foreign name, or
// a bare Vietnamese name of two syllables. All are put into out.
func (r *reading) known(out []Person) {
	if len(r.persons) > 0 {
		r.dropDoubtful()
	}
	r.full = r.persons
	r.persons = out
	if len(r.full) == 0 {
		return
	}
	names := map[string][]viet.Span{}
	for i := range r.full {
		if p := &r.full[i]; p.NameSpan.To-p.NameSpan.From >= 2 {
			first := r.key(p.NameSpan.From)
			names[first] = append(names[first], p.NameSpan)
			if r.foreign(p.NameSpan.From) {
				last := viet.Span{From: p.NameSpan.To - 1, To: p.NameSpan.To}
				names[r.key(last.From)] = append(names[r.key(last.From)], last)
			}
		}
	}
	r.again(names)
}

// dropDoubtful takes away names of one Vietnamese syllable behind an office
// ("Chủ tịch Hội …") that are not the last syllable of a person named in full.
func (r *reading) dropDoubtful() {
	if !slices.ContainsFunc(r.persons, r.doubtful) {
		return
	}
	last := map[string]bool{}
	for _, p := range r.persons {
		if n := p.NameSpan; n.To-n.From >= 2 {
			last[r.key(n.To-1)] = true
		}
	}
	kept := r.persons[:0]
	for _, p := range r.persons {
		n := p.NameSpan
		if r.doubtful(p) && !last[r.key(n.From)] {
			if len(p.Offices) == 0 || !p.Offices[0].Sole {
				continue
			}
			p.Span.To, p.Name, p.NameSpan = n.From, "", viet.Span{}
		}
		kept = append(kept, p)
	}
	r.persons = kept
}

// doubtful tells of a mention by one Vietnamese syllable without an honorific.
func (r *reading) doubtful(p Person) bool {
	n := p.NameSpan
	return n.To-n.From == 1 && p.Honorific == "" && !r.foreign(n.From)
}

// again walks the text between the mentions.
func (r *reading) again(names map[string][]viet.Span) {
	i := 0
	for k := range r.full {
		p := &r.full[k]
		r.between(i, p.Span.From, names)
		r.persons = append(r.persons, *p)
		i = max(i, p.Span.To)
	}
	r.between(i, len(r.toks), names)
}

func (r *reading) between(from, to int, names map[string][]viet.Span) {
	for i := from; i < to; i++ {
		if !r.capital(i) || r.capital(i-1) && r.toks[i].Space || r.cue(i) == "blocker" || r.placeTo(i, int(r.runEnd[i])) {
			continue
		}
		end := int(r.runEnd[i])
		for n, s := range names[r.key(i)] {
			if n > 8 {
				break
			}
			if e := r.same(i, s); e == end && e <= to {
				r.add(Person{Span: viet.Span{From: i, To: e}, Name: r.text(viet.Span{From: i, To: e}), NameSpan: viet.Span{From: i, To: e}, Bare: true})
				break
			}
		}
	}
}

// same is the end of the words of s repeated at i; i when they are not.
func (r *reading) same(i int, s viet.Span) int {
	for k := s.From; k < s.To; k++ {
		if r.key(i+k-s.From) != r.key(k) {
			return i
		}
	}
	return i + s.To - s.From
}
