package dated

import (
	"net/url"
	"strings"
)

// List is the days that the name of a list says, ok when it says any. Of two
// readings it takes the wider: a list that is read in vain costs a request, one
// that is passed over costs its articles.
func List(address string) (s Span, ok bool) {
	_, rest, _ := strings.Cut(address, "://")
	_, rest, _ = strings.Cut(rest, "/")
	_, query, _ := strings.Cut(rest, "?")
	if s, ok := asked(query); ok {
		return s, true
	}
	runs := numbers(rest)
	for i := len(runs) - 1; i >= 0; i-- {
		if s, ok := runs[i].span(); ok {
			return s, true
		}
	}
	return s, false
}

// asked are the days that parameters say, one each for year, month and day:
// ?y=2017&m=11&d=03.
func asked(query string) (s Span, ok bool) {
	q, err := url.ParseQuery(query)
	if err != nil {
		return s, false
	}
	value := func(names ...string) string {
		for _, name := range names {
			if v := q.Get(name); v != "" {
				return v
			}
		}
		return ""
	}
	year, month, day := value("year", "y", "nam"), value("month", "m", "thang"), value("day", "d", "ngay")
	if len(year) != 4 || !isYear(number(year)) {
		return s, false
	}
	if s, ok = days(number(year), number(month), number(day), 1); ok {
		return s, true
	}
	if s, ok = monthOf(number(year), number(month)); ok {
		return s, true
	}
	return yearOf(number(year)), true
}

// run is a run of numbers that are joined by one sign each, 2026-6-21-25.
type run struct {
	digits []string
	// word says that a letter stands right before it.
	word bool
}

// numbers are the runs of numbers in a text, in order.
func numbers(text string) (out []run) {
	joined := false
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		if end == i {
			i, joined = i+1, false
			continue
		}
		if !joined || text[i-1] == '/' && end-i >= 4 { // a folder's number is not the year's month
			out = append(out, run{word: i > 0 && isLetter(text[i-1])})
		}
		last := &out[len(out)-1]
		last.digits = append(last.digits, text[i:end])
		i, joined = end, end < len(text) && strings.IndexByte("-_/.", text[end]) >= 0
		if joined {
			i++
		}
	}
	return out
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// at is the number at a place of the run, -1 where there is none.
func (r run) at(i int) int {
	if i < 0 || i >= len(r.digits) {
		return -1
	}
	return number(r.digits[i])
}

// padded tells whether the number at a place has two digits: 07.
func (r run) padded(i int) bool { return i >= 0 && i < len(r.digits) && len(r.digits[i]) == 2 }

// span is the days that the run says, by its first number that may be a date.
func (r run) span() (s Span, ok bool) {
	for i, digits := range r.digits {
		switch len(digits) {
		case 8:
			if s, ok = days(number(digits[:4]), number(digits[4:6]), number(digits[6:]), 1); ok {
				return s, true
			}
		case 6:
			if s, ok = monthOf(number(digits[:4]), number(digits[4:])); ok {
				return s, true
			}
		case 4:
			if isYear(number(digits)) {
				return r.around(i)
			}
		}
	}
	return s, false
}

// around is the days that are said about the year at a place of the run.
func (r run) around(i int) (s Span, ok bool) {
	year := r.at(i)
	if s, ok = r.before(i, year); ok {
		return s, true
	}
	if s, ok = r.behind(i, year); ok {
		return s, true
	}
	if r.word && len(r.digits) == 1 {
		return s, false // post-sitemap2019.xml is the 2019th
	}
	return yearOf(year), true
}

// before reads what stands before the year: 21-11-2019, 07-2026. Where one stands
// behind it, too, one digit or one that belongs to a word, as in news-1-2026-07
// and muc12-2026-07, may be another number than the month's.
func (r run) before(i, year int) (s Span, ok bool) {
	month := r.at(i - 1)
	switch {
	case !isMonth(month):
		return s, false
	case isMonth(r.at(i+1)) && (!r.padded(i-1) || r.word && i == 1):
		return yearOf(year), true
	}
	if r.padded(i-1) && r.padded(i-2) && r.at(i-2) > 1 {
		if s, ok = days(year, month, r.at(i-2), 1); ok {
			return s, true
		}
	}
	return monthOf(year, month)
}

// behind reads what stands behind the year: 2026-7, 2026-6-21-25, 2026-07-08.
// The first of a month stands for the whole of it with some outlets, and
// 2026-07-2 is rather the second part of July.
func (r run) behind(i, year int) (s Span, ok bool) {
	month, first, last := r.at(i+1), r.at(i+2), r.at(i+3)
	if last >= first && last <= 31 {
		if s, ok = days(year, month, first, last-first+1); ok {
			return s, true
		}
	}
	if first > 1 && (r.padded(i+2) || !r.padded(i+1)) {
		if s, ok = days(year, month, first, 1); ok {
			return s, true
		}
	}
	return monthOf(year, month)
}
