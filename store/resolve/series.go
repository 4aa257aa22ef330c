package resolve

import (
	"fmt"
	"strconv"
	"time"

	"sukien/news"
)

// seriesDays is how far apart two meetings of one series are that may be one
// edition when no number tells: the most frequent series meet monthly.
const seriesDays = 10 * 24 * time.Hour

// seriesScore is the score of records that a series and the time settle;
// yearsApart that of two editions by their years.
const (
	seriesScore = 4.5
	yearsApart  = -20
)

// bySeries decides on two records of one series; ok is false where the series
// says nothing: press conferences, and parts of a session, go their own way.
func bySeries(a, b *Told) (v Verdict, ok bool) {
	x, y := &a.Record, &b.Record
	switch {
	case x.Series == "" || x.Series != y.Series || part(x) || part(y):
		return v, false
	case x.Ordinal > 0 && x.Ordinal == y.Ordinal:
		return Verdict{Same: true, Score: sure, measured: func() string { return fmt.Sprintf("series %s, edition %d", x.Series, x.Ordinal) }}, true
	case otherYears(a, b):
		return Verdict{Score: yearsApart, measured: func() string {
			return fmt.Sprintf("series %s, %d and %d", x.Series, min(a.edition(), b.edition()), max(a.edition(), b.edition()))
		}}, true
	case !a.at().IsZero() && !b.at().IsZero() && a.at().Sub(b.at()).Abs() <= seriesDays && !otherPlaces(a, b):
		return Verdict{Same: true, Score: seriesScore, measured: func() string { return "series " + x.Series + ", of one time" }}, true
	}
	return v, false
}

// otherYears tells whether the year in one name is not that of the other meeting:
// "APEC 2026" in an article on the summit of this year.
func otherYears(a, b *Told) bool {
	p, q := a.edition(), b.edition()
	return (a.year != 0 || b.year != 0) && p != 0 && q != 0 && p != q
}

// edition is the year of the name, else of the day, else of the article; 0 for unknown.
func (t *Told) edition() int {
	switch {
	case t.year != 0:
		return t.year
	case t.dated:
		return t.from.Year()
	case t.stamped:
		return t.printed.Year()
	}
	return 0
}

// part tells whether a record is of a part of a meeting or of words about it.
func part(r *news.Record) bool { return r.Parent != nil || r.Kind == news.PressConference }

// yearOf is the only year that a name's words name, 0 for none: "APEC 2025".
func yearOf(words []string) (year int) {
	for _, w := range words {
		n, err := strconv.Atoi(w)
		if err != nil || len(w) != 4 || n < 1900 || n > 2100 {
			continue
		}
		if year != 0 {
			return 0
		}
		year = n
	}
	return year
}
