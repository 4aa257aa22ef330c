package people

import (
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// found is a body or State at some place of the text.
type found struct {
	span viet.Span
	// canonical, kind and country are the lexicon's.
	canonical, kind, country string
	// open: known by its first word alone; bare: the first word is all there is.
	open, bare bool
}

// body is the body that begins at token i: a known one, with the country or
// unit that follows, or an open one.
func (r *reading) body(i int) (found, bool) {
	known, knownOK := r.knownBody(i)
	open, openOK := r.openBody(i)
	if knownOK && (!openOK || open.span.To <= known.span.To || r.foreign(known.span.To) && !r.has(known.span.To, classPlace)) {
		return known, true
	}
	return open, openOK
}

func (r *reading) knownBody(i int) (found, bool) {
	e, end := r.at(i, classBody)
	if e == nil {
		return found{}, false
	}
	b := found{span: viet.Span{From: i, To: end}, canonical: e.Name, kind: e.Kind, country: e.Country}
	if p, pe := r.state(end); pe > end {
		b.span.To, b.country = pe, p.Country
		if p.Country != "VN" {
			b.canonical = ""
		}
	}
	if r.officeBefore(i) {
		r.larger(&b)
	}
	if p, pe := r.place(b.span.To); e.Kind == "firm" && p != nil && p.Kind == "province" && r.nameFollows(pe) {
		b.span.To, b.canonical, b.country = pe, "", p.Country // "Viettel Hậu Giang"
	}
	if to := r.unit(b.span.To); to > b.span.To && !r.capital(b.span.To) {
		b.span.To, b.canonical = to, "" // "BĐBP thành phố Huế", "Hội Nông dân Việt Nam tỉnh X"
	}
	return b, true
}

// larger takes in the body that a chamber or council is of, up to the name of
// its office's holder: "Duma Quốc gia | Quốc hội Liên bang Nga".
func (r *reading) larger(b *found) {
	i := b.span.To
	if r.key(i) == "," {
		i++
	}
	next, to := r.at(i, classBody)
	if next == nil || !r.capital(i) {
		return
	}
	if r.key(to) == "liên" && r.key(to+1) == "bang" && r.key(to+2) == "," {
		if _, end := r.state(to + 3); end > to+3 {
			to += 3 // "Quốc hội liên bang, Liên bang Nga"
		}
	}
	p, end := r.state(to)
	if end > to && (i == b.span.To || r.foreign(end)) {
		b.country = p.Country
	} else if i > b.span.To {
		return
	}
	b.span.To, b.canonical = end, ""
}

// openBody reads a body of which the lexicon knows the first word.
// Its first letter is a capital, unless an office stands before it.
func (r *reading) openBody(i int) (found, bool) {
	e, end := r.at(i, classHead)
	if e == nil || !r.capital(i) && !r.officeBefore(i) {
		return found{}, false
	}
	if _, to := r.at(i, classPlace); to > end {
		return found{}, false // Hội An
	}
	if end == i+1 && r.has(i, classFamily) && int(r.runEnd[i])-i >= 3 && r.personFrom(i, int(r.runEnd[i])) {
		return found{}, false // Đoàn is a family name too
	}
	b := found{span: viet.Span{From: i, To: end}, kind: e.Kind, open: true}
	office := r.officeBefore(i)
	t := tail{reading: r, head: e, start: i, from: end, raised: r.capital(i), office: office, holder: office && !r.apposed}
	b.span.To = t.read()
	if b.span.To == end {
		b.bare = true
		return b, r.aloneBody(e, i, end)
	}
	b.country = t.country
	return b, true
}

// aloneBody tells whether the first word e of bodies, at tokens i to end, is a body by itself.
func (r *reading) aloneBody(e *lexicon.Entry, i, end int) bool {
	switch e.Attr["bare"] {
	case "yes":
		return true
	case "last":
		if !r.capital(end) {
			return true
		}
	}
	next := min(end, len(r.toks))
	return !r.capital(i) && r.personFrom(next, int(r.runEnd[next]))
}

// officeBefore tells whether a title ends before token i.
func (r *reading) officeBefore(i int) bool { return i > 0 && r.titleEnd[i] }

// headAt tells whether an open name begins at i with a capital.
func (r *reading) headAt(i int) bool { return r.capital(i) && r.has(i, classHead) }
