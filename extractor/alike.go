package extractor

import (
	"slices"

	"sukien/extractor/place"
	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/viet"
)

// headKey is the last word of the head: "cuộc họp" and "họp" are alike.
func (d *document) headKey(i int) string {
	m := &d.mentions[i]
	return d.toks[m.headTo-1].Key
}

func agree(a, b int) bool { return a == 0 || b == 0 || a == b }

// akin tells whether one meeting may be called by both kinds in one article.
func (d *document) akin(a, b news.Kind) bool {
	f := d.x.weights.family
	return a == b || f[a] != 0 && f[a] == f[b]
}

// mayBe tells whether mentions a and b may name one meeting as far as their
// heads go: kinds that go together, a summit and talks, an opening.
func (d *document) mayBe(a, b *mention) bool {
	if a.kind != b.kind && (a.kind == news.Session || b.kind == news.Session) && a.ordinal != b.ordinal && !(a.verb && b.bare) {
		return false // a numbered session is not called a meeting without its number, but for one told by its verb
	}
	return d.akin(a.kind, b.kind) || talksLike(a.kind, b.kind) && a.ordinal == b.ordinal || d.opening(a) || d.opening(b) ||
		a.kind == news.Talks && d.headHas(b, d.x.sym.summit) || b.kind == news.Talks && d.headHas(a, d.x.sym.summit)
}

// talksLike: a meeting and talks may share their words.
func talksLike(a, b news.Kind) bool {
	return (a == news.Talks || a == news.Meeting) && (b == news.Talks || b == news.Meeting)
}

// headHas tells whether an annotation stands within the head of a mention.
func (d *document) headHas(m *mention, typ rule.Sym) bool {
	for i := m.from; i < m.headTo; i++ {
		if _, ok := d.rd.At(i, typ); ok {
			return true
		}
	}
	return false
}

// apart tells whether one of two mentions is of a telephone call and the other
// of people who meet, or both are of trips to different countries.
func (d *document) apart(a, b *mention) bool {
	s := &d.x.sym
	if a.kind == news.Visit && b.kind == news.Visit {
		x, y := d.countryIn(a), d.countryIn(b)
		return x != "" && y != "" && x != y
	}
	return d.headHas(a, s.call) && d.headHas(b, s.meet) || d.headHas(b, s.call) && d.headHas(a, s.meet)
}

// oneTrip tells whether two verbs of one sentence, one right behind the other,
// tell of one trip: "kiểm tra ngập lụt và thăm hỏi bà con".
func (d *document) oneTrip(a, b *mention) bool {
	return a.kind == news.Visit && b.kind == news.Visit && a.verb && b.verb && a.sent == b.sent &&
		b.from >= a.to && b.from-a.to <= joinWords
}

// joinWords is how many tokens stand at most between verbs that are joined: ", và đến".
const joinWords = 3

// countryIn is the country of the first place in a name that has one.
func (d *document) countryIn(m *mention) string {
	k, _ := slices.BinarySearchFunc(d.places, m.from, func(p place.Mention, at int) int { return p.From - at })
	for ; k < len(d.places) && d.places[k].From < m.to; k++ {
		if c := d.places[k].Country; c != "" {
			return c
		}
	}
	return ""
}

// similarity compares a mention with the names of a meeting: the share of the
// shorter name's words, 0 when kind or edition forbid.
func (d *document) similarity(c, i int) float64 {
	cl := &d.clusters[c]
	m := &d.mentions[i]
	if !agree(cl.ordinal, m.ordinal) || cl.ordinal > 1 && d.isFirst(m) {
		return 0
	}
	best := 0.0
	for _, k := range cl.mentions {
		o := &d.mentions[k]
		if o.bare || !d.mayBe(o, m) || d.apart(o, m) || d.beside(o, m) {
			continue
		}
		if d.oneTrip(o, m) {
			return 1
		}
		if d.lacks(o, m) || d.lacks(m, o) || m.kind == news.Talks && d.namesOther(k, i) {
			return 0
		}
		best = max(best, d.overlap(o, m))
	}
	return best
}

// beside tells whether two mentions of one sentence are of two meetings: one
// that is only referred to and one that is told of, by names of other lengths.
func (d *document) beside(a, b *mention) bool {
	gap := (a.to - a.headTo) - (b.to - b.headTo)
	return a.sent == b.sent && a.aside != b.aside && !a.verb && !b.verb && !d.opening(a) && !d.opening(b) && (gap > 1 || gap < -1)
}

// lacks tells whether name b, no shorter than a, lacks an abbreviation of a:
// a "Hội nghị CEO APEC" is no "Hội nghị Cấp cao các Nhà lãnh đạo Kinh tế APEC".
func (d *document) lacks(a, b *mention) bool {
	if a.to-a.headTo > b.to-b.headTo {
		return false
	}
	for i := a.headTo; i < a.to; i++ {
		if d.isAbbreviation(i) && !d.within(i, false, b) {
			return true
		}
	}
	return false
}

// overlap is the share of the shorter name's content words that the other has too.
func (d *document) overlap(a, b *mention) float64 {
	if a.to-a.headTo > b.to-b.headTo {
		a, b = b, a
	}
	n, total := 0, 0
	for i := a.headTo; i < a.to; i++ {
		if it, ok := d.rd.At(i, d.x.sym.counterpart); ok {
			i = int(it.To) - 1
			continue
		}
		if len(d.toks[i].Key) < 2 {
			continue
		}
		total++
		if d.within(i, i == a.to-1, b) {
			n++
		}
	}
	if total == 0 {
		return 0
	}
	return float64(n) / float64(total)
}

// within tells whether a name has the word at token i; as its last word only
// where no dash goes on from it: "ASEAN" is not "ASEAN - Ấn Độ".
func (d *document) within(i int, last bool, m *mention) bool {
	for j := m.from; j < m.to; j++ {
		if d.sameWord(i, j) && !(last && d.isAbbreviation(i) && j+1 < m.to && joins(d.toks[j+1].Key)) {
			return true
		}
	}
	return false
}

func joins(key string) bool { return key == "-" || key == "–" || key == "+" }

// isAbbreviation tells whether a word is two or more capitals: "ASEAN", "CEO".
func (d *document) isAbbreviation(i int) bool {
	t := &d.toks[i]
	if t.Shape != viet.Upper {
		return false
	}
	n := 0
	for _, r := range d.src[t.Start:t.End] {
		if r < 'A' || r > 'Z' {
			return false
		}
		n++
	}
	return n > 1
}

// sameWord tells whether tokens i and j have one key; only words that the
// vocabulary lacks are compared by their letters.
func (d *document) sameWord(i, j int) bool {
	return d.numbers[i] == d.numbers[j] && (d.numbers[i] != 0 || d.toks[i].Key == d.toks[j].Key)
}
