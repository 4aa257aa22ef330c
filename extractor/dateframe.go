package extractor

import (
	"cmp"
	"slices"
	"time"

	"sukien/news"
	"sukien/news/timex"
)

// frameDates gives the meetings told of that have no day of their own the one
// that frames the telling: it opens the sentence before, or the article.
func (d *document) frameDates() {
	for c := range d.clusters {
		cl := &d.clusters[c]
		if cl.date != nil || cl.over || cl.kind == news.Visit || d.allAside(c) || d.unsure(cl) {
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
			if s < 0 || s >= len(d.sents) || d.sents[s].From < d.rd.TitleEnd && m.from >= d.rd.TitleEnd {
				continue
			}
			if k := d.opener(s, cl, s == m.sent-1 && (m.sent == d.firstSentence()+1 || d.goesOn(m.sent))); k >= 0 {
				e := &d.dates[k]
				return dateLink{expr: k, start: e.Start, end: e.End, score: d.x.weights.date.frame, weak: true, rule: e.Rule}, true
			}
		}
	}
	return dateLink{}, false
}

// goesOn tells whether a sentence goes on with what the one before told.
func (d *document) goesOn(s int) bool {
	_, ok := d.rd.At(d.sents[s].From, d.x.sym.sequel)
	return ok
}

// opener gives the day that opens sentence s, -1 when there is none, it is not
// fresh, or another meeting told of in the sentence has it; that does not matter
// where the meeting follows in the article's second sentence, or in one that
// goes on with what the first told: "Sau lễ đón, …".
func (d *document) opener(s int, cl *cluster, follows bool) int {
	k, _ := slices.BinarySearchFunc(d.dates, d.sents[s].From, func(e timex.Expr, from int) int { return cmp.Compare(e.First, from) })
	if k >= len(d.dates) || d.dates[k].First >= d.sents[s].To {
		return -1
	}
	e := &d.dates[k]
	if e.Guard != "" || !isDay(*e) || !d.fresh(e) || !d.frames(e.First, s, cl.kind) || lasting(cl.kind) && d.stands(d.x.sym.setOut, e.Last, d.sents[s].To) {
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
// beginning, behind "Theo phóng viên tại Bangkok,", or anywhere where a press
// conference is what was said.
func (d *document) frames(i, s int, k news.Kind) bool {
	if _, ok := d.rd.At(i, d.x.sym.sourced); ok {
		return false
	}
	from := d.sents[s].From
	return k == news.PressConference || i-from < nextWords || d.toks[from].Key == "theo" && d.toks[i-1].Key == ","
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
