package timex

import "sukien/news/viet"

// addPeriod adds a month, quarter, year or week, with "đầu", "giữa", "cuối" before it.
func (s *scanner) addPeriod(k int, p *phrase) int {
	if p.days.n > 0 || p.clock.said() && s.at(k) != thang {
		return k
	}
	j, mod := k, ""
	switch s.at(k) {
	case dau:
		mod = "early"
	case giua:
		mod = "mid"
	case cuoi:
		mod = "late"
	}
	if mod != "" {
		j++
	}
	d, n := s.period(j, mod)
	if n <= j {
		return k
	}
	for i := range d.n {
		d.it[i].mod = mod
	}
	p.days = d
	return n
}

func (s *scanner) period(k int, mod string) (items, int) {
	switch s.at(k) {
	case thang:
		return s.months(k, mod)
	case quy:
		return s.quarters(k)
	case nam:
		return s.years(k, mod)
	case tuan:
		return s.weeks(k, mod)
	}
	return items{}, k
}

// months reads "tháng 6", "tháng 3-5/2024", "tháng 11 tới", "tháng trước", "tháng Giêng".
func (s *scanner) months(k int, mod string) (items, int) {
	if by, n := s.nextWord(k + 1); n > k+1 && !s.vague(k-1) {
		it := item{prec: Month, rel: true, unsure: s.today.y == 0}
		if !it.unsure {
			it.civil = s.today.addMonths(by)
		}
		return one(it, "relative/month"), n
	}
	if s.countedMonth(k) {
		return items{}, k
	}
	m, lunar, n := s.monthAt(k + 1)
	if m == 0 || s.at(k+1) != number && !lunar && !s.monthTitled(k, n) {
		if mod == "early" && m == 0 || mod == "late" && m == 0 {
			return s.bareUnit(k, Month)
		}
		return items{}, k
	}
	r := one(item{civil: civil{0, m, 0}, prec: Month, lunar: lunar}, "period/month")
	if us, n := s.monthFirst(k, n, m); n > k {
		return us, n
	}
	if s.at(n) == slash && s.year(n+1) == 0 {
		return items{}, k
	}
	n = s.moreMonths(&r, n)
	return r, s.monthYear(&r, n)
}

// vague tells that many or unnumbered units are meant: "nhiều năm trước", "triệu năm".
func (s *scanner) vague(k int) bool {
	switch s.key(k) {
	case "nhiều", "những", "vài", "mấy", "các", "triệu", "nghìn", "ngàn", "tỷ", "tỉ", "chục", "trăm", "hàng", "hằng", "mỗi", "từng", "đôi", "bao", "nửa":
		return true
	}
	return s.at(k) == number || numeral(s.key(k)) > 0 && s.at(k) != nam
}

// monthTitled tells that the month word at k+1 is a month: "tháng Tư", "tháng ba năm 2024".
func (s *scanner) monthTitled(k, n int) bool {
	return s.titled(k+1) || s.at(n) == nam || s.at(n) == am || s.at(n) == slash || s.titled(k)
}

// countedMonth tells "3 tháng 2 lần", "mỗi tháng hai", "Cách mạng Tháng Tám".
func (s *scanner) countedMonth(k int) bool {
	switch s.key(k - 1) {
	case "mỗi", "hàng", "hằng", "mạng", "một", "vài", "nhiều", "mấy", "từng":
		return true
	}
	return false
}

// monthFirst reads the translated US order "Tháng Mười Hai 29, 2013".
func (s *scanner) monthFirst(k, n, m int) (items, int) {
	d, w := s.num(n)
	if w == 0 || w > 2 || s.at(n+1) != comma || s.year(n+2) == 0 {
		return items{}, k
	}
	it := item{civil: civil{s.year(n + 2), m, d}, prec: Day}
	if !it.valid() {
		return items{}, k
	}
	return one(it, "date/month-first"), n + 3
}

// moreMonths reads on "-5", " và tháng 4", ", 4".
func (s *scanner) moreMonths(r *items, n int) int {
	for r.n < maxItems {
		sep, j := s.at(n), n+1
		if sep == until || sep == towards {
			sep = dash
		}
		if sep != dash && sep != comma && sep != and {
			return n
		}
		word := s.at(j) == thang
		if word {
			j++
		}
		m, lunar, next := s.monthAt(j)
		if m == 0 || s.at(j) != number && !word || s.at(next) == slash && s.year(next+1) == 0 {
			return n
		}
		if !word && s.at(next) != slash && s.at(next) != nam && !s.stands(next) || s.at(next) == thang || s.at(next) == hh {
			return n
		}
		if !word && sep == dash && r.it[r.n-1].m >= m && s.at(next) != slash {
			return n
		}
		r.it[r.n] = item{civil: civil{0, m, 0}, prec: Month, lunar: lunar}
		r.n++
		n = next
		if sep == dash {
			r.span = true
			return n
		}
	}
	return n
}

