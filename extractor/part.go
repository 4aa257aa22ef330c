package extractor

import (
	"cmp"
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
	if d.who[w].Voice && cl.kind != news.PressConference {
		return false
	}
	switch role {
	case news.Chair, news.CoChair, news.Host, news.Attendee:
		return !named || !d.withAnother(c, i)
	}
	if d.outside(cl, w) || d.askedAbout(cl, i) {
		return false
	}
	if named {
		return !d.withAnother(c, i)
	}
	return !d.who[w].Foreign || d.gathers(cl, w) || d.namedWith(c, w) || d.inLead(c, i)
}

// askedAbout tells whether a press conference is only asked about a person:
// "khi được hỏi về phản ứng của Tổng thống X".
func (d *document) askedAbout(cl *cluster, i int) bool {
	p := &d.people[i]
	if cl.kind != news.PressConference || p.Span.From == 0 || slices.ContainsFunc(cl.mentions, func(k int) bool {
		return p.Span.From >= d.mentions[k].from && p.Span.To <= d.mentions[k].to
	}) {
		return false
	}
	switch d.toks[p.Span.From-1].Key {
	case "về":
		return true
	case "của":
		before := d.toks[max(0, p.Span.From-2)].Key
		return !slices.Contains([]string{"dự", "gia", "trì", "diện", "mặt", "biểu", "bố"}, before) // "có sự tham dự của", "phát biểu của"
	}
	return false
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
			within = within || d.clusters[m.cluster].main || m.kind == news.Visit || m.kind == news.Talks
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
	var told []int
	for _, i := range d.who[w].Mentions {
		p := &d.people[i]
		if p.Absent() || d.withAnother(c, i) || d.askedAbout(&d.clusters[c], i) {
			continue
		}
		var named bool
		told, named = d.topics(d.sentence(p.Span.From), told)
		if named && slices.Contains(told, c) || d.partyTo(c, i) {
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

// isParty tells whether a person is one of those between whom talks or a summit
// are, by its name: what one of them says of it is no speech.
func (d *document) isParty(cl *cluster, w int) bool {
	if cl.kind != news.Talks && cl.kind != news.Conference {
		return false
	}
	return slices.ContainsFunc(d.who[w].Mentions, func(i int) bool {
		p := &d.people[i]
		return slices.ContainsFunc(cl.mentions, func(k int) bool {
			return p.Span.From >= d.mentions[k].from && p.Span.To <= d.mentions[k].to
		})
	})
}

// outside tells whether a statesman of another country has no part in talks
// that are, by their name, between two others; whoever is named behind it in
// its sentence may be met too: "gặp A, B …; tiếp C".
func (d *document) outside(cl *cluster, w int) bool {
	if cl.kind != news.Talks || !d.who[w].Foreign || d.namedBehind(cl, w) {
		return false
	}
	var parties []int
	for o := range d.who {
		if d.who[o].Weight >= statesman && (d.isParty(cl, o) || d.leadsTo(cl, o)) {
			parties = append(parties, o)
		}
	}
	return len(parties) > 1 && !slices.Contains(parties, w) && !d.besides(w, parties)
}

func (d *document) namedBehind(cl *cluster, w int) bool {
	return slices.ContainsFunc(d.who[w].Mentions, func(i int) bool {
		from := d.people[i].Span.From
		return slices.ContainsFunc(cl.mentions, func(k int) bool {
			m := &d.mentions[k]
			return !m.aside && from >= m.to && d.sentence(from) == m.sent
		})
	})
}

// besides tells whether a person is named in one list with one of others.
func (d *document) besides(w int, others []int) bool {
	for _, o := range others {
		for _, i := range d.who[o].Mentions {
			from, to := i, i
			for from > 0 && d.listed(d.people[from-1].Span.To, d.people[from].Span.From) {
				from--
			}
			for to+1 < len(d.people) && d.listed(d.people[to].Span.To, d.people[to+1].Span.From) {
				to++
			}
			if slices.ContainsFunc(d.who[w].Mentions, func(k int) bool { return k >= from && k <= to }) {
				return true
			}
		}
	}
	return false
}

// leadsTo tells whether a person is the subject of a meeting: named right before it, and not as one who speaks of it.
func (d *document) leadsTo(cl *cluster, w int) bool {
	return slices.ContainsFunc(d.who[w].Mentions, func(i int) bool {
		return slices.ContainsFunc(cl.mentions, func(k int) bool {
			m := &d.mentions[k]
			end := d.people[i].Span.To
			return m.from >= end && m.from-end < partyReach && d.goesTo(i, m) && !d.says(end, m.from)
		})
	})
}

// says tells whether a verb of speech stands between two tokens.
func (d *document) says(from, to int) bool {
	for t := from; t < to; t++ {
		if _, ok := d.rd.At(t, d.x.sym.say); ok {
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

// talksAt is the country in which talks are held where it is that of one of
// those who talk, empty otherwise: then some are hosts and some guests.
func (d *document) talksAt(cl *cluster) string {
	if cl.kind != news.Talks {
		return ""
	}
	country := ""
	for _, k := range cl.places {
		country = cmp.Or(country, d.places[k].Country)
	}
	hosts, guests := 0, 0
	for _, o := range cl.people {
		switch {
		case o.role == news.Host || o.role == news.Guest || o.role == news.Chair || o.role == news.CoChair:
			return ""
		case d.stateOf(o.who) == country:
			hosts++
		default:
			guests++
		}
	}
	if hosts != 1 || guests != 1 {
		return ""
	}
	return country
}

// stateOf is the country for which a person acts: home where the office names none and the name is of ours.
func (d *document) stateOf(w int) string {
	who := &d.who[w]
	if who.Country == "" && !who.Foreign {
		return home
	}
	return who.Country
}

// side is the part of somebody in talks of two held in a country.
func side(country string, who *people.Official) news.Role {
	switch {
	case country == "":
		return news.Attendee
	case who.Country == country, who.Country == "" && !who.Foreign && country == home:
		return news.Host
	}
	return news.Guest
}

// calledOn tells of those without an office whom a visitor calls on at home:
// they are talked of, as those are to whom gifts are brought.
func calledOn(cl *cluster, o *official) bool {
	return cl.kind == news.Visit && o.role != news.HeadOfDelegation && o.role != news.Host
}
