package timex

import "sukien/news"

// judge sets the guard of an expression that is a date, but of no happening.
func (s *scanner) judge(e *Expr) {
	name := s.judged(e)
	if name == "" {
		return
	}
	e.Guard, e.Nominal = name, e.Start
	e.Start, e.End, e.More, e.Span = "", "", nil, false
}

func (s *scanner) judged(e *Expr) string {
	if e.Start == "" || e.Time != "" {
		return ""
	}
	switch {
	case (s.key(e.Last) == "hàng" || s.key(e.Last) == "hằng") && s.at(e.Last+1) == nam:
		return guardRecurring
	case e.End != "" && e.Basis == news.DateExplicit && s.yearsApart(e) >= 5 && e.Precision == Day:
		return guardLifespan
	case s.born(e.First - 1):
		return guardBirth
	case e.Rule == "weekday" && s.everyWeek(e):
		return guardRecurring
	case e.Precision == Year && e.Span && s.saysTerm(e.First-1):
		return guardTerm
	case e.Precision == Year && e.Basis == news.DateExplicit && s.lawBefore(e.First-1):
		return guardDocument
	}
	if !e.Start.HasYear() && e.Precision != Day || e.Precision != Day || e.Part != "" {
		return ""
	}
	switch {
	case e.Basis == news.DateExplicit && s.documentBefore(e.First):
		return guardDocument
	case e.Basis != news.DateRelative && s.namedBefore(e.First):
		return guardNamedDay
	}
	return ""
}

// yearsApart is how many years lie between Start and End.
func (s *scanner) yearsApart(e *Expr) int {
	return parseDay(e.End).y - parseDay(e.Start).y
}

// born tells that a person's birth is told at k: "sinh ngày", "SN".
func (s *scanner) born(k int) bool {
	if s.at(k) == ngay || s.at(k) == colon || s.at(k) == vao {
		k--
	}
	if s.key(k) == "sn" {
		return true
	}
	if s.key(k) != "sinh" {
		return false
	}
	if s.key(k-1) == "vệ" { // vệ sinh, but "tiền vệ sinh năm 1995"
		switch s.key(k - 2) {
		case "tiền", "hậu", "trung", "cận":
			return true
		}
	}
	switch s.key(k - 1) {
	case "học", "vệ", "thí", "tái", "phát", "hy", "giáng", "tuyển", "nữ", "nam", "quyên", "dân", "an", "khai", "sản":
		return false
	}
	return true
}

// everyWeek tells that a weekday comes again: "thứ Ba hàng tuần", "các ngày thứ Bảy".
func (s *scanner) everyWeek(e *Expr) bool {
	switch s.key(e.Last) {
	case "hàng", "hằng", "mỗi":
		return s.at(e.Last+1) == tuan
	}
	k := e.First - 1
	if s.inWeekdays(e.First) && s.out[len(s.out)-1].Guard == guardRecurring {
		return true // "các ngày thứ Ba, thứ Năm và Chủ nhật"
	}
	if s.at(k) == ngay {
		k--
	}
	switch s.key(k) {
	case "các", "mỗi", "hàng", "hằng", "những":
		return true
	}
	return false
}

// lawBefore tells that the year belongs to the name of a law: "Luật Đất đai năm 2024".
func (s *scanner) lawBefore(k int) bool {
	for j := k; j > k-10; j-- {
		switch s.at(j) {
		case none, dash, comma, nam, and, quy, chu, same, towards, nhat, within:
		default:
			return false
		}
		switch s.key(j) {
		case "luật":
			return s.titled(j)
		case "pháp":
			if s.key(j-1) == "hiến" {
				return true
			}
		case "nghị", "triển", "về", "năm":
			return false
		}
	}
	return false
}

// documentBefore tells that the number of a document ends before token i:
// "Nghị quyết số 18/2023/QH15 ngày 24/6/2023".
func (s *scanner) documentBefore(i int) bool {
	if n := len(s.out); n > 0 && s.out[n-1].Guard == guardDocument {
		if gap := i - s.out[n-1].Last; gap <= 1 || gap <= 8 && s.key(s.out[n-1].Last) == "của" {
			return true
		}
	}
	return s.at(i) == ngay && s.documentNamed(i-1)
}

// documentNamed tells "Quyết định ngày", "Nghị quyết ngày", "công văn số 12 ngày".
func (s *scanner) documentNamed(k int) bool {
	if s.at(k) == number && s.at(k-1) == so {
		return true
	}
	switch s.key(k) {
	case "quyết":
		return s.key(k-1) == "nghị"
	case "hành":
		return s.key(k-1) == "ban"
	case "định":
		return s.key(k-1) == "quyết" || s.key(k-1) == "nghị"
	case "thị":
		return s.key(k-1) == "chỉ"
	case "văn":
		return s.key(k-1) == "công"
	case "điện":
		return s.key(k-1) == "công"
	}
	return false
}

// namedBefore tells that a named day ends before token i: "Ngày Nhà giáo Việt Nam (20/11)".
func (s *scanner) namedBefore(i int) bool {
	k := i - 1
	if s.at(k) == open {
		k--
	}
	switch prev := s.key(k - 1); s.key(k) {
	case "khánh":
		return true
	case "niệm", "mừng": // but "tại lễ kỷ niệm ngày 14/4"
		return s.key(k-2) != "lễ"
	case "lễ": // but "tại buổi lễ ngày 14/4"
		return prev == "nghỉ" || prev == "dịp" || prev == "ngày" || prev == "kỳ"
	}
	if s.at(i) == ngay {
		return false
	}
	for j := k; j > k-11; j-- {
		c := s.at(j)
		if c == ngay {
			return j < k && s.names(j+1, k)
		}
		if c == number || c == brk || c == dot || c == semi || c == comma || c == open || c == da || c == se {
			return false
		}
		if s.key(j) == "quốc" && s.key(j+1) == "tế" && j > k-5 {
			return internationalDay(s.key(j + 2))
		}
	}
	return false
}

// internationalDay tells the days that are named "Quốc tế" from airports and fairs.
func internationalDay(key string) bool {
	switch key {
	case "lao", "phụ", "thiếu", "hạnh", "người", "phòng":
		return true
	}
	return false
}

// names tells that what follows "ngày" at j names the day.
func (s *scanner) names(j, last int) bool {
	switch s.key(j) {
	case "hội", "thứ", "chủ", "làm", "mai", "hôm", "càng", "nay":
		return false
	case "quốc", "nhà", "thầy", "báo", "thành", "truyền", "sinh", "giải", "thương", "sách", "doanh", "phụ",
		"khoa", "pháp", "thơ", "môi", "nước", "trái", "chiến", "thống", "giỗ", "thế", "gia", "lễ", "mất":
		return true
	}
	return s.titled(j) && last-j < 10
}
