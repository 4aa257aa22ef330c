package extractor

import (
	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/viet"
)

// mention is one place where a meeting is named.
type mention struct {
	from, to int // tokens of the name
	headTo   int // end of the head word
	kind     news.Kind
	verb     bool // the head is a verb
	bare     bool // nothing but the head: it refers back
	ordinal  int
	rule     string
	sent     int
	cluster  int
	aside    bool
	score    float64
}

// findMentions runs the meeting rules.
func (d *document) findMentions() {
	x := d.x
	d.mentions = d.mentions[:0]
	d.matches = d.run(rule.Meeting, d.matches[:0])
	for i := range d.matches {
		d.addMention(&d.matches[i])
	}
	for i, m := range d.mentions {
		kind := x.sym.noun
		switch {
		case m.bare:
			kind = x.sym.bare
		case m.verb:
			kind = x.sym.verb
		}
		d.rd.Add(x.sym.meeting, kind, m.from, max(m.to, m.headTo), i)
	}
}

func (d *document) addMention(r *rule.Match) {
	m := mention{from: r.From, to: r.To, headTo: r.From + 1, rule: r.Rule.ID, sent: d.sentence(r.From), verb: r.Rule.EmitKind == d.x.sym.verb}
	if c, ok := r.Cap(d.x.sym.capHead); ok {
		m.headTo = c.To
		if it, ok := d.rd.At(c.From, d.x.sym.head); ok {
			m.kind = news.Kind(d.x.set.Name(it.Kind))
		}
	}
	if k := r.Rule.Set["kind"]; k != "" {
		m.kind = news.Kind(k)
	}
	m.to = max(d.trimmed(m.headTo, m.to), m.headTo)
	m.bare = !m.verb && d.onlyAnaphor(m.headTo, m.to)
	m.ordinal = d.ordinalIn(m.from, m.to)
	d.mentions = append(d.mentions, m)
}

// trimmed takes from the end of a name what no name ends in.
func (d *document) trimmed(from, to int) int {
	for to > from {
		cut := false
		for at := max(from, to-3); at < to; at++ {
			if it, ok := d.rd.At(at, d.x.sym.trim); ok && int(it.To) == to {
				to, cut = at, true
				break
			}
		}
		if !cut {
			break
		}
	}
	return to
}

// onlyAnaphor tells whether tokens from to to say nothing but "this one".
func (d *document) onlyAnaphor(from, to int) bool {
	for from < to {
		it, ok := d.rd.At(from, d.x.sym.anaphor)
		if !ok || int(it.To) > to {
			return false
		}
		from = int(it.To)
	}
	return true
}

// ordinalIn gives the first edition number within tokens from to to, 0 when there is none.
func (d *document) ordinalIn(from, to int) int {
	for i := from; i < to; i++ {
		if it, ok := d.rd.At(i, d.x.sym.ordinal); ok && int(it.To) <= to {
			if n := d.number(int(it.To) - 1); n > 0 {
				return n
			}
		}
	}
	return 0
}

// number reads the digits, number word or Roman numeral at token i.
func (d *document) number(i int) int {
	t := d.toks[i]
	if n, used := viet.Numeral(d.toks[i:]); used > 0 {
		return n
	}
	if n, ok := viet.Roman(d.src[t.Start:t.End]); ok {
		return n
	}
	return 0
}
