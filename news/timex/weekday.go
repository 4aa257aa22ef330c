package timex

import "sukien/news/viet"

// addWeekday adds "thứ Sáu", "Chủ nhật", "Thứ 3", "T7" with its week.
func (s *scanner) addWeekday(k int, p *phrase) int {
	if p.weekday > 0 {
		return k
	}
	wd, n := s.weekdayAt(k)
	if wd == 0 || s.ordinalLed(k) {
		return k
	}
	week, said, tense, next := s.weekAfter(n)
	if said && s.at(n) != tuan && !s.titled(k+1) && !s.dayLed(k) && s.toks[max(k-1, 0)].Kind == viet.Word && k > 0 {
		return k // "bàn thứ hai sau"
	}
	if !said && p.days.n == 0 && p.part == "" && !p.clock.said() && !s.isWeekday(k, n) {
		return k
	}
	p.weekday, p.week, p.weekSaid, p.weekTense = wd, week, said, tense
	return next
}

// weekdayAt reads the name of a weekday, which may be an ordinal all the same.
func (s *scanner) weekdayAt(k int) (wd, next int) {
	switch s.at(k) {
	case thu:
		if v, d := s.num(k + 1); d == 1 && v >= 2 && v <= 7 && s.at(k+2) != slash && s.at(k+2) != dot {
			return v - 1, k + 2
		}
		if v := numeral(s.key(k + 1)); v >= 2 && v <= 7 && !(s.key(k+1) == "bốn") {
			return v - 1, k + 2
		}
	case chu:
		if s.at(k+1) == nhat {
			return 7, k + 2
		}
	case shortDay:
		return s.shortWeekday(k)
	}
	return 0, k
}

// shortWeekday reads "T2" to "T7" and "CN" where a date follows or nothing else is on the line.
func (s *scanner) shortWeekday(k int) (int, int) {
	key := s.key(k)
	wd := 0
	switch {
	case key == "cn":
		wd = 7
	case len(key) == 2 && key[0] == 't' && key[1] >= '2' && key[1] <= '7':
		wd = int(key[1] - '1')
	}
	if wd == 0 {
		return 0, k
	}
	n := k + 1
	if s.at(k-1) == brk && s.at(n) == brk {
		return wd, n
	}
	if s.at(n) == comma || s.at(n) == dash {
		n++
	}
	if s.at(n) == ngay {
		n++
	}
	if s.at(n) == number && (s.at(n+1) == slash || s.at(n+1) == dash || s.at(n+1) == dot) {
		return wd, k + 1
	}
	return 0, k
}

// isWeekday tells the weekday "thứ Tư" from the ordinal "thứ tư".
func (s *scanner) isWeekday(k, n int) bool {
	if s.at(k) == chu {
		return s.dayLed(k) || s.titled(k) || s.stands(n) || s.titled(n)
	}
	if s.at(k) == shortDay {
		return true
	}
	if s.titled(k+1) || s.dateFollows(n) || s.inWeekdays(k) {
		return true
	}
	if s.at(k+1) == number && !s.dayLed(k) {
		return s.alone(k, n)
	}
	if s.at(k-1) == ngay {
		return !s.ordinalDay(k, n)
	}
	return s.dayLed(k) || s.alone(k, n)
}

// ordinalLed tells that what stands before "thứ" is counted: "lần thứ hai",
// "Kỳ họp thứ Bảy"; "cuộc họp thứ Sáu" is on a Friday.
func (s *scanner) ordinalLed(k int) bool {
	if s.at(k) != thu {
		return false
	}
	switch s.key(k - 1) {
	case "lần", "phiên", "kỳ", "khóa", "hạng":
		return true
	case "họp":
		prev := s.key(k - 2)
		return !s.titled(k+1) || prev == "kỳ" || prev == "phiên"
	case "đứng", "người", "con", "bộ", "vị", "trận", "vòng", "tầng", "đợt", "nghị", "hội", "thảo":
		return !s.titled(k + 1)
	}
	return false
}

// dayLed tells that a word of time stands before k.
func (s *scanner) dayLed(k int) bool {
	switch s.at(k - 1) {
	case ngay, hom, sang, trua, chieu, toi, dem, vao, from, until, towards:
		return true
	}
	return false
}

// inWeekdays tells that k goes on with a list of weekdays: "các ngày thứ 4, thứ 6".
func (s *scanner) inWeekdays(k int) bool {
	n := len(s.out)
	return n > 0 && s.out[n-1].Rule == "weekday" && s.out[n-1].Last == k-1 && (s.at(k-1) == comma || s.at(k-1) == and)
}

// dateFollows tells that a date follows the weekday: ", 19/11", "ngày 8", "(21/11)".
func (s *scanner) dateFollows(n int) bool {
	if s.at(n) == comma || s.at(n) == open || s.at(n) == dash {
		n++
	}
	if s.at(n) == ngay {
		return s.at(n+1) == number
	}
	return s.at(n) == number && (s.at(n+1) == slash || s.at(n+1) == dash || s.at(n+1) == dot || s.at(n+1) == thang)
}

// ordinalDay tells "ngày thứ hai của hội nghị" from "ngày thứ hai".
func (s *scanner) ordinalDay(k, n int) bool {
	switch s.key(n) {
	case "của", "làm", "liên", "trong", "diễn", "thi", "kể", "họp", "ở", "tại", "sau":
		return true
	}
	switch s.key(k - 2) {
	case "sang", "bước", "vào", "đến", "việc":
		return true
	}
	return false
}

// alone tells that nothing stands beside tokens k to n on their line but marks.
func (s *scanner) alone(k, n int) bool {
	return s.at(k-1) == brk && (s.at(n) == brk || s.at(n) == colon || s.at(n) == dot && s.at(n+1) == brk)
}

// weekAfter reads which week: "tuần trước", "tuần này", "tới", "sau", "qua", "vừa rồi".
func (s *scanner) weekAfter(n int) (week int, said bool, t Tense, next int) {
	if s.at(n) == tuan {
		if w, m := s.weekWord(n + 1); m > n+1 {
			return w, true, TenseUnknown, m
		}
	}
	switch s.at(n) {
	case after:
		if s.key(n+1) != "khi" && s.at(n+1) != that && s.stands(n+1) {
			return 0, true, Future, n + 1
		}
	case before:
		if s.stands(n+1) && s.at(n+1) != that && s.key(n+1) != "khi" {
			return 0, true, Past, n + 1
		}
	default:
		if t, m := s.nearWord(n); m > n {
			return 0, true, t, m
		}
	}
	return 0, false, TenseUnknown, n
}

// weekWord reads the word after "tuần".
func (s *scanner) weekWord(k int) (week, next int) {
	switch s.at(k) {
	case this, nay:
		return 0, k + 1
	case before, qua, roi:
		if s.at(k) != before || s.at(k+1) != that {
			return -1, k + 1
		}
	case after, towards:
		if s.key(k+1) != "khi" && s.at(k+1) != that {
			return 1, k + 1
		}
	case vua:
		if s.at(k+1) == qua || s.at(k+1) == roi {
			return -1, k + 2
		}
	case sap:
		if s.at(k+1) == towards {
			return 1, k + 2
		}
	}
	return 0, k
}
