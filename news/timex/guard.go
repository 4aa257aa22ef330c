package timex

import (
	"unicode/utf8"

	"sukien/news/viet"
)

// The guards: what looks like a date and is none.
const (
	guardStreet    = "street"
	guardDocument  = "document"
	guardScore     = "score"
	guardTerm      = "term"
	guardLifespan  = "lifespan"
	guardBirth     = "birth"
	guardFraction  = "fraction"
	guardOrdinal   = "ordinal"
	guardNamedDay  = "named-day"
	guardRecurring = "recurring"
	guardBC        = "bc"
	guardNoDay     = "impossible"
)

// guard names why the words at trigger i only look like a date, and tells
// where they end; "" when they may be one.
func (s *scanner) guard(i int) (name string, next int) {
	switch s.at(i) {
	case number:
		return s.guardNumber(i)
	case nam:
		return s.guardYear(i)
	}
	return "", i
}

func (s *scanner) guarded(name string, first, next int) Expr {
	return Expr{From: s.toks[first].Start, To: s.toks[next-1].End, First: first, Last: next, Guard: name, Rule: "guard/" + name}
}

func (s *scanner) guardNumber(i int) (string, int) {
	if s.numericBefore(i) {
		return "", i
	}
	mark := s.at(i + 1)
	if mark == thang {
		if m, _, n := s.monthAt(i + 2); m > 0 && s.namesPlace(i-1) {
			return guardStreet, n
		}
		return s.impossible(i)
	}
	if mark != slash && mark != dash && mark != dot && mark != until {
		return "", i
	}
	if name, n := s.years2(i); n > i {
		return name, n
	}
	if mark == until {
		return "", i
	}
	if name, n := s.documentNumber(i); n > i {
		return name, n
	}
	if s.at(i+2) != number || !s.glued(i+1) && mark != dash {
		return "", i
	}
	switch {
	case s.namesPlace(i-1) && s.pairEnds(i):
		return guardStreet, i + 3
	case mark == slash && s.key(i-1) == "lớp" && s.pairEnds(i):
		return guardOrdinal, i + 3
	case mark == dash && s.saysScore(i-1):
		return guardScore, i + 3
	case mark == slash && s.recurring(i):
		return guardRecurring, i + 3
	case mark == slash && s.fractionAt(i):
		return guardFraction, i + 3
	}
	return "", i
}

// impossible reads "ngày 0 tháng 4 năm 2000", "ngày 35 tháng 4".
func (s *scanner) impossible(i int) (string, int) {
	m, _, n := s.monthAt(i + 2)
	if v, w := s.num(i); m == 0 || w > 2 || v > 0 && v < 32 || s.at(i-1) != ngay {
		return "", i
	}
	if _, next := s.yearMark(n, none); next > n {
		n = next
	}
	return guardNoDay, n
}

// years2 reads "nhiệm kỳ 2025-2030", "giai đoạn 2021 đến 2025", bare "2021-2025".
func (s *scanner) years2(i int) (string, int) {
	if s.year(i) == 0 {
		return "", i
	}
	j := i + 2
	if s.at(j) == nam {
		j++
	}
	if s.year(j) <= s.year(i) {
		return "", i
	}
	if s.at(i+1) == slash || s.runsOn(j+1) || s.at(i+1) == until && !s.saysTerm(i-1) {
		return "", i
	}
	if s.at(i-1) == nam && !s.saysTerm(i-2) {
		return "", i
	}
	return guardTerm, j + 1
}

// guardYear reads "giai đoạn năm 2021-2025", "năm học 2024-2025", "năm 179 TCN".
func (s *scanner) guardYear(i int) (string, int) {
	if s.key(i+1) == "học" && s.year(i+2) > 0 {
		n := i + 3
		if (s.at(n) == dash || s.at(n) == slash) && s.year(n+1) > 0 {
			n += 2
		}
		return guardTerm, n
	}
	if s.at(i+1) == number && s.key(i+2) == "tcn" {
		return guardBC, i + 3
	}
	if s.saysTerm(i-1) && s.year(i+1) > 0 {
		if name, n := s.years2(i + 1); n > i+1 {
			return name, n
		}
	}
	return "", i
}

// saysTerm tells that the word at k names a term or period: nhiệm kỳ, giai đoạn, niên khóa.
func (s *scanner) saysTerm(k int) bool {
	if s.at(k) == from || s.at(k) == cac {
		k--
	}
	switch s.key(k) {
	case "kỳ":
		return s.key(k-1) == "nhiệm" || s.key(k-1) == "thời"
	case "đoạn":
		return s.key(k-1) == "giai"
	case "khóa", "kì", "giải", "hoạch":
		return true
	}
	return false
}

// documentNumber reads "18/2023", "274/2025/NĐ-CP", "35-CT/TW", "số 5/10".
func (s *scanner) documentNumber(i int) (string, int) {
	v, w := s.num(i)
	mark := s.at(i + 1)
	end := i + 3
	switch led := s.documentLed(i - 1); {
	case !s.glued(i+1) || !s.glued(i+2):
		return "", i
	case mark == slash && s.year(i+2) > 0:
		tail := s.glued(end) && (s.at(end) == slash || s.at(end) == dash) && s.titled(end+1) && s.glued(end+1)
		if !led && !tail && v >= 1 && v <= 12 && w <= 2 {
			if s.countsUp(i - 1) {
				return guardOrdinal, end
			}
			return "", i
		}
	case (mark == slash || mark == dash) && s.titled(i+2) && s.toks[i+2].End-s.toks[i+2].Start > 1 && s.allCaps(i+2):
	case led && mark == slash && s.at(i+2) == number:
	default:
		return "", i
	}
	for end < i+16 && s.glued(end) && end < len(s.toks) && (s.at(end) == slash || s.at(end) == dash || s.at(end) == number || s.allCaps(end)) {
		end++
	}
	return guardDocument, end
}

