package extractor

import (
	"cmp"
	"slices"

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
	if best.end != "" {
		return best
	}
	for _, l := range links {
		if l.end != "" && l.end.IsDay() && (l.start == best.start || l.end == best.start) {
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
// "kết thúc chuyến thăm, sáng 5/4 …".
func (d *document) endsOn(m *mention, i int) bool {
	if m.closes && i > m.from {
		return true
	}
	_, ok := d.rd.At(i, d.x.sym.until)
	return ok
}

// reported tells whether somebody's words stand between a day and a mention:
// then the day is that of the words.
func (d *document) reported(from int, m *mention) bool {
	for t := from; t < m.from-1; t++ {
		if _, ok := d.rd.At(t, d.x.sym.say); ok {
			return true
		}
	}
	return false
}

// dateScore says how surely the date k is that of mention i; both are in one sentence.
func (d *document) dateScore(i, k int) (float64, bool) {
	m, e := &d.mentions[i], d.dates[k]
	score := 0.0
	switch {
	case e.First >= m.from && e.First < m.to:
		score = 2
	case e.First >= m.to:
		gap := e.First - m.to
		if !d.chained(i, e.First) || d.mentionBetween(m.to, e.First, i) >= 0 && !e.Span {
			return 0, false
		}
		switch {
		case gap <= 3:
			score = 6
		case gap <= 10:
			score = 3
		default:
			score = 1
		}
	default:
		gap := m.from - e.Last
		score = 4
		if o := d.mentionBetween(e.Last, m.from, i); o >= 0 {
			if !d.mentions[o].aside && !d.joined(o, i) {
				return 0, false
			}
			score = 3.5
		}
		score -= float64(min(gap, 40)) * 0.02
		if m.aside {
			score -= 3
		}
		if d.reported(e.Last, m) {
			score -= 2.5
		}
	}
	if m.from < d.rd.TitleEnd {
		score -= 0.5
	}
	if _, ok := d.rd.At(e.First, d.x.sym.sourced); ok {
		score -= 4
	}
	if score <= 0.5 {
		return 0, false
	}
	return score - float64(min(m.sent, 20))*0.1, true
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
	for t := d.mentions[a].to; t < d.mentions[b].from && t < d.mentions[a].to+6; t++ {
		if k := d.toks[t].Key; k == "và" || k == "," {
			return d.mentions[b].from-d.mentions[a].to <= 6
		}
	}
	return false
}
