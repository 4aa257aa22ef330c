package main

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// messageFilters choose event messages, for subscribers and saved searches.
type messageFilters struct {
	filters
	Change []string `json:"change,omitempty" help:"new, updated, corrected, cancelled, merged, retracted." placeholder:"CHANGE"`
	From   string   `json:"from,omitempty" help:"Events that begin on this day or later: 2026-11-01, 2026-11 or 2026." placeholder:"D"`
	To     string   `json:"to,omitempty" help:"Events that begin on this day or before, or within this month or year." placeholder:"D"`
}

// matcher is filters made ready.
type matcher struct {
	messageFilters
	words []func(*news.Event) bool
	// wider are the places that were asked for, with all that lies in them; nil without a lexicon.
	lex   *lexicon.Lexicon
	wider map[*lexicon.Entry]bool
}

// ready checks filters and prepares them. With a lexicon a place is found by
// what lies in it: a country by its cities, a province by its communes.
func (f messageFilters) ready(lex *lexicon.Lexicon) (*matcher, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	for _, ch := range f.Change {
		if !slices.Contains(news.Changes, news.Change(ch)) {
			return nil, misuse{fmt.Errorf("%w: --change %s: write one of %v", news.ErrInvalid, ch, news.Changes)}
		}
	}
	for _, d := range []string{f.From, f.To} {
		if s := news.Stamp(d); s.Check() != nil || s.Precise() {
			return nil, misuse{fmt.Errorf("%w: day %q: write 2026, 2026-11 or 2026-11-01", news.ErrInvalid, d)}
		}
	}
	m := &matcher{messageFilters: f, lex: lex, wider: map[*lexicon.Entry]bool{}}
	for _, w := range f.Words {
		fits, err := wordsFilter(w)
		if err != nil {
			return nil, err
		}
		m.words = append(m.words, fits)
	}
	if lex != nil && len(f.Place) > 0 {
		m.widen()
	}
	return m, nil
}

// wordsFilter reads --words: words without regard to case and diacritics, or
// /a regular expression/ (RE2), without regard to case.
func wordsFilter(words string) (func(*news.Event) bool, error) {
	inner, ok := strings.CutPrefix(words, "/")
	expr, closed := strings.CutSuffix(inner, "/")
	if !ok || !closed || expr == "" {
		return func(e *news.Event) bool { return within(words, e.Name) || within(words, e.Theme) }, nil
	}
	re, err := regexp.Compile("(?i)" + viet.NFC(expr))
	if err != nil {
		return nil, misuse{fmt.Errorf("%w: --words %s: %w", news.ErrInvalid, words, err)}
	}
	return func(e *news.Event) bool { return re.MatchString(viet.NFC(e.Name)) || re.MatchString(viet.NFC(e.Theme)) }, nil
}

// widen finds the places that are asked for: countries, cities, provinces,
// districts, by name with or without diacritics.
func (m *matcher) widen() {
	for _, e := range m.lex.All("place") {
		if slices.ContainsFunc(m.Place, func(v string) bool { return viet.Fold(v) == viet.Fold(e.Name) }) {
			m.wider[e] = true
		}
	}
}

// match tells whether an event passes.
func (m *matcher) match(e *news.Event, c news.Change) bool {
	return m.filters.matchSlots(e) && between(e, news.Date(m.From), news.Date(m.To)) &&
		one(m.Change, func(v string) bool { return v == string(c) }) &&
		(len(m.words) == 0 || slices.ContainsFunc(m.words, func(fits func(*news.Event) bool) bool { return fits(e) })) &&
		(one(m.Place, func(v string) bool { return hasPlace(v, e) }) || slices.ContainsFunc(e.Places, m.inside))
}

// inside tells whether a place lies in one that is asked for.
func (m *matcher) inside(p news.Place) bool {
	if len(m.wider) == 0 {
		return false
	}
	for e := range m.wider {
		if e.Kind == string(news.CountryPlace) && e.Country == p.Country {
			return true
		}
	}
	entries := m.meant(p)
	return len(entries) > 0 && !slices.ContainsFunc(entries, func(e *lexicon.Entry) bool { return !m.below(e) })
}

// meant are the entries that a place may be: by its coordinates, where both are
// known, else all of its name. A name that several provinces' communes bear
// counts only where all of them fit.
func (m *matcher) meant(p news.Place) []*lexicon.Entry {
	var same, near []*lexicon.Entry
	for _, e := range m.lex.Lookup(p.Name) {
		if e.Class != "place" || p.Country != "" && e.Country != "" && e.Country != p.Country || p.Kind != "" && e.Kind != "" && e.Kind != string(p.Kind) {
			continue
		}
		same = append(same, e)
		if p.Lat != 0 && e.Lat != 0 && math.Abs(p.Lat-e.Lat)+math.Abs(p.Lon-e.Lon) < 0.1 {
			near = append(near, e)
		}
	}
	if len(near) > 0 {
		return near
	}
	return same
}

// maxParents bounds the way up: village, commune, district, province, region, country.
const maxParents = 8

// below tells whether an entry or what it belongs to is asked for.
func (m *matcher) below(e *lexicon.Entry) bool {
	for range maxParents {
		if e == nil || m.wider[e] {
			return e != nil
		}
		e = m.lex.Get("place", e.Parent)
	}
	return false
}

// hasPlace tells whether an event has a place of a name, or of a country's code.
func hasPlace(v string, e *news.Event) bool {
	return slices.ContainsFunc(e.Places, func(p news.Place) bool {
		return strings.EqualFold(v, p.Country) || within(v, p.Name) || within(v, p.AsWritten)
	})
}
