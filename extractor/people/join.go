package people

import (
	"strings"

	"sukien/news/viet"
)

// Join joins the mentions of each person over the text: short names to the
// full one, offices that stand alone to their holders. Persons come in the order of their first mention.
func Join(persons []Person) []Official {
	j := joiner{persons: persons, whole: map[string]*group{}, part: map[string]*group{}, abbreviated: map[string]*group{}, names: map[string]*name{}, of: make([]*group, len(persons))}
	for i := range persons {
		j.full(i)
	}
	for i := range persons {
		j.short(i)
	}
	out := make([]Official, 0, len(j.groups))
	for _, g := range j.groups {
		o := j.official(g)
		n := j.name(o.Name)
		o.Foreign = o.Country != "" && o.Country != "VN" || o.Country == "" && outlandish(n.key)
		o.Absent = o.Absent || j.pair(n.key)
		out = append(out, o)
	}
	return j.dropBodies(out)
}

// group is a person: the fullest name and the mentions.
type group struct {
	name     *name
	mentions []int
}

func (g *group) words() []string { return g.name.words }

type joiner struct {
	persons []Person
	groups  []*group
	// whole finds a group by its name, part by two words or more at its beginning or end.
	whole, part map[string]*group
	// abbreviated finds one by the initial and the last word.
	abbreviated map[string]*group
	// names remembers what was made of each name.
	names map[string]*name
	// of is the group of each mention.
	of []*group
}

// full puts a mention by a name of two words or more into its group.
func (j *joiner) full(i int) {
	n := j.name(j.persons[i].Name)
	if len(n.words) < 2 {
		return
	}
	g := j.lookup(n)
	if g == nil {
		g = j.misspelt(i, n)
	}
	switch {
	case g == nil:
		g = &group{name: n}
		j.groups = append(j.groups, g)
		j.register(g)
	case len(n.words) > len(g.words()):
		g.name = n
		j.register(g)
	}
	j.put(g, i)
}

// lookup finds the group whose name has n as a part, or is a part of n. A part
// is an end ("Hoài Phúc" of Lê Hoài Phúc) or, in foreign names alone, a
// beginning: Nguyễn Thị Thanh and Nguyễn Thị Thanh Nga are two persons.
func (j *joiner) lookup(n *name) *group {
	if g := j.part[n.whole]; g != nil {
		return g
	}
	if a := n.abbreviation(); a != "" {
		if g := j.abbreviated[a]; g != nil && (initialed(n.words) || initialed(g.words())) {
			return g
		}
	}
	for p := range n.parts {
		if g := j.whole[p]; g != nil {
			return g
		}
	}
	return nil
}

// misspelt finds the group of a mention whose name differs in marks alone,
// Thành and Thanh, by the office, which only one can hold at a time.
func (j *joiner) misspelt(i int, n *name) *group {
	o := chief(j.persons[i].Offices)
	if o == nil || len(n.words) < 3 || len(j.groups) == 0 || o.Weight < stateWeight-1 && !single(o.Title) {
		return nil
	}
	folded := viet.Fold(n.whole)
	return j.nearest(i, func(k int) bool {
		if j.of[k] == nil {
			return false
		}
		x := chief(j.persons[k].Offices)
		return x != nil && sameTitle(x.Title, o.Title) && viet.Fold(j.of[k].name.whole) == folded
	})
}

// single tells whether a body has one holder of a title alone.
func single(title string) bool {
	first, _, _ := strings.Cut(title, " ")
	key := viet.Key(first)
	for _, many := range [...]string{"phó", "thứ", "ủy", "uỷ", "thành", "đại", "nguyên", "cựu"} {
		if strings.HasPrefix(key, many) {
			return false
		}
	}
	return true
}

func (j *joiner) register(g *group) {
	j.whole[g.name.whole] = g
	if a := g.name.abbreviation(); a != "" && j.abbreviated[a] == nil {
		j.abbreviated[a] = g
	}
	for p := range g.name.parts {
		if j.part[p] == nil {
			j.part[p] = g
		}
	}
}

func (j *joiner) put(g *group, i int) {
	g.mentions = append(g.mentions, i)
	j.of[i] = g
}

// short joins a mention by one word, or by an office alone.
func (j *joiner) short(i int) {
	p := &j.persons[i]
	n := j.name(p.Name)
	w := n.words
	if len(w) > 1 {
		return
	}
	if g := j.holder(i, p, w); g != nil {
		j.insert(g, i)
		return
	}
	if len(w) == 1 && !p.Bare {
		g := &group{name: n}
		j.groups = append(j.groups, g)
		j.put(g, i)
	}
}

func (j *joiner) insert(g *group, i int) {
	j.put(g, i)
	for k := len(g.mentions) - 1; k > 0 && g.mentions[k] < g.mentions[k-1]; k-- {
		g.mentions[k], g.mentions[k-1] = g.mentions[k-1], g.mentions[k]
	}
}

// holder finds whose short mention it is: the nearest before, else after.
func (j *joiner) holder(i int, p *Person, w []string) *group {
	if len(w) == 1 && len(p.Offices) > 0 { // "Tổng thống Whitley" is the one who holds the office, not his wife
		if g := j.nearest(i, func(k int) bool { return j.fits(k, p, w) && j.holds(&j.persons[k], chief(p.Offices)) }); g != nil {
			return g
		}
	}
	if g := j.nearest(i, func(k int) bool { return j.fits(k, p, w) }); g != nil || len(w) != 1 {
		return g
	}
	// "ông Vương" for Vương Nghị: by the family name, as Chinese and Koreans are called.
	return j.nearest(i, func(k int) bool { g := j.of[k]; return g != nil && g.words()[0] == w[0] })
}

func (j *joiner) nearest(i int, fits func(k int) bool) *group {
	for k := i - 1; k >= max(0, i-maxBack); k-- {
		if fits(k) {
			return j.of[k]
		}
	}
	for k := i + 1; k < min(len(j.persons), i+maxBack); k++ {
		if fits(k) {
			return j.of[k]
		}
	}
	return nil
}

// maxBack bounds how many mentions away the holder of a short mention is looked for.
const maxBack = 200

func (j *joiner) fits(k int, p *Person, w []string) bool {
	q := &j.persons[k]
	g := j.of[k]
	if g == nil || len(g.words()) < 2 && len(w) == 0 && q.Name == "" {
		return false
	}
	if len(w) == 1 {
		return g.name.last() == w[0]
	}
	return j.holds(q, chief(p.Offices))
}

// holds tells whether a person has the office, of the same State.
func (j *joiner) holds(q *Person, o *Office) bool {
	if o == nil {
		return false
	}
	for i := range q.Offices {
		x := &q.Offices[i]
		if !sameTitle(x.Title, o.Title) || o.Org != "" && x.Org == "" && !strings.EqualFold(x.Title, o.Title) {
			continue // "Chủ tịch WB" is no "Chủ tịch nước"
		}
		if o.Org == "" || x.Org == "" && j.homely(q, o) || o.Country != "" && o.Country == x.Country || strings.EqualFold(o.Org, x.Org) {
			return true
		}
	}
	return false
}

// homely: a Vietnamese name goes with a Vietnamese body, a foreign one with a foreign State.
func (j *joiner) homely(q *Person, o *Office) bool {
	return o.Country == "" || (o.Country == "VN") != foreignWords(j.words(q.Name))
}

func sameTitle(a, b string) bool {
	if len(a) > len(b) && a[len(b)] == ' ' {
		a = a[:len(b)]
	}
	return strings.EqualFold(a, b)
}
