package timex

import "sukien/news"

// reach is how many tokens around an expression are read for its tense.
const reach = 25

// wrongWay is how much farther a date against the tense of the sentence counts.
const wrongWay = 4

// tenseAround is the tense of the nearest "sẽ", "dự kiến", "đã", "vừa" of the sentence.
func (s *scanner) tenseAround(first, last int) Tense {
	best, t := reach, TenseUnknown
	for d := 0; d < reach; d++ {
		k := last + d
		if s.sentenceEnd(k) {
			break
		}
		if c := s.tenseAt(k); c != TenseUnknown {
			best, t = d, c
			break
		}
	}
	for d := 1; d < best; d++ {
		k := first - d
		if s.sentenceEnd(k) {
			break
		}
		if c := s.tenseAt(k); c != TenseUnknown {
			return c
		}
	}
	return t
}

func (s *scanner) sentenceEnd(k int) bool {
	switch s.at(k) {
	case brk, semi:
		return true
	case dot:
		return !s.glued(k+1) || k+1 >= len(s.toks)
	}
	return false
}

// tenseAt is the tense that token k says.
func (s *scanner) tenseAt(k int) Tense {
	switch s.at(k) {
	case se:
		return Future
	case sap:
		if s.key(k+1) != "xếp" {
			return Future
		}
	case da:
		return Past
	case vua:
		if s.at(k+1) != qua {
			return Past
		}
	case none:
		switch s.key(k) {
		case "dự":
			if s.key(k+1) == "kiến" || s.key(k+1) == "định" {
				return Future
			}
		case "chuẩn":
			if s.key(k+1) == "bị" {
				return Future
			}
		}
	}
	return TenseUnknown
}

// nearest is the year in which a day of the year lies nearest to the
// publication day, days against the tense counted farther. With a weekday only
// years in which the day falls on it count, when there is one.
func (s *scanner) nearest(m, d int, t Tense, weekday int) int {
	best, far, reach := 0, 0, 1
	if m == 2 && d == 29 {
		reach = 4
	}
	for y := s.today.y - reach; y <= s.today.y+reach; y++ {
		c := civil{y, m, d}
		if !c.valid() {
			continue
		}
		w := s.distance(c, t)
		if weekday > 0 && c.weekday() != weekday {
			w += 2000
		}
		if best == 0 || w < far {
			best, far = y, w
		}
	}
	return best
}

// distance counts days from publication, more when they lie against the tense.
func (s *scanner) distance(c civil, t Tense) int {
	n := c.number() - s.today.number()
	switch {
	case n < 0 && t == Future:
		return -n * wrongWay
	case n > 0 && t == Past:
		return n * wrongWay
	case n < 0:
		return -n
	}
	return n
}

// nearestMonth is the month in which day d lies nearest to the publication day.
func (s *scanner) nearestMonth(d int, t Tense) civil {
	var best civil
	far := 0
	for by := -1; by <= 1; by++ {
		c := s.today.addMonths(by)
		c.d = d
		if !c.valid() {
			continue
		}
		if w := s.distance(c, t); best.y == 0 || w < far {
			best, far = c, w
		}
	}
	return best
}

// settle fills in what an item does not say. basis tells where its year came from.
func (s *scanner) settle(it *item, t Tense, weekday int) news.DateBasis {
	if it.tense != TenseUnknown {
		t = it.tense
	}
	switch {
	case it.unsure:
		return news.DateRelative
	case it.lunar:
		return s.settleLunar(it, t)
	case it.rel && it.y > 0:
		return news.DateRelative
	case it.y > 0:
		return news.DateExplicit
	case s.today.y == 0:
		return ""
	}
	switch it.prec {
	case Day:
		if it.m == 0 {
			it.civil = s.nearestMonth(it.d, t)
			break
		}
		it.y = s.nearest(it.m, it.d, t, weekday)
	case Month:
		it.y = s.nearest(it.m, min(s.today.d, 28), t, 0)
	case Quarter:
		it.y = s.nearest(it.m+1, 15, t, 0)
	}
	return news.DatePublished
}

// weekdayDate is the day that a weekday without date means.
func (s *scanner) weekdayDate(p *phrase, t Tense) item {
	it := item{prec: Day, rel: true, unsure: s.today.y == 0}
	if it.unsure {
		return it
	}
	if p.weekSaid && p.weekTense == TenseUnknown {
		it.civil = s.today.monday().add(7*p.week + p.weekday - 1)
		return it
	}
	if p.weekSaid {
		t = p.weekTense
	}
	by := p.weekday - s.today.weekday()
	switch {
	case t == Future && by < 0, p.weekSaid && t == Future && by == 0:
		by += 7
	case t != Future && by > 0, p.weekSaid && t == Past && by == 0:
		by -= 7
	}
	it.civil = s.today.add(by)
	return it
}
