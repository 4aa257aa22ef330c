package extractor

import (
	"fmt"
	"math"

	"sukien/extractor/rule"
	"sukien/news"
)

// weights are the numbers that configs/rules gives to the machinery.
type weights struct {
	sameName, bias, inTitle, inLead, firstSentence, dated, named, anaphor, bareOnly   float64
	allAside, placed, late, verb, other, first, rival, ordinal, noTitle, below, stale float64

	sureBias, sureScore, sureDated, surePlaced, sureBare, sureLong float64

	placeVisited, placeReached, placeNext, placeInside, placeAfter float64
	placeBefore, placeFar, placeCountry, placeOther                float64
}

func newWeights(s *rule.Set) (w weights, err error) {
	for name, to := range map[string]*float64{
		"cluster.same-name": &w.sameName, "main.bias": &w.bias, "main.in-title": &w.inTitle, "main.in-lead": &w.inLead,
		"main.first-sentence": &w.firstSentence, "main.dated": &w.dated, "main.named": &w.named, "main.anaphor": &w.anaphor,
		"main.bare-only": &w.bareOnly, "main.all-aside": &w.allAside, "main.placed": &w.placed, "main.late": &w.late,
		"main.verb": &w.verb, "main.other-kind": &w.other, "main.first": &w.first, "main.rival": &w.rival, "main.ordinal": &w.ordinal, "main.no-title": &w.noTitle, "main.below": &w.below, "main.stale": &w.stale,
		"confidence.bias": &w.sureBias, "confidence.score": &w.sureScore, "confidence.dated": &w.sureDated,
		"confidence.placed": &w.surePlaced, "confidence.bare": &w.sureBare, "confidence.long": &w.sureLong,
		"place.visited": &w.placeVisited, "place.reached": &w.placeReached, "place.next": &w.placeNext, "place.inside": &w.placeInside, "place.after": &w.placeAfter, "place.before": &w.placeBefore, "place.far": &w.placeFar, "place.country": &w.placeCountry, "place.other": &w.placeOther,
	} {
		*to = s.Weight(name)
		if len(s.Rules) == 0 {
			*to = 0
		} else if math.IsNaN(*to) {
			return w, fmt.Errorf("%w: rules: weight %q is missing: add it under weights", news.ErrInvalid, name)
		}
	}
	return w, nil
}
