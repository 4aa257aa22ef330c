package extractor

import (
	"sukien/extractor/rule"
	"sukien/news"
)

// roleLink is a role that a rule found for a person.
type roleLink struct {
	role news.Role
	rule string
	at   [2]int
}

// told tells whether a rule found a role at all.
func (l roleLink) told() bool { return l.rule != "" }

// findRoles finds the strongest role that rules told of each mention of a person.
func (d *document) findRoles() {
	d.roles = append(d.roles[:0], make([]roleLink, len(d.people))...)
	for i := range d.links {
		l := &d.links[i]
		if l.Rule.Emit == d.x.sym.role {
			d.addRole(l)
		}
	}
	d.spread()
}

// spread gives those named in one list with somebody present the same part:
// "Dự hội nghị có A, B và C".
func (d *document) spread() {
	for i := 1; i < len(d.people); i++ {
		before := d.roles[i-1]
		if d.roles[i].told() || before.role != news.Attendee || !d.listed(d.people[i-1].Span.To, d.people[i].Span.From) {
			continue
		}
		d.roles[i] = before
	}
}

// listed tells whether nothing but what parts the members of a list stands between two tokens.
func (d *document) listed(from, to int) bool {
	for t := from; t < to; t++ {
		switch d.toks[t].Key {
		case ",", ";", "và", "cùng":
		default:
			return false
		}
	}
	return to-from <= 2
}

func (d *document) addRole(l *rule.Match) {
	role := news.Role(d.x.set.Name(l.Rule.EmitKind))
	for c := range l.Caps() {
		if c.Name != d.x.sym.p {
			continue
		}
		for t := c.From; t < c.To; t++ {
			i := int(d.personAt[t]) - 1
			if i < 0 {
				continue
			}
			if have := d.roles[i]; !have.told() || stronger(role, l.Last, have) {
				d.roles[i] = roleLink{role, l.Rule.ID, [2]int{l.First, l.Last}}
			}
		}
	}
}

// stronger tells whether a role of which token last is the end goes before one
// found: "đồng chủ trì" is no "chủ trì".
func stronger(role news.Role, last int, have roleLink) bool {
	if have.at[1] == last && role == news.CoChair && have.role == news.Chair {
		return true
	}
	if have.at[1] == last && role == news.Chair && have.role == news.CoChair {
		return false
	}
	return role.Rank() < have.role.Rank()
}

// lendRole gives people of talks the part that they have on the visit which the talks belong to.
func (d *document) lendRole(cl *cluster, o *official) {
	if cl.kind != news.Talks || o.role != "" {
		return
	}
	for _, i := range d.who[o.who].Mentions {
		switch r := d.roles[i]; r.role {
		case news.Host, news.Guest:
			o.role, o.roleRule, o.roleAt = r.role, r.rule, r.at
			return
		case news.HeadOfDelegation:
			o.role, o.roleRule, o.roleAt = news.Guest, r.rule, r.at
		}
	}
}

// absent is what rules say of those who are talked of and not there, topic of
// those whom the article is about without their being there: the dead who are
// commemorated, cases that are looked into.
const (
	absent news.Role = "absent"
	topic  news.Role = "topic"
)

// talkedOf tells whether some mention of a person says that he or she is only
// talked of, and none gives a part in a meeting.
func (d *document) talkedOf(w int) bool {
	said := false
	for _, i := range d.who[w].Mentions {
		switch r := d.roles[i]; {
		case r.role == topic:
			return true
		case r.role == absent:
			said = true
		case r.told():
			return false
		}
	}
	return said
}
