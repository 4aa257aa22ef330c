package place

import (
	"slices"

	"sukien/news"
	"sukien/news/lexicon"
)

// maxWeak bounds the syllables of a weak name looked for before its province.
const maxWeak = 4

// weakBefore finds the weak names that stand before what they belong to: "Yên Lạc, Vĩnh Phúc", "Chơn Thành (Đồng Nai)".
func (s *search) weakBefore() {
	var weak []weakName
	last := 0
	for k := range s.out {
		if to := s.out[k].From - 1; to > last && oneOf(s.toks[to].Key, ",", "(", "-") {
			if m, entries := s.weakTo(last, to, s.found[k]); m.To != 0 {
				weak = append(weak, weakName{k, m, entries})
			}
		}
		last = s.out[k].To
	}
	if len(weak) > 0 {
		s.insert(weak)
	}
}

// weakName is a weak name found before mention k.
type weakName struct {
	before int
	Mention
	entries []*lexicon.Entry
}

// insert puts weak names among the mentions.
func (s *search) insert(weak []weakName) {
	n := len(s.out) + len(weak)
	out, found := make([]Mention, 0, n), make([][]*lexicon.Entry, 0, n)
	for k := range s.out {
		if len(weak) > 0 && weak[0].before == k {
			out, found = append(out, weak[0].Mention), append(found, weak[0].entries)
			weak = weak[1:]
		}
		out, found = append(out, s.out[k]), append(found, s.found[k])
	}
	for k := range out {
		out[k].Chain, out[k].List = k, k
	}
	s.out, s.found = out, found
}

// weakTo finds the longest weak name between tokens after and end that ends there and belongs to one of owners.
func (s *search) weakTo(after, end int, owners []*lexicon.Entry) (Mention, []*lexicon.Entry) {
	for from := max(end-maxWeak, after); from < end; from++ {
		if !capital(&s.toks[from]) || from > 0 && capital(&s.toks[from-1]) {
			continue
		}
		for _, w := range s.phrasesAt(from, true, false) {
			if w.To != end {
				continue
			}
			within := slices.DeleteFunc(slices.Clone(w.Entries), func(e *lexicon.Entry) bool { return !s.withinAny(e, owners) })
			if len(within) > 0 {
				m := Mention{From: from, To: end, NameFrom: from, Name: s.words(from, end), Written: s.words(from, end), Kind: highest(within)}
				return m, within
			}
		}
	}
	return Mention{}, nil
}

// chains joins the pieces of one address and the members of one enumeration.
func (s *search) chains() {
	for k := 1; k < len(s.out); k++ {
		a, b := &s.out[k-1], &s.out[k]
		switch {
		case s.joins(k):
			b.Chain = a.Chain
			b.List = a.List
		case s.enumerates(a.To, b.From) && (similar(a.Kind, b.Kind) || similar(s.out[a.Chain].Kind, b.Kind)):
			b.List = s.out[a.Chain].List
		}
	}
}

// joins tells whether mention k goes on the address that the mention before it
// ends. "xã A, huyện B" is an address even where the gazetteer has A elsewhere.
func (s *search) joins(k int) bool {
	a, b := &s.out[k-1], &s.out[k]
	if rank(b.Kind) <= rank(a.Kind) || !s.linked(a, b) {
		return false
	}
	if a.Kind == news.VenuePlace {
		return s.compatible(s.found[k-1], s.found[k])
	}
	if len(s.found[k]) == 0 || len(s.found[k-1]) == 0 {
		return b.From != b.NameFrom || b.Kind == news.CountryPlace
	}
	if rank(a.Kind) < rank(news.CityPlace) && a.From != a.NameFrom && b.From != b.NameFrom {
		return true
	}
	return slices.ContainsFunc(s.found[k-1], func(e *lexicon.Entry) bool { return s.withinAny(e, s.found[k]) })
}

// compatible tells whether a venue can stand in one of owners: yes unless the
// gazetteer puts it elsewhere.
func (s *search) compatible(venues, owners []*lexicon.Entry) bool {
	if len(venues) == 0 || len(owners) == 0 || venues[0].Country == "" || common(venues) && owners[0].Country != home {
		return true
	}
	v := venues[0]
	if v.Parent == "" || s.withinAny(v, owners) {
		return v.Country == owners[0].Country
	}
	home := s.lex.Get("place", v.Parent)
	return slices.ContainsFunc(owners, func(o *lexicon.Entry) bool { return home != nil && s.within(o, home) })
}

// common tells whether other countries have a venue of this name.
func common(venues []*lexicon.Entry) bool { return len(venues) > 0 && venues[0].Attr["common"] != "" }

// linked tells whether only a comma, a bracket, a dash or "thuộc", "của", "ở", "tại" stands between two mentions.
func (s *search) linked(a, b *Mention) bool {
	gap := s.toks[a.To:b.From]
	switch len(gap) {
	case 0:
		return b.From != b.NameFrom || a.Kind == news.VenuePlace || b.Kind == news.CountryPlace
	case 1:
		return oneOf(gap[0].Key, ",", "(", "-", "của", "thuộc", "tại", "ở")
	case 2:
		return oneOf(gap[0].Key, ",", "(", "-") && oneOf(gap[1].Key, "tại", "ở", "thuộc")
	}
	return false
}

// enumerates tells whether the tokens between two mentions are those of a list,
// maybe after a bracket: "Nice (Pháp) và Davos (Thụy Sĩ)".
func (s *search) enumerates(from, to int) bool {
	if from < to && s.toks[from].Key == ")" {
		from++
	}
	if to-from < 1 || to-from > 2 {
		return false
	}
	for _, t := range s.toks[from:to] {
		if !oneOf(t.Key, ",", "và", ";", "-", "hoặc", "cùng") {
			return false
		}
	}
	return true
}

// similar tells whether two places can be members of one list.
func similar(a, b news.PlaceKind) bool {
	d := rank(a) - rank(b)
	return d >= -1 && d <= 1
}

// rank orders kinds from the most specific.
func rank(k news.PlaceKind) int {
	switch k {
	case news.VenuePlace:
		return 0
	case news.CommunePlace:
		return 1
	case news.DistrictPlace:
		return 2
	case news.CityPlace:
		return 3
	case news.ProvincePlace:
		return 4
	}
	return 5
}

// withinAny tells whether an entry lies in one of owners.
func (s *search) withinAny(e *lexicon.Entry, owners []*lexicon.Entry) bool {
	for _, o := range owners {
		if o != e && (o.Kind == "country" && o.Country == e.Country || s.within(e, o)) {
			return true
		}
	}
	return false
}

// maxDepth bounds the parents of a unit: commune, district, province, and its successor.
const maxDepth = 5

// within tells whether an entry is below owner, or below what owner came from.
func (s *search) within(e, owner *lexicon.Entry) bool {
	for n := 0; e != nil && n < maxDepth; n++ {
		if e == owner || slices.Contains(e.Successors, owner.ID) {
			return true
		}
		if e.Parent == "" {
			return e.Kind == "city" && owner.Kind == "province" && e.Country == owner.Country && e.Country != "VN"
		}
		e = s.lex.Get("place", e.Parent)
	}
	return false
}

func oneOf(key string, keys ...string) bool { return slices.Contains(keys, key) }
