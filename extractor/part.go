package extractor

import (
	"slices"

	"sukien/extractor/people"
	"sukien/news"
)

// takesPart tells whether mention i of person w, in a sentence that names
// meeting c or (named is false) comes behind one that does, says that the person
// is there. Statesmen of other countries are quoted on everything: one who is
// nowhere named with the meeting is not at it, unless it gathers speakers here
// or a rule finds the person's part in it.
func (d *document) takesPart(c, w, i int, named bool, role news.Role) bool {
	cl := &d.clusters[c]
	if d.voice(w) && cl.kind != news.PressConference {
		return false
	}
	if named {
		return !d.withAnother(c, i)
	}
	switch role {
	case news.Chair, news.CoChair, news.Host, news.Attendee:
		return true
	}
	return !d.who[w].Foreign || d.gathers(cl, w) || d.namedWith(c, w) || d.inLead(c, i)
}

// voice tells whether a person is a spokesperson.
func (d *document) voice(w int) bool {
	return slices.ContainsFunc(d.who[w].Mentions, func(i int) bool {
		return slices.ContainsFunc(d.people[i].Offices, func(o people.Office) bool { return o.Voice })
	})
}

// withAnother tells whether a mention of a person is part of the name of
// another meeting than c, and c is not named behind as where the person goes:
// "tại họp báo về cuộc gặp giữa A và B", but "tiếp A đang dự hội nghị".
func (d *document) withAnother(c, i int) bool {
	p := &d.people[i]
	within := false
	for k := range d.mentions {
		m := &d.mentions[k]
		switch {
		case m.cluster == c && (p.Span.From >= m.from && p.Span.To <= m.to || d.goesTo(i, m)):
			return false
		case p.Span.From >= m.from && p.Span.To <= m.to:
			within = within || d.clusters[m.cluster].main || m.kind == news.Visit
		}
	}
	return within
}

// goesTo tells whether the sentence goes on from person i to meeting m with nobody else between.
func (d *document) goesTo(i int, m *mention) bool {
	end := d.people[i].Span.To
	if m.from < end || m.sent != d.sentence(end-1) {
		return false
	}
	for t := end; t < m.from; t++ {
		if k := int(d.personAt[t]) - 1; k >= 0 && k != i && d.people[k].Name != "" {
			return false
		}
	}
	return true
}

// gathers tells whether a meeting is one at which person w, a guest from
// abroad, may speak: no talks, not held in another country, and the guest no
// head or minister of a State.
func (d *document) gathers(cl *cluster, w int) bool {
	switch cl.kind {
	case news.Talks, news.PressConference, news.Visit, news.Session:
		return false
	}
	return d.who[w].Weight < statesman && !slices.ContainsFunc(cl.places, func(k int) bool {
		c := d.places[k].Country
		return c != "" && c != home
	})
}

// statesman is the least weight of the offices of heads of State and ministers.
const statesman = 8

// namedWith tells whether a sentence that names meeting c names the person too.
func (d *document) namedWith(c, w int) bool {
	for _, i := range d.who[w].Mentions {
		p := &d.people[i]
		if p.Absent() || d.withAnother(c, i) {
			continue
		}
		if told, named := d.topics(d.sentence(p.Span.From)); named && slices.Contains(told, c) || d.partyTo(c, i) {
			return true
		}
	}
	return false
}

// partyTo tells whether a person stands in the name of meeting c or right
// before it, though the sentence only refers to it: "X nêu điều kiện gặp Y".
func (d *document) partyTo(c, i int) bool {
	p := &d.people[i]
	for _, k := range d.clusters[c].mentions {
		m := &d.mentions[k]
		if p.Span.From >= m.from && p.Span.To <= m.to || m.from >= p.Span.To && m.from-p.Span.To < partyReach && d.goesTo(i, m) {
			return true
		}
	}
	return false
}

// partyReach is how many tokens before the name of a meeting its subject can end.
const partyReach = 10

// inLead tells whether mention i stands in the lead of an article that names
// meeting c in its title alone.
func (d *document) inLead(c, i int) bool {
	return d.people[i].Span.From < d.rd.LeadEnd && !slices.ContainsFunc(d.clusters[c].mentions, func(k int) bool {
		return d.mentions[k].from >= d.rd.TitleEnd
	})
}
