package timex

import "sukien/news"

// enough tells that p alone is an expression: a part of the day needs "buổi" or a line of its own.
func (p *phrase) enough(s *scanner) bool {
	return p.days.n > 0 || p.weekday > 0 || p.clock.said() || p.part != "" && (p.partOnly || s.alone(p.first, p.last))
}

// rangeEnd reads "đến 17h ngày 5/5", "- chiều 7/3" after p.
func (s *scanner) rangeEnd(p phrase) (phrase, bool) {
	if p.days.span || p.days.n > 1 || p.clock.ok2 && p.days.n > 0 {
		return phrase{}, false
	}
	k := p.last
	switch s.at(k) {
	case until, towards:
		k++
	case dash:
		if !s.spaced(k) && p.days.n == 0 {
			return phrase{}, false
		}
		k++
	case comma:
		if s.at(k+1) != until || s.at(p.first-1) != from && s.at(p.first-2) != from {
			return phrase{}, false
		}
		k += 2
	case none:
		if s.key(k) != "cho" && s.key(k) != "kéo" || s.at(k+1) != until && s.at(k+2) != until {
			return phrase{}, false
		}
		for s.at(k) != until {
			k++
		}
		k++
	default:
		return phrase{}, false
	}
	if s.at(k) == till {
		k++
	}
	q, ok := s.phrase(k)
	if !ok || !p.joins(&q) {
		return phrase{}, false
	}
	return q, true
}

// joins tells that p to q is a range of the same sort.
func (p *phrase) joins(q *phrase) bool {
	switch {
	case q.days.n > 1 || q.days.span:
		return false
	case p.days.n > 0 && q.days.n > 0:
		a, b := p.days.it[0], q.days.it[0]
		return a.prec == b.prec && (a.y == 0 || b.y == 0 || a.civil.key() <= b.civil.key())
	case p.weekday > 0 && (q.weekday > 0 || q.days.n > 0):
		return true
	case p.clock.said() && q.clock.said():
		return q.days.n == 0 || p.days.n == 0
	case p.part != "" && q.days.n > 0 && p.days.n == 0:
		return q.part != ""
	}
	return false
}

// put builds the expression of p, or of the range p to q, and emits it.
func (s *scanner) put(p, q phrase) int {
	last := max(p.last, q.last)
	e := Expr{Rule: p.days.rule}
	t := s.tenseAround(p.first, last)
	e.Tense = t
	s.times(&e, &p, &q)
	switch {
	case p.days.n == 0 && q.days.n > 0:
		p.days, p.zone = q.days, q.zone // "từ 8h đến 11h ngày 5/3"
		if p.weekday == 0 {
			p.weekday = q.weekday
		}
		q.days.n, q.weekday = 0, 0
	case p.days.n > 0 && q.days.n > 0:
		s.borrow(&p.days.it[0], &q.days.it[0])
		e.Rule = "date/range"
	}
	e.Zone = p.zone + q.zone
	s.startOf(&e, &p, t)
	if q.days.n > 0 || q.weekday > 0 {
		s.endOf(&e, &q, t)
	}
	if e.End != "" && e.Start.HasYear() && e.End < e.Start {
		e.End, e.Span = "", false // no range: "5/3/2025 - 1/3/2024"
	}
	s.setPrecision(&e, &p, &q)
	e = s.framed(e, p.first, last)
	s.judge(&e)
	s.remember(&e, &p)
	return s.emit(e)
}

// season is how many days from publication a day may lie for "Cùng ngày" at
// the head of a paragraph to mean it.
const season = 90

// remember keeps what later words may refer to.
func (s *scanner) remember(e *Expr, p *phrase) {
	if e.Start == "" || e.Bound == "before" {
		return
	}
	if p.days.n > 0 && p.days.it[0].y > 0 {
		c := p.days.it[0].civil
		s.said, s.saidPrec = civil{c.y, max(c.m, 1), max(c.d, 1)}, p.days.it[0].prec
	}
	if !e.Start.IsDay() {
		return
	}
	s.last = parseDay(e.Start)
	if n := s.last.number() - s.today.number(); s.today.y > 0 && n < season && n > -season {
		s.recent = s.last
	}
}

// borrow gives the ends of a range the month and year of each other.
func (s *scanner) borrow(a, b *item) {
	if a.prec == Day && a.m == 0 {
		a.m = b.m
	}
	if b.rel || a.rel && a.prec == Day {
		return
	}
	switch {
	case a.y == 0 && b.y > 0:
		if a.y = b.y; a.civil.key() > b.civil.key() {
			a.y--
		}
	case b.y == 0 && a.y > 0:
		if b.y = a.y; b.civil.key() < a.civil.key() {
			b.y++
		}
	}
}

