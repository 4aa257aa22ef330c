package resolve

import (
	"cmp"
	"slices"

	"sukien/news"
)

// Link is a pair of an event's records with what was decided of it.
type Link struct {
	A, B *Told
	Verdict
}

// Case is why records are one event.
type Case struct {
	// Joined are the pairs that hold it together, surest first: each brings in a
	// record that those before did not.
	Joined []Link
	// Apart are the pairs that speak most against it, at most maxApart.
	Apart []Link
	// Alone are records that no pair brings in: an analyst put them there, or a
	// record that was in the event brought them.
	Alone []*Told
}

// The bounds of a case.
const (
	maxApart = 5
	maxCase  = 300 // records of an event that are compared; an event of more shows those of the lowest ids
)

// Tell prepares an article's record for a case; what is compared only among
// reprints is left out.
func Tell(a *news.Article, rec news.Record) *Told {
	t := &Told{Record: rec, ArticleID: a.ID, URL: cmp.Or(a.Canonical, a.URL), Source: a.Source, Published: a.Published,
		ReprintOf: a.ReprintOf, Title: a.Title, Terms: Terms(a.Title, a.Text)}
	t.Prepare()
	return t
}

// Why works out the case of prepared records, as Group joins them.
func Why(records []*Told) Case {
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, byID)
	sorted = sorted[:min(len(sorted), maxCase)]
	t, one := newTable(sorted, nil), newForest(len(sorted))
	link := func(i, j int) Link { return Link{sorted[i], sorted[j], Same(sorted[j], sorted[i])} }
	var c Case
	for _, e := range t.edges {
		if one.home[e.a] != one.home[e.b] {
			one.join(e.a, e.b)
			c.Joined = append(c.Joined, link(e.a, e.b))
		}
	}
	for i, r := range sorted {
		if len(sorted) > 1 && len(one.members[one.home[i]]) == 1 {
			c.Alone = append(c.Alone, r)
		}
	}
	c.Apart = t.against(link)
	return c
}

// against picks the pairs of the lowest scores below 0 among those compared.
func (t *Table) against(link func(i, j int) Link) []Link {
	var pairs []edge
	for b := range t.records {
		for a := range b {
			if s := t.scores[at(a, b)]; s < 0 { // NaN is not
				pairs = append(pairs, edge{a, b, s})
			}
		}
	}
	slices.SortFunc(pairs, func(x, y edge) int { return cmp.Or(cmp.Compare(x.score, y.score), x.b-y.b, x.a-y.a) })
	var out []Link
	for _, p := range pairs[:min(len(pairs), maxApart)] {
		out = append(out, link(p.a, p.b))
	}
	return out
}
