package resolve

import (
	"fmt"
	"slices"

	"sukien/news"
)

// The weights of byReport, in units of log odds: fitted by logistic regression
// over pairs of reports on 126 meetings of two weeks, and over pairs of a year's
// reports on one office's meetings that are days apart, and rounded. What two
// articles are about says most; what the extractor read of the meeting corrects it.
const (
	weightTerms     = 12
	weightTitle     = 4.7
	weightPeople    = 1.0  // both name the same two people
	weightOthers    = -1.0 // both name people, and none in common
	weightKind      = 1.0
	weightName      = 3.0
	weightPress     = -2.0 // a press conference and what it is about
	weightVisit     = -1.5 // a visit and talks in it
	weightBesides   = -2.5 // talks, and the conference that the one or other came for
	weightPlace     = 1.0
	weightElsewhere = -2.0 // other provinces
	weightDay       = 1.0  // the same day
	weightApart     = -1.0 // another day
	weightGap       = -0.5 // for each day between the articles, up to maxGap days
	reportBar       = -6.3
	maxGap          = 4
	fewTellings     = 1 // so many telling terms in common halve what closeness says
)

// byReport decides on two articles whose main meetings these are: whether they
// use the same names for the same thing.
func byReport(a, b *Told) Verdict {
	x, y := &a.Record, &b.Record
	close, like, title := a.closeness(b), likeness(a.words, b.words), likeness(a.title, b.title)
	if min(len(a.words), len(b.words)) < 2 {
		like = 0
	}
	people := together(a.people, b.people)
	score := reportBar + weightTerms*close + weightTitle*title + weightName*like + weightGap*gap(a, b)
	switch {
	case people > 1:
		score += weightPeople
	case people == 0 && len(a.people) > 0 && len(b.people) > 0:
		score += weightOthers
	}
	score += kindWeight(x.Kind, y.Kind)
	if besides(x, y) || besides(y, x) {
		score += weightBesides
	}
	switch {
	case meet(a.places, b.places):
		score += weightPlace
	case otherPlaces(a, b) && atHome(x) && atHome(y):
		score += weightElsewhere
	}
	if a.dated && b.dated {
		if overlap(a, b) {
			score += weightDay
		} else {
			score += weightApart
		}
	}
	return Verdict{Same: score > 0, Score: score, measured: func() string {
		return fmt.Sprintf("articles %.2f, titles %.2f, names %.2f alike, %d people in common", close, title, like, people)
	}}
}

// atHome tells whether all places of a record are in Vietnam, where articles
// write provinces by one name.
func atHome(r *news.Record) bool {
	return !slices.ContainsFunc(r.Places, func(p news.Place) bool { return p.Country != home })
}

// home is the country whose provinces are known.
const home = "VN"

// besides tells whether the first is of talks or a visit, and the other of a
// gathering that has editions.
func besides(x, y *news.Record) bool {
	return twoSided(x.Kind) && x.Series == "" && !twoSided(y.Kind) && (y.Series != "" || y.Ordinal > 0)
}

// kindWeight is what the kinds of two records say.
func kindWeight(a, b news.Kind) float64 {
	switch {
	case a == b:
		return weightKind
	case a == news.PressConference || b == news.PressConference:
		return weightPress
	case twoSided(a) && twoSided(b):
		return weightVisit
	}
	return 0
}

// gap is the days between two articles, at most maxGap; maxGap when not known.
func gap(a, b *Told) float64 {
	p, ok := a.when()
	q, ok2 := b.when()
	if !ok || !ok2 {
		return maxGap
	}
	return min(maxGap, p.Sub(q).Abs().Hours()/24)
}

// The score and the bounds of strangers: the closeness of reports on one meeting is above the
// first but for one in a hundred; articles with fewer telling terms say nothing.
const (
	strangeScore = -2
	strangeBelow = 0.08
	strangeTerms = 3
)

// strangers tells whether two articles use hardly a name in common, and no
// number: the yearly meetings of two companies are called alike.
func strangers(a, b *Told) bool {
	return (a.Record.Ordinal == 0 || b.Record.Ordinal == 0) && min(a.names, b.names) >= strangeTerms && a.closeness(b) < strangeBelow
}
