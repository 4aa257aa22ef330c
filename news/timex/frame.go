package timex

// framed sets the offsets of e and what the words before it say.
func (s *scanner) framed(e Expr, first, last int) Expr {
	for first > 0 && first > s.done && s.at(first-1) == ngay && s.at(first) == number {
		first--
	}
	e.First, e.Last = first, last
	e.From, e.To = s.toks[first].Start, s.toks[last-1].End
	s.bound(&e)
	return e
}

// bound reads "từ", "đến", "trước", "sau" before e, and takes "từ" of a range into it.
func (s *scanner) bound(e *Expr) {
	k := e.First - 1
	hasTill := s.at(k) == till
	if hasTill {
		k--
	}
	if k < s.done || e.Days > 0 {
		return
	}
	switch s.at(k) {
	case from:
		if e.End != "" && e.Span || e.EndTime != "" {
			e.First, e.From = k, s.toks[k].Start
			return
		}
		e.Bound = "since"
	case until:
		e.Bound = "until"
	case before:
		if e.Rule != "relative/count" {
			e.Bound = "before"
		}
	case after:
		if e.Rule != "relative/count" {
			e.Bound = "after"
		}
	default:
		if hasTill {
			e.Bound = "until"
		}
	}
}

// emit appends e, joined with a number of days said just before, and returns the token after it.
func (s *scanner) emit(e Expr) int {
	if n := len(s.out); n > 0 && s.out[n-1].Days > 0 && s.out[n-1].Start == "" && e.Start.IsDay() && s.near(s.out[n-1].Last, e.First) {
		s.out[n-1] = s.lasting(s.out[n-1], e)
		return s.out[n-1].Last
	}
	s.out = append(s.out, e)
	return e.Last
}

// near tells that only joining words stand between tokens a and b.
func (s *scanner) near(a, b int) bool {
	if b-a > 4 {
		return false
	}
	for k := a; k < b; k++ {
		switch s.at(k) {
		case comma, open, colon, dash, from, vao, ngay:
		default:
			switch s.key(k) {
			case "bắt", "đầu", "kể", "là", "gồm", "việc", "làm":
			default:
				return false
			}
		}
	}
	return true
}

// lasting joins "trong 3 ngày" and "sau hai ngày làm việc" with the date behind.
func (s *scanner) lasting(d, e Expr) Expr {
	e.Days = d.Days
	if e.End == "" && len(e.More) == 0 && e.Basis != "" {
		day := parseDay(e.Start)
		switch {
		case d.Bound == "after": // "sau hai ngày làm việc, chiều 27/3"
			e.Start, e.End = day.add(1-d.Days).date(Day), e.Start
			e.Part, e.EndPart, e.Time, e.EndTime = "", e.Part, "", e.Time
		case e.Bound == "since" || s.startsAt(d.Last, e.First):
			e.End = day.add(d.Days - 1).date(Day)
		}
		if e.End == e.Start {
			e.End = ""
		}
		e.Span, e.Bound = e.End != "", ""
		e.Rule = "duration/date"
	}
	if s.at(e.Last) == shut && s.at(e.First-1) == open {
		e.Last++
		e.To = s.toks[e.Last-1].End
	}
	e.First, e.From = d.First, d.From
	return e
}

func (s *scanner) startsAt(a, b int) bool {
	for k := a; k < b; k++ {
		if s.key(k) == "bắt" || s.at(k) == from {
			return true
		}
	}
	return false
}
