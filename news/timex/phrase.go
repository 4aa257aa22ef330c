package timex

// maxItems bounds the days of one list.
const maxItems = 12

// item is one day, month, quarter or year; what is not said is 0.
type item struct {
	civil
	prec Precision
	// rel tells that the words count from the publication day.
	rel   bool
	lunar bool
	// unsure tells that pub was needed and is unknown.
	unsure bool
	// to is the last day where the item is a run of days by itself: a week, a lunar month.
	to  civil
	mod string
	// tense is what a word of the expression itself says: "tới", "vừa qua".
	tense Tense
}

// items are the dates of one component.
type items struct {
	n    int
	it   [maxItems]item
	span bool // a range
	rule string
}

func one(it item, rule string) items {
	r := items{n: 1, rule: rule}
	r.it[0] = it
	return r
}

// phrase is what the components of one expression say together.
type phrase struct {
	first, last int
	days        items
	clock       clock
	part        Part
	partEarly   bool
	partOnly    bool // "buổi", or a part word that needs no date
	weekday     int  // 1 Monday to 7 Sunday, 0 none
	week        int  // weeks from this one, where weekSaid
	weekSaid    bool
	weekTense   Tense
	zone        string
}

// phrase reads components from token i on for as long as they fit together.
func (s *scanner) phrase(i int) (phrase, bool) {
	p := phrase{first: i, last: i}
	for k := i; ; {
		next := s.component(k, &p)
		if next <= k {
			next = s.joined(k, &p)
		}
		if next <= k {
			break
		}
		p.last, k = next, next
	}
	if p.last == i {
		return p, false
	}
	s.zoneAfter(&p)
	if p.zone != "" && p.days.n == 0 { // "1 giờ sáng (giờ địa phương) ngày 1/5"
		if n := s.addDays(p.last, &p); n > p.last {
			p.last = n
		}
	}
	return p, true
}

// component adds what begins at k to p and returns the token after it, k when nothing fits.
func (s *scanner) component(k int, p *phrase) int {
	switch c := s.at(k); c {
	case number:
		if n := s.addClock(k, p); n > k {
			return n
		}
		return s.addDays(k, p)
	case ngay, hom, same, mung, ram, cac:
		return s.addDays(k, p)
	case sang, trua, chieu, toi, dem, rang, buoi, nua, binh:
		return s.addPart(k, p)
	case thu, chu, shortDay:
		return s.addWeekday(k, p)
	case lucAt, hoi, vao:
		return s.addClock(k, p)
	case thang, nam, quy, tuan, dau, giua, cuoi:
		return s.addPeriod(k, p)
	}
	return k
}

// joined tries the component behind a joining word or mark at k.
func (s *scanner) joined(k int, p *phrase) int {
	if s.toksEnd(k) {
		return k
	}
	switch s.at(k) {
	case open:
		return s.bracketed(k, p)
	case comma, dash, bar:
		if p.loose() || s.at(k) == dash && !s.spaced(k) && p.clock.said() == (p.days.n > 0) {
			return k
		}
	case from: // "ngày 5/3, từ 8h đến 11h"
		if p.days.n == 0 || p.clock.said() {
			return k
		}
		if n := s.addClock(k+1, p); n > k+1 {
			return n
		}
		return k
	default:
		return k
	}
	j := k + 1
	if s.at(j) == open {
		return k
	}
	if p.days.n > 0 && s.at(j).part() != "" {
		return k // "ngày 5/3, sáng 6/3"
	}
	if c := s.at(j); c == from && p.days.n > 0 {
		j++
		if n := s.addClock(j, p); n > j {
			return n
		}
		return k
	}
	q := *p
	n := s.component(j, &q)
	if n <= j || p.days.n > 0 && !p.days.it[0].rel && q.clock.said() && !p.clock.said() && s.dateNext(n) {
		return k
	}
	*p = q
	return n
}

// dateNext tells that the time before n belongs to a date behind it: "5/4, 7 giờ tối 6/4".
func (s *scanner) dateNext(n int) bool {
	if s.at(n).part() != "" {
		n++
	}
	_, m := s.dates(n, strong)
	return m > n
}

