package extractor

import (
	"slices"
	"strconv"
	"strings"

	"sukien/extractor/place"
	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/viet"
)

// mention is one place where a meeting is named.
type mention struct {
	from, to int // tokens of the name
	headTo   int // end of the head word
	// topic is where the rest of the name stands when a day comes between:
	// "cuộc họp chiều 19/2, nghe báo cáo về …".
	topic [2]int
	kind  news.Kind
	verb  bool // the head is a verb
	bare  bool // nothing but the head: it refers back
	// predicate: what follows the head may be said of it instead of naming it.
	predicate bool
	ordinal   int
	rule      string
	sent      int
	cluster   int
	aside     bool
	// here: a rule says that it is the meeting going on, whatever only refers to it.
	here bool
	// introduced: a verb before it (tổ chức, chủ trì, dự) brings it in.
	introduced bool
	// closes: the meeting is told to have ended.
	closes bool
	// definite: it is spoken of as known: "tại cuộc hội đàm với …".
	definite bool
	// past: what was said there before, whatever else is told of it.
	past bool
	// short is where the name begins that the mention is the abbreviation of, -1 for none.
	short int
	// sitting: a day's work of a longer session, told of as what the house did.
	sitting bool
	debut   float64 // counts so where the meeting is first named here
	veto    float64 // counts against the meeting whatever speaks for its other mentions
	score   float64
}

// maxMentions bounds the mentions of one text, so that comparing them stays
// linear in its length: an article has under fifty.
const maxMentions = 300

// findMentions runs the meeting rules.
func (d *document) findMentions() {
	x := d.x
	d.mentions = d.mentions[:0]
	d.matches = d.run(rule.Meeting, d.matches[:0])
	for i := range d.matches[:min(len(d.matches), maxMentions)] {
		d.addMention(&d.matches[i])
	}
	d.findShort()
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
	m := mention{short: -1, from: r.From, to: r.To, headTo: r.From + 1, rule: r.Rule.ID, sent: d.sentence(r.From), verb: r.Rule.EmitKind == d.x.sym.verb}
	if c, ok := r.Cap(d.x.sym.capHead); ok {
		m.headTo = c.To
		if it, ok := d.rd.At(c.From, d.x.sym.head); ok {
			m.kind = news.Kind(d.x.set.Name(it.Kind))
		}
	}
	if c, ok := r.Cap(d.x.sym.topic); ok {
		m.topic = [2]int{c.From, max(d.trimmed(c.From+1, c.To), c.From+1)}
	}
	if k := r.Rule.Set["kind"]; k != "" {
		m.kind = news.Kind(k)
	}
	m.sitting = r.Rule.Set["sitting"] == "yes"
	m.bare = !m.verb && m.topic[1] == 0 && d.onlyAnaphor(m.headTo, m.to)
	m.to = d.wholePlace(max(d.trimmed(m.headTo, m.to), m.headTo))
	m.bare = m.bare || !m.verb && m.topic[1] == 0 && d.onlyAnaphor(m.headTo, m.to)
	m.predicate = !m.verb && !m.bare && d.predicateAt(m.headTo)
	m.ordinal = d.ordinalIn(m.from, m.to)
	d.mentions = append(d.mentions, m)
}

// said tells whether what follows the head is told of the meeting instead of
// naming it.
func (m *mention) said() bool { return m.predicate && !m.introduced }

// trimmed takes from the end of a name what no name ends in.
func (d *document) trimmed(from, to int) int {
	for to > from {
		cut := false
		for at := max(from, to-3); at < to; at++ {
			if it, ok := d.rd.At(at, d.x.sym.trim); ok && int(it.To) == to && !d.kept(at, to) {
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

// kept tells whether tokens from to to end words that belong together: "tái tạo".
func (d *document) kept(from, to int) bool {
	for at := max(0, from-2); at < from; at++ {
		if it, ok := d.rd.At(at, d.x.sym.keep); ok && int(it.To) == to {
			return true
		}
	}
	return false
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
		if it, ok := d.rd.At(i, d.x.sym.head); ok && i > from && int(it.To) <= to && !d.opens(from, i) {
			return 0 // another meeting within the name
		}
		if it, ok := d.rd.At(i, d.x.sym.ordinal); ok && int(it.To) <= to {
			if n := d.number(i, int(it.To)); n > 0 {
				return n
			}
		}
	}
	return 0
}

// opens tells whether what begins at i is what the head at from opens or
// closes: "lễ khai mạc Đại hội lần thứ I" is of the first edition.
func (d *document) opens(from, i int) bool {
	it, ok := d.rd.At(from, d.x.sym.head)
	return ok && int(it.To) >= i
}

// maxEdition is above every edition number and below every year.
const maxEdition = 1900

// number reads the edition of an ordinal at tokens from to to (exclusive).
func (d *document) number(from, to int) int {
	for i := from; i < to; i++ {
		if it, ok := d.rd.At(i, d.x.sym.first); ok && int(it.To) == to {
			return 1
		}
		if n, used := viet.Numeral(d.toks[i:to]); used == to-i && n > 0 && n < maxEdition {
			return n
		}
	}
	t := d.toks[to-1]
	word := d.src[t.Start:t.End]
	if n, ok := viet.Roman(word); ok {
		return n
	}
	digits := word[len(strings.TrimRight(word, "0123456789")):] // "COP30"
	if n, err := strconv.Atoi(digits); err == nil && len(digits) < len(word) && n < maxEdition {
		return n
	}
	return 0
}

func (d *document) predicateAt(i int) bool {
	_, ok := d.rd.At(i, d.x.sym.predicate)
	return ok
}

// wholePlace moves the end of a name out of the middle of a place: "… tỉnh Vĩnh" to "… tỉnh Vĩnh Long".
func (d *document) wholePlace(to int) int {
	k, _ := slices.BinarySearchFunc(d.places, to, func(p place.Mention, at int) int { return p.From - at })
	if k > 0 && d.places[k-1].From < to && d.places[k-1].To > to {
		return d.places[k-1].To
	}
	return to
}