// times sets the clock and the parts of the day.
func (s *scanner) times(e *Expr, p, q *phrase) {
	e.Part = p.part
	if p.partEarly {
		e.Mod = "early"
	}
	e.EndPart = q.part
	if q.clock.said() && p.clock.said() && p.part == "" && q.part != "" {
		p.clock.halve(q.part, q.partEarly) // "8h đến 10h sáng"
		e.Part, e.EndPart = q.part, ""
	}
	if p.clock.said() {
		e.Time = hhmm(p.clock.h, p.clock.m)
	}
	switch {
	case q.clock.said():
		e.EndTime = hhmm(q.clock.h, q.clock.m)
	case p.clock.ok2:
		if p.clock.h2 < p.clock.h && p.clock.h2+12 > p.clock.h {
			p.clock.h2 += 12 // "12h30-5h"
		}
		e.EndTime = hhmm(p.clock.h2, p.clock.m2)
	}
}

// startOf sets Start, and End and More of lists and of days that run on.
func (s *scanner) startOf(e *Expr, p *phrase, t Tense) {
	if p.days.n == 0 {
		if p.weekday > 0 {
			it := s.weekdayDate(p, t)
			e.Start, e.Basis, e.Rule = it.date(Day), news.DateRelative, "weekday"
			p.days = one(it, e.Rule)
		}
		return
	}
	d := &p.days
	for i := range d.n {
		it := &d.it[i]
		wd := 0
		if i == 0 {
			wd = p.weekday
		}
		basis := s.settle(it, t, wd)
		if i > 0 && it.y > 0 && d.it[i-1].y > 0 && basis == news.DatePublished {
			s.follow(&d.it[i-1], it)
		}
		if i == 0 {
			e.Basis, e.Lunar = basis, it.lunar
		}
	}
	s.spread(e, d)
	if p.weekday > 0 && d.it[0].y > 0 && d.it[0].prec == Day && d.it[0].weekday() != p.weekday {
		e.Clash = true
	}
}

// follow puts b into the year in which it follows a.
func (s *scanner) follow(a, b *item) {
	if b.civil.key() < a.civil.key() && b.prec == Day && b.m > 0 && a.m-b.m > 6 {
		b.y = a.y + 1
	} else if a.m <= b.m {
		b.y = a.y
	}
}

// spread writes the items into Start, End and More.
func (s *scanner) spread(e *Expr, d *items) {
	it := &d.it[0]
	if it.mod != "" {
		e.Mod = it.mod
	}
	e.Start = it.date(it.prec)
	if it.prec == Week || it.to.y > 0 {
		e.Start, e.End = it.date(Day), it.to.date(Day)
		return
	}
	if d.n == 1 {
		return
	}
	e.Span = d.span || d.consecutive()
	last := &d.it[d.n-1]
	if e.Span {
		e.End = last.date(last.prec)
		return
	}
	e.More = make([]news.Date, 0, d.n-1)
	for i := 1; i < d.n; i++ {
		if v := d.it[i].date(d.it[i].prec); v != "" {
			e.More = append(e.More, v)
		}
	}
}

// consecutive tells that each day, month or quarter is the next after the one before.
func (d *items) consecutive() bool {
	for i := 1; i < d.n; i++ {
		a, b := d.it[i-1], d.it[i]
		y := a.y
		if y == 0 {
			y = 2023
		}
		a.y, b.y = y, y+b.y-d.it[i-1].y
		switch a.prec {
		case Day:
			if b.number() != a.number()+1 {
				return false
			}
		case Month:
			if b.y*12+b.m != a.y*12+a.m+1 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// endOf sets End from q.
func (s *scanner) endOf(e *Expr, q *phrase, t Tense) {
	var it item
	if q.days.n > 0 {
		it = q.days.it[0]
		basis := s.settle(&it, t, q.weekday)
		if e.Start.IsDay() && it.prec == Day && basis == news.DatePublished {
			from := item{civil: parseDay(e.Start)}
			s.follow(&from, &it)
		}
	} else {
		it = s.weekdayDate(q, t)
		if from := parseDay(e.Start); from.y > 0 && it.y > 0 {
			it.civil = from.add(floorMod(q.weekday-from.weekday(), 7))
		}
	}
	e.End, e.Span = it.date(it.prec), true
	if it.prec == Week {
		e.End = it.to.date(Day)
	}
	if e.End == e.Start || e.Start == "" {
		e.End = ""
	}
}

// setPrecision sets the finest unit said.
func (s *scanner) setPrecision(e *Expr, p *phrase, q *phrase) {
	switch {
	case p.clock.minutes || p.clock.minutes2 || q.clock.minutes:
		e.Precision = Minute
	case p.clock.said():
		e.Precision = Hour
	case p.days.n > 0 && p.days.it[0].to.y > 0 && p.days.it[0].prec != Week:
		e.Precision = p.days.it[0].prec
	case p.days.n > 0:
		e.Precision = p.days.it[0].prec
	default:
		e.Precision = Day
	}
	if e.Rule == "" {
		e.Rule = "time"
		if e.Time == "" {
			e.Rule = "part"
		}
	}
}

// parseDay undoes civil.date of a full day; the zero civil for other forms.
func parseDay(d news.Date) civil {
	if !d.IsDay() {
		return civil{}
	}
	n := func(i, j int) int {
		v := 0
		for ; i < j; i++ {
			v = v*10 + int(d[i]-'0')
		}
		return v
	}
	return civil{n(0, 4), n(5, 7), n(8, 10)}
}
