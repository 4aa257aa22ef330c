package timex

// zoneAfter reads "(giờ Việt Nam)", "theo giờ địa phương", "GMT+7".
func (s *scanner) zoneAfter(p *phrase) {
	k := p.last
	bracket := s.at(k) == open
	if bracket || s.at(k) == comma {
		k++
	}
	if s.key(k) == "theo" {
		k++
	}
	zone, n := s.zoneAt(k)
	if n == k || bracket && s.at(n) != shut {
		return
	}
	if bracket {
		n++
	}
	p.zone, p.last = zone, n
}

func (s *scanner) zoneAt(k int) (string, int) {
	if key := s.key(k); key == "gmt" || key == "utc" {
		return s.offset(k)
	}
	if s.at(k) != gio {
		return "", k
	}
	switch key := s.key(k + 1); {
	case key == "địa" && s.key(k+2) == "phương":
		return "local", k + 3
	case key == "việt" && s.key(k+2) == "nam", key == "hà" && s.key(k+2) == "nội":
		return "vn", k + 3
	case key == "gmt" || key == "utc":
		return s.offset(k + 1)
	case key == "vn":
		return "vn", k + 2
	case s.titled(k + 1):
		n := k + 2
		for n < k+5 && s.titled(n) {
			n++
		}
		return "local", n
	}
	return "", k
}

// offset reads "GMT+7", "UTC+07:00", "GMT-5" at k; bare GMT is "+00:00".
func (s *scanner) offset(k int) (string, int) {
	sign := byte('+')
	switch s.at(k + 1) {
	case dash:
		sign = '-'
	case plus:
	default:
		return "+00:00", k + 1
	}
	h, d := s.num(k + 2)
	if d == 0 || d > 2 || h > 14 {
		return "+00:00", k + 1
	}
	b := appendTwo([]byte{sign}, h)
	n, m := k+3, 0
	if v, d := s.num(n + 1); s.at(n) == colon && d == 2 && v < 60 {
		m, n = v, n+2
	}
	return string(appendTwo(append(b, ':'), m)), n
}
