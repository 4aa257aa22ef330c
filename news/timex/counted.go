package timex

import (
	"time"

	"sukien/news"
)

// counted works out "3 ngày trước", "2 giờ trước", "5 năm qua", "3 tháng tới".
func (s *scanner) counted(u unit, n int, way direction) Expr {
	e := Expr{Precision: u.prec, Basis: news.DateRelative, Rule: "relative/count"}
	from := s.today
	if way.anaphora || way.word == after {
		from = s.antecedent(u)
	}
	if from.y == 0 && !way.anaphora {
		from = s.today
	}
	if from.y == 0 || n > 1000 {
		return e
	}
	sign := 1
	e.Tense = Future
	if way.word == before || way.word == qua {
		sign, e.Tense = -1, Past
	}
	if u.prec == Hour || u.prec == Minute {
		return s.hoursAway(e, u, sign*n)
	}
	to := moved(from, u, sign*n)
	switch {
	case way.word == qua:
		e.Start, e.End, e.Span = to.date(spanPrecision(u)), from.date(spanPrecision(u)), true
	case way.word == towards && n > 1:
		e.Start, e.End, e.Span = from.date(spanPrecision(u)), to.date(spanPrecision(u)), true
	case u.prec == Week:
		e.Start, e.End = to.monday().date(Day), to.monday().add(6).date(Day)
	default:
		e.Start = to.date(u.prec)
	}
	if u.prec == Day && !e.Span {
		s.last, s.said, s.saidPrec = to, to, Day
	}
	return e
}

// antecedent is the date that "sau đó" counts a unit from: the one said last,
// if it is as fine as the unit.
func (s *scanner) antecedent(u unit) civil {
	coarse := u.prec == Year || u.prec == Month && s.saidPrec != Year
	switch {
	case s.said.y > 0 && (coarse || s.saidPrec == Day):
		return s.said
	case s.last.y > 0:
		return s.last
	}
	return civil{}
}

// spanPrecision is how the ends of a span of units are written: weeks in days.
func spanPrecision(u unit) Precision {
	if u.prec == Week {
		return Day
	}
	return u.prec
}

func moved(from civil, u unit, n int) civil {
	switch u.prec {
	case Month:
		return from.addMonths(n)
	case Year:
		return civil{from.y + n, from.m, 1}
	}
	return from.add(n * u.days)
}

func (s *scanner) hoursAway(e Expr, u unit, n int) Expr {
	step := time.Hour
	if u.prec == Minute {
		step = time.Minute
	}
	t := s.pub.Add(time.Duration(n) * step)
	e.Start, e.Time = civilOf(t).date(Day), hhmm(t.Hour(), t.Minute())
	return e
}

// plainDays is a number of days without direction: "trong hai ngày", "sau ba
// ngày làm việc", "kéo dài 2 ngày".
func (s *scanner) plainDays(k, n, first int, u unit) int {
	if u.prec != Day || n > 60 {
		return k
	}
	next := k + 1
	work := s.key(next) == "làm" && s.key(next+1) == "việc"
	if work {
		next += 2
	}
	switch c := s.at(first - 1); {
	case c == within || c == after || c == qua, s.key(first-1) == "suốt":
		first--
	case s.key(first-1) == "vòng" && s.at(first-2) == within:
		first -= 2
	case s.key(first-1) == "dài" || s.key(first-1) == "ra":
	case work, s.at(k+1) == number, s.key(k+1) == "diễn":
	default:
		return k
	}
	e := Expr{Days: n, Precision: Day, Rule: "duration/days"}
	if s.at(first) == after || s.at(first) == qua {
		e.Bound = "after"
	}
	return s.emit(s.framed(e, max(first, s.done), next))
}

// firstMonths reads "6 tháng đầu năm 2024", "3 ngày đầu tháng", "8 tháng năm 2025".
func (s *scanner) firstMonths(k, n, first int) (Expr, int) {
	if s.at(k) != thang || n > 12 {
		return Expr{}, k
	}
	j, late := k+1, false
	switch s.at(j) {
	case dau, cuoi:
		late = s.at(j) == cuoi
		j++
	case nam:
		if s.year(j+1) == 0 {
			return Expr{}, k
		}
	default:
		return Expr{}, k
	}
	if s.at(j) != nam {
		return Expr{}, k
	}
	y, next := s.yearWord(j)
	e := Expr{Precision: Month, Span: true, Rule: "period/months-of-year", Basis: news.DateExplicit}
	if y == 0 {
		y, next, e.Basis = s.today.y, j+1, news.DateRelative
	} else if s.at(next-1) != number {
		e.Basis = news.DateRelative
	}
	if y == 0 {
		return e, next
	}
	lo, hi := civil{y, 1, 1}, civil{y, n, 1}
	if late {
		lo, hi = civil{y, 13 - n, 1}, civil{y, 12, 1}
	}
	e.Start, e.End = lo.date(Month), hi.date(Month)
	return e, next
}
