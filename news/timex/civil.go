package timex

import (
	"time"

	"sukien/news"
)

// civil is a day of the proleptic Gregorian calendar; zero parts are unknown.
type civil struct{ y, m, d int }

// civilOf is the day of t in its own zone.
func civilOf(t time.Time) civil {
	y, m, d := t.Date()
	return civil{y, int(m), d}
}

// number counts days from 1970-01-01, by Howard Hinnant's days_from_civil.
func (c civil) number() int {
	y := c.y
	if c.m <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*((c.m+9)%12)+2)/5 + c.d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return era*146097 + doe - 719468
}

// civilAt undoes civil.number.
func civilAt(n int) civil {
	n += 719468
	era := floorDiv(n, 146097)
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	c := civil{yoe + era*400, (mp+2)%12 + 1, doy - (153*mp+2)/5 + 1}
	if c.m <= 2 {
		c.y++
	}
	return c
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}

// add moves by n days.
func (c civil) add(n int) civil { return civilAt(c.number() + n) }

// weekday is 1 for Monday to 7 for Sunday.
func (c civil) weekday() int { return floorMod(c.number()+3, 7) + 1 }

func floorMod(a, b int) int { return a - floorDiv(a, b)*b }

// monday is the first day of the week of c.
func (c civil) monday() civil { return c.add(1 - c.weekday()) }

// addMonths moves to the first day of the month n months on.
func (c civil) addMonths(n int) civil {
	t := c.y*12 + c.m - 1 + n
	return civil{floorDiv(t, 12), floorMod(t, 12) + 1, 1}
}

// before tells whether c is earlier than o; both full.
func (c civil) before(o civil) bool { return c.key() < o.key() }

// key orders days; with a missing year it orders days of the year.
func (c civil) key() int { return (c.y*16+c.m)*32 + c.d }

// valid tells whether the month and day exist; with the year unknown
// February has 29 days.
func (c civil) valid() bool {
	return c.m >= 1 && c.m <= 12 && c.d >= 1 && c.d <= monthDays(c.y, c.m) && c.y >= 0 && c.y <= 9999
}

// monthDays is the length of a month; year 0 means unknown.
func monthDays(y, m int) int {
	switch m {
	case 2:
		if y == 0 || y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// date writes c at a precision; empty when what the form needs is unknown.
func (c civil) date(p Precision) news.Date {
	if c.y < 0 || c.y > 9999 {
		return ""
	}
	b := make([]byte, 0, len("2006-01-02"))
	switch {
	case p == Year || p == Quarter || p == Month:
		if c.y == 0 {
			return ""
		}
		b = appendYear(b, c.y)
		if p == Quarter {
			b = append(b, '-', 'Q', byte('0'+(c.m+2)/3))
		}
		if p == Month {
			b = appendTwo(append(b, '-'), c.m)
		}
	case !c.valid():
		return ""
	case c.y == 0:
		b = appendTwo(append(appendTwo(append(b, '-', '-'), c.m), '-'), c.d)
	default:
		b = appendTwo(append(appendTwo(append(appendYear(b, c.y), '-'), c.m), '-'), c.d)
	}
	return news.Date(b)
}

func appendYear(b []byte, y int) []byte { return appendTwo(appendTwo(b, y/100), y%100) }

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }
