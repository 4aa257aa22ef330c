package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sukien/news"
)

// The languages of the pages.
const (
	vietnamese = "vi"
	english    = "en"
)

// say is a word in a language; a word that is not known is given back, so that
// a new value of a slot still shows.
func say(lang string, word any) string {
	w, ok := words[fmt.Sprint(word)]
	switch {
	case !ok:
		return fmt.Sprint(word)
	case lang == english:
		return w[1]
	}
	return w[0]
}

// dates shows a meeting's days as its readers write them: 21–22/11/2026.
func dates(lang string, s news.Slots) string {
	switch {
	case s.Start == "":
		return say(lang, "undated")
	case s.End == "" || s.End == s.Start:
		return day(lang, s.Start)
	case s.Start.IsDay() && s.End.IsDay() && s.Start[:7] == s.End[:7]:
		return string(s.Start[8:]) + "–" + day(lang, s.End)
	}
	return day(lang, s.Start) + " – " + day(lang, s.End)
}

// day shows one date at its precision.
func day(lang string, d news.Date) string {
	switch {
	case !d.HasYear():
		return string(d[5:]) + "/" + string(d[2:4]) + " (" + say(lang, "year unknown") + ")"
	case d.IsDay():
		return string(d[8:]) + "/" + string(d[5:7]) + "/" + string(d[:4])
	case len(d) == len("2006-01"):
		return string(d[5:]) + "/" + string(d[:4])
	}
	return string(d)
}

// slotName is what a slot is called, and which of several it is, counted from 1:
// "người 2: chức vụ" of "officials[1].title". One that has no name here is given
// back.
func slotName(lang, path string) string {
	root := rootOf(path)
	if _, ok := words["slot "+root]; !ok {
		return path
	}
	name, rest := say(lang, "slot "+root), path[len(root):]
	if index, after, ok := strings.Cut(strings.TrimPrefix(rest, "["), "]"); ok {
		if n, err := strconv.Atoi(index); err == nil {
			name, rest = name+" "+itoa(n+1), after
		}
	}
	if part, ok := strings.CutPrefix(rest, "."); ok {
		return name + ": " + say(lang, "part "+part)
	}
	return name + rest
}

// stamp shows when an article was published, at the precision that is known.
func stamp(s news.Stamp) string {
	t, ok := s.Time()
	switch {
	case !ok:
		return string(s)
	case s.Precise():
		return moment(t)
	case len(s) == len("2006-01-02"):
		return t.Format("02/01/2006")
	case len(s) == len("2006-01"):
		return t.Format("01/2006")
	}
	return string(s)
}

// moment shows an instant in Vietnam's time.
func moment(t time.Time) string { return t.In(news.Hanoi).Format("02/01/2006 15:04") }

// shortSpan is a duration as a reader takes it in at a glance: 1.5s, 30m, 2h, 7d.
func shortSpan(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d >= time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d >= time.Minute:
		return fmt.Sprintf("%dm", d/time.Minute)
	}
	return d.Round(100 * time.Millisecond).String()
}
