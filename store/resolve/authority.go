package resolve

import (
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// Authority knows people by their dated offices: one person goes on under one id
// from office to office, and namesakes in other offices have others. A nil
// Authority knows nobody. It is safe for concurrent use.
type Authority struct {
	byName map[string][]*person
	// held are the offices by the words that name them without their holder.
	held map[string][]holding
}

// person is an official whom the authority knows.
type person struct {
	id      string
	name    string
	country string
	offices []office
}

// office is a dated office, with what it is compared by.
type office struct {
	lexicon.Office
	title  string // folded
	body   bag
	sphere string
}

// holding is an office in somebody's hands.
type holding struct {
	by *person
	office
}

// NewAuthority takes the entries of lexicon.Officials. Of namesakes the first
// has the id that the name would have anyway.
func NewAuthority(entries []*lexicon.Entry) *Authority {
	a := &Authority{byName: map[string][]*person{}, held: map[string][]holding{}}
	for _, e := range entries {
		p := &person{id: personID(e, len(a.byName[foldName(e.Name)])), name: e.Name, country: e.Country}
		for _, o := range e.Offices {
			p.offices = append(p.offices, office{o, plain(viet.Fold(o.Title)), bagOf(nameWords(viet.Fold(o.Body))),
				sphere(news.Official{Title: o.Title, Org: o.Body})})
		}
		for _, o := range p.offices {
			for _, phrase := range o.phrases(p.country) {
				a.held[phrase] = append(a.held[phrase], holding{p, o})
			}
		}
		a.byName[foldName(e.Name)] = append(a.byName[foldName(e.Name)], p)
		for _, s := range e.Spellings {
			a.byName[foldName(s)] = append(a.byName[foldName(s)], p)
		}
	}
	return a
}

// personID is the id that Identify gives to the name of an officer of the State,
// or of a foreigner; namesakes after the first are told apart by the entry's.
func personID(e *lexicon.Entry, before int) string {
	parts := []string{foldName(e.Name), ""}
	if e.Country == home {
		parts = []string{foldName(e.Name), home, ""}
	}
	if before > 0 {
		parts = append(parts, e.ID)
	}
	return news.HashID("p", parts...)
}

func foldName(name string) string { return strings.Join(strings.Fields(viet.Fold(name)), " ") }

// person finds who an official is, nil when that is not sure. when is the day of
// the meeting, "" when it is not known. other tells that it is somebody else than
// those of the name whom the authority knows.
func (a *Authority) person(o news.Official, when news.Date) (p *person, other bool) {
	if a == nil {
		return nil, false
	}
	var all, fitting []*person
	for _, p := range a.byName[foldName(o.Name)] {
		if o.Country != "" && o.Country != p.country {
			continue
		}
		all = append(all, p)
		if p.holds(o, when) {
			fitting = append(fitting, p)
		}
	}
	switch {
	case len(fitting) == 1:
		return fitting[0], false
	case len(all) == 1 && all[0].may(o):
		return all[0], false
	}
	return nil, len(all) > 1 || len(all) == 1 && isLowly(o)
}

// holds tells whether a person held the office by which an official is named.
func (p *person) holds(o news.Official, when news.Date) bool {
	for _, x := range p.offices {
		if (when == "" || !when.HasYear() || x.Held(when)) && x.is(o) {
			return true
		}
	}
	return false
}

// is tells whether an official is named by this office: by its title, or a
// longer or shorter form of it, with nothing that says another body or province.
func (x office) is(o news.Official) bool {
	if sphere(o) != x.sphere {
		return false
	}
	if org := bagOf(nameWords(viet.Fold(o.Org))); len(org) > 0 && len(x.body) > 0 && !meets(org, x.body) {
		return false
	}
	for part := range strings.SplitSeq(viet.Fold(o.Title), ",") {
		part = strings.TrimSpace(part)
		if part != "" && (begins(part, x.title) || begins(x.title, part)) {
			return true
		}
	}
	return false
}

// begins tells whether the words of short are the first of long.
func begins(long, short string) bool {
	return long == short || strings.HasPrefix(long, short+" ")
}

// lowly are the folded first words of offices that those whom the authority knows
// do not hold: whoever does is a namesake.
var lowly = []string{"giam doc", "pho giam doc", "tong giam doc", "pho tong giam doc", "hieu truong", "pho hieu truong", "truong phong", "pho truong phong",
	"bac si", "luat su", "ca si", "dien vien", "huan luyen vien", "cau thu", "nha bao", "giang vien", "giao vien", "chu tich hdqt", "chu tich hoi dong quan tri"}

// may tells whether an official who is named by none of a person's offices may be
// that person all the same: by no office at all, or by one more that is not a
// province's. A foreign name is one person.
func (p *person) may(o news.Official) bool {
	return p.country != home || sphere(o) == "" && !isLowly(o)
}

func isLowly(o news.Official) bool {
	title := viet.Fold(o.Title)
	return slices.ContainsFunc(lowly, func(l string) bool { return begins(title, l) })
}

// phrases are the folded words that name the office without its holder: "bo
// truong cong thuong", "thu tuong lao".
func (x office) phrases(country string) []string {
	body := plain(viet.Fold(x.Body))
	out := []string{x.title + " " + body}
	if short, ok := strings.CutPrefix(body, "bo "); ok && country == home {
		out = append(out, x.title+" "+short)
	}
	return out
}

// Holder is who held an office on a day, by the words that name it ("Bộ trưởng
// Công Thương"): the name as the authority has it, with the office's title and
// body. ok is false where nobody or several people held it.
func (a *Authority) Holder(words string, when news.Date) (o news.Official, ok bool) {
	if a == nil {
		return o, false
	}
	for _, h := range a.held[plain(viet.Fold(words))] {
		switch {
		case !h.Held(when):
		case ok && o.ID != h.by.id:
			return news.Official{}, false
		default:
			o, ok = news.Official{ID: h.by.id, Name: h.by.name, Title: h.Title, Org: h.Body, Country: h.by.country}, true
		}
	}
	return o, ok
}