// allCaps tells that token i is written in capitals: "NĐ", "QH15".
func (s *scanner) allCaps(i int) bool {
	return i < len(s.toks) && (s.toks[i].Shape == viet.Upper || s.titled(i) && utf8.RuneCountInString(s.key(i)) <= 3 && s.toks[i].Shape != viet.Mixed)
}

// documentLed tells that "số" or the name of a document stands at k.
func (s *scanner) documentLed(k int) bool {
	if s.at(k) == colon {
		k--
	}
	switch s.key(k) {
	case "số", "quyết", "định", "luật", "lệnh", "thị", "án", "văn", "luận", "tờ", "trình":
		return true
	}
	return false
}

// countsUp tells that an edition is counted at k: "lần thứ 3/2020", "đợt 2/2021".
func (s *scanner) countsUp(k int) bool {
	switch s.key(k) {
	case "thứ", "lần", "đợt", "khóa", "tập", "phiên", "kỳ", "bài", "trang":
		return true
	}
	return false
}

// namesPlace tells that a street, square, ward or works is named at k.
func (s *scanner) namesPlace(k int) bool {
	prev := s.key(k - 1)
	switch s.key(k) {
	case "đường", "phố", "trường", "phường", "quận", "chợ", "bến", "hẻm", "ngõ", "ngách", "kiệt", "khu", "cung", "rạp", "cầu":
		return true
	case "viên":
		return prev == "công"
	case "máy":
		return prev == "nhà"
	case "viện":
		return prev == "bệnh" || prev == "thư"
	case "lộ":
		return prev == "đại" || prev == "tỉnh"
	}
	return false
}

// pairEnds tells that "3/2" at i is no start of a full date.
func (s *scanner) pairEnds(i int) bool {
	return !(s.at(i+3) == s.at(i+1) && s.at(i+4) == number && s.glued(i+4))
}

func (s *scanner) saysScore(k int) bool {
	switch s.key(k) {
	case "số":
		return s.key(k-1) == "tỷ" || s.key(k-1) == "tỉ"
	case "thắng", "thua", "hòa", "bại":
		return true
	}
	return false
}

// recurring tells "24/7", "24/24", "7/7" round the clock from the 24th of July.
func (s *scanner) recurring(i int) bool {
	a, b := s.key(i), s.key(i+2)
	if !s.pairEnds(i) || a != "24" && a != "7" || b != "7" && b != "24" {
		return false
	}
	return s.at(i-1) == none && s.key(i-1) != "lễ" || s.at(i-1) == gio
}

// fractionAt tells "1/3 số đại biểu", "vòng 1/8", "hơn 2/3", "10/12 đội" from
// dates. Behind "từ", "đến" only what is counted for certain makes a fraction.
func (s *scanner) fractionAt(i int) bool {
	a, wa := s.num(i)
	b, wb := s.num(i + 2)
	if wa == 0 || wb == 0 || s.key(i)[0] == '0' || s.key(i + 2)[0] == '0' || a > b || !s.pairEnds(i) || b > 12 || s.runsOn(i+3) {
		return false
	}
	n := i + 3
	switch s.at(i - 1) {
	case from, until, before, after, vao, till, ngay, hom:
		return s.key(n) == "số" || s.key(n) == "tổng" || s.key(n) == "diện"
	case colon:
		return s.key(i-2) == "điểm"
	}
	if s.quantityBefore(i - 1) {
		return true
	}
	if s.at(n) == within && s.at(i-1) != none {
		return false
	}
	return s.counts(n) || s.at(i-1) == none && s.lower(n) && s.at(n) == none && !functionWord(s.key(n))
}

// quantityBefore tells that the word at k leads to a fraction.
func (s *scanner) quantityBefore(k int) bool {
	switch s.key(k) {
	case "khoảng":
		c := s.at(k - 1)
		return c != from && c != vao && c != until
	case "chiếm", "hơn", "gần", "bằng", "được", "đạt", "quá", "ít", "nhất", "lệ", "vòng", "kết", "có", "còn", "tắc",
		"mất", "giảm", "tăng", "bậc", "thợ", "trên", "chỉ", "thiểu", "tỷ", "loại", "cả", "cho", "khi", "thắng":
		return true
	case "với":
		return s.at(k+4) != comma && s.at(k+4) != open
	}
	return false
}

// counts tells that the word at n is what a fraction is taken of.
func (s *scanner) counts(n int) bool {
	switch s.key(n) {
	case "số", "tổng", "dân", "diện", "thời", "thành", "đại", "quân", "lượng", "phần", "chặng", "quãng", "giá", "sản",
		"chiều", "lãnh", "ủy", "người", "công", "doanh", "hộ", "ghế", "phiếu", "ngân", "nguồn", "cán", "địa", "trong", "tỉnh",
		"tiêu", "chỉ", "mục", "những", "gb", "tb", "inch", "kg", "km", "ha":
		return true
	}
	return false
}

// fraction tells that a later member of a list is a fraction.
func (s *scanner) fraction(k int) bool {
	return s.at(k+1) == slash && s.fractionAt(k)
}
