package lexicon

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"sukien/news"
)

// Edition is one meeting of a series: its number, and the day or month on which
// it began. Seen editions were learnt from events, the others are in the lexicon.
type Edition struct {
	Number int       `json:"number"`
	When   news.Date `json:"when"`
	Seen   string    `json:"seen,omitempty"` // the event's id
}

// Series is what is known of a series of meetings.
type Series struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Months lie between two editions as a rule; 0 for no rule.
	Months int `json:"months,omitempty"`
	// Editions are sorted by number.
	Editions []Edition `json:"editions,omitempty"`
}

// cadences are the months between two editions.
var cadences = map[string]int{"monthly": 1, "half-yearly": 6, "yearly": 12, "two-yearly": 24, "three-yearly": 36, "four-yearly": 48, "five-yearly": 60, "irregular": 0}

// Series reads what an entry of the class series says: its cadence, and the
// editions, "ORDINAL=WHEN …". Parts that cannot be read are left out.
func (e *Entry) Series() *Series {
	s := &Series{ID: e.ID, Name: e.Name, Months: cadences[e.Attr["cadence"]]}
	for _, f := range strings.Fields(e.Attr["editions"]) {
		number, when, _ := strings.Cut(f, "=")
		if n, err := strconv.Atoi(number); err == nil {
			s.add(Edition{Number: n, When: news.Date(when)})
		}
	}
	return s
}

func (s *Series) add(e Edition) {
	if _, ok := e.month(); !ok {
		return
	}
	i, known := slices.BinarySearchFunc(s.Editions, e.Number, func(x Edition, n int) int { return cmp.Compare(x.Number, n) })
	if !known {
		s.Editions = slices.Insert(s.Editions, i, e)
	}
}

// month is the first day of the month in which the edition began.
func (e Edition) month() (time.Time, bool) {
	if len(e.When) < len("2006-01") {
		return time.Time{}, false
	}
	t, err := time.Parse("2006-01", string(e.When[:len("2006-01")]))
	return t, err == nil
}

// Learn takes an edition from an event; one that contradicts what is known, and
// one without a month, teaches nothing.
func (s *Series) Learn(number int, when news.Date, event string) {
	if number > 0 && s.Contradiction(number, when) == "" {
		s.add(Edition{number, when, event})
	}
}

// slack is how far an edition may lie from where the table has it: postponed
// meetings keep their number.
const slack = 6

// Contradiction says how a number and a date disagree with the editions known,
// "" when they do not.
func (s *Series) Contradiction(number int, when news.Date) string {
	at, ok := Edition{When: when}.month()
	if !ok || number <= 0 {
		return ""
	}
	for _, e := range s.Editions {
		known, _ := e.month()
		switch {
		case e.Number == number && monthsBetween(known, at) > slack:
			return fmt.Sprintf("edition %d was in %s", number, e.When)
		case e.Number < number && at.Before(known), e.Number > number && at.After(known):
			return fmt.Sprintf("edition %d was in %s", e.Number, e.When)
		}
	}
	return ""
}

func monthsBetween(a, b time.Time) int {
	n := 12*(b.Year()-a.Year()) + int(b.Month()) - int(a.Month())
	return max(n, -n)
}

// maxSteps is how many editions away from a known one a year is still estimated.
const maxSteps = 3

// EstimateYear gives the year that the cadence suggests for an edition that
// began in a month, counted from the known edition next to it; 0 when nothing
// near enough is known.
func (s *Series) EstimateYear(number int, month time.Month) int {
	var near *Edition
	for i, e := range s.Editions {
		if near == nil || abs(e.Number-number) < abs(near.Number-number) {
			near = &s.Editions[i]
		}
	}
	if near == nil || number <= 0 || s.Months == 0 || abs(near.Number-number) > maxSteps {
		return 0
	}
	known, _ := near.month()
	due := known.AddDate(0, s.Months*(number-near.Number), 0)
	best := 0
	for y := due.Year() - 1; y <= due.Year()+1; y++ {
		if best == 0 || monthsBetween(due, time.Date(y, month, 1, 0, 0, 0, 0, time.UTC)) < monthsBetween(due, time.Date(best, month, 1, 0, 0, 0, 0, time.UTC)) {
			best = y
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// Overdue gives the edition that should have been by now, half a cadence later
// than the rule, and the month in which it was due.
func (s *Series) Overdue(now time.Time) (next Edition, ok bool) {
	if len(s.Editions) == 0 || s.Months == 0 {
		return next, false
	}
	last := s.Editions[len(s.Editions)-1]
	known, _ := last.month()
	due := known.AddDate(0, s.Months, 0)
	return Edition{Number: last.Number + 1, When: news.Date(due.Format("2006-01"))}, now.After(due.AddDate(0, (s.Months+1)/2, 0))
}
