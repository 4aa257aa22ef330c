package place

import (
	"slices"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// maxName bounds the words of a name that the gazetteer does not know: "Xay-nha-bu-ly".
const maxName = 6

// unit reads a type word and a name: "tỉnh Vĩnh Phúc", "phường 12", "thủ đô Viên Chăn".
func (s *search) unit(i int) (Mention, []*lexicon.Entry) {
	at := int(s.at[i].kind)
	if at == 0 || at >= len(s.toks) || s.toks[at].Kind == viet.Break {
		return Mention{}, nil
	}
	typ := s.typeOf(i)
	if typ == nil {
		return Mention{}, nil
	}
	m := Mention{From: i, NameFrom: at, Kind: news.PlaceKind(typ.Attr["of"])}
	var entries []*lexicon.Entry
	m.To, entries = s.named(at, typ)
	if m.To == 0 {
		if m.To = s.nameEnd(at); m.To == 0 || !s.mayBeNew(i, at, typ) {
			return Mention{}, nil
		}
	}
	if len(entries) > 0 {
		m.Kind = kindOf(entries[0])
	}
	m.Name = s.words(m.From, m.To)
	if m.Kind == news.CityPlace || m.Kind == news.ProvincePlace || m.Kind == news.CountryPlace {
		m.Name = s.words(at, m.To)
	}
	return m, entries
}

// mayBeNew tells whether the name at token j after the type word at i is a place
// though the gazetteer lacks it: not after "nước" ("Chủ tịch nước …") or an
// abbreviation of one letter ("H."), not another place ("Thông tấn xã Việt Nam"),
// and not a person after a high unit ("Chủ tịch UBND tỉnh Nguyễn …") or an
// abbreviation ("Bộ TT&TT Nguyễn …"); communes are named after persons.
func (s *search) mayBeNew(i, j int, typ *lexicon.Entry) bool {
	of := typ.Attr["of"]
	if of == "country" || s.toks[i].End-s.toks[i].Start == 1 || s.at[j].place != 0 || !s.opensName(j) {
		return false
	}
	return !s.at[j].family || of == "commune" && s.toks[i].Shape != viet.Upper
}

func (s *search) typeOf(i int) *lexicon.Entry {
	for _, e := range s.phrases[s.at[i].kindMatch-1].Entries {
		if s.marks[e.ClassNo()] == markType {
			return e
		}
	}
	return nil
}

// named gives the end of the longest name at token i that a unit of the type
// has, and the units; 0 when the gazetteer has none.
func (s *search) named(i int, typ *lexicon.Entry) (int, []*lexicon.Entry) {
	all := s.phrasesAt(i, true, true)
	slices.SortStableFunc(all, func(a, b lexicon.Match) int { return b.To - a.To })
	end := 0
	var fit []*lexicon.Entry
	for _, m := range all {
		if end != 0 && m.To < end {
			break
		}
		for _, e := range m.Entries {
			if s.marks[e.ClassNo()] == markPlace && fits(e, typ) {
				end, fit = m.To, append(fit, e)
			}
		}
	}
	return end, fit
}

// phrasesAt are the phrases of the lexicon at token i, the weak ones, the strong ones or both.
func (s *search) phrasesAt(i int, weak, strong bool) []lexicon.Match {
	from := len(s.names.Matches)
	if weak {
		s.lex.AppendAt(&s.names, s.toks, s.numbers, i, true)
	}
	if strong {
		s.lex.AppendAt(&s.names, s.toks, s.numbers, i, false)
	}
	return s.names.Matches[from:]
}

// fits tells whether an entry can stand after a type word.
func fits(e, typ *lexicon.Entry) bool {
	want := typ.Attr["as"]
	if have := e.Attr["type"]; have != "" {
		return have == want || have == "thành phố" && want == "thị xã" // towns that have become cities
	}
	switch e.Kind {
	case "country":
		return want == "nước"
	case "city":
		return want == "thành phố" || want == "thị xã" || want == "thị trấn"
	case "province":
		return want == "tỉnh" || want == "bang" || want == "vùng"
	}
	return false
}

// nameEnd gives the end of the run of capitalised words at token i, 0 when
// there is none. A dash without spaces joins: "Xay-nha-bu-ly".
func (s *search) nameEnd(i int) int {
	end := 0
	for j := i; j < len(s.toks) && j < i+2*maxName; j++ {
		t := &s.toks[j]
		switch {
		case capital(t) && (j == i || t.Space || end != j):
			if j > i && s.startsOther(j) {
				return end
			}
			end = j + 1
		case j > i && t.Kind == viet.Punct && (t.Key == "-" || t.Key == "'") && !t.Space && j+1 < len(s.toks) && !s.toks[j+1].Space && s.toks[j+1].Kind == viet.Word:
			end = j + 2
			j++
		default:
			return end
		}
	}
	return end
}

// opensName tells whether the words at token i can be the name of a place that
// the gazetteer lacks: no body, office or type word, and no capital that only
// honours ("tỉnh Đoàn").
func (s *search) opensName(i int) bool {
	at := &s.at[i]
	return at.other == 0 && at.kind == 0 && at.not == 0
}

// startsOther tells whether an office, a body or a type word begins at token j.
func (s *search) startsOther(j int) bool { return s.at[j].other != 0 || s.at[j].kind != 0 }

// unknown reads a capitalised name right after "tại" or "ở" that no dictionary
// knows, where it cannot be the beginning of something else: a foreign town, or
// two Vietnamese syllables or more followed by no lower-case word; or a weak name.
func (s *search) unknown(i int) (Mention, []*lexicon.Entry) {
	if s.toks[i].Kind == viet.Number {
		return s.houseAt(i), nil
	}
	if !capital(&s.toks[i]) || !s.opensName(i) || s.at[i].venue != 0 || s.at[i].family {
		return Mention{}, nil
	}
	end := s.nameEnd(i)
	if end == 0 || end > i+maxName {
		return Mention{}, nil
	}
	m := Mention{From: i, To: end, NameFrom: i, Name: s.words(i, end), Kind: news.CityPlace, Guess: true}
	for _, w := range s.phrasesAt(i, true, false) {
		if w.To == end && end-i > 1 {
			m.Kind, m.Guess = highest(ofClass(w.Entries)), false
			return m, ofClass(w.Entries)
		}
	}
	foreign := s.foreign(i, end)
	if s.at[i].place != 0 || s.edition(end) || s.runsOn(end) && !foreign || end-i < 2 && !foreign || s.toks[i].Shape == viet.Upper {
		return Mention{}, nil
	}
	return m, nil
}

// edition tells whether a year or the number of an edition stands at token i:
// what bears one is no town ("tại Oscar 2021").
func (s *search) edition(i int) bool {
	if i+1 >= len(s.toks) {
		return false
	}
	return s.toks[i].Kind == viet.Number && s.toks[i].End-s.toks[i].Start == 4 || s.toks[i].Key == "lần" && s.toks[i+1].Key == "thứ"
}

// houseAt reads the number of a house and its street right after "tại": "tại 37
// Hùng Vương"; not "tại 12 Bộ, ngành".
func (s *search) houseAt(i int) Mention {
	m := s.street(i, i)
	if m.To < i+3 || s.startsOther(m.To-2) || s.at[m.To-2].place != 0 {
		return Mention{}
	}
	return m
}

// runsOn tells whether a lower-case word follows that may belong to the name ("Kỳ họp", "Bộ Ngoại giao").
func (s *search) runsOn(end int) bool {
	if end >= len(s.toks) {
		return false
	}
	t := &s.toks[end]
	return t.Kind == viet.Word && t.Shape == viet.Lower && s.at[end].stop == 0
}

// foreign tells whether a word of the name is no Vietnamese syllable.
func (s *search) foreign(from, to int) bool {
	for j := from; j < to; j++ {
		if t := &s.toks[j]; t.Kind == viet.Word && len(t.Key) > 1 && !viet.IsSyllable(t.Key) {
			return true
		}
	}
	return false
}

func capital(t *viet.Token) bool { return t.Kind == viet.Word && t.Shape != viet.Lower }
