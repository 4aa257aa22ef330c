package extractor

import (
	"slices"
	"strings"

	"sukien/extractor/people"
	"sukien/news"
	"sukien/news/viet"
)

// official is a person of a meeting: who of the article's people, the mention
// that tells it best, and the strongest part a rule found.
type official struct {
	who      int // index into document.officialsOf
	person   int
	role     news.Role
	roleRule string
	roleAt   [2]int
}

// addPeople annotates persons and bodies.
func (d *document) addPeople() {
	s := d.x.sym
	d.x.finder.FindAll(&d.named, d.src, d.toks, d.sents, d.lex)
	d.people, d.bodies = d.named.Persons, d.named.Bodies
	d.personAt = append(d.personAt[:0], make([]int32, len(d.toks))...)
	for i := range d.people {
		p := &d.people[i]
		kind := s.named
		switch {
		case p.Name == "":
			kind = s.office
		case p.Absent():
			kind = s.absent
		}
		d.rd.Add(s.person, kind, p.Span.From, p.Span.To, i)
		for t := p.Span.From; t < p.Span.To; t++ {
			d.personAt[t] = int32(i + 1)
		}
	}
	for i, b := range d.bodies {
		d.rd.Add(s.body, 0, b.Span.From, b.Span.To, i)
	}
}

// fillPeople gives the people of the article to its meetings: by each mention
// that is no mere reference, to what its sentence is about.
func (d *document) fillPeople() {
	d.who = people.Join(d.people)
	d.findRoles()
	var told []int
	for w := range d.who {
		if d.who[w].Name == "" || d.talkedOf(w) {
			continue
		}
		d.addVisitor(w)
		if d.who[w].Absent {
			continue
		}
		for _, i := range d.who[w].Mentions {
			p, r := &d.people[i], d.roles[i]
			if p.Absent() || p.Bare && !r.told() || r.role == absent || d.crowd(p) {
				continue
			}
			var named bool
			told, named = d.topics(d.sentence(p.Span.From), told)
			for _, c := range told {
				if r.role == news.Host && d.elsewhere(c, told) || !d.takesPart(c, w, i, named, r.role) {
					continue
				}
				d.addOfficial(c, w, i, r)
			}
		}
	}
	d.addPairs()
	for c := range d.clusters {
		cl := &d.clusters[c]
		for k := range cl.people {
			d.lendRole(cl, &cl.people[k])
		}
		cl.people = slices.DeleteFunc(cl.people, func(o official) bool {
			w := &d.who[o.who]
			return w.Title == "" && (o.role == "" || calledOn(cl, &o) || !strings.Contains(w.Name, " ")) || o.role == "" && !d.near(c, o.who)
		})
	}
}

// addVisitor adds the person in whose name a visit is told of: "chuyến công
// tác của Chủ tịch nước …" only cites elsewhere, and names the visitor here.
func (d *document) addVisitor(w int) {
	for _, i := range d.who[w].Mentions {
		p := &d.people[i]
		if !p.Referred || len(p.Offices) == 0 {
			continue
		}
		for k := range d.mentions {
			m := &d.mentions[k]
			if m.kind == news.Visit && !m.aside && d.clusters[m.cluster].main && p.Span.From > m.from && (p.Span.To <= m.to || p.Span.From == m.to+1 && d.toks[m.to].Key == "của") {
				d.roles[i] = roleLink{news.HeadOfDelegation, m.rule, [2]int{m.from, m.to}}
				d.addOfficial(m.cluster, w, i, d.roles[i])
			}
		}
	}
}

// elsewhere tells whether a host named beside meeting c is host of a visit
// that the sentence names too, and not of c: who invites to a visit and a
// conference is host of both, but not of the session of a joint committee.
func (d *document) elsewhere(c int, told []int) bool {
	switch d.clusters[c].kind {
	case news.Visit, news.Talks, news.Conference, news.Forum, news.Congress:
		return false
	}
	return slices.ContainsFunc(told, func(o int) bool { return d.clusters[o].kind == news.Visit })
}

