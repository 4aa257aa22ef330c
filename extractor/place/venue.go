package place

import (
	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// maxVenue bounds the tokens of a venue's name.
const maxVenue = 24

// venue reads the name of a building, a ground or an institution that a head word opens.
func (s *search) venue(i int) (Mention, []*lexicon.Entry) {
	start := int(s.at[i].venue)
	if start == 0 {
		return Mention{}, nil
	}
	head := s.headOf(i)
	if head.Attr["then"] == "street" {
		return s.street(i, start), nil
	}
	if head.Attr["middle"] != "" && !capital(&s.toks[i]) && start < len(s.toks) && (s.at[start].place != 0 || s.at[start].kind != 0) {
		return Mention{}, nil
	}
	end := s.venueEnd(i, start)
	if head.Attr["then"] != "any" && !s.proper(start, end) {
		return Mention{}, nil
	}
	if !s.mayBeVenue(i, start, end, head) {
		return Mention{}, nil
	}
	return Mention{From: i, To: end, NameFrom: i, Name: s.words(i, end), Kind: news.VenuePlace, Body: head.Attr["body"] != ""}, nil
}

// houseEnd gives the end of the number whose first figures end before token j:
// "15A", "15/2", "3 ngõ 12 đường".
func (s *search) houseEnd(j int) int {
	for ; j < len(s.toks); j++ {
		t, glued := &s.toks[j], !s.toks[j].Space
		switch {
		case glued && (t.Key == "-" || t.Key == "/" || t.Kind == viet.Number || s.initial(j)):
		case oneOf(t.Key, "ngõ", "ngách", "hẻm", "kiệt") && j+1 < len(s.toks) && s.toks[j+1].Kind == viet.Number:
			j++
		case oneOf(t.Key, "đường", "phố"):
			return j + 1
		default:
			return j
		}
	}
	return j
}

// headOf is the head word at token i, nil when there is none.
func (s *search) headOf(i int) *lexicon.Entry {
	n := s.at[i].venueMatch
	if n == 0 {
		return nil
	}
	for _, e := range s.phrases[n-1].Entries {
		if s.marks[e.ClassNo()] == markVenue {
			return e
		}
	}
	return nil
}

// maxStreet bounds the words of a street's name.
const maxStreet = 5

// street reads the number of a house and its street after "tại số": "2 Hùng Vương", "15A đường Hoa Lan".
func (s *search) street(i, j int) Mention {
	if s.cueRole(i) != At || j >= len(s.toks) || s.toks[j].Kind != viet.Number {
		return Mention{}
	}
	j = s.houseEnd(j + 1)
	end := j
	for end < len(s.toks) && end < j+maxStreet && capital(&s.toks[end]) {
		end++
	}
	if end == j {
		return Mention{}
	}
	return Mention{From: i, To: end, NameFrom: i, Name: s.words(i, end), Kind: news.VenuePlace}
}

// mayBeVenue: a head of one syllable and a head without a name are venues only
// where the words before say that something is there.
func (s *search) mayBeVenue(i, start, end int, head *lexicon.Entry) bool {
	if role := s.cueRole(i); role == At || role == To && !(s.at[i].family && capital(&s.toks[i])) { // "đến Hồ Văn Nam" is a person
		return true
	}
	return (start-i > 1 || s.toks[i].Shape == viet.Upper || head.Attr["open"] != "" && s.opensCapital(i)) && end > start && !s.inName[i]
}

// opensCapital tells whether token i is the first of a run of capitalised words.
func (s *search) opensCapital(i int) bool {
	return capital(&s.toks[i]) && (i == 0 || !capital(&s.toks[i-1]))
}

// proper tells whether a capitalised word or a number is among the tokens.
func (s *search) proper(from, to int) bool {
	for j := from; j < to; j++ {
		if t := &s.toks[j]; capital(t) || t.Kind == viet.Number {
			return true
		}
	}
	return false
}

// venueEnd gives the end of the name whose head is tokens i to j.
func (s *search) venueEnd(i, j int) int {
	end := j
	start := j
	for j < len(s.toks) && j < i+maxVenue {
		next := s.venuePart(start, j, end)
		if next == 0 {
			break
		}
		j, end = next, next
	}
	return end
}

// venuePart gives the end of the part of the name at token j, 0 when the name
// has ended; start is where the name begins after its head, last where its last part ended.
func (s *search) venuePart(start, j, last int) int {
	t, at := &s.toks[j], &s.at[j]
	switch {
	case t.Kind == viet.Break:
		return 0
	case t.Kind == viet.Number:
		return s.venueNumber(j)
	case t.Key == "." && j == last && s.initial(j-1) && j+1 < len(s.toks) && capital(&s.toks[j+1]):
		return j + 2
	case (t.Key == "," || t.Key == "và") && s.goesOn(j+1):
		return int(s.at[j+1].word)
	case t.Kind == viet.Punct:
		return s.venueDash(start, j, last)
	case at.other != 0 && capital(t):
		return s.venueBody(start, j)
	case at.kind != 0:
		return s.venueUnit(j)
	case t.Key == "số" && j+1 < len(s.toks) && s.toks[j+1].Kind == viet.Number:
		return j + 2
	case at.venue != 0 && t.Shape == viet.Lower && s.headOf(j).Attr["village"] != "":
		return s.village(int(at.venue))
	case at.venue != 0 && j == start && t.Shape == viet.Lower && int(at.venue) < len(s.toks) && capital(&s.toks[at.venue]):
		return int(at.venue) // "phố đi bộ | hồ Hoàn Kiếm"
	case at.word != 0 && (t.Shape != viet.Lower || at.stop < at.word || j == start):
		return int(at.word)
	case capital(t):
		return s.venueCapital(start, j)
	}
	return 0
}

// village takes the name or number of a village: "Nhà văn hóa thôn Đông", "đình làng Hoa Sen", "thôn 5".
func (s *search) village(j int) int {
	if j < len(s.toks) && s.toks[j].Kind == viet.Number {
		return s.venueNumber(j)
	}
	return s.nameEnd(j)
}

// goesOn tells whether a word of venues' names begins at token j with a capital,
// and no other venue: "Trung tâm Văn hóa, Thể thao và Du lịch".
func (s *search) goesOn(j int) bool {
	return j < len(s.toks) && s.at[j].word != 0 && s.at[j].venue == 0 && s.at[j].other == 0 && capital(&s.toks[j])
}

// initial tells whether token j is one capital letter: "Daniel K. Inouye".
func (s *search) initial(j int) bool {
	return capital(&s.toks[j]) && s.toks[j].End-s.toks[j].Start == 1
}

// venueCapital takes a capitalised place or word, and the lower-case second syllable of a word of two.
func (s *search) venueCapital(start, j int) int {
	if end := int(s.at[j].place); end > j {
		return end
	}
	end := j + 1
	if end < len(s.toks) && capital(&s.toks[j]) && !s.foreign(j, end) && s.secondSyllable(start, end) {
		return end + 1
	}
	return end
}

// secondSyllable tells whether the lower-case token j ends a word that began with a capital: "Điều phối Dân sự".
func (s *search) secondSyllable(start, j int) bool {
	t := &s.toks[j]
	if t.Kind != viet.Word || t.Shape != viet.Lower || s.at[j].stop != 0 || s.at[j].word != 0 || s.at[j].kind != 0 {
		return false
	}
	return (j-2 < start || !capital(&s.toks[j-2])) && viet.IsSyllable(t.Key)
}

// venueBody takes the name of a body: "trụ sở Bộ Tư pháp".
func (s *search) venueBody(start, j int) int {
	if end := int(s.at[j].body); end > 0 {
		return end
	}
	return s.venueCapital(start, j)
}

// venueUnit takes a unit: "Trung tâm hội nghị tỉnh Phú Thọ", or its type word alone at the end.
func (s *search) venueUnit(j int) int {
	if m, _ := s.unit(j); m.To != 0 {
		return m.To
	}
	if s.at[j].word == 0 && s.initial(j) {
		return j + 1
	}
	return int(s.at[j].word)
}

// venueNumber takes a number that belongs to the name: "quảng trường 2-9", "Lữ đoàn 25"; not one that counts.
func (s *search) venueNumber(j int) int {
	end := j + 1
	for end+1 < len(s.toks) && (s.toks[end].Key == "-" || s.toks[end].Key == "/") && !s.toks[end].Space && s.toks[end+1].Kind == viet.Number {
		end += 2
	}
	if end < len(s.toks) {
		if t := &s.toks[end]; t.Kind == viet.Word && t.Shape == viet.Lower && s.at[end].stop == 0 {
			return 0
		}
	}
	return end
}

// venueDash takes a dash between two capitalised words of which the second begins no place of its own.
func (s *search) venueDash(start, j, last int) int {
	if s.toks[j].Key != "-" || j != last || j+1 >= len(s.toks) || !capital(&s.toks[j+1]) {
		return 0
	}
	if s.goesOn(j + 1) {
		return int(s.at[j+1].word)
	}
	if s.at[j+1].place != 0 && s.toks[j].Space {
		if e := ofClass(s.phrases[s.at[j+1].placeMatch-1].Entries)[0]; e.Kind == string(news.VenuePlace) {
			return int(s.at[j+1].place) // "hồ Văn - Văn Miếu"
		}
		return 0
	}
	return s.venueCapital(start, j+1)
}
