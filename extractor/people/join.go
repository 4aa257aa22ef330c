package people

import (
	"slices"
	"strings"
	"unicode/utf8"

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
	return dropBodies(out)
}

// dropBodies takes away those whose name is that of a body others are of: the
// firm in "Chủ tịch Hoa Sen nói" where "Chủ tịch HĐQT Hoa Sen" has a name too.
func dropBodies(list []Official) []Official {
	of := map[string]bool{}
	for i := range list {
		of[viet.Key(list[i].Org)] = true
	}
	return slices.DeleteFunc(list, func(o Official) bool { return strings.Contains(o.Name, " ") && of[viet.Key(o.Name)] })
}

// pair tells whether the key of a name is that of two whom the text names in
// full: "hai Tổng thống Whitley-Makarin".
func (j *joiner) pair(key string) bool {
	one, two, ok := strings.Cut(key, "-")
	return ok && j.called(strings.ReplaceAll(one, " ", "")) && j.called(strings.ReplaceAll(two, " ", ""))
}

// called tells whether the last word of somebody's full name is w.
func (j *joiner) called(w string) bool {
	return slices.ContainsFunc(j.groups, func(g *group) bool { return len(g.keys) > 1 && g.keys[len(g.keys)-1] == w })
}

type group struct {
	keys     []string
	mentions []int
}

// name is a name as it is compared.
type name struct {
	key string
	// words are the key's, each spelt in one way; whole is all of them.
	words []string
	whole string
}

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

// spelling makes one of the two ways in which i is written at the end of a
// syllable: Sĩ and Sỹ, Lí and Lý.
var spelling = strings.NewReplacer("hy", "hi", "ky", "ki", "ly", "li", "my", "mi", "sy", "si", "ty", "ti",
	"hý", "hí", "ký", "kí", "lý", "lí", "mý", "mí", "sý", "sí", "tý", "tí",
	"hỹ", "hĩ", "kỹ", "kĩ", "lỹ", "lĩ", "mỹ", "mĩ", "sỹ", "sĩ", "tỹ", "tĩ",
	"kỳ", "kì", "mỳ", "mì", "tỳ", "tì", "hỷ", "hỉ", "kỷ", "kỉ", "tỷ", "tỉ", "mỵ", "mị", "kỵ", "kị", "lỵ", "lị", "tỵ", "tị")

// name is what is made of a name, once however often it is named.
func (j *joiner) name(written string) *name {
	n := j.names[written]
	if n == nil {
		n = &name{key: viet.Key(written)}
		n.words = strings.Fields(spelling.Replace(n.key))
		n.whole = strings.Join(n.words, " ")
		j.names[written] = n
	}
	return n
}

// words are the keys of a name's words.
func (j *joiner) words(name string) []string { return j.name(name).words }

// foreignWords tells whether one of the words is no Vietnamese syllable.
func foreignWords(w []string) bool {
	return slices.ContainsFunc(w, func(s string) bool { return !viet.IsSyllable(s) })
}

