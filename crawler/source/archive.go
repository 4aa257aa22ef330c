package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"sukien/crawler/canonical"
)

// Archive is where an outlet lists its old articles, as one mapping or as a list
// of them. The URLs are patterns, of pages or of sitemaps.
type Archive []Address

// UnmarshalYAML reads both forms.
func (a *Archive) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.MappingNode {
		*a = make(Archive, 1)
		return n.Decode(&(*a)[0])
	}
	return n.Decode((*[]Address)(a))
}

// Pattern is the address of a list of an archive with marks in it:
// {yyyy} {yy} {mm} {m} {dd} {d} for the list's day, {unix_from} and {unix_to} for
// the first and the last second of that day in Vietnam, {page} counted from 1.
type Pattern string

// dayMarks, monthMarks and yearMarks tell how much of time one list is of.
var (
	dayMarks   = []string{"{dd}", "{d}", "{unix_from}", "{unix_to}"}
	monthMarks = []string{"{mm}", "{m}"}
	yearMarks  = []string{"{yyyy}", "{yy}"}
)

const pageMark = "{page}"

var anyMark = regexp.MustCompile(`\{[^}]*\}?`)

// unknown is the first mark that is none, empty when there is no such.
func (p Pattern) unknown() string {
	for _, m := range anyMark.FindAllString(string(p), -1) {
		if !Pattern(m).has(dayMarks) && !Pattern(m).has(monthMarks) && !Pattern(m).has(yearMarks) && m != pageMark {
			return m
		}
	}
	return ""
}

func (p Pattern) has(marks []string) bool {
	for _, m := range marks {
		if strings.Contains(string(p), m) {
			return true
		}
	}
	return false
}

// Paged tells whether the pattern says the page's number.
func (p Pattern) Paged() bool { return strings.Contains(string(p), pageMark) }

// Layout is the form in which time has what one list is of: a day, a month, a
// year; empty for a list of all.
func (p Pattern) Layout() string {
	switch {
	case p.has(dayMarks):
		return time.DateOnly
	case p.has(monthMarks):
		return "2006-01"
	case p.has(yearMarks):
		return "2006"
	}
	return ""
}

// On is the address of a page of the list of a day, canonical where it can be.
// day is an instant in Vietnam's time.
func (p Pattern) On(day time.Time, page int) string {
	first := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, day.Location())
	last := first.AddDate(0, 0, 1).Add(-time.Second)
	out := strings.NewReplacer("{yyyy}", day.Format("2006"), "{yy}", day.Format("06"), "{mm}", day.Format("01"), "{m}", day.Format("1"),
		"{dd}", day.Format("02"), "{d}", day.Format("2"), "{unix_from}", fmt.Sprint(first.Unix()), "{unix_to}", fmt.Sprint(last.Unix()),
		pageMark, strconv.Itoa(page)).Replace(string(p))
	if u, err := canonical.URL("", out); err == nil {
		return u
	}
	return out
}
