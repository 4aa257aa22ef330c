package extractor

import (
	"slices"

	"sukien/extractor/people"
	"sukien/extractor/rule"
	"sukien/news"
)

// official is a person of a meeting.
type official struct {
	name     string
	office   *people.Office
	person   int // the mention that gives the name
	role     news.Role
	roleRule string
	roleAt   [2]int
}

// addPeople annotates persons and bodies.
func (d *document) addPeople() {
	s := d.x.sym
	d.people = d.x.finder.Find(d.src, d.toks, d.sents, d.lex)
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
	d.bodies = d.x.finder.Bodies(d.src, d.toks, d.lex)
	for i, b := range d.bodies {
		d.rd.Add(s.body, 0, b.Span.From, b.Span.To, i)
	}
}

// fillPeople gives the persons of the article to its meetings.
func (d *document) fillPeople() {
	roles := d.roles()
	for i := range d.people {
		p := &d.people[i]
		if p.Name == "" || p.Absent() {
			continue
		}
		for _, c := range d.topics(d.sentence(p.NameSpan.From)) {
			d.addOfficial(c, i, roles)
		}
	}
	for c := range d.clusters {
		cl := &d.clusters[c]
		cl.people = slices.DeleteFunc(cl.people, func(o official) bool { return o.office == nil && o.role == "" })
	}
}

// topics are the main meetings that a sentence is about: those it names, else
// the ones last named.
func (d *document) topics(sent int) []int {
	var out []int
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
		return out
	}
	if last < 0 {
		for c := range d.clusters {
			if d.clusters[c].main {
				return []int{c}
			}
		}
		return nil
	}
	return []int{last}
}

func (d *document) addOfficial(c, i int, roles map[int]roleLink) {
	p := &d.people[i]
	cl := &d.clusters[c]
	k := slices.IndexFunc(cl.people, func(o official) bool { return o.name == p.Name })
	if k < 0 {
		cl.people = append(cl.people, official{name: p.Name, person: i})
		k = len(cl.people) - 1
	}
	o := &cl.people[k]
	if of := bestOffice(p); of != nil && (o.office == nil || o.office.Org == "" && of.Org != "" && of.Weight >= o.office.Weight) {
		o.office = of
	}
	if r, ok := roles[i]; ok && roleRank(r.role) < roleRank(o.role) {
		o.role, o.roleRule, o.roleAt = r.role, r.rule, r.at
	}
}

// bestOffice is the office that a person is best known by.
func bestOffice(p *people.Person) *people.Office {
	var best *people.Office
	for k := range p.Offices {
		of := &p.Offices[k]
		if of.Former && !p.Former {
			continue
		}
		if best == nil || of.Weight > best.Weight {
			best = of
		}
	}
	return best
}

// roleLink is a role that a rule found for a person.
type roleLink struct {
	role news.Role
	rule string
	at   [2]int
}

// rolesByStrength: the strongest part first.
var rolesByStrength = []news.Role{news.Chair, news.CoChair, news.Host, news.HeadOfDelegation, news.Speaker, news.Guest, news.Attendee}

func roleRank(r news.Role) int {
	if i := slices.Index(rolesByStrength, r); i >= 0 {
		return i
	}
	return len(rolesByStrength)
}

// roles gives the strongest role that rules found for each person.
func (d *document) roles() map[int]roleLink {
	out := map[int]roleLink{}
	for i := range d.links {
		l := &d.links[i]
		if l.Rule.Emit == d.x.sym.role {
			d.addRole(out, l)
		}
	}
	return out
}

func (d *document) addRole(out map[int]roleLink, l *rule.Match) {
	role := news.Role(d.x.set.Name(l.Rule.EmitKind))
	for _, c := range l.Caps() {
		if c.Name != d.x.sym.p {
			continue
		}
		for t := c.From; t < c.To; t++ {
			i := int(d.personAt[t]) - 1
			if i < 0 {
				continue
			}
			if have, ok := out[i]; !ok || roleRank(role) < roleRank(have.role) {
				out[i] = roleLink{role, l.Rule.ID, [2]int{l.First, l.Last}}
			}
		}
	}
}

// officials writes the people of a meeting into its record.
func (d *document) officials(cl *cluster, r *news.Record) {
	for _, o := range cl.people {
		out := news.Official{Name: o.name, Role: o.role}
		if out.Role == "" {
			out.Role = news.Attendee
		}
		if o.office != nil {
			out.Title, out.Org, out.Country = o.office.Title, o.office.Org, o.office.Country
		}
		r.Officials = append(r.Officials, out)
		slot := "officials[" + itoa(len(r.Officials)-1) + "]"
		span := d.people[o.person].NameSpan
		r.Evidence = append(r.Evidence, d.evidence(slot+".name", span.From, span.To, "people/name"))
		if o.office != nil && o.office.Span.To > o.office.Span.From {
			r.Evidence = append(r.Evidence, d.evidence(slot+".title", o.office.Span.From, o.office.Span.To, "people/office"))
		}
		if o.roleRule != "" {
			r.Evidence = append(r.Evidence, d.evidence(slot+".role", o.roleAt[0], o.roleAt[1], o.roleRule))
		}
	}
}
