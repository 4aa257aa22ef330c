package people

import (
	"slices"
	"strings"

	"sukien/news/viet"
)

// Official is one person over the whole text.
type Official struct {
	// Name is the fullest form. Title and Org are those of the chief office,
	// Whole all offices of the fullest mention as written.
	Name, Title, Whole, Org, OrgCanonical string
	// Country is ISO 3166 alpha-2.
	Country string
	Gender  string
	// Rank is a military or religious rank.
	Rank string
	// Mentions are indexes into the persons joined, in order.
	Mentions []int
	// Weight is that of the chief office, 0 without one.
	Weight int
	// Absent: every mention says so, or one that the person is dead or of the past. Voice: some office is a spokesperson's.
	Absent, Voice bool
	// Foreign: the office is of another State, or without State the name is no Vietnamese one.
	Foreign bool
}

// official makes the joined person of a group: the longest name, the office of
// most weight, and among equals the first that names its body.
func (j *joiner) official(g *group) Official {
	out := Official{Mentions: g.mentions, Absent: true}
	best := j.chiefOf(g)
	longest, fullest, past := 0, -1, false
	for _, i := range g.mentions {
		p := &j.persons[i]
		if out.Name == "" || j.says(p.Name, out.Name) {
			out.Name = p.Name
		}
		out.Absent = out.Absent && p.Absent()
		past = past || p.Past
		out.Voice = out.Voice || p.voice()
		out.Gender = first(out.Gender, p.Gender)
		out.Rank = first(out.Rank, p.Rank)
		if n := officesLen(p); n > longest {
			longest, fullest = n, i
		}
	}
	if fullest >= 0 {
		out.Whole = whole(&j.persons[fullest])
	}
	out.Absent = out.Absent || past
	if best == nil {
		out.Title = out.Rank
		return out
	}
	out.Title, out.Weight = best.Title, best.Weight
	out.Org, out.OrgCanonical, out.Country = best.Org, best.OrgCanonical, best.Country
	j.lend(g, &out)
	return out
}

// chiefOf is the chief office of a group: what is said beside the name goes
// before an office that stands alone.
func (j *joiner) chiefOf(g *group) *Office {
	var best *Office
	var office Office // that best points at
	for _, beside := range [...]bool{true, false} {
		for _, i := range g.mentions {
			p := &j.persons[i]
			if (p.Name != "") != beside {
				continue
			}
			if o, ok := p.Chief(); ok && (better(best, &o) || beside && fuller(best, &o)) {
				office = o
				best = &office
			}
		}
	}
	return best
}

// fuller tells whether an office is the best one with the State added: of the
// Minister of "Bộ Quốc phòng" it turns out that it is "Bộ Quốc phòng Lào".
func fuller(best, o *Office) bool {
	return sameTitle(o.Title, best.Title) && o.Country != best.Country && strings.HasPrefix(o.Org, best.Org+" ")
}

// lend gives an official whose chief office names no body that of another office.
func (j *joiner) lend(g *group, out *Official) {
	for _, i := range g.mentions {
		if o, ok := j.persons[i].Chief(); ok && out.Org == "" && o.Org != "" && !o.Former && o.Weight >= lendWeight {
			out.Org, out.OrgCanonical = o.Org, o.OrgCanonical
			out.Country = first(out.Country, o.Country)
		}
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// officesLen is the length of all offices of a mention as written.
func officesLen(p *Person) int {
	n := 0
	for i := range p.Offices {
		n += len(p.Offices[i].Text)
	}
	return n
}

// whole is all offices of a mention as written, joined by commas.
func whole(p *Person) string {
	if len(p.Offices) == 1 {
		return p.Offices[0].Text
	}
	var list []string
	for i := range p.Offices {
		list = append(list, p.Offices[i].Text)
	}
	return strings.Join(list, ", ")
}

// voice tells whether some office of a mention is a spokesperson's.
func (p *Person) voice() bool {
	for i := range p.Offices {
		if p.Offices[i].Voice {
			return true
		}
	}
	return false
}

// dropBodies takes away those whose name is that of a body others are of: the
// firm in "Chủ tịch Hoa Sen nói" where "Chủ tịch HĐQT Hoa Sen" has a name too.
func (j *joiner) dropBodies(list []Official) []Official {
	of := map[string]bool{}
	for i := range list {
		of[viet.Key(list[i].Org)] = true
	}
	return slices.DeleteFunc(list, func(o Official) bool { return strings.Contains(o.Name, " ") && of[j.name(o.Name).key] })
}

// pair tells whether the key of a name is that of two whom the text names in
// full: "hai Tổng thống Whitley-Makarin".
func (j *joiner) pair(key string) bool {
	one, two, ok := strings.Cut(key, "-")
	return ok && j.called(strings.ReplaceAll(one, " ", "")) && j.called(strings.ReplaceAll(two, " ", ""))
}

// called tells whether the last word of somebody's full name is w.
func (j *joiner) called(w string) bool {
	return slices.ContainsFunc(j.groups, func(g *group) bool { return len(g.words()) > 1 && g.name.last() == w })
}
