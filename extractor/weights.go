package extractor

import (
	"fmt"
	"maps"
	"math"

	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/timex"
)

// weights are the numbers that configs/rules gives to the machinery.
type weights struct {
	sameName, sameSummit, bias, inTitle, inLead, firstSentence, dated, named, anaphor, bareOnly float64
	allAside, placed, late, verb, other, first, rival, ordinal, noTitle, below, stale, earlier  float64

	sureBias, sureScore, sureDated, surePlaced, sureMany, sureLong float64

	placeVisited, placeReached, placeNext, placeInside, placeAfter float64
	placeBefore, placeFar, placeCountry, placeOther                float64

	date dateWeights
	// family numbers the kinds by which one article may call one meeting; 0 is none.
	family map[news.Kind]float64
	// hour is when a part of the day begins in newspapers' use.
	hour map[timex.Part]float64
}

// dateWeights say how surely a day is that of a meeting, by where it stands:
// the scores of the places, what is taken off them, and the least that counts.
type dateWeights struct {
	inside, next, near, after, before, across, clause, frame float64

	gap, aside, reported, title, sourced, setOut, sentence float64

	least, fresh float64
}

func newWeights(s *rule.Set) (w weights, err error) {
	numbers := w.numbers()
	maps.Copy(numbers, w.date.numbers())
	for name, to := range numbers {
		*to = s.Weight(name)
		if len(s.Rules) == 0 {
			*to = 0
		} else if math.IsNaN(*to) {
			return w, fmt.Errorf("%w: rules: weight %q is missing: add it under weights", news.ErrInvalid, name)
		}
	}
	w.family, w.hour = map[news.Kind]float64{}, map[timex.Part]float64{}
	for _, k := range news.Kinds {
		if n := s.Weight("family." + string(k)); n > 0 {
			w.family[k] = n
		}
	}
	for _, p := range []timex.Part{timex.Morning, timex.Noon, timex.Afternoon, timex.Evening, timex.Night} {
		if h := s.Weight("hour." + string(p)); h > 0 {
			w.hour[p] = h
		}
	}
	return w, nil
}

// numbers are the weights that the files must give.
func (w *weights) numbers() map[string]*float64 {
	return map[string]*float64{
		"cluster.same-name": &w.sameName, "cluster.same-summit": &w.sameSummit, "main.bias": &w.bias, "main.in-title": &w.inTitle, "main.in-lead": &w.inLead,
		"main.first-sentence": &w.firstSentence, "main.dated": &w.dated, "main.named": &w.named, "main.anaphor": &w.anaphor,
		"main.bare-only": &w.bareOnly, "main.all-aside": &w.allAside, "main.placed": &w.placed, "main.late": &w.late,
		"main.verb": &w.verb, "main.other-kind": &w.other, "main.first": &w.first, "main.rival": &w.rival,
		"main.ordinal": &w.ordinal, "main.no-title": &w.noTitle, "main.below": &w.below, "main.stale": &w.stale,
		"main.earlier-edition": &w.earlier,
		"confidence.bias":      &w.sureBias, "confidence.score": &w.sureScore, "confidence.dated": &w.sureDated,
		"confidence.placed": &w.surePlaced, "confidence.many": &w.sureMany, "confidence.long": &w.sureLong,
		"place.visited": &w.placeVisited, "place.reached": &w.placeReached, "place.next": &w.placeNext,
		"place.inside": &w.placeInside, "place.after": &w.placeAfter, "place.before": &w.placeBefore,
		"place.far": &w.placeFar, "place.country": &w.placeCountry, "place.other": &w.placeOther,
	}
}

func (w *dateWeights) numbers() map[string]*float64 {
	return map[string]*float64{
		"date.inside": &w.inside, "date.next": &w.next, "date.near": &w.near, "date.after": &w.after,
		"date.before": &w.before, "date.across": &w.across, "date.clause": &w.clause, "date.frame": &w.frame,
		"date.gap": &w.gap, "date.aside": &w.aside, "date.reported": &w.reported, "date.title": &w.title,
		"date.sourced": &w.sourced, "date.set-out": &w.setOut, "date.sentence": &w.sentence,
		"date.least": &w.least, "date.fresh-days": &w.fresh,
	}
}
