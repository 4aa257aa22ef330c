package content

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	dateWords        = regexp.MustCompile(`(?i)(\d{1,2})\s*[,/-]?\s*(?:tháng|thg|th)\.?\s*(\d{1,2}|` + monthWords + `)\s*(?:,|-|/|năm)*\s*(\d{4})`)
	dateMonthFirst   = regexp.MustCompile(`(?i)(?:tháng|thg|th)\.?\s*(\d{1,2}|` + monthWords + `)\s+(\d{1,2})\s*,\s*(\d{4})`)
	dateEnglish      = regexp.MustCompile(`(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`)
	dateEnglishDayed = regexp.MustCompile(`(?i)(\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(\d{4})`)
)

// monthWords are the numbers of months in words, the longer ones first.
const monthWords = `một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười hai|mười một|mười`

// monthNames are the months in words and in English.
var monthNames = map[string]int{
	"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// readDate finds the first date of a line.
func readDate(line string) (s stamp, span [2]int, ok bool) {
	numeric, worded := dateShape(line)
	if !numeric && !worded {
		return s, span, false
	}
	for i := 0; numeric && i < len(line); i++ {
		if !isDigit(line[i]) || i > 0 && (isDigit(line[i-1]) || line[i-1] == '/') {
			continue
		}
		if s, end, ok := scanDate(line, i); ok {
			return s, [2]int{i, end}, true
		}
	}
	if !worded {
		return s, span, false
	}
	var forms []dateForm
	if namesMonth(line) {
		forms = vietnameseForms[:]
	} else if namesEnglishMonth(line) {
		forms = englishForms[:]
	}
	for _, f := range forms {
		if m := f.re.FindStringSubmatchIndex(line); m != nil {
			at := func(g int) string { return line[m[2*g]:m[2*g+1]] }
			s = stamp{day: number(at(f.d)), month: number(at(f.m)), year: number(at(f.y))}
			if s.valid() {
				return s, [2]int{m[0], m[1]}, true
			}
		}
	}
	return s, span, false
}

// dateForm is a date with its month in words and where its parts stand.
type dateForm struct {
	re      *regexp.Regexp
	d, m, y int
}

var (
	vietnameseForms = [...]dateForm{{dateWords, 1, 2, 3}, {dateMonthFirst, 2, 1, 3}}
	englishForms    = [...]dateForm{{dateEnglish, 2, 1, 3}, {dateEnglishDayed, 1, 2, 3}}
)

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// scanDate reads a date of three numbers parted by slashes, dashes or dots
// that begins at i. The end is the byte after it.
func scanDate(line string, i int) (s stamp, end int, ok bool) {
	var num [3]string
	var sep string
	for k := range num {
		from := i
		for i < len(line) && isDigit(line[i]) {
			i++
		}
		num[k] = line[from:i]
		if num[k] == "" || len(num[k]) > 4 {
			return s, 0, false
		}
		if k == 2 {
			break
		}
		i = skipSpace(line, i)
		if i >= len(line) || strings.IndexByte("/-.", line[i]) < 0 {
			return s, 0, false
		}
		sep = line[i : i+1]
		i = skipSpace(line, i+1)
	}
	if n := len(num[2]); len(num[1]) > 2 || n == 3 || n == 1 && len(num[0]) != 4 {
		return s, 0, false
	}
	s, ok = numericDate(num[0], sep, num[1], num[2])
	return s, i, ok
}

// skipSpace steps over one space.
func skipSpace(s string, i int) int {
	if i < len(s) && s[i] == ' ' {
		return i + 1
	}
	return i
}

// dateShape tells, without a regular expression, whether a line may hold a
// numeric date (two digits parted by a mark) or one with a month in words (a
// year and the beginning of a month's name).
func dateShape(s string) (numeric, worded bool) {
	digits := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			digits++
			continue
		case digits > 0 && (c == '/' || c == '-' || c == '.') && i+1 < len(s):
			next := s[i+1]
			if next == ' ' && i+2 < len(s) {
				next = s[i+2]
			}
			numeric = numeric || next >= '0' && next <= '9'
		case digits == 4 && i > 4:
			worded = true
		case digits > 0 && c == ' ' && i+2 < len(s) && (s[i+1] == '/' || s[i+1] == '-' || s[i+1] == '.'):
			numeric = true
		}
		digits = 0
	}
	return numeric, worded || digits == 4 && len(s) > 8
}

// namesMonth tells whether a line may name a month in Vietnamese.
func namesMonth(s string) bool {
	return strings.Contains(s, "háng") || strings.Contains(s, "HÁNG") || strings.Contains(s, "thg") || strings.Contains(s, "Thg") || shortMonth(s)
}

func namesEnglishMonth(s string) bool {
	for _, m := range [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"} {
		if strings.Contains(s, m) {
			return true
		}
	}
	return false
}

// shortMonth tells whether "Th" or "th" stands before a number, as in "Th3".
func shortMonth(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i] == 'h' && s[i-1]|0x20 == 't' && isDigit(s[i+1]) {
			return true
		}
	}
	return false
}

// number reads digits or the name of a month.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return monthNames[strings.ToLower(s)]
}

// numericDate orders the parts of a numeric date: year first where it has four
// digits, else day before month unless that cannot be.
func numericDate(a, sep, b, c string) (stamp, bool) {
	x, y, z := number(a), number(b), number(c)
	var s stamp
	switch {
	case len(a) == 4:
		s = stamp{year: x, month: y, day: z}
	case len(a) == 3 || len(c) < 2:
		return s, false
	default:
		if len(c) == 2 {
			z += 2000
		}
		s = stamp{year: z, month: y, day: x, swappable: x <= 12 && y <= 12 && x != y}
		if y > 12 && x <= 12 {
			s.month, s.day, s.american = x, y, true
		}
		s.dashed = sep == "-"
		s.american = s.american || sep == "/" && len(a) == 1 && len(b) == 1
	}
	return s, s.valid()
}

func digitsIn(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