// full puts a mention by a name of two words or more into its group.
func (j *joiner) full(i int) {
	n := j.name(j.persons[i].Name)
	w := n.words
	if len(w) < 2 {
		return
	}
	g := j.lookup(n)
	if g == nil {
		g = j.misspelt(i, w)
	}
	switch {
	case g == nil:
		g = &group{keys: w}
		j.groups = append(j.groups, g)
		j.register(g)
	case len(w) > len(g.keys):
		g.keys = w
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
	w := n.words
	if g := j.abbreviated[abbreviation(w)]; g != nil && (initialed(w) || initialed(g.keys)) {
		return g
	}
	for _, p := range parts(w) {
		if g := j.whole[p]; g != nil {
			return g
		}
	}
	return nil
}

// initialed tells whether a name begins with an initial: "d . whitley".
func initialed(w []string) bool { return len(w) > 2 && w[1] == "." }

// says tells whether a name says more than another: one without initials, else the longer.
func (j *joiner) says(name, than string) bool {
	a, b := j.words(name), j.words(than)
	if initialed(a) != initialed(b) && len(a) > 1 && len(b) > 1 {
		return initialed(b)
	}
	return len(a) > len(b)
}

// abbreviation is the first letter and the last word of a foreign name, by
// which "D. Whitley" is Donald Whitley; empty for a Vietnamese one.
func abbreviation(w []string) string {
	if !foreignWords(w[len(w)-1:]) {
		return ""
	}
	_, n := utf8.DecodeRuneInString(w[0])
	return w[0][:n] + " " + w[len(w)-1]
}

// misspelt finds the group of a mention whose name differs in marks alone,
// Thành and Thanh, by the office, which only one can hold at a time.
func (j *joiner) misspelt(i int, w []string) *group {
	o, ok := j.persons[i].Chief()
	if !ok || len(w) < 3 || !single(o.Title) && o.Weight < stateWeight-1 {
		return nil
	}
	name := viet.Fold(strings.Join(w, " "))
	return j.nearest(i, func(k int) bool {
		x, ok := j.persons[k].Chief()
		return ok && j.of[k] != nil && sameTitle(x.Title, o.Title) && viet.Fold(strings.Join(j.of[k].keys, " ")) == name
	})
}

// single tells whether a body has one holder of a title alone.
func single(title string) bool {
	key := viet.Key(title)
	for _, many := range [...]string{"phó", "thứ", "ủy", "uỷ", "thành", "đại", "nguyên", "cựu"} {
		if strings.HasPrefix(key, many) {
			return false
		}
	}
	return true
}

func (j *joiner) register(g *group) {
	j.whole[strings.Join(g.keys, " ")] = g
	if a := abbreviation(g.keys); a != "" && j.abbreviated[a] == nil {
		j.abbreviated[a] = g
	}
	for _, p := range parts(g.keys) {
		if j.part[p] == nil {
			j.part[p] = g
		}
	}
}

// parts are the name itself, its ends, and in foreign names its beginnings, of two words or more.
func parts(w []string) []string {
	out := []string{strings.Join(w, " ")}
	foreign := foreignWords(w)
	for n := 2; n < min(len(w), maxName); n++ {
		out = append(out, strings.Join(w[len(w)-n:], " "))
		if foreign {
			out = append(out, strings.Join(w[:n], " "))
		}
	}
	return out
}

func (j *joiner) put(g *group, i int) {
	g.mentions = append(g.mentions, i)
	j.of[i] = g
}

// short joins a mention by one word, or by an office alone.
func (j *joiner) short(i int) {
	p := &j.persons[i]
	w := j.words(p.Name)
	if len(w) > 1 {
		return
	}
	if g := j.holder(i, p, w); g != nil {
		j.insert(g, i)
		return
	}
	if len(w) == 1 && !p.Bare {
		g := &group{keys: w}
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
	return j.nearest(i, func(k int) bool { g := j.of[k]; return g != nil && g.keys[0] == w[0] })
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
	if g == nil || len(g.keys) < 2 && len(w) == 0 && q.Name == "" {
		return false
	}
	if len(w) == 1 {
		return g.keys[len(g.keys)-1] == w[0]
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
	foreign := foreignWords(j.words(q.Name))
	return o.Country == "" || (o.Country == "VN") != foreign
}

func sameTitle(a, b string) bool {
	if len(a) > len(b) && a[len(b)] == ' ' {
		a = a[:len(b)]
	}
	return strings.EqualFold(a, b)
}

// official makes the joined person of a group: the longest name, the office of
// most weight, and among equals the first that names its body.
func (j *joiner) official(g *group) Official {
	out := Official{Mentions: g.mentions, Absent: true}
	best := j.chiefOf(g)
	longest, past := 0, false
	for _, i := range g.mentions {
		p := &j.persons[i]
		if out.Name == "" || j.says(p.Name, out.Name) {
			out.Name = p.Name
		}
		out.Absent = out.Absent && p.Absent()
		past = past || p.Past
		out.Voice = out.Voice || slices.ContainsFunc(p.Offices, func(o Office) bool { return o.Voice })
		out.Gender = first(out.Gender, p.Gender)
		out.Rank = first(out.Rank, p.Rank)
		if n := officesLen(p); n > longest {
			longest, out.Whole = n, whole(p)
		}
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

// outlandish tells whether the key of a name has words that are no Vietnamese
// syllables and no letter that Vietnamese alone has: "conrad whitley", not "kđăm".
func outlandish(key string) bool {
	return foreignWords(strings.Fields(key)) && !strings.ContainsAny(key, "đơưăạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
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
	var list []string
	for _, o := range p.Offices {
		list = append(list, o.Text)
	}
	return strings.Join(list, ", ")
}
