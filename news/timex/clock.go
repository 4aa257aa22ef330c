package timex

// clock is a time of day with an optional end.
type clock struct {
	h, m     int
	minutes  bool // the minutes are said
	ok       bool
	h2, m2   int
	minutes2 bool
	ok2      bool
	fixed    bool // AM or PM, or a part of the day, was applied
	us       bool // a US stamp: seconds and AM or PM
}

func (c *clock) said() bool { return c.ok }

func hhmm(h, m int) string {
	return string(appendTwo(append(appendTwo(make([]byte, 0, 5), h), ':'), m))
}

// halve applies a part of the day to hours said on the twelve-hour clock: "3 giờ chiều".
func (c *clock) halve(p Part, early bool) {
	if c.fixed {
		return
	}
	c.fixed = true
	c.h = halved(c.h, p, early)
	if c.ok2 {
		c.h2 = halved(c.h2, p, early)
	}
}

func halved(h int, p Part, early bool) int {
	switch {
	case h > 12:
	case p == Morning && h == 12, p == Night && h == 12, early && h == 12:
		return 0
	case p == Noon && h < 4, p == Afternoon && h < 12, p == Evening && h < 12 && h > 3, p == Night && h > 5:
		return h + 12
	}
	return h
}

// addClock adds a time of day.
func (s *scanner) addClock(k int, p *phrase) int {
	if p.clock.said() {
		return k
	}
	j := k
	for j < k+3 && (s.at(j) == lucAt || s.at(j) == vao || s.at(j) == hoi) {
		j++
	}
	strict := j == k && p.days.n == 0 && p.part == "" && p.weekday == 0
	c, n := s.clockAt(j, strict)
	if n <= j {
		return k
	}
	if d, _ := s.num(n + 1); s.at(n) == dash && !s.spaced(n) || s.at(n) == dash && d > 0 {
		if e, m := s.clockAt(n+1, false); m > n+1 {
			c.h2, c.m2, c.minutes2, c.ok2 = e.h, e.m, e.minutes, true
			n = m
		}
	}
	p.clock = c
	if p.part != "" {
		p.clock.halve(p.part, p.partEarly)
	}
	return n
}

// clockAt reads "14h30", "14g", "14 giờ 30 phút", "14:30", "9:05:10 AM" at k.
// Where strict, hours alone must be followed or led by what tells a time from a duration.
func (s *scanner) clockAt(k int, strict bool) (clock, int) {
	h, d := s.num(k)
	if d == 0 || d > 2 || h > 24 || s.numericBefore(k) && s.at(k-1) != dash {
		return clock{}, k
	}
	switch s.at(k + 1) {
	case hh:
		if _, m := s.num(k + 2); s.key(k+1) == "g" && (m != 2 || !s.glued(k+2)) || s.glued(k+2) && m == 0 && s.at(k+2) == none {
			return clock{}, k // "5G", "25 giờ" cut short
		}
		if s.glued(k+1) || s.at(k+2) == number || !strict {
			return s.hours(k, h, strict)
		}
	case gio:
		return s.hours(k, h, strict)
	case colon:
		return s.colons(k, h)
	case dash: // "7 - 9 giờ tối"
		if c := s.at(k + 3); c == gio || c == hh {
			if e, n := s.clockAt(k+2, strict); n > k+2 && e.h > h {
				return clock{h: h, ok: true}, k + 1
			}
		}
	}
	return clock{}, k
}

// hours reads on after "14h" or "14 giờ".
func (s *scanner) hours(k, h int, strict bool) (clock, int) {
	n := k + 2
	c := clock{h: h, ok: true}
	m, d := s.num(n)
	switch {
	case d > 0 && d <= 2 && m < 60 && (s.glued(n) || s.at(k+1) == gio || s.at(n+1) == phut) && !s.longer(n+1):
		c.m, c.minutes = m, true
		n++
		if s.at(n) == phut || s.key(n) == "'" {
			n++
		}
		if v, d := s.num(n); d > 0 && v < 60 && s.at(n+1) == giay {
			if strict {
				return clock{}, k // "về đích sau 7 giờ 50 phút 57 giây"
			}
			n += 2
		}
	case d > 0 && s.at(n+1) == phut: // "7 giờ 61 phút"
		return clock{}, k
	case d > 0 && s.glued(n):
		return clock{}, k
	case s.key(n) == "rưỡi":
		c.m, c.minutes = 30, true
		n++
	case s.key(n) == "kém":
		if v, d := s.num(n + 1); d > 0 && v < 60 && v > 0 && h > 0 {
			c.h, c.m, c.minutes = h-1, 60-v, true
			n += 2
			if s.at(n) == phut {
				n++
			}
		}
	case s.durationHours(k, n, strict):
		return clock{}, k
	}
	if c.h == 24 { // the end of the day said
		if c.m > 0 {
			return clock{}, k
		}
		c.h, c.m = 23, 59
	}
	return c, n
}

// durationHours tells "2 giờ đồng hồ", "sau 3 giờ làm việc" from a time of day.
func (s *scanner) durationHours(k, n int, strict bool) bool {
	switch s.at(n) {
	case before, qua, towards, more, slash:
		return true
	case after:
		return s.at(n+1) != ngay
	}
	if s.at(n) == hom || s.at(n) == ngay || s.at(n).part() != "" || s.at(n) == thu {
		return false
	}
	if !strict {
		return false
	}
	if s.key(n) == "trở" { // "từ 6 giờ trở lên"
		return true
	}
	switch s.at(k - 1) {
	case from, until, lucAt, vao, hoi, before, after, and, till:
		return s.at(k-1) == after && s.lower(n) && !functionWord(s.key(n))
	}
	if s.at(k+1) == hh && s.glued(k+1) {
		return s.at(k-1) == within || s.lower(n) && !functionWord(s.key(n)) || s.at(n) == slash
	}
	return true
}

// longer tells that the number before token i goes on as a date: "8 giờ 30/4".
func (s *scanner) longer(i int) bool {
	switch s.at(i) {
	case slash:
		return true
	case dash, dot:
		return s.glued(i) && s.at(i+1) == number && s.glued(i+1) && s.at(i+2) != hh && s.at(i+2) != colon
	case thang:
		return true
	}
	return false
}

// colons reads "14:30", "09:56:42", "9:05 AM", "3:35:00 PM".
func (s *scanner) colons(k, h int) (clock, int) {
	m, d := s.num(k + 2)
	if d != 2 || m > 59 || h > 23 || !s.glued(k+1) || !s.glued(k+2) {
		return clock{}, k
	}
	c := clock{h: h, m: m, minutes: true, ok: true}
	n := k + 3
	if v, d := s.num(n + 1); s.at(n) == colon && d == 2 && v < 60 && s.glued(n) && s.glued(n+1) {
		n += 2
		c.us = true
	}
	switch s.key(n) {
	case "am", "sa":
		c.fixed = true
		if c.h == 12 {
			c.h = 0
		}
		n++
	case "pm", "ch":
		c.fixed = true
		if c.h < 12 {
			c.h += 12
		}
		n++
	default:
		c.us = false
		if s.at(n) == colon || s.at(n) == number && s.glued(n) {
			return clock{}, k
		}
	}
	return c, n
}
