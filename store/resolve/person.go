package resolve

import (
	"strings"

	"sukien/news"
	"sukien/news/viet"
)

// Identify gives officials the ids under which they are the same over events. Who
// the authority knows has one id in every office. Else a foreign name is one
// person; a Vietnamese one, of which there are many namesakes, one person of a
// province (or a smaller unit, where only that is told) or of the state. It
// follows from the official and the day of the meeting alone, whatever other
// events are known, so that an id stays. Who is named twice stays once.
func (a *Authority) Identify(list []news.Official, when news.Date) []news.Official {
	if len(list) == 0 {
		return list
	}
	out, at := make([]news.Official, 0, len(list)), map[string]int{}
	for _, o := range list {
		o.ID = a.identify(o, when)
		if i, twice := at[o.ID]; twice {
			complete(&out[i], o)
			continue
		}
		at[o.ID] = len(out)
		out = append(out, o)
	}
	return out
}

func (a *Authority) identify(o news.Official, when news.Date) string {
	p, other := a.person(o, when)
	name := foldName(o.Name)
	switch {
	case p != nil:
		return p.id
	case !vietnamese(o.Name) || o.Country != "" && o.Country != home:
		return news.HashID("p", name, "")
	}
	unit := sphere(o)
	if unit == "" && other { // a namesake of an officer of the State
		unit = "~" + foldName(o.Org)
	}
	return news.HashID("p", name, home, unit)
}

// vietnamese tells whether a name is one of two or more Vietnamese syllables.
func vietnamese(name string) bool {
	words := strings.Fields(name)
	for _, w := range words {
		if !viet.IsSyllable(viet.Key(w)) {
			return false
		}
	}
	return len(words) > 1
}

// The words before a unit's name, provinces first: an office names its own unit
// and the larger one behind it.
var spheres = [][]string{
	{"tinh uy ", "thanh uy ", "tinh ", "thanh pho ", "tp. ", "tp "},
	{"huyen uy ", "quan uy ", "thi uy ", "huyen ", "quan ", "thi xa "},
	{"xa ", "phuong ", "thi tran "},
}

// maxUnitWords is the length of the longest names of provinces and districts:
// "ba ria - vung tau" without the dash has four.
const maxUnitWords = 4

// sphere is the province that an official's body or office names, else the
// smaller unit, "" for the state.
func sphere(o news.Official) string {
	for _, words := range spheres {
		for _, text := range []string{o.Org, o.Title} {
			folded := " " + viet.Fold(text)
			for _, w := range words {
				if i := strings.Index(folded, " "+w); i >= 0 {
					if name := unitName(folded[i+1+len(w):]); name != "" {
						return name
					}
				}
			}
		}
	}
	return ""
}

// unitName is what stands before the next mark or unit.
func unitName(text string) string {
	if i := strings.IndexAny(text, ",;()"); i >= 0 {
		text = text[:i]
	}
	var name []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' || r == '–' }) {
		if w == "tinh" || w == "huyen" || w == "khoa" || w == "nhiem" || len(name) == maxUnitWords {
			break
		}
		name = append(name, w)
	}
	if len(name) == 1 && name[0] == "hcm" {
		return "ho chi minh"
	}
	return strings.Join(name, " ")
}
