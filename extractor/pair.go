package extractor

import (
	"slices"

	"sukien/extractor/people"
	"sukien/news"
)

// pairReach is how many sentences before the one that speaks of two the two are named.
const pairReach = 2

// addPairs adds to talks and press conferences of two who are only spoken of
// as two: "A đến thăm B. Ngay sau lễ đón, hai Thủ tướng tiến hành hội đàm".
func (d *document) addPairs() {
	for c := range d.clusters {
		cl := &d.clusters[c]
		if !cl.main || len(cl.people) > 1 || cl.kind != news.Talks && cl.kind != news.PressConference {
			continue
		}
		for _, k := range cl.mentions {
			m := &d.mentions[k]
			if m.aside || !d.two(d.sents[m.sent].From, m.from) {
				continue
			}
			if pair := d.pairBefore(m.sent); pair != nil {
				for _, i := range pair {
					d.addOfficial(c, d.personOf(i), i, roleLink{})
				}
				break
			}
		}
	}
}

// two tells whether tokens from to to speak of two persons together.
func (d *document) two(from, to int) bool {
	for t := from; t < to; t++ {
		if _, ok := d.rd.At(t, d.x.sym.pair); ok {
			return true
		}
	}
	return false
}

// pairBefore is the two mentions of a sentence before s that names two
// statesmen and nobody else, nil when none of the nearest does. What a
// statesman's part was there is not said to be the part in the talks.
func (d *document) pairBefore(s int) []int {
	for at := s - 1; at >= max(0, s-pairReach); at-- {
		var pair []int
		for i := range d.people {
			p := &d.people[i]
			if p.Name == "" || p.Absent() || p.Span.From < d.sents[at].From || p.Span.From >= d.sents[at].To {
				continue
			}
			w := d.personOf(i)
			if slices.ContainsFunc(pair, func(o int) bool { return d.personOf(o) == w }) {
				continue
			}
			if w < 0 || d.who[w].Weight < statesman {
				return nil
			}
			pair = append(pair, i)
		}
		if len(pair) == 2 {
			return pair
		}
		if len(pair) > 2 {
			return nil
		}
	}
	return nil
}

// personOf is whose mention i is, -1 when nobody's.
func (d *document) personOf(i int) int {
	return slices.IndexFunc(d.who, func(o people.Official) bool { return slices.Contains(o.Mentions, i) })
}
