package resolve

import (
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/viet"
)

// maxOfficeWords bounds the words of an office without its holder's name.
const maxOfficeWords = 9

// before are the folded words behind which a party to talks stands: its deputy,
// its envoy, its predecessor stand behind others.
var before = setOf("voi tiep kien gap don giua va cung")

// behind are the folded words that may stand behind an office without a name.
var behind = setOf("ve va tai o den trong nhan hom ngay sang chieu toi cung de")

// Holders completes the officials of talks or a visit by those whom the meeting's
// name tells by nothing but their office ("hội đàm với Bộ trưởng Công Thương"),
// where exactly one person held it on the day; an office of this country only where
// the meeting was in it, as articles say of which country another is. No article
// names them: their Basis says so.
func (a *Authority) Holders(s *news.Slots) []news.Official {
	list := s.Officials
	if a == nil || !twoSided(s.Kind) || !s.Start.HasYear() {
		return list
	}
	words := strings.Fields(plain(viet.Fold(s.Name)))
	for from := 1; from < len(words); from++ {
		if !before[words[from-1]] {
			continue
		}
		for to := min(len(words), from+maxOfficeWords); to > from+1; to-- {
			o, ok := a.Holder(strings.Join(words[from:to], " "), s.Start)
			if !ok || o.Country == home && !inCountry(s) || to < len(words) && !behind[words[to]] {
				continue
			}
			if !a.present(o, list, s.Start) {
				o.Basis = news.BasisOffice
				list = append(list[:len(list):len(list)], o)
			}
			from = to - 1
			break
		}
	}
	return list
}

func inCountry(s *news.Slots) bool {
	return slices.ContainsFunc(s.Places, func(p news.Place) bool { return p.Country == home })
}

// present tells whether a list has the person, or somebody else in the same office.
func (a *Authority) present(o news.Official, list []news.Official, when news.Date) bool {
	for _, x := range list {
		if a.identify(x, when) == o.ID || begins(viet.Fold(x.Title), viet.Fold(o.Title)) && meets(bagOf(nameWords(viet.Fold(x.Title+" "+x.Org))), bagOf(nameWords(viet.Fold(o.Org)))) {
			return true
		}
	}
	return false
}
