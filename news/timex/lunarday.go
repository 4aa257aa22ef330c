package timex

import "sukien/news"

// lunarDay reads "mùng 3 tháng 3", "mùng 2 Tết", "rằm tháng Giêng" at k. Days
// with mùng and a numbered month are solar ("mùng 2 tháng 9") unless âm lịch
// or a lunar name says otherwise; the tenth of the third is the Hùng kings' day.
func (s *scanner) lunarDay(k int) (items, int) {
	d, n := 15, k+1
	if s.at(k) == mung {
		if d, n = s.smallNumber(k + 1); d < 1 || d > 10 {
			return items{}, k
		}
	}
	it := item{civil: civil{0, 0, d}, prec: Day, lunar: s.at(k) == ram}
	switch {
	case s.at(n) == tet:
		it.m, it.lunar = 1, true
		return s.lunarYear(one(it, "lunar/tet"), s.tetName(n+1))
	case s.at(n) == thang:
		r, next := s.monthWord(n-1, it)
		if next <= n-1 {
			return items{}, k
		}
		it, n = r, next
		it.lunar = it.lunar || s.at(k) == ram || it.d == 10 && it.m == 3
	case s.at(n) == slash:
		m, w := s.num(n + 1)
		if w == 0 || m < 1 || m > 12 {
			return items{}, k
		}
		it.m = m
		it.lunar = it.lunar || it.d == 10 && it.m == 3
		it.y, n = s.yearMark(n+2, slash)
		if s.runsOn(n) {
			return items{}, k
		}
	default:
		return items{}, k
	}
	r := one(it, "date/day")
	if it.lunar {
		return s.lunarYear(r, n)
	}
	n = s.qualify(&r, n)
	if r.it[0].lunar {
		r.rule = "lunar/day"
	}
	return r, n
}

// yearEnd reads "28 Tết", "đêm 30 Tết": days of the last lunar month.
func (s *scanner) yearEnd(k int) (items, int) {
	d, w := s.num(k)
	if w != 2 || d < 20 || d > 30 {
		return items{}, k
	}
	it := item{civil: civil{0, 12, d}, prec: Day, lunar: true}
	return one(it, "lunar/tet"), k + 2
}

// lunarYear reads what follows a day that is lunar for certain.
func (s *scanner) lunarYear(r items, n int) (items, int) {
	n = s.qualify(&r, n)
	r.it[0].lunar = true
	if r.rule == "date/day" {
		r.rule = "lunar/day"
	}
	if r.it[0].y == 0 {
		if s.at(n) == nam {
			n++
		}
		if cc, m := s.canChi(n); m > n {
			r.it[0].y = s.canChiYear(cc)
			return r, m
		}
		if s.at(n-1) == nam {
			n--
		}
	}
	return r, n
}

// tetName reads "Nguyên đán", "Âm lịch" and the name or number of the year behind "Tết".
func (s *scanner) tetName(n int) int {
	if s.key(n) == "nguyên" && s.key(n+1) == "đán" {
		n += 2
	}
	return n
}

// smallNumber is the number or number word at k.
func (s *scanner) smallNumber(k int) (int, int) {
	if v, w := s.num(k); w > 0 && w <= 2 {
		return v, k + 1
	}
	if v := numeral(s.key(k)); v > 0 {
		return v, k + 1
	}
	return 0, k
}

// canChi reads the sexagenary name of a year at k, "Giáp Thìn": its place from Giáp Tý = 0.
func (s *scanner) canChi(k int) (place, next int) {
	can, chi := stem(s.key(k)), branch(s.key(k+1))
	if can < 0 || chi < 0 || can%2 != chi%2 {
		return 0, k
	}
	return (6*can - 5*chi + 60) % 60, k + 2
}

// canChiYear is the year of a sexagenary place nearest to publication; 1984 was Giáp Tý.
func (s *scanner) canChiYear(place int) int {
	if s.today.y == 0 {
		return 0
	}
	y := s.today.y + floorMod(place-(s.today.y-1984), 60)
	if y-s.today.y > 30 {
		y -= 60
	}
	return y
}

func stem(key string) int {
	switch key {
	case "giáp":
		return 0
	case "ất":
		return 1
	case "bính":
		return 2
	case "đinh":
		return 3
	case "mậu":
		return 4
	case "kỷ":
		return 5
	case "canh":
		return 6
	case "tân":
		return 7
	case "nhâm":
		return 8
	case "quý":
		return 9
	}
	return -1
}

func branch(key string) int {
	switch key {
	case "tý":
		return 0
	case "sửu":
		return 1
	case "dần":
		return 2
	case "mão", "mẹo":
		return 3
	case "thìn":
		return 4
	case "tỵ", "tị":
		return 5
	case "ngọ":
		return 6
	case "mùi":
		return 7
	case "thân":
		return 8
	case "dậu":
		return 9
	case "tuất":
		return 10
	case "hợi":
		return 11
	}
	return -1
}

// settleLunar turns a lunar day or month into solar days.
func (s *scanner) settleLunar(it *item, t Tense) news.DateBasis {
	basis := news.DateExplicit
	if it.y == 0 {
		if s.today.y == 0 {
			it.civil = civil{}
			return ""
		}
		basis = news.DatePublished
	}
	m, d := it.m, max(it.d, 1)
	lo, hi := it.y, it.y
	if it.y == 0 {
		lo, hi = s.today.y-1, s.today.y+1
	}
	var best civil
	for y := lo; y <= hi; y++ {
		c, ok := solar(y, m, d)
		if !ok && m == 12 && d == 30 {
			c, ok = solar(y, m, 29) // the last day of the year is called the thirtieth all the same
		}
		if ok && (best.y == 0 || s.distance(c, t) < s.distance(best, t)) {
			best = c
			if it.prec == Month {
				_, length := lunarMonth(y, m)
				it.to = c.add(length - 1)
			}
		}
	}
	it.civil = best
	return basis
}
