package extractor

import (
	"math"

	"sukien/news"
)

// mostMains is above how many main meetings an article counts as full.
const mostMains = 3

// confidence estimates the chance that a record is right as a whole (name,
// edition, dates, place): a logistic function of its score, of what it has, of
// the article's length and of how many meetings it tells of, with the numbers
// that configs/rules gives under "confidence."; how they were made stands there.
func (d *document) confidence(cl *cluster, r *news.Record) float64 {
	w := &d.x.weights
	z := w.sureBias + w.sureScore*math.Max(-4, math.Min(cl.score, 6))
	if r.Start != "" {
		z += w.sureDated
	}
	if len(r.Places) > 0 {
		z += w.surePlaced
	}
	z += w.sureMany * float64(min(d.mains(), mostMains)-1)
	z += w.sureLong * math.Min(float64(len(d.sents)), 40) / 40
	return math.Round(100/(1+math.Exp(-z))) / 100
}

// mains counts the main meetings, one at least.
func (d *document) mains() int {
	n := 0
	for c := range d.clusters {
		if d.clusters[c].main {
			n++
		}
	}
	return max(n, 1)
}
