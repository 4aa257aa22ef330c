package resolve

import (
	"fmt"

	"sukien/news"
)

// The bars for two records of one article. The reader kept them apart, so that
// they are joined only on names or people that leave little doubt.
const (
	siblingName  = 0.75 // the share of the shorter name's words in the longer
	siblingScore = 1.0
	siblingDoubt = -0.5 // nothing forbids it: others may join them
	siblingApart = -40  // outvoted only where many articles call them one
)

// siblings compares two records of one article, for which nothing else is
// against it: an article calls one meeting "the summit" here and "the talks"
// there, a festival and its opening.
func siblings(a, b *Told) Verdict {
	held, people := contained(a.words, b.words), together(a.people, b.people)
	fewer, bare := min(len(a.people), len(b.people)), min(len(a.words), len(b.words)) < 2
	both := kinOf(a.Record.Kind) == partiesKin && fewer > 1 && people == fewer
	if v, ok := bySeries(a, b); ok && (v.Score < 0 || v.Score == sure || !a.dated || !b.dated || overlap(a, b)) {
		return v
	}
	switch {
	case kinOf(a.Record.Kind) != kinOf(b.Record.Kind):
		return Verdict{Score: siblingApart, Reason: fmt.Sprintf("told apart by one article, kinds %s and %s", a.Record.Kind, b.Record.Kind)}
	case a.dated && b.dated && !overlap(a, b):
		return Verdict{Score: siblingApart, Reason: fmt.Sprintf("told apart by one article, days %s and %s", a.Record.Start, b.Record.Start)}
	case otherPlaces(a, b) && !both:
		return Verdict{Score: siblingApart, Reason: "told apart by one article, other places"}
	case both:
		return Verdict{Same: true, Score: siblingScore, Reason: fmt.Sprintf("one article names the same %d people for both", people)}
	case held >= siblingName && !bare:
		return Verdict{Same: true, Score: siblingScore, Reason: fmt.Sprintf("one article, %.2f of the shorter name in the other", held)}
	case bare && (a.phase == 1) != (b.phase == 1):
		return Verdict{Same: true, Score: siblingScore, Reason: "one article, a festival and its opening"}
	case people == fewer && (fewer > 0 || bare) || (a.phase == 1) != (b.phase == 1):
		return Verdict{Score: siblingDoubt, Reason: "told apart by one article, nothing forbids that they are one"}
	}
	return Verdict{Score: siblingApart, Reason: "told apart by one article"}
}

// The families of kinds that one meeting is called by.
const (
	gatheringKin = iota
	partiesKin
	festiveKin
)

// kinOf is the family of a kind: a summit of two is a conference and talks, a
// festival's opening a ceremony.
func kinOf(k news.Kind) int {
	switch k {
	case news.Talks, news.Visit, news.Meeting, news.Conference:
		return partiesKin
	case news.Ceremony, news.OtherKind:
		return festiveKin
	}
	return gatheringKin
}

// contained is the share of the smaller of two sets of words that the other has.
func contained(a, b bag) float64 {
	if n := min(len(a), len(b)); n > 0 {
		return float64(inBoth(a, b)) / float64(n)
	}
	return 0
}

// otherPlaces tells whether both name cities or provinces, and none in common.
func otherPlaces(a, b *Told) bool {
	return len(a.places) > 0 && len(b.places) > 0 && !meet(a.places, b.places) && cities(&a.Record) && cities(&b.Record)
}
