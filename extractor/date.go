package extractor

import (
	"cmp"
	"slices"
	"time"

	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/timex"
)

// dateLink is the date of a meeting.
type dateLink struct {
	expr       int
	start, end news.Date
	score      float64
	// weak tells that the date was not said of the meeting itself.
	weak bool
	rule string
}

// fillDates gives every meeting the date that is said of it, if one is.
func (d *document) fillDates() {
	for c := range d.clusters {
		cl := &d.clusters[c]
		links := d.dateLinks(cl, d.opening(&d.mentions[cl.best]))
		if len(links) == 0 {
			links = d.dateLinks(cl, false)
		}
		if len(links) == 0 {
			continue
		}
		best := slices.MaxFunc(links, func(a, b dateLink) int { return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(b.expr, a.expr)) })
		if lasting(cl.kind) && !d.opening(&d.mentions[cl.best]) {
			best = wider(best, links)
		}
		cl.date = &best
	}
}

// lasting tells whether a gathering of a kind may go on for days.
func lasting(k news.Kind) bool {
	return k != news.Talks && k != news.Ceremony && k != news.PressConference
}

// dateLinks are the dates said of a meeting; of its opening or closing alone
// when only those are asked for, as the gathering itself goes on for longer.
func (d *document) dateLinks(cl *cluster, openings bool) []dateLink {
	var links []dateLink
	for _, i := range cl.mentions {
		if !openings || d.opening(&d.mentions[i]) {
			links = append(links, d.datesNear(i)...)
		}
	}
	return links
}

// wider is a single day, or the span of days that begins or ends with it and
// is said of the same meeting.
func wider(best dateLink, links []dateLink) dateLink {
	if best.start != "" && best.end != "" {
		return best
	}
	for _, l := range links {
		if l.start != "" && l.end != "" && l.end.IsDay() && (l.start == best.start || l.end == cmp.Or(best.end, best.start)) {
			return l
		}
	}
	return best
}

// datesNear weighs the dates of the sentence of a mention.
func (d *document) datesNear(i int) []dateLink {
	m := &d.mentions[i]
	s := d.sents[m.sent]
	var out []dateLink
	k, _ := slices.BinarySearchFunc(d.dates, s.From, func(e timex.Expr, from int) int { return cmp.Compare(e.First, from) })
	for ; k < len(d.dates) && d.dates[k].First < s.To; k++ {
		e := &d.dates[k]
		if e.Guard != "" || e.Start == "" {
			continue
		}
		if !isDay(*e) && (!e.Span || !endsInDay(e.End)) {
			continue
		}
		score, ok := d.dateScore(i, k)
		if !ok {
			continue
		}
		l := dateLink{expr: k, start: e.Start, end: e.End, score: score, rule: e.Rule}
		if e.End == "" && d.endsOn(m, e.First) {
			l.start, l.end = "", e.Start
		}
		out = append(out, l)
	}
	return out
}

// endsInDay tells whether a date fixes a day, its year known or not.
func endsInDay(d news.Date) bool {
	return d.IsDay() || len(d) == len("--01-02") && d[0] == '-'
}

// endsOn tells whether the day at token i is the last one: "đến hết ngày 2/11",
// "kết thúc chuyến thăm, sáng 5/4 …", "sáng 5/4 … rời Huế, kết thúc chuyến thăm".
func (d *document) endsOn(m *mention, i int) bool {
	if m.closes && (i > m.from || m.kind == news.Visit) {
		return true
	}
	_, ok := d.rd.At(i, d.x.sym.until)
	return ok
}

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

// Distances, in words, within which a day behind a meeting is next to it or near.
const (
	nextWords = 3
	nearWords = 10
)

