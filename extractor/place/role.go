package place

import (
	"sukien/news"
	"sukien/news/viet"
)

// roles says of each mention what the words around it make of it.
func (s *search) roles() {
	for k := range s.out {
		m := &s.out[k]
		m.Cue, m.Role = s.role(m)
		switch {
		case m.Chain != k && m.Role == At && s.out[m.Chain].Role == Name: // "Đối thoại Manama ở Bahrain"
		case m.Chain != k:
			s.inherit(m, &s.out[m.Chain])
		case m.List != k && (m.Role == Bare || m.Role == Name && !m.Inside):
			s.inherit(m, &s.out[m.List])
		}
	}
	for k := range s.out {
		s.parties(k)
	}
}

func (s *search) inherit(m, first *Mention) { m.Cue, m.Role = first.Cue, first.Role }

// role reads the words before a mention.
func (s *search) role(m *Mention) (cue string, r Role) {
	if m.Inside {
		return "", Name
	}
	if m.Held = s.heldBehind(m.To); m.Held {
		return "", At
	}
	for _, from := range [...]int{m.From, m.NameFrom, s.beforeMiddle(m.From)} {
		if n := s.at[from].cue; n > 0 && s.phrases[n-1].From < m.From && !s.breaksAt(from) {
			c := s.cueOf(n)
			if c.role == At && m.Body && s.staff(from) {
				return c.key, Origin
			}
			return c.key, s.cued(m, c.role)
		}
	}
	if m.From > 0 && s.toks[m.From-1].Kind == viet.Word && m.Kind != news.VenuePlace {
		return "", Name
	}
	if m.Body {
		return "", Name
	}
	if h := s.headOf(m.From); h != nil && h.Attr["role"] != "" {
		return "", Role(h.Attr["role"])
	}
	return "", Bare
}

// staffReach is how many tokens before "tại" the word can stand that says who works there.
const staffReach = 9

// staff tells whether the words before "tại", which ends before token i, name
// somebody who works or learns there: "chuyên gia về rừng tại Đại học Hoa Sen".
// A word of what people do between says that it is done there.
func (s *search) staff(i int) bool {
	for j := i - 2; j >= 0 && j >= i-staffReach && s.toks[j].Kind == viet.Word; j-- {
		if s.at[j].staff {
			return true
		}
		if s.at[j].stop != 0 && s.toks[j].Key != "về" && s.toks[j].Key != "của" || s.at[j].other != 0 && s.at[j].says {
			return false
		}
	}
	return false
}

// heldBehind tells whether the words at token i, maybe behind a comma or a
// dash, say that the gathering is at the place before: "X, nơi diễn ra hội nghị".
func (s *search) heldBehind(i int) bool {
	if i < len(s.toks) && oneOf(s.toks[i].Key, ",", "-", "–") {
		i++
	}
	return s.at[i].held
}

// beforeMiddle is where "trung tâm" begins in "trung tâm thành phố Huế"; i when it does not stand before token i.
func (s *search) beforeMiddle(i int) int {
	if j := i - 2; j >= 0 && int(s.at[j].venue) == i {
		if h := s.headOf(j); h != nil && h.Attr["middle"] != "" {
			return j
		}
	}
	return i
}

// cued is the role that a cue gives a mention: some venues are where the
// gathering is, whichever words lead there ("kết nối từ điểm cầu Hà Nội").
func (s *search) cued(m *Mention, r Role) Role {
	if h := s.headOf(m.From); h != nil && h.Attr["role"] != "" && (r == To || r == Origin || r == Party) {
		return Role(h.Attr["role"])
	}
	return r
}

func (s *search) breaksAt(i int) bool { return i > 0 && s.toks[i-1].Kind == viet.Break }

// parties turns governments named by their country or capital from places into
// parties: "Hà Nội và Viêng Chăn nhất trí", "quan hệ Việt Nam - Lào".
func (s *search) parties(k int) {
	m := &s.out[k]
	if m.Role != Bare && m.Role != Name || m.Inside || rank(m.Kind) < rank(news.CityPlace) {
		return
	}
	if k+1 < len(s.out) && s.out[k+1].List == k && s.facing(k) || m.Role == Bare && m.Chain == k && s.at[m.To].says {
		m.Role = Party
	}
	if m.List != k && s.out[m.List].Role == Party {
		m.Role = Party
	}
}

// facing tells whether mentions k and k+1 are two countries, or cities of two countries.
func (s *search) facing(k int) bool {
	a, b := &s.out[k], &s.out[k+1]
	if a.Kind != b.Kind || a.Kind == news.CountryPlace {
		return a.Kind == b.Kind
	}
	x, y := s.found[k], s.found[k+1]
	return a.Kind == news.CityPlace && len(x) > 0 && len(y) > 0 && x[0].Country != y[0].Country
}
