package extractor

import (
	"cmp"
	"slices"

	"sukien/news"
	"sukien/news/timex"
	"sukien/news/viet"
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

// dateLinks are the dates said of a meeting, until the next call; of its opening or closing alone
// when only those are asked for, as the gathering itself goes on for longer.
func (d *document) dateLinks(cl *cluster, openings bool) []dateLink {
	links := d.dated[:0]
	for _, i := range cl.mentions {
		if !openings || d.opening(&d.mentions[i]) {
			links = d.datesNear(i, links)
		}
	}
	d.dated = links
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

// datesNear weighs the dates of the sentence of a mention and adds them to links.
func (d *document) datesNear(i int, links []dateLink) []dateLink {
	m := &d.mentions[i]
	s := d.sents[m.sent]
	n := len(links)
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
		links = append(links, l)
	}
	return links[:n+len(d.inClause(m, links[n:]))]
}

// inClause keeps of the dates of a sentence those of the mention's own clause,
// all where that has none: "Sáng 5/3, tỉnh họp; từ ngày 10/3, các xã tiêm".
func (d *document) inClause(m *mention, links []dateLink) []dateLink {
	if len(links) < 2 {
		return links
	}
	for _, c := range viet.Clauses(d.src, d.toks, d.sents[m.sent]) {
		if m.from < c.From || m.from >= c.To {
			continue
		}
		outside := func(l dateLink) bool {
			e := &d.dates[l.expr]
			return e.First < c.From || e.First >= c.To
		}
		if slices.ContainsFunc(links, func(l dateLink) bool { return !outside(l) }) {
			return slices.DeleteFunc(links, outside)
		}
	}
	return links
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
