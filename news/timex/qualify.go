package timex

// qualify reads what follows a date and belongs to it: "âm lịch", "năm nay", "tới", "vừa qua".
func (s *scanner) qualify(r *items, n int) int {
	if s.at(n) == am && s.at(n+1) == lich || s.at(n) == open && s.at(n+1) == am && s.at(n+2) == lich && s.at(n+3) == shut || s.key(n) == "âl" {
		for i := range r.n {
			r.it[i].lunar = true
		}
		switch {
		case s.key(n) == "âl":
			n++
		case s.at(n) == open:
			n += 4
		default:
			n += 2
		}
	}
	if s.at(n) == duong && s.at(n+1) == lich {
		n += 2
	}
	if y, m := s.yearWord(n); m > n && r.it[r.n-1].y == 0 {
		for i := range r.n {
			r.it[i].y = y
			r.it[i].rel = s.at(n) == nam && s.at(n+1) != number
		}
		return m
	}
	t, m := s.nearWord(n)
	for i := range r.n {
		r.it[i].tense = t
	}
	return m
}

// yearWord reads "năm 2025", "năm nay", "năm ngoái", "năm sau" with a known reference.
func (s *scanner) yearWord(n int) (int, int) {
	if s.at(n) != nam {
		return 0, n
	}
	if y := s.year(n + 1); y > 0 {
		return y, n + 2
	}
	by := 0
	switch s.at(n + 1) {
	case nay, this:
	case ngoai:
		by = -1
	case before:
		by = -1
	case after, towards:
		by = 1
	default:
		return 0, n
	}
	if by != 0 && s.at(n+1) != ngoai && !s.stands(n+2) {
		return 0, n
	}
	if s.today.y == 0 {
		return 0, n + 2
	}
	return s.today.y + by, n + 2
}

// nearWord reads "tới", "sắp tới", "tới đây", "vừa qua", "vừa rồi", "qua", "này" after a date.
func (s *scanner) nearWord(n int) (Tense, int) {
	switch s.at(n) {
	case sap:
		if s.at(n+1) == towards {
			return Future, n + 2
		}
	case vua:
		if s.at(n+1) == qua || s.at(n+1) == roi {
			return Past, n + 2
		}
	case towards:
		if s.key(n+1) == "đây" {
			return Future, n + 2
		}
		if s.modifies(n) {
			return Future, n + 1
		}
	case qua:
		if s.modifies(n) {
			return Past, n + 1
		}
	case roi:
		return Past, n + 1
	}
	return TenseUnknown, n
}

// modifies tells that "tới" or "qua" at n ends the expression, and is no verb
// or preposition: "ngày 20/9 tới,", but "ngày 20/9 tới thăm".
func (s *scanner) modifies(n int) bool {
	switch s.key(n + 1) {
	case "ngày", "từ", "các", "cho", "về", "dự", "thăm", "nay":
		return false
	}
	return s.stands(n + 1)
}
