package timex

import "sukien/news"

// dayWord reads a day that counts from the publication day: "hôm nay", "ngày
// mai", and behind a part of the day "nay", "qua", "mai", "hôm sau", "cùng ngày".
func (s *scanner) dayWord(k int) (items, int) {
	c, n := s.at(k), s.at(k+1)
	switch {
	case c == hom && n == nay:
		return s.relativeDay(0), k + 2
	case c == hom && n == qua:
		return s.relativeDay(-1), k + 2
	case c == hom && n == kia && s.key(k+1) == "kìa":
		return s.relativeDay(-3), k + 2
	case c == hom && n == kia:
		return s.relativeDay(-2), k + 2
	case c == hom && (n == after || n == before) && s.key(k+2) != "khi":
		return s.besideLast(n), k + 2
	case c == ngay && n == mai && s.lower(k+1):
		return s.relativeDay(1), k + 2
	case c == ngay && (n == kia || n == mot) && s.at(k-1) != number:
		return s.relativeDay(2), k + 2
	case c == ngay && n == hom:
		if r, m := s.dayWord(k + 1); m > k+1 {
			return r, m
		}
	}
	if s.at(k-1).part() == "" && s.key(k-1) != "sớm" && s.key(k-1) != "muộn" {
		return items{}, k
	}
	switch c {
	case nay:
		return s.relativeDay(0), k + 1
	case mai:
		if s.lower(k) {
			return s.relativeDay(1), k + 1
		}
	case qua:
		return s.relativeDay(-1), k + 1
	case kia:
		return s.relativeDay(-2), k + 1
	case same:
		if n == ngay {
			return s.sameDay(k)
		}
	}
	return items{}, k
}

// now reads "bây giờ" and "lúc này" where nothing else is on the line; in
// running text they mean the time told of.
func (s *scanner) now(i int) int {
	first, last := i, i+1
	switch {
	case s.at(i) == gio && s.key(i-1) == "bây":
		first--
	case s.at(i) == lucAt && s.at(i+1) == this:
		last++
	default:
		return i
	}
	if s.pub.IsZero() || !s.alone(first, last) {
		return i
	}
	e := Expr{Start: s.today.date(Day), Time: hhmm(s.pub.Hour(), s.pub.Minute()), Precision: Minute, Basis: news.DateRelative, Rule: "relative/now"}
	return s.emit(s.framed(e, first, last))
}

func (s *scanner) relativeDay(by int) items {
	it := item{prec: Day, rel: true, unsure: s.today.y == 0}
	if !it.unsure {
		it.civil = s.today.add(by)
	}
	return one(it, "relative/day")
}

// besideLast is "hôm sau", "hôm trước": the day beside the one said last.
func (s *scanner) besideLast(c class) items {
	by := 1
	if c == before {
		by = -1
	}
	return s.afterLast(by, "relative/beside")
}

// sameDay is "cùng ngày": the day said last, else the publication day.
func (s *scanner) sameDay(k int) (items, int) {
	if s.at(k-1) == brk && s.today.y > 0 {
		s.last = s.recent
	}
	return s.afterLast(0, "relative/same-day"), k + 2
}

// afterLast counts days from the one said last, from the publication day when none was.
func (s *scanner) afterLast(by int, rule string) items {
	from := s.last
	if from.y == 0 {
		from = s.today
	}
	it := item{prec: Day, rel: true, unsure: from.y == 0}
	if !it.unsure {
		it.civil = from.add(by)
	}
	return one(it, rule)
}

// unit is what a number counts.
type unit struct {
	prec Precision
	days int // in one, for ngày and tuần
}

func (s *scanner) unitAt(k int) (unit, bool) {
	switch s.at(k) {
	case ngay:
		return unit{Day, 1}, true
	case tuan:
		return unit{Week, 7}, true
	case thang:
		return unit{prec: Month}, true
	case nam:
		return unit{prec: Year}, true
	case gio:
		return unit{prec: Hour}, true
	case phut:
		return unit{prec: Minute}, true
	}
	return unit{}, false
}

// duration reads what begins with a counted unit at k: "3 ngày trước", "hai
// năm qua", "3 ngày sau đó", "trong hai ngày", "6 tháng đầu năm". It emits and
// returns the next token, k when it is none of these.
func (s *scanner) duration(k int) int {
	u, ok := s.unitAt(k)
	if !ok {
		return k
	}
	n, first := s.count(k)
	if n == 0 || first < s.done {
		return k
	}
	if e, next := s.firstMonths(k, n, first); next > k {
		return s.emit(s.framed(e, first, next))
	}
	way, next := s.direction(k + 1)
	if way.word == none {
		return s.plainDays(k, n, first, u)
	}
	if u.prec == Day && way.word == qua && s.at(first-1) == after {
		return s.plainDays(k, n, first, u)
	}
	if way.word == after && !way.anaphora && (u.prec == Hour || u.prec == Minute) {
		return k // narration: "năm phút sau"
	}
	e := s.counted(u, n, way)
	if s.at(first-1) == within && !e.Span && way.word == towards {
		first--
	}
	return s.emit(s.framed(e, first, next))
}

// direction is the word behind a counted unit.
type direction struct {
	word     class // before, after, qua, towards, more; none for none
	anaphora bool  // đó
}

func (s *scanner) direction(k int) (direction, int) {
	c := s.at(k)
	switch c {
	case before, after:
		if s.at(k+1) == that {
			return direction{c, true}, k + 2
		}
		if s.key(k+1) == "đây" {
			return direction{c, false}, k + 2
		}
		if s.key(k+1) == "khi" || s.at(k+1) == ngay || s.at(k+1) == number || !s.stands(k+1) {
			return direction{}, k
		}
		return direction{c, false}, k + 1
	case qua:
		if s.modifies(k) || s.lower(k+1) && s.at(k+1) == none {
			return direction{qua, false}, k + 1
		}
	case vua:
		if s.at(k+1) == qua || s.at(k+1) == roi {
			return direction{qua, false}, k + 2
		}
	case towards:
		if s.key(k+1) == "đây" {
			return direction{towards, false}, k + 2
		}
		if s.modifies(k) {
			return direction{towards, false}, k + 1
		}
	case sap:
		if s.at(k+1) == towards {
			return direction{towards, false}, k + 2
		}
	case nay:
		return direction{qua, false}, k + 1
	case more:
		return direction{more, false}, k + 1
	}
	if s.key(k) == "gần" && s.key(k+1) == "đây" {
		return direction{qua, false}, k + 2
	}
	return direction{}, k
}
