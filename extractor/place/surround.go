package place

import (
	"cmp"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// reach bounds the tokens between a venue and the place before it that tells its country.
const reach = 60

// surround fills the country of a venue, commune or district that neither the
// gazetteer nor its address places: by a place in its name, by where the text last
// was, else at home.
func (s *search) surround(k int) {
	m := &s.out[k]
	if m.Guess && m.Country == "" && s.foreignName(m) {
		m.Country = s.likely()
	}
	if rank(m.Kind) >= rank(news.CityPlace) || m.Country != "" {
		return
	}
	if k+1 < len(s.out) && s.out[k+1].Chain == m.Chain && s.out[k+1].Country != "" {
		m.Country, m.Zone = s.out[k+1].Country, s.out[k+1].Zone
		return
	}
	inner := s.inner(m)
	if inner != nil && !s.abroad(m) {
		s.take(m, inner)
		return
	}
	away := s.abroad(m) && (inner == nil || inner.Country == home)
	switch j := s.whereabouts(k, away); {
	case j >= 0:
		m.Country, m.Zone = s.out[j].Country, s.out[j].Zone
	case !away && !s.foreignName(m):
		m.Country = home
	case !away && m.Kind == news.VenuePlace && (m.Role == At || m.Role == To):
		m.Country = cmp.Or(s.likely(), home)
	case !away && (m.Role == At || m.Role == To):
		m.Country = s.likely()
	}
}

// likely is the foreign country that a text names most often, where nothing is
// said to happen in Viet Nam: that of a place with a foreign name that no
// dictionary knows. Empty when there is none, or two are named alike often.
func (s *search) likely() string {
	best, count := "", map[string]int{}
	for k := range s.out {
		m := &s.out[k]
		switch {
		case m.Country == home && m.Kind != news.CountryPlace && (m.Role == At || m.Role == To):
			return ""
		case m.Country == "" || m.Country == home:
		default:
			if count[m.Country]++; count[m.Country] > count[best] {
				best = m.Country
			}
		}
	}
	for c, n := range count {
		if c != best && 2*n > count[best] {
			return ""
		}
	}
	return best
}

// foreignName tells whether a word of the name is foreign, abbreviations aside.
func (s *search) foreignName(m *Mention) bool {
	for j := m.From; j < m.To; j++ {
		if s.toks[j].Shape != viet.Upper && s.foreign(j, j+1) {
			return true
		}
	}
	return false
}

// home is the country of the papers that are read.
const home = "VN"

// inner is the last place within a venue's name that tells where it is: "sân
// bay Đà Nẵng", "Bảo tàng Quốc gia Qatar"; not "Đại học Việt Đức".
func (s *search) inner(m *Mention) *lexicon.Entry {
	for j := m.To - 1; j > m.From; j-- {
		if s.at[j].place == 0 {
			continue
		}
		entries := ofClass(s.phrases[s.at[j].placeMatch-1].Entries)
		if e := entries[0]; s.isPlace(j, int(s.at[j].place)) && (e.Kind != "country" || !oneOf(s.toks[j-1].Key, "việt", "-")) {
			return e
		}
		return nil
	}
	return nil
}

// abroad tells whether a venue is outside its own country, or outside Viet Nam
// as its name stands: an embassy, "Phủ Tổng thống".
func (s *search) abroad(m *Mention) bool {
	if h := s.headOf(m.From); h != nil && h.Attr["abroad"] != "" {
		return true
	}
	return m.Entry != nil && m.Entry.Attr["abroad"] != ""
}

// whereabouts is the number of the mention before k that last said where the
// text is, -1 when none near does. When away, Viet Nam is passed over: a foreign
// country that somebody goes to or is in, before k or after, else any named near.
func (s *search) whereabouts(k int, away bool) int {
	if j := s.near(k, away, false); j >= 0 || !away {
		return j
	}
	return s.near(k, away, true)
}

// near is the nearest mention before k, or when away after it, that tells a
// country; those of which nothing says that the text is there count where any does.
func (s *search) near(k int, away, any bool) int {
	for j := k - 1; j >= 0 && s.out[k].From-s.out[j].To < reach; j-- {
		if s.tellsCountry(&s.out[j], away, any) && s.out[j].Kind != news.VenuePlace {
			return j
		}
	}
	for j := k + 1; away && j < len(s.out) && s.out[j].From-s.out[k].To < reach; j++ {
		if s.tellsCountry(&s.out[j], away, any) {
			return j
		}
	}
	return -1
}

func (s *search) tellsCountry(m *Mention, away, any bool) bool {
	if m.Role != At && m.Role != To && !(any && m.Role != Way) {
		return false
	}
	return m.Country != "" && !(away && m.Country == home)
}
