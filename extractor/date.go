package extractor

import (
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
		var best *dateLink
		for _, i := range cl.mentions {
			for _, l := range d.datesNear(i) {
				if best == nil || l.score > best.score {
					k := l
					best = &k
				}
			}
		}
		cl.date = best
	}
}

// datesNear weighs the dates of the sentence of a mention.
func (d *document) datesNear(i int) []dateLink {
	m := &d.mentions[i]
	s := d.sents[m.sent]
	var out []dateLink
	for k, e := range d.dates {
		if e.First < s.From || e.First >= s.To || e.Guard != "" || e.Start == "" {
			continue
		}
		if !isDay(e) && !e.Span {
			continue
		}
		if score, ok := d.dateScore(i, k); ok {
			out = append(out, dateLink{expr: k, start: e.Start, end: e.End, score: score, rule: e.Rule})
		}
	}
	return out
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
		if o := d.mentionBetween(m.to, e.First, i); o >= 0 {
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
	}
	if m.from < d.rd.TitleEnd {
		score -= 0.5
	}
	if score <= 0.5 {
		return 0, false
	}
	return score - float64(m.sent)*0.02, true
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

// joined tells whether two mentions stand side by side: "hội đàm và họp báo".
func (d *document) joined(a, b int) bool {
	for t := d.mentions[a].to; t < d.mentions[b].from && t < d.mentions[a].to+6; t++ {
		if k := d.toks[t].Key; k == "và" || k == "," {
			return d.mentions[b].from-d.mentions[a].to <= 6
		}
	}
	return false
}

var _ = timex.Day
