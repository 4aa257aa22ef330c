package rule

import (
	"cmp"
	"slices"
)

// better is the total order of matches that compete: the longest, then the
// highest priority, the most specific, the first by rule id.
func better(a, b *Match) int {
	if n := (b.Last - b.First) - (a.Last - a.First); n != 0 {
		return n
	}
	if a.Rule == b.Rule {
		return a.First - b.First
	}
	return cmp.Or(
		b.Rule.Priority-a.Rule.Priority,
		b.Rule.prog.spec-a.Rule.prog.spec,
		a.Rule.no-b.Rule.no,
	)
}

// order leaves in d.sorted what is left of the matches found when, of
// overlapping matches that emit the same type, only the best is kept. In the
// phases stop, link and judge every match stands: they add up and do not
// exclude each other.
func (d *Doc) order(phase Phase) {
	d.sorted = d.sorted[:0]
	for i := range d.found {
		d.insert(&d.found[i])
	}
	if phase == Stop || phase == Link || phase == Judge {
		return
	}
	for _, typ := range d.set.emits[phase] {
		d.keepBest(typ)
	}
	d.sorted = slices.DeleteFunc(d.sorted, func(m *Match) bool { return m.beaten })
}

// insert puts a match in its place in d.sorted: matches are found in the order
// of the tokens at which they begin, so that it has but a few to pass.
func (d *Doc) insert(m *Match) {
	d.sorted = append(d.sorted, m)
	i := len(d.sorted) - 1
	for ; i > 0 && m.before(d.sorted[i-1]); i-- {
		d.sorted[i] = d.sorted[i-1]
	}
	d.sorted[i] = m
}

func (m *Match) before(o *Match) bool {
	return m.From < o.From || m.From == o.From && better(m, o) < 0
}

// keepBest settles each cluster of overlapping matches that emit a type.
func (d *Doc) keepBest(typ Sym) {
	cluster, end := d.cluster[:0], 0
	for _, m := range d.sorted {
		if m.Rule.Emit != typ {
			continue
		}
		if m.From >= end {
			settle(cluster)
			cluster = cluster[:0]
		}
		cluster, end = append(cluster, m), max(end, m.To)
	}
	settle(cluster)
	d.cluster = cluster
}

// settle notes which matches of a cluster are beaten by better ones that they overlap.
func settle(cluster []*Match) {
	if len(cluster) < 2 {
		return
	}
	slices.SortFunc(cluster, better)
	for i, m := range cluster {
		m.beaten = slices.ContainsFunc(cluster[:i], func(o *Match) bool { return !o.beaten && o.From < m.To && m.From < o.To })
	}
}
