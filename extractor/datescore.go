package extractor

import (
	"slices"
	"unicode"

	"sukien/extractor/place"
	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/timex"
)

// stands tells whether an annotation begins within tokens from to to.
func (d *document) stands(typ rule.Sym, from, to int) bool {
	for t := from; t < to; t++ {
		if _, ok := d.rd.At(t, typ); ok {
			return true
		}
	}
	return false
}

// dateScore says how surely the date k is that of mention i; both are in one sentence.
func (d *document) dateScore(i, k int) (float64, bool) {
	m, e, w := &d.mentions[i], &d.dates[k], &d.x.weights.date
	score, ok := w.inside, true
	switch {
	case e.First >= m.to:
		score, ok = d.scoreAfter(i, e)
	case e.First < m.from:
		score, ok = d.scoreBefore(i, e)
	}
	if m.from < d.rd.TitleEnd {
		score -= w.title
	}
	if _, is := d.rd.At(e.First, d.x.sym.sourced); is {
		score -= w.sourced
	}
	if !ok || score <= w.least {
		return 0, false
	}
	return score - float64(min(m.sent, 20))*w.sentence, true
}

// Distances, in words, within which a day behind a meeting is next to it or near,
// and beyond which a day told of by a speaker is far from it.
const (
	nextWords = 3
	nearWords = 10
	farWords  = 30
)

// scoreAfter weighs a day that stands behind mention i.
func (d *document) scoreAfter(i int, e *timex.Expr) (float64, bool) {
	m, w := &d.mentions[i], &d.x.weights.date
	trip := e.Span && m.kind == news.Visit && (!d.visitBetween(m.to, e.First) || d.stands(d.x.sym.setOut, d.sents[m.sent].From, m.from))
	if !trip && !d.chained(i, e.First) || d.mentionBetween(m.to, e.First, i) >= 0 && !e.Span {
		return 0, false
	}
	score := w.after
	switch gap := d.wordsBetween(m.to, e.First); {
	case gap <= nextWords:
		score = w.next
	case gap <= nearWords:
		score = w.near
	}
	switch {
	case e.First == m.to && unicode.IsDigit(rune(d.src[d.toks[e.First].Start])):
		score = w.after // "Ngày Thế giới phòng, chống AIDS 1/12"
	case d.since(m, e):
		score = w.after
	case d.ownClause(e):
		score = min(score, w.clause)
	case d.briefly(m) && e.Span:
		score = min(score, w.near) // of what was said, more than of who met
	}
	if d.stands(d.x.sym.say, m.to, e.First) && (m.aside || d.ownClause(e) || d.wordsBetween(m.to, e.First) > farWords) {
		score -= w.reported
	}
	return score, true
}

// since tells whether a day right behind a name ends it, as that from which
// something it is about holds: "họp báo về mô hình mới từ ngày 1/7".
func (d *document) since(m *mention, e *timex.Expr) bool {
	from := d.toks[e.First].Key == "từ" || e.First > 0 && d.toks[e.First-1].Key == "từ"
	return from && !e.Span && m.kind != news.Visit && m.to-m.headTo > 2 && !d.stands(d.x.sym.happens, m.to, e.First)
}

// wordsBetween counts tokens from to to (exclusive) without commas and the
// places told of between: "diễn ra tại Huế, Việt Nam, từ ngày 5/3".
func (d *document) wordsBetween(from, to int) int {
	n := 0
	k, _ := slices.BinarySearchFunc(d.places, from, func(p place.Mention, at int) int { return p.From - at })
	for t := from; t < to; t++ {
		for k < len(d.places) && d.places[k].To <= t {
			k++
		}
		if inside := k < len(d.places) && d.places[k].From <= t; !inside && d.toks[t].Key != "," {
			n++
		}
	}
	return n
}

// visitBetween tells whether another trip is named within tokens from to to.
func (d *document) visitBetween(from, to int) bool {
	return slices.ContainsFunc(d.mentions, func(m mention) bool { return m.kind == news.Visit && m.from >= from && m.from < to })
}

// briefly tells whether a gathering is one of hours: then a span of days beside
// it is more likely that of a trip or of a topic.
func (d *document) briefly(m *mention) bool {
	return m.kind != news.Visit && (m.verb || !lasting(m.kind))
}

// ownClause tells whether a day stands between commas, as the frame of what follows.
func (d *document) ownClause(e *timex.Expr) bool {
	return e.First > 0 && d.toks[e.First-1].Key == "," && e.Last < len(d.toks) && d.toks[e.Last].Key == ","
}

// scoreBefore weighs a day that stands before mention i.
func (d *document) scoreBefore(i int, e *timex.Expr) (float64, bool) {
	m, w, s := &d.mentions[i], &d.x.weights.date, &d.x.sym
	score := w.before
	if d.briefly(m) && e.Span {
		score = w.near
	}
	if o := d.mentionBetween(e.Last, m.from, i); o >= 0 {
		if !d.mentions[o].aside && !d.joined(o, i) {
			return 0, false
		}
		score = min(score, w.across)
	}
	score -= float64(min(m.from-e.Last, 40)) * w.gap
	if m.aside {
		score -= w.aside
	}
	if d.stands(s.say, e.Last, m.from-1) {
		score -= w.reported
	}
	if d.stands(s.callOff, e.Last, m.from) || m.kind != news.Visit && d.stands(s.setOut, e.Last, m.from) {
		score -= w.setOut
	}
	return score, true
}