// near tells whether a person is named where the meeting is told of: in the
// title or the lead, in a sentence that names the meeting or in one beside it.
func (d *document) near(c, w int) bool {
	for _, i := range d.who[w].Mentions {
		at := d.people[i].Span.From
		if at < d.rd.LeadEnd || d.spoken(c, d.sentence(at)) {
			return true
		}
	}
	return false
}

// spokenReach is for how many sentences a meeting is still spoken of.
const spokenReach = 3

// spoken tells whether a sentence, one of those before or the one after names a meeting.
func (d *document) spoken(c, sent int) bool {
	for _, k := range d.clusters[c].mentions {
		if s := d.mentions[k].sent; s >= sent-spokenReach && s <= sent+1 {
			return true
		}
	}
	return false
}

// topics are the main meetings that a sentence is about: those it names, else
// the ones last named. They are given in the memory of out.
func (d *document) topics(sent int, out []int) (meetings []int, named bool) {
	out = out[:0]
	last := -1
	for i := range d.mentions {
		m := &d.mentions[i]
		if m.aside || !d.clusters[m.cluster].main {
			continue
		}
		if m.sent == sent && !slices.Contains(out, m.cluster) {
			out = append(out, m.cluster)
		}
		if m.sent < sent {
			last = m.cluster
		}
	}
	if len(out) > 0 {
		return out, true
	}
	if last < 0 {
		last = slices.IndexFunc(d.clusters, func(cl cluster) bool { return cl.main })
	}
	if last >= 0 {
		out = append(out, last)
	}
	return out, false
}

// addOfficial adds mention i of person w to a meeting, in the role told of it.
func (d *document) addOfficial(c, w, i int, r roleLink) {
	cl := &d.clusters[c]
	k := slices.IndexFunc(cl.people, func(o official) bool { return o.who == w })
	if k < 0 {
		cl.people = append(cl.people, official{who: w, person: i})
		k = len(cl.people) - 1
	}
	o := &cl.people[k]
	if len(d.people[i].Offices) > 0 && len(d.people[o.person].Offices) == 0 {
		o.person = i
	}
	if r.told() && r.role.Rank() < o.role.Rank() {
		o.role, o.roleRule, o.roleAt = r.role, r.rule, r.at
	}
}

// crowd tells whether a mention is no person but some of a body's people:
// "đại diện Công ty X", "chuyên gia Y", unless the name is a full Vietnamese one.
func (d *document) crowd(p *people.Person) bool {
	if p.Honorific != "" || len(p.Offices) != 1 {
		return false
	}
	if _, ok := d.rd.At(p.Offices[0].Span.From, d.x.sym.crowd); !ok {
		return false
	}
	n := 0
	for t := p.NameSpan.From; t < p.NameSpan.To; t++ {
		if d.toks[t].Kind == viet.Word && !viet.IsSyllable(d.toks[t].Key) {
			return true
		}
		n++
	}
	return n < 3
}

// officials writes the people of a meeting into its record.
func (d *document) officials(cl *cluster, r *news.Record) {
	where := d.talksAt(cl)
	for _, o := range cl.people {
		w := &d.who[o.who]
		out := news.Official{Name: w.Name, Title: w.Title, Org: w.Org, Country: w.Country, Role: o.role}
		if out.Role == "" || out.Role == news.Speaker && (cl.kind == news.Talks && len(cl.people) > 1 || d.isParty(cl, o.who)) {
			out.Role = side(where, w)
		}
		r.Officials = append(r.Officials, out)
		slot := "officials[" + itoa(len(r.Officials)-1) + "]"
		p := &d.people[o.person]
		if p.Name != "" {
			r.Evidence = append(r.Evidence, d.evidence(slot+".name", p.NameSpan.From, p.NameSpan.To, "people/name"))
		}
		if of, ok := p.Chief(); ok && of.Span.To > of.Span.From {
			r.Evidence = append(r.Evidence, d.evidence(slot+".title", of.Span.From, of.Span.To, "people/office"))
		}
		if o.roleRule != "" {
			r.Evidence = append(r.Evidence, d.evidence(slot+".role", o.roleAt[0], o.roleAt[1], o.roleRule))
		}
	}
}
