package resolve

import (
	"fmt"
	"slices"
	"time"

	"sukien/news"
)

// Verdict says whether two records are of one meeting, and why.
type Verdict struct {
	Same bool
	// Score orders the sure before the likely, 0 to 1.
	Score  float64
	Reason string
}

// The bars of name likeness: the share of informative words in common.
const (
	sameName = 0.72 // enough with compatible days
	likeName = 0.45 // enough with the day and a place or a person in common
)

// nearDays is how far apart two articles of one meeting may appear when one of
// them gives no day: news of a meeting is written within the week.
const nearDays = 5

// Same compares two prepared records. It is symmetric.
func Same(a, b *Told) Verdict {
	if why := apart(a, b); why != "" {
		return Verdict{Reason: why}
	}
	x, y := &a.Record, &b.Record
	like := likeness(a.words, b.words)
	people := shared(a.people, b.people)
	place := len(shared(a.places, b.places)) > 0
	switch {
	case x.Series != "" && x.Series == y.Series && x.Ordinal > 0 && x.Ordinal == y.Ordinal:
		return Verdict{true, 1, fmt.Sprintf("series %s, edition %d", x.Series, x.Ordinal)}
	case a.folded == b.folded && len(a.words) > 1:
		return Verdict{true, 0.95, "the same name, compatible days"}
	case x.Ordinal > 0 && x.Ordinal == y.Ordinal && like >= likeName:
		return Verdict{true, 0.9, fmt.Sprintf("edition %d, names %.2f alike", x.Ordinal, like)}
	case twoSided(x.Kind) && twoSided(y.Kind):
		return parties(a, b, people, like)
	case like >= sameName:
		return Verdict{true, like, fmt.Sprintf("names %.2f alike, compatible days", like)}
	case like >= likeName && a.dated && b.dated && (place || len(people) > 0):
		return Verdict{true, like, fmt.Sprintf("names %.2f alike, the day and place or people in common", like)}
	case a.dated && b.dated && place && len(people) > 1 && x.Kind == y.Kind:
		return Verdict{true, 0.4, "kind, day, place and people in common"}
	}
	return Verdict{Reason: fmt.Sprintf("names %.2f alike, %d people in common", like, len(people))}
}

// parties decides on talks and visits: who meets whom.
func parties(a, b *Told, people []string, like float64) Verdict {
	switch {
	case a.Record.Kind != b.Record.Kind:
		return Verdict{Reason: "a visit and the talks in it"}
	case len(people) >= 2:
		return Verdict{true, 0.85, "the same parties, compatible days"}
	case len(people) == 1 && like >= likeName:
		return Verdict{true, 0.5, "one party and the words for the other in common"}
	}
	return Verdict{Reason: "other parties"}
}

// apart gives the reason why two records can never be one meeting, or "".
func apart(a, b *Told) string {
	x, y := &a.Record, &b.Record
	switch {
	case x.Ordinal > 0 && y.Ordinal > 0 && x.Ordinal != y.Ordinal:
		return fmt.Sprintf("editions %d and %d", x.Ordinal, y.Ordinal)
	case x.Series != "" && y.Series != "" && x.Series != y.Series:
		return "series " + x.Series + " and " + y.Series
	case twoSided(x.Kind) != twoSided(y.Kind) || (x.Kind == news.Ceremony) != (y.Kind == news.Ceremony):
		return fmt.Sprintf("kinds %s and %s", x.Kind, y.Kind)
	case a.dated && b.dated && (a.to.Before(b.from) || b.to.Before(a.from)):
		return fmt.Sprintf("days %s and %s", x.Start, y.Start)
	case !near(a, b):
		return "written too far apart in time"
	case len(a.places) > 0 && len(b.places) > 0 && len(shared(a.places, b.places)) == 0 && x.Series == "":
		if cities(x) && cities(y) {
			return "other places"
		}
	}
	return ""
}

// cities tells whether a record names a place that is sure to differ from another's.
func cities(r *news.Record) bool {
	return slices.ContainsFunc(r.Places, func(p news.Place) bool {
		return p.Kind == news.CityPlace || p.Kind == news.ProvincePlace
	})
}

// near holds records without a day to the time of their articles.
func near(a, b *Told) bool {
	if a.dated && b.dated || a.Record.Series != "" && a.Record.Ordinal > 0 {
		return true
	}
	at := func(t *Told) (time.Time, bool) {
		if t.dated {
			return t.from, true
		}
		return t.Published.Time()
	}
	p, ok := at(a)
	q, ok2 := at(b)
	return !ok || !ok2 || p.Sub(q).Abs() <= nearDays*24*time.Hour
}

// twoSided kinds are known by who meets whom.
func twoSided(k news.Kind) bool { return k == news.Talks || k == news.Visit }

// likeness is the Dice coefficient of two sorted word lists.
func likeness(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(len(shared(a, b))) / float64(len(a)+len(b))
}

// shared are the elements of a that are in b, without repeats.
func shared(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