// monthYear reads the year or the tense behind months.
func (s *scanner) monthYear(r *items, n int) int {
	last := &r.it[r.n-1]
	y, next := 0, n
	if s.at(n) == slash || s.at(n) == dash && s.glued(n) || s.at(n) == dot && s.glued(n) && s.glued(n+1) || s.at(n) == comma {
		if y = s.year(n + 1); y > 0 && (s.at(n) != comma || s.stands(n+2)) {
			next = n + 2
		} else {
			y = 0
		}
	}
	rel := false
	if y == 0 {
		y, next = s.yearWord(n)
		rel = next > n && s.at(next-1) != number
	}
	if s.at(n) == am && s.at(n+1) == lich {
		last.lunar, next = true, n+2
	}
	if y == 0 && next == n {
		var t Tense
		if t, next = s.nearWord(n); s.at(n) == this {
			next = n + 1
		}
		last.tense = t
	}
	last.y, last.rel = y, rel
	for i := r.n - 2; i >= 0; i-- {
		r.it[i].tense, r.it[i].rel = last.tense, rel
		if y > 0 {
			if r.it[i].y = y; r.it[i].m > r.it[i+1].m {
				r.it[i].y--
			}
		}
	}
	return next
}

// nextWord reads "này", "trước", "sau", "tới", "qua", "rồi" behind tháng, quý, năm.
func (s *scanner) nextWord(k int) (by, next int) {
	switch s.at(k) {
	case this, nay:
		return 0, k + 1
	case before, roi, ngoai:
		if s.at(k) != before || s.at(k+1) != that && s.stands(k+1) && s.key(k+1) != "khi" {
			return -1, k + 1
		}
	case qua:
		if s.stands(k+1) || s.lower(k+1) {
			return -1, k + 1
		}
	case vua:
		if s.at(k+1) == qua || s.at(k+1) == roi {
			return -1, k + 2
		}
	case after, towards:
		if s.key(k+1) == "khi" || s.at(k+1) == that {
			return 0, k
		}
		if s.stands(k + 1) {
			return 1, k + 1
		}
	case sap:
		if s.at(k+1) == towards {
			return 1, k + 2
		}
	}
	return 0, k
}

// bareUnit is "đầu tháng", "cuối năm" without more: the present one.
func (s *scanner) bareUnit(k int, p Precision) (items, int) {
	it := item{prec: p, rel: true, unsure: s.today.y == 0, civil: s.today}
	return one(it, "relative/"+string(p)), k + 1
}

// quarters reads "quý III/2021", "quý 3 năm 2024", "quý II và III", "quý này".
func (s *scanner) quarters(k int) (items, int) {
	q, n := s.quarterAt(k + 1)
	if q == 0 {
		by, m := s.nextWord(k + 1)
		if m == k+1 || s.vague(k-1) || s.toks[k].Space && s.at(m) != brk && s.toks[m].Kind != viet.Punct {
			return items{}, k
		}
		it := item{prec: Quarter, rel: true, unsure: s.today.y == 0}
		if !it.unsure {
			it.civil = s.today.addMonths(3 * by)
		}
		return one(it, "relative/quarter"), m
	}
	r := one(item{civil: civil{0, 3*q - 2, 0}, prec: Quarter}, "period/quarter")
	sep, j := s.at(n), n+1
	if s.at(j) == quy {
		j++
	}
	if q2, m := s.quarterAt(j); q2 > q && (sep == dash || sep == and || sep == until || sep == comma) {
		r.it[1], r.n, r.span = item{civil: civil{0, 3*q2 - 2, 0}, prec: Quarter}, 2, sep == dash || sep == until
		n = m
	}
	return r, s.monthYear(&r, n)
}

func (s *scanner) quarterAt(k int) (q, next int) {
	if v, d := s.num(k); d > 0 && d <= 2 && v >= 1 && v <= 4 {
		return v, k + 1
	}
	if v := roman(s.key(k)); v > 0 && s.titled(k) {
		return v, k + 1
	}
	return 0, k
}

// years reads "năm 2025", "năm 2024-2025", "năm nay", "năm ngoái", "năm 938".
func (s *scanner) years(k int, mod string) (items, int) {
	if s.at(k-1) == number && s.done < k && s.year(k+1) == 0 {
		return items{}, k // "5 năm"
	}
	if y, d := s.num(k + 1); d == 4 && s.year(k+1) > 0 || d == 3 && s.stands(k+2) {
		r := one(item{civil: civil{y, 1, 0}, prec: Year}, "period/year")
		n := k + 2
		if z := s.year(n + 1); z > y && (s.at(n) == dash || s.at(n) == until || s.at(n) == and) {
			r.it[1], r.n, r.span = item{civil: civil{z, 1, 0}, prec: Year}, 2, s.at(n) != and
			n += 2
		}
		return r, n
	}
	by, n := s.nextWord(k + 1)
	if s.vague(k - 1) {
		return items{}, k
	}
	if n == k+1 {
		if c := s.key(k + 1); (mod == "early" || mod == "late") && c != "học" && c != "lớp" && c != "thứ" {
			return s.bareUnit(k, Year)
		}
		return items{}, k
	}
	it := item{prec: Year, rel: true, unsure: s.today.y == 0}
	if !it.unsure {
		it.civil = civil{s.today.y + by, 1, 0}
	}
	return one(it, "relative/year"), n
}

// weeks reads "tuần này", "tuần trước", "cuối tuần qua", "đầu tuần".
func (s *scanner) weeks(k int, mod string) (items, int) {
	by, n := s.weekWord(k + 1)
	if s.vague(k - 1) {
		return items{}, k
	}
	if n == k+1 && (mod == "" || mod == "mid") {
		return items{}, k
	}
	it := item{prec: Week, rel: true, unsure: s.today.y == 0}
	if !it.unsure {
		it.civil = s.today.monday().add(7 * by)
		it.to = it.civil.add(6)
		if mod == "late" {
			it.civil = it.to.add(-1)
		}
	}
	return one(it, "relative/week"), n
}
