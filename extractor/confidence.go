package extractor

import (
	"math"

	"sukien/news"
)

// confidence estimates the chance that a record is right as a whole (name,
// edition, dates, place): a logistic function of its score and of what it has,
// with the numbers that configs/rules gives under "confidence.", fitted to the
// development articles in five folds.
func (d *document) confidence(cl *cluster, r *news.Record) float64 {
	w := &d.x.weights
	m := &d.mentions[cl.best]
	z := w.sureBias + w.sureScore*math.Max(-4, math.Min(cl.score, 6))
	if r.Start != "" {
		z += w.sureDated
	}
	if len(r.Places) > 0 {
		z += w.surePlaced
	}
	if m.bare {
		z += w.sureBare
	}
	z += w.sureLong * math.Min(float64(len(d.sents)), 40) / 40
	return math.Round(100/(1+math.Exp(-z))) / 100
}
