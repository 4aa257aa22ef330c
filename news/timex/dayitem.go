package timex

// dayItem reads one day at k: "21", "21/11", "21-11-2019", "8 tháng 5 năm 2025", "2021-11-21".
func (s *scanner) dayItem(k int, l lead) (item, int) {
	d, w := s.num(k)
	if w == 4 {
		return s.isoDay(k)
	}
	if w == 0 || w > 2 || d < 1 || d > 31 {
		return item{}, k
	}
	it := item{civil: civil{0, 0, d}, prec: Day}
	if s.at(k+1) == thang {
		return s.monthWord(k, it)
	}
	n := k + 1
	m, ok := s.monthMark(n, l, d)
	if !ok {
		if s.at(n) == slash || s.at(n) == dash && s.glued(n) && s.at(n+1) == slash {
			return item{}, k
		}
		return it, n
	}
	it.m, n = m, n+2
	sep := s.at(n - 2)
	it.y, n = s.yearMark(n, sep)
	if it.m > 12 && it.y > 0 && it.d <= 12 || s.usStamp(k, n) {
		it.d, it.m = it.m, it.d
	}
	if !it.valid() || s.runsOn(n) {
		return item{}, k
	}
	return it, n
}

// monthMark reads "/11" after the day; "26-28/10" is no month 28.
func (s *scanner) monthMark(n int, l lead, d int) (int, bool) {
	sep := s.at(n)
	if sep != slash && sep != dash && sep != dot {
		return 0, false
	}
	m, w := s.num(n + 1)
	if w == 0 || w > 2 || m < 1 || sep != slash && (!s.glued(n) || !s.glued(n+1)) {
		return 0, false
	}
	after := s.at(n + 2)
	tight := s.glued(n+2) && s.at(n+3) == number && s.glued(n+3)
	if sep == dash && (after == slash || after == dot && tight) || sep == dash && after == thang {
		return 0, false
	}
	dated := tight && after == sep && s.year(n+3) > 0 || l == weak && sep == dot && s.dotted(n+2)
	if sep != slash && l != strong && !dated {
		return 0, false
	}
	if m > 12 && (d > 12 || s.year(n+3) == 0) {
		return 0, false
	}
	return m, true
}

// dotted tells that "25.10" before n is a day where only "từ" or "đến" leads to
// it: "từ 25.10 đến 4.11", but "tăng từ 5.2 lên 6.1", "từ 3.5 - 4.2 triệu".
func (s *scanner) dotted(n int) bool {
	switch s.at(n) {
	case dash, until, towards:
		d, w := s.num(n + 1)
		m, v := s.num(n + 3)
		if s.at(n+2) != dot || !s.glued(n+2) || !s.glued(n+3) || w == 0 || v == 0 || !(civil{0, m, d}).valid() {
			return false
		}
		n += 4
	}
	return s.stands(n) && s.at(n) != dash && !(s.at(n) == dot && s.glued(n+1))
}

// yearMark reads "/2019", "-19", " năm 2019" after the month.
func (s *scanner) yearMark(n int, sep class) (int, int) {
	c := s.at(n)
	if c == slash && s.at(n+1) == slash { // "11/12//2024"
		n++
	}
	if c == slash || c == dash && (sep == dash || s.glued(n)) || c == dot && sep == dot && s.glued(n) {
		if y := s.year(n + 1); y > 0 && (c != dash || s.glued(n+1)) {
			return y, n + 2
		}
		if v, w := s.num(n + 1); c == sep && w == 2 && s.glued(n) && s.glued(n+1) {
			return 2000 + v, n + 2
		}
		return 0, n
	}
	if c == nam {
		if y := s.year(n + 1); y > 0 {
			return y, n + 2
		}
	}
	return 0, n
}

// usStamp tells that a time with seconds and AM or PM follows: month before day.
func (s *scanner) usStamp(k, n int) bool {
	if m, _ := s.num(k + 2); s.at(k+1) != slash || m > 31 {
		return false
	}
	if s.at(n) == comma {
		n++
	}
	c, m := s.colons(n, s.hourAt(n))
	d, _ := s.num(k)
	return m > n && c.us && d <= 12
}

func (s *scanner) hourAt(n int) int {
	if h, d := s.num(n); d == 1 || d == 2 {
		return h
	}
	return 24
}

// runsOn tells that the number before n goes on: "3/2/5", "5/10/QĐ", "12%".
func (s *scanner) runsOn(n int) bool {
	if n >= len(s.toks) || !s.glued(n) {
		return false
	}
	switch s.at(n) {
	case slash:
		return true
	case dot, dash, colon:
		return s.at(n) != dash && s.at(n+1) == number && s.glued(n+1) || s.at(n) == dash && s.titled(n+1) && s.glued(n+1)
	case comma: // "1/1,52", but "5/3,6/3"
		return s.at(n+1) == number && s.glued(n+1) && s.at(n+2) != slash
	}
	return s.key(n) == "%" || s.at(n) == hh || len(s.key(n)) == 1 && (s.titled(n) || s.lower(n))
}

// isoDay reads "2024-12-21", "2024/12/21".
func (s *scanner) isoDay(k int) (item, int) {
	y := s.year(k)
	sep := s.at(k + 1)
	m, wm := s.num(k + 2)
	d, wd := s.num(k + 4)
	if y == 0 || sep != dash && sep != slash || s.at(k+3) != sep || wm == 0 || wd == 0 || wm > 2 || wd > 2 || !s.glued(k+2) || !s.glued(k+4) {
		return item{}, k
	}
	it := item{civil: civil{y, m, d}, prec: Day}
	n := k + 5
	if !it.valid() {
		return item{}, k
	}
	return it, n
}

// monthWord reads on after "8 tháng": "5", "5 năm 2025", "5/2025", "Giêng".
func (s *scanner) monthWord(k int, it item) (item, int) {
	m, lunar, n := s.monthAt(k + 2)
	if m == 0 {
		return item{}, k
	}
	it.m, it.lunar = m, lunar
	switch y := s.year(n + 1); {
	case y > 0 && (s.at(n) == nam || s.at(n) == slash || s.at(n) == dash && s.glued(n) || s.at(n) == comma && s.stands(n+2)):
		it.y, n = y, n+2
	case s.at(n) == nam:
		if cc, m := s.canChi(n + 1); m > n+1 {
			it.y, it.lunar, n = s.canChiYear(cc), true, m
		}
	case s.year(n) > 0 && (s.stands(n+1) || s.at(n+1) == lucAt):
		it.y, n = s.year(n), n+1
	}
	if !it.valid() || it.lunar && it.d > 30 {
		return item{}, k
	}
	return it, n
}

// monthAt reads the month after "tháng" at k: a number or a word; lunar for Giêng and Chạp.
func (s *scanner) monthAt(k int) (m int, lunar bool, next int) {
	if v, w := s.num(k); w > 0 {
		if w > 2 || v < 1 || v > 12 || s.key(k+1) == "%" || s.key(k+1) == "lần" {
			return 0, false, k
		}
		return v, false, k + 1
	}
	switch s.key(k) {
	case "giêng":
		return 1, true, k + 1
	case "chạp":
		return 12, true, k + 1
	}
	v := numeral(s.key(k))
	if v == 0 || s.at(k) == nam && s.at(k+1) == number && s.year(k+1) > 0 {
		return 0, false, k
	}
	if w := numeral(s.key(k + 1)); v == 10 && w > 0 && w < 3 {
		return 10 + w, false, k + 2
	}
	return v, false, k + 1
}
