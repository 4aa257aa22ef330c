package extractor

import (
	"cmp"
	"math"
	"time"

	"sukien/extractor/rule"
	"sukien/news"
)

// runLinks runs the rules of the phases link and judge, and marks the mentions
// that only refer to their meeting.
func (d *document) runLinks() {
	d.links = d.run(rule.Link, d.links[:0])
	d.judged = d.run(rule.Judge, d.judged[:0])
	d.whole = 0
	for i := range d.judged {
		j := &d.judged[i]
		if j.Rule.Set["whole"] == "yes" {
			d.whole = math.Min(d.whole, j.Rule.Weight)
			continue
		}
		if m := d.meetingOf(j); m >= 0 {
			d.mentions[m].take(j.Rule)
		}
	}
	for i := range d.mentions {
		m := &d.mentions[i]
		m.aside = m.past || m.aside && !m.here
	}
}

// take notes what a judging rule says of a mention.
func (m *mention) take(r *rule.Rule) {
	switch r.Set["veto"] {
	case "yes":
		m.veto += r.Weight
	case "first":
		m.debut += r.Weight
	default:
		m.score += r.Weight
	}
	m.introduced = m.introduced || r.Set["introduced"] == "yes"
	m.closes = m.closes || r.Set["closes"] == "yes"
	m.definite = m.definite || r.Set["definite"] == "yes"
	m.past = m.past || r.Set["aside"] == "past"
	m.aside = m.aside || r.Set["aside"] == "yes"
	m.here = m.here || r.Set["aside"] == "no"
}

// meetingOf gives the mention that a match captured as m, -1 when none.
func (d *document) meetingOf(r *rule.Match) int { return d.mentionAt(r, d.x.sym.m) }

// mentionAt gives the mention that a match captured under a name, -1 when none.
func (d *document) mentionAt(r *rule.Match, name rule.Sym) int {
	c, ok := r.Cap(name)
	if !ok {
		return -1
	}
	it, ok := d.rd.At(c.From, d.x.sym.meeting)
	if !ok {
		return -1
	}
	return int(it.Ref)
}

// judge scores every meeting and says which are main.
func (d *document) judge() {
	top := math.Inf(-1)
	for c := range d.clusters {
		d.score(c)
		top = math.Max(top, d.clusters[c].score)
	}
	for c := range d.clusters {
		cl := &d.clusters[c]
		if cl.score < top {
			d.add(c, "rival", math.Max(d.x.weights.rival*(top-cl.score), -3))
		}
		cl.main = cl.score > 0
	}
}

func (d *document) add(c int, name string, w float64) {
	if w == 0 {
		return
	}
	cl := &d.clusters[c]
	cl.score += w
	cl.why = append(cl.why, scored{name, w})
}

func (d *document) score(c int) {
	w := &d.x.weights
	cl := &d.clusters[c]
	best := &d.mentions[cl.best]
	d.add(c, "bias", w.bias)
	d.add(c, "article", d.whole)
	title, lead, first, backs, named := false, false, false, 0, false
	for _, i := range cl.mentions {
		m := &d.mentions[i]
		title = title || m.from < d.rd.TitleEnd && !m.aside
		inLead := m.from >= d.rd.TitleEnd && m.from < d.rd.LeadEnd && !m.aside
		lead = lead || inLead
		first = first || inLead && m.sent == d.firstSentence()
		if m.bare && !m.aside {
			backs++
		}
		named = named || !m.bare
	}
	d.addIf(c, title, "in-title", w.inTitle)
	d.addIf(c, lead, "in-lead", w.inLead)
	d.addIf(c, !title && !lead && d.titleLen > 0, "below", w.below)
	d.addIf(c, first, "first-sentence", w.firstSentence)
	d.addIf(c, cl.date != nil && !cl.date.weak, "dated", w.dated)
	d.addIf(c, d.stale(cl), "stale", w.stale)
	d.addIf(c, cl.over, "earlier-edition", w.earlier)
	d.addIf(c, len(cl.places) > 0, "placed", w.placed)
	d.addIf(c, named, "named", w.named)
	d.addIf(c, !named, "bare-only", w.bareOnly)
	d.addIf(c, d.allAside(c), "all-aside", w.allAside)
	d.addIf(c, best.verb, "verb", w.verb)
	d.addIf(c, cl.kind == news.OtherKind, "other-kind", w.other)
	d.addIf(c, c == 0, "first", w.first)
	d.addIf(c, cl.ordinal > 0, "ordinal", w.ordinal)
	d.add(c, "anaphor", w.anaphor*math.Min(float64(backs), 4))
	late := d.lateness(cl)
	d.add(c, "late", w.late*late)
	d.add(c, "no-title", w.noTitle*d.untitled(cl, late))
	judged := d.mentions[cl.mentions[0]].score
	for _, i := range cl.mentions {
		judged = math.Max(judged, d.mentions[i].score)
	}
	d.add(c, "judged", judged)
	veto := d.mentions[cl.mentions[0]].debut
	for _, i := range cl.mentions {
		veto = math.Min(veto, d.mentions[i].veto)
	}
	d.add(c, "veto", veto)
}

func (d *document) addIf(c int, yes bool, name string, w float64) {
	if yes {
		d.add(c, name, w)
	}
}

// untitled is how much, from 0 to 1, speaks for a meeting that no title could
// name: less the further down one stands that is told of once alone.
func (d *document) untitled(cl *cluster, late float64) float64 {
	switch {
	case d.rd.TitleEnd > 0:
		return 0
	case len(cl.mentions) == 1:
		return 1 - late
	}
	return 1
}

// staleDays is how long, in days, a gathering is news.
const staleDays = 21

// stale tells whether a meeting was over long before the article was published.
func (d *document) stale(cl *cluster) bool {
	if cl.date == nil || d.published.IsZero() {
		return false
	}
	last := cmp.Or(cl.date.end, cl.date.start)
	day, err := time.ParseInLocation(time.DateOnly, string(last), news.Hanoi)
	return err == nil && d.published.Sub(day) > staleDays*24*time.Hour
}

// firstSentence is the number of the first sentence of the text.
func (d *document) firstSentence() int {
	if d.rd.TitleEnd == 0 {
		return 0
	}
	for i := d.rd.TitleEnd; i < len(d.toks); i++ {
		if from, to := d.rd.Sentence(i); from < to {
			return d.sentence(i)
		}
	}
	return 0
}

// lateness is how far down, from 0 to 1, a meeting is first named; the first
// five sentences are no distance.
func (d *document) lateness(cl *cluster) float64 {
	first := len(d.sents)
	for _, i := range cl.mentions {
		first = min(first, d.mentions[i].sent)
	}
	n := float64(first - d.firstSentence() - 3)
	if n <= 0 {
		return 0
	}
	return math.Min(1, n/8)
}