func (s *scanner) toksEnd(k int) bool { return k >= len(s.toks) }

// spaced tells that token k has blanks on both sides.
func (s *scanner) spaced(k int) bool {
	return k+1 < len(s.toks) && s.toks[k].Space && s.toks[k+1].Space
}

// loose tells that p has nothing that a comma could join a date or time to.
func (p *phrase) loose() bool {
	return p.days.n == 0 && p.weekday == 0 && !p.clock.said()
}

// bracketed reads "(14/3)", "(ngày 14/3)", "(tức 14/3 âm lịch)" after a phrase.
func (s *scanner) bracketed(k int, p *phrase) int {
	if p.days.n == 0 && p.weekday == 0 && p.part == "" && !p.clock.said() {
		return k
	}
	j := k + 1
	if s.key(j) == "tức" || s.key(j) == "nhằm" {
		j++
	}
	q := *p
	n := s.component(j, &q)
	if n <= j {
		return k
	}
	q.last = n
	s.zoneAfter(&q)
	n = q.last
	if s.at(n) != shut {
		switch s.at(n) {
		case comma, dash, semi:
		default:
			return k
		}
		*p = q
		return n
	}
	*p = q
	return n + 1
}

// addDays adds a date; a date said in full replaces a relative one ("hôm nay, 14/3").
func (s *scanner) addDays(k int, p *phrase) int {
	lead := s.leadOf(k, p)
	d, n := s.dates(k, lead)
	if n <= k {
		return k
	}
	if p.days.n == 0 {
		p.days = d
		return n
	}
	old := p.days.it[0]
	switch {
	case p.days.n > 1 || p.days.span:
		return k
	case d.n == 1 && d.it[0].lunar != old.lunar: // "8/4 (tức mùng 1 tháng 3 âm lịch)"
		if d.it[0].lunar {
			return n
		}
	case !old.rel || d.it[0].rel || old.prec != Day:
		return k
	case d.it[0].m == 0:
		return k
	}
	p.days = d
	return n
}

// leadOf is how strongly what stands before k says that a date follows.
func (s *scanner) leadOf(k int, p *phrase) lead {
	if p.part != "" || p.weekday > 0 || p.days.n > 0 || p.clock.said() {
		return strong
	}
	switch s.at(k - 1) {
	case ngay, hom:
		return strong
	case from, until, before, after, vao, till, open, and:
		return weak
	}
	return bare
}

// addPart adds a part of the day with "nay", "qua", "mai" behind it.
func (s *scanner) addPart(k int, p *phrase) int {
	if p.part != "" {
		return k
	}
	part, early, n, alone := s.partAt(k)
	if n <= k {
		return k
	}
	if p.days.n > 0 && !alone && !p.clock.said() && s.at(k) != buoi {
		return k
	}
	p.part, p.partEarly, p.partOnly = part, early, alone
	if p.clock.said() {
		p.clock.halve(part, early)
	}
	if p.days.n > 0 {
		return n
	}
	if d, m := s.dayWord(n); m > n {
		p.days = d
		return m
	}
	return n
}

// partAt reads "sáng", "buổi chiều", "rạng sáng", "sáng sớm", "nửa đêm", "bình minh".
func (s *scanner) partAt(k int) (part Part, early bool, next int, alone bool) {
	c := s.at(k)
	switch {
	case c == buoi && s.at(k+1) == buoi:
		return "", false, k, false
	case c == buoi:
		part, early, next, _ = s.partAt(k + 1)
		return part, early, next, part != ""
	case c == rang && s.at(k+1) == sang:
		return Morning, true, k + 2, true
	case c == binh && s.key(k+1) == "minh" && s.lower(k+1):
		return Morning, true, k + 2, true
	case c == nua && s.at(k+1) == dem:
		return Night, false, k + 2, true
	case c.part() == "":
		return "", false, k, false
	}
	next = k + 1
	if c == chieu && s.at(next) == toi {
		return Evening, false, next + 1, false
	}
	if s.key(next) == "sớm" && c == sang {
		return Morning, true, next + 1, true
	}
	switch s.key(next) {
	case "muộn", "khuya":
		next++
	}
	return c.part(), false, next, false
}
