package resolve

import (
	"strings"

	"sukien/news"
	"sukien/news/viet"
)

// Identify gives officials the ids under which they are the same over events. A
// foreign name is one person; a Vietnamese one, of which there are many
// namesakes, one person of a province (or a smaller unit, where only that is
// told) or of the state. It follows from the official alone, whatever else is
// known, so that an id stays.
func Identify(list []news.Official) []news.Official {
	if len(list) == 0 {
		return list
	}
	out := make([]news.Official, len(list))
	for i, o := range list {
		name := strings.Join(strings.Fields(viet.Fold(o.Name)), " ")
		o.ID = news.HashID("p", name, "")
		if vietnamese(o.Name) && (o.Country == "" || o.Country == "VN") {
			o.ID = news.HashID("p", name, "VN", sphere(o))
		}
		out[i] = o
	}
	return out
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
