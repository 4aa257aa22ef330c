// Package dated reads the days that addresses say: those of lists in their
// names, those of articles in their paths. Days are Vietnam's.
package dated

import (
	"regexp"
	"strconv"
	"time"

	"sukien/news"
)

// Span is a stretch of whole days.
type Span struct {
	From time.Time // the first instant
	To   time.Time // the first instant behind it
}

// Overlaps tells whether an instant from from on and before to is in the span.
func (s Span) Overlaps(from, to time.Time) bool { return s.From.Before(to) && s.To.After(from) }

// year tells whether the span is a whole year.
func (s Span) year() bool { return s.To.Equal(s.From.AddDate(1, 0, 0)) }

// articleDay is the day in an article's address: a folder of its own, or the
// instant of publication as its number.
var articleDay = regexp.MustCompile(`/((?:19|20)[0-9]{2})[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12][0-9]|3[01])/|[^0-9]((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{6,9}(?:[^0-9]|$)`)

// Article is the day that an article's address says, ok when it says one.
func Article(address string) (s Span, ok bool) {
	m := articleDay.FindStringSubmatch(address)
	switch {
	case m == nil:
		return s, false
	case m[1] != "":
		return days(number(m[1]), number(m[2]), number(m[3]), 1)
	}
	return days(number(m[4]), number(m[5]), number(m[6]), 1)
}

// number is the value of up to four digits, -1 for anything else.
func number(digits string) int {
	if n, err := strconv.Atoi(digits); err == nil && len(digits) <= 4 {
		return n
	}
	return -1
}

// days are n days from one on, ok when that day exists.
func days(year, month, day, n int) (Span, bool) {
	from := time.Date(year, time.Month(month), day, 0, 0, 0, 0, news.Hanoi)
	ok := isYear(year) && from.Month() == time.Month(month) && from.Day() == day
	return Span{from, from.AddDate(0, 0, n)}, ok
}

// monthOf is a month, ok when there is one.
func monthOf(year, month int) (Span, bool) {
	from := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, news.Hanoi)
	return Span{from, from.AddDate(0, 1, 0)}, isYear(year) && isMonth(month)
}

func yearOf(year int) Span {
	from := time.Date(year, 1, 1, 0, 0, 0, 0, news.Hanoi)
	return Span{from, from.AddDate(1, 0, 0)}
}

// isYear tells whether n may be the year of an article on the web.
func isYear(n int) bool { return n >= 1990 && n < 2100 }

func isMonth(n int) bool { return n >= 1 && n <= 12 }