// scoreAfter weighs a day that stands behind mention i.
func (d *document) scoreAfter(i int, e *timex.Expr) (float64, bool) {
	m, w := &d.mentions[i], &d.x.weights.date
	trip := e.Span && m.kind == news.Visit && !d.visitBetween(m.to, e.First)
	if !trip && !d.chained(i, e.First) || d.mentionBetween(m.to, e.First, i) >= 0 && !e.Span {
		return 0, false
	}
	score := w.after
	switch gap := e.First - m.to; {
	case gap <= nextWords:
		score = w.next
	case gap <= nearWords:
		score = w.near
	}
	switch {
	case d.ownClause(e):
		score = min(score, w.clause)
	case d.briefly(m) && e.Span:
		score = min(score, w.near) // of what was said, more than of who met
	}
	return score, true
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

// mentionBetween finds another mention that begins within tokens from to to.
func (d *document) mentionBetween(from, to, except int) int {
	for o := range d.mentions {
		if o != except && d.mentions[o].from >= from && d.mentions[o].from < to && d.mentions[o].cluster != d.mentions[except].cluster {
			return o
		}
	}
	return -1
}

// chained tells whether the mentions between mention i and token to are
// coordinated with it: "thăm Lào và dự hội nghị từ ngày 8 đến 10/9".
func (d *document) chained(i, to int) bool {
	last := i
	for o := range d.mentions {
		m := &d.mentions[o]
		if o == i || m.from < d.mentions[i].to || m.from >= to || m.cluster == d.mentions[i].cluster {
			continue
		}
		if !d.joined(last, o) {
			return false
		}
		last = o
	}
	return true
}

// joined tells whether two mentions stand side by side: "hội đàm và họp báo".
func (d *document) joined(a, b int) bool {
	if from := d.mentions[b].from; d.mentions[b].kind == news.Visit && from > 0 && d.toks[from-1].Key == "và" {
		return true // "dự hội nghị tổ chức tại Huế và thăm Lào từ ngày 8 đến 10/9"
	}
	for t := d.mentions[a].to; t < d.mentions[b].from && t < d.mentions[a].to+6; t++ {
		if k := d.toks[t].Key; k == "và" || k == "," {
			return d.mentions[b].from-d.mentions[a].to <= 6
		}
	}
	return false
}

// frameDates gives the meetings told of that have no day of their own the one
// that frames the telling: it opens the sentence before, or the article.
func (d *document) frameDates() {
	for c := range d.clusters {
		cl := &d.clusters[c]
		if cl.date != nil || cl.kind == news.Visit || d.allAside(c) || d.unsure(cl) {
			continue
		}
		if l, ok := d.frameOf(cl); ok {
			cl.date = &l
		}
	}
}

// unsure tells whether a meeting is still to come, put off or called off.
func (d *document) unsure(cl *cluster) bool {
	v, ok := cl.slot("status")
	return ok && v.value != string(news.Held)
}

// frameOf finds the day that frames a meeting.
func (d *document) frameOf(cl *cluster) (dateLink, bool) {
	for _, i := range cl.mentions {
		m := &d.mentions[i]
		if m.aside || !m.bare && m.from >= d.rd.LeadEnd && m.sent > d.firstSentence()+2 {
			continue
		}
		for _, s := range []int{m.sent - 1, d.firstSentence(), d.firstSentence() + 1, d.firstSentence() + 2} {
			if s < 0 || s >= len(d.sents) || s > d.firstSentence() && d.sents[s].From >= d.rd.LeadEnd || d.sents[s].From < d.rd.TitleEnd && m.from >= d.rd.TitleEnd {
				continue
			}
			if k := d.opener(s, cl, s == m.sent-1 && m.sent == d.firstSentence()+1); k >= 0 {
				e := &d.dates[k]
				return dateLink{expr: k, start: e.Start, end: e.End, score: d.x.weights.date.frame, weak: true, rule: e.Rule}, true
			}
		}
	}
	return dateLink{}, false
}

// opener gives the day that opens sentence s, -1 when there is none, it is not
// fresh, or another meeting told of in the sentence has it; that does not matter
// where the meeting follows in the article's second sentence.
func (d *document) opener(s int, cl *cluster, follows bool) int {
	k, _ := slices.BinarySearchFunc(d.dates, d.sents[s].From, func(e timex.Expr, from int) int { return cmp.Compare(e.First, from) })
	if k >= len(d.dates) || d.dates[k].First >= d.sents[s].To {
		return -1
	}
	e := &d.dates[k]
	if e.Guard != "" || !isDay(*e) || !d.fresh(e) || !d.frames(e.First, s, cl.kind) || d.stands(d.x.sym.setOut, e.Last, d.sents[s].To) {
		return -1
	}
	for o := range d.mentions {
		m := &d.mentions[o]
		if m.sent == s && !m.aside && !m.bare && &d.clusters[m.cluster] != cl && !follows {
			return -1
		}
	}
	return k
}

// frames tells whether the day at token i frames its sentence: near the
// beginning, or anywhere where a press conference is what was said.
func (d *document) frames(i, s int, k news.Kind) bool {
	if _, ok := d.rd.At(i, d.x.sym.sourced); ok {
		return false
	}
	return k == news.PressConference || i-d.sents[s].From < nextWords
}

// fresh tells whether a day is one of the last before publication.
func (d *document) fresh(e *timex.Expr) bool {
	day, err := time.ParseInLocation(time.DateOnly, string(e.Start), news.Hanoi)
	if err != nil || d.published.IsZero() {
		return false
	}
	age := d.published.Sub(day)
	return age >= 0 && age < time.Duration(d.x.weights.date.fresh+1)*24*time.Hour
}
