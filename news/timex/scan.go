package timex

import (
	"time"

	"sukien/news"
	"sukien/news/viet"
)

// scanner goes once over the tokens of a text.
type scanner struct {
	text string
	toks []viet.Token
	cls  []class
	zone *time.Location
	// pub is the publication time in zone, today its day; both zero when unknown.
	pub   time.Time
	today civil
	// last is the day said last, what "cùng ngày" and "3 ngày sau đó" mean;
	// recent the last within a season of publication.
	last, recent civil
	// said is the date said last at any precision, saidPrec its precision.
	said     civil
	saidPrec Precision
	// done is the token after the last expression.
	done int
	out  []Expr
}

// begin takes up a text whose tokens have the classes cls.
func (s *scanner) begin(text string, toks []viet.Token, cls []class, ref Reference) {
	*s = scanner{text: text, toks: toks, cls: cls, zone: ref.Zone}
	if s.zone == nil {
		s.zone = news.Hanoi
	}
	if !ref.Published.IsZero() {
		s.pub = ref.Published.In(s.zone)
		s.today = civilOf(s.pub)
	}
}

func (s *scanner) run() {
	for i := 0; i < len(s.cls); {
		if !s.cls[i].trigger() {
			i++
			continue
		}
		next := s.read(i)
		if next <= i {
			i++
			continue
		}
		i = next
		s.done = next
	}
}

// read takes what begins at trigger i and returns the token after it, i when nothing does.
func (s *scanner) read(i int) int {
	if name, next := s.guard(i); name != "" {
		return s.emit(s.guarded(name, i, next))
	}
	if n := s.duration(i); n > i {
		return n
	}
	if n := s.now(i); n > i {
		return n
	}
	p, ok := s.phrase(i)
	if !ok {
		return i
	}
	if q, ok := s.rangeEnd(p); ok {
		return s.put(p, q)
	}
	if !p.enough(s) {
		return i
	}
	return s.put(p, phrase{})
}

// at is the class of token i, brk outside the text.
func (s *scanner) at(i int) class {
	if i < 0 || i >= len(s.cls) {
		return brk
	}
	return s.cls[i]
}

// key is the key of token i, empty outside the text.
func (s *scanner) key(i int) string {
	if i < 0 || i >= len(s.toks) {
		return ""
	}
	return s.toks[i].Key
}

// glued tells that token i follows the one before without a blank.
func (s *scanner) glued(i int) bool {
	return i > 0 && i < len(s.toks) && !s.toks[i].Space && s.toks[i-1].Kind != viet.Break
}

// titled tells that token i is a word that begins with a capital.
func (s *scanner) titled(i int) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].Kind == viet.Word && s.toks[i].Shape != viet.Lower
}

// lower tells that token i is a word without capitals.
func (s *scanner) lower(i int) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].Kind == viet.Word && s.toks[i].Shape == viet.Lower
}

// num is the value of the number at token i and how many digits it has; 0 digits when it is none.
func (s *scanner) num(i int) (v, digits int) {
	if s.at(i) != number {
		return 0, 0
	}
	k := s.toks[i].Key
	if len(k) > 4 {
		return 0, len(k)
	}
	for j := 0; j < len(k); j++ {
		v = v*10 + int(k[j]-'0')
	}
	return v, len(k)
}

// year is the four-digit year at token i, 0 for none.
func (s *scanner) year(i int) int {
	if v, n := s.num(i); n == 4 && v >= 1000 && v < 2200 {
		return v
	}
	return 0
}

// count reads the number that ends before token u, the unit: "3", "ba",
// "mười hai". first is where it begins.
func (s *scanner) count(u int) (n, first int) {
	if v, d := s.num(u - 1); d > 0 && d <= 3 {
		if s.numericBefore(u-1) || s.numbered(u-2) {
			return 0, u
		}
		return v, u - 1
	}
	v := numeral(s.key(u - 1))
	if v == 0 || s.titled(u-1) && s.titled(u) {
		return 0, u
	}
	switch prev := numeral(s.key(u - 2)); {
	case prev == 10 && v < 10:
		return 10 + v, u - 2
	case s.at(u-2) == thu || s.key(u-2) == "lần" || s.at(u-2) == thang:
		return 0, u
	case s.at(u-1) == nam && (s.at(u-2) == number || prev > 0):
		return 0, u // "75 năm ngày thành lập"
	}
	return v, u - 1
}

// numbered tells that the word at k is numbered, not counted: "lần 2", "khóa 15".
func (s *scanner) numbered(k int) bool {
	switch s.key(k) {
	case "số":
		switch s.key(k - 1) {
		case "doanh", "dân", "tổng", "chỉ", "trong":
			return false
		}
		return true
	case "lần", "đợt", "khóa", "vòng", "bài", "quý", "tháng", "thứ", "phần", "tập", "lớp", "cấp", "quận", "phường",
		"tổ", "khu", "phiên", "kỳ", "bước", "ngày":
		return true
	}
	return false
}

// numericBefore tells that token i goes on with a longer number: "1.200", "18/2023".
func (s *scanner) numericBefore(i int) bool {
	if !s.glued(i) {
		return false
	}
	switch s.at(i - 1) {
	case slash, dot, comma, colon, dash, plus:
		return s.glued(i-1) && (s.at(i-2) == number || s.at(i-2) == none)
	case number:
		return true
	}
	return false
}

// stands tells that token i ends what is said: a mark, a line end, or a word
// that no noun phrase goes on with.
func (s *scanner) stands(i int) bool {
	if i >= len(s.toks) || s.toks[i].Kind == viet.Break {
		return true
	}
	if s.toks[i].Kind == viet.Punct {
		return s.toks[i].Key != "%" && s.toks[i].Key != "/"
	}
	return s.toks[i].Kind == viet.Word && functionWord(s.toks[i].Key)
}

// functionWord has the words that may follow a complete date at once.
func functionWord(key string) bool {
	switch key {
	case "tại", "ở", "và", "của", "do", "với", "có", "đã", "sẽ", "trong", "theo", "là", "thì", "này",
		"để", "nhằm", "khi", "mà", "nên", "từ", "đến", "tới", "vừa", "qua", "sau", "trước", "được", "bị",
		"ông", "bà", "các", "những", "cho", "về", "lúc", "vào", "trên", "cũng", "như", "đang", "diễn",
		"hoặc", "hay", "nếu", "nhưng", "tuy", "vẫn", "còn", "đó", "bắt", "khai", "tiếp", "cùng", "nhân",
		"dự", "chính", "thuộc", "dưới":
		return true
	}
	return false
}
