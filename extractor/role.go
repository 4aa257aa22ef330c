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

// roles gives the strongest role that rules found for each person.
func (d *document) roles() map[int]roleLink {
	out := map[int]roleLink{}
	for i := range d.links {
		l := &d.links[i]
		if l.Rule.Emit == d.x.sym.role {
			d.addRole(out, l)
		}
	}
	d.spread(out)
	return out
}

// spread gives those named in one list with somebody present the same part:
// "Dự hội nghị có A, B và C".
func (d *document) spread(out map[int]roleLink) {
	for i := 1; i < len(d.people); i++ {
		before, ok := out[i-1]
		if _, own := out[i]; !ok || own || before.role != news.Attendee || !d.listed(d.people[i-1].Span.To, d.people[i].Span.From) {
			continue
		}
		out[i] = before
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

func (d *document) addRole(out map[int]roleLink, l *rule.Match) {
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
			if have, ok := out[i]; !ok || stronger(role, l.Last, have) {
				out[i] = roleLink{role, l.Rule.ID, [2]int{l.First, l.Last}}
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
func (d *document) lendRole(cl *cluster, o *official, roles map[int]roleLink) {
	if cl.kind != news.Talks || o.role != "" {
		return
	}
	for _, i := range d.who[o.who].Mentions {
		switch r := roles[i]; r.role {
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
func (d *document) talkedOf(w int, roles map[int]roleLink) bool {
	said := false
	for _, i := range d.who[w].Mentions {
		switch r, ok := roles[i]; {
		case ok && r.role == topic:
			return true
		case ok && r.role == absent:
			said = true
		case ok:
			return false
		}
	}
	return said
}
