package timex

// lead is how strongly the words before a number say that it is a date.
type lead uint8

const (
	bare   lead = iota
	weak        // từ, đến, trước, và
	strong      // ngày, hôm, sáng, thứ Sáu
)

// dates reads one date, a list or a range of days at k.
func (s *scanner) dates(k int, l lead) (items, int) {
	switch s.at(k) {
	case cac:
		if s.at(k+1) == ngay && s.at(k+2) == number {
			return s.dates(k+1, strong)
		}
	case same:
		if s.at(k+1) == ngay && !s.numberAfter(k+1) {
			return s.sameDay(k)
		}
	case hom, ngay:
		if d, n := s.dayWord(k); n > k {
			return d, n
		}
		j := k + 1
		if s.at(k) == ngay && s.at(j) == hom {
			if d, n := s.dayWord(j); n > j {
				return d, n
			}
			return items{}, k
		}
		if s.at(k-1) == number && s.glued(k) || !s.dateStart(j) {
			return items{}, k
		}
		if d, n := s.dates(j, strong); n > j {
			return d, n
		}
	case mung, ram:
		return s.lunarDay(k)
	case number:
		return s.numericDays(k, l)
	}
	return items{}, k
}

func (s *scanner) dateStart(k int) bool {
	return s.at(k) == number || s.at(k) == mung || s.at(k) == ram
}

func (s *scanner) numberAfter(k int) bool { return s.at(k+1) == number }

// numericDays reads "21/11", "21, 22/11", "26-28/10/2021", "3, 5 và 7/10", "8 tháng 5 năm 2025".
func (s *scanner) numericDays(k int, l lead) (items, int) {
	var r items
	if s.numericBefore(k) || l == bare && s.at(k+1) != slash && s.numbered(k-1) && s.at(k-1) != ngay {
		return r, k
	}
	if s.at(k+1) == tet {
		return s.yearEnd(k)
	}
	n, whole, end := k, 0, k
	ranges := false
	for r.n < maxItems {
		it, next := s.dayItem(n, l)
		if next <= n || r.n > 0 && it.m > 0 && (l == bare || s.at(n-1) == comma) && s.fraction(n) {
			break
		}
		r.it[r.n] = it
		r.n++
		if it.m > 0 {
			whole, end, r.span = r.n, next, ranges
		}
		sep, to := s.daySeparator(next)
		if to == 0 || it.m == 0 && sep == comma && l == bare {
			break // "Kỳ họp thứ 9, ngày 8/5"
		}
		ranges = ranges || sep == dash
		n = to
		l = max(l, weak)
	}
	if r.n = whole; whole == 0 {
		if d, next := s.monthOfYear(k, l); next > k {
			return d, next
		}
		return s.bareDay(k, l)
	}
	s.shareMonths(&r)
	if r.span && r.n > 2 {
		r.it[1], r.n = r.it[r.n-1], 2
	}
	end = s.qualify(&r, end)
	r.rule = daysRule(&r)
	return r, end
}

func daysRule(r *items) string {
	switch {
	case r.it[0].lunar:
		return "lunar/day"
	case r.span:
		return "date/day-range"
	case r.n > 1:
		return "date/day-list"
	}
	return "date/day"
}

// monthOfYear reads "3/2020" where brackets or a word of time lead to it.
func (s *scanner) monthOfYear(k int, l lead) (items, int) {
	m, w := s.num(k)
	y := s.year(k + 2)
	if l == bare || w == 0 || w > 2 || m < 1 || m > 12 || s.at(k+1) != slash || y < 1900 || s.runsOn(k+3) {
		return items{}, k
	}
	return one(item{civil: civil{y, m, 0}, prec: Month}, "period/month"), k + 3
}

// shareMonths gives days without month the month of the next, and days
// without year the year of their neighbour, the turn of the year minded.
func (s *scanner) shareMonths(r *items) {
	for i := r.n - 2; i >= 0; i-- {
		it, next := &r.it[i], r.it[i+1]
		if it.m == 0 {
			it.m = next.m
		}
		if it.y == 0 && next.y > 0 {
			if it.y = next.y; it.civil.key() > next.civil.key() {
				it.y--
			}
		}
	}
	for i := 1; i < r.n; i++ {
		it, prev := &r.it[i], r.it[i-1]
		if it.y == 0 && prev.y > 0 {
			if it.y = prev.y; it.civil.key() < prev.civil.key() {
				it.y++
			}
		}
	}
}

// daySeparator reads what stands between two days and returns where the next begins, 0 for none.
func (s *scanner) daySeparator(k int) (class, int) {
	c := s.at(k)
	j := k + 1
	switch c {
	case comma, and:
		if s.at(j) == and {
			j++
		}
		if s.at(j) == ngay {
			j++
		}
		c = comma
	case plus:
		c = comma
	case dash:
		if s.at(j) == ngay {
			j++
		}
	case until, towards:
		if s.at(j) == till {
			j++
		}
		if s.at(j) == ngay {
			j++
		}
		c = dash
	default:
		return none, 0
	}
	if s.at(j) != number {
		return none, 0
	}
	return c, j
}

// bareDay reads "ngày 26", "ngày 26 và 27", the month to be worked out.
func (s *scanner) bareDay(k int, l lead) (items, int) {
	var r items
	if l != strong || s.at(k-1) == ngay && s.repeated(k-2) {
		return r, k
	}
	n, ranges := k, false
	for end := k; r.n < maxItems; {
		d, w := s.num(n)
		if w == 0 || w > 2 || d < 1 || d > 31 || s.runsOn(n+1) {
			break
		}
		r.it[r.n] = item{civil: civil{0, 0, d}, prec: Day}
		r.n++
		end = n + 1
		sep, to := s.daySeparator(end)
		if to == 0 || !s.stands(to+1) {
			n = end
			break
		}
		ranges = ranges || sep == dash
		n = to
	}
	if r.n == 0 || !s.stands(n) && !s.titled(n) || s.at(n) == slash || s.at(n) == dash && s.glued(n) {
		return items{}, k
	}
	if r.span = ranges; ranges && r.n > 2 {
		r.it[1], r.n = r.it[r.n-1], 2
	}
	r.rule = "date/day-of-month"
	return r, n
}

// repeated tells that "ngày" at i+1 counts or repeats: "mỗi ngày 2 lần".
func (s *scanner) repeated(i int) bool {
	switch s.key(i) {
	case "mỗi", "hàng", "hằng", "một", "từng", "mấy", "vài", "nhiều", "trung", "suốt":
		return true
	}
	return s.at(i) == number
}
