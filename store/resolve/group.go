package resolve

import (
	"cmp"
	"slices"
)

// edge is a pair of records of one meeting.
type edge struct {
	a, b  int
	score float64
}

// Group parts prepared records into meetings: pairs that Same holds for are
// joined, the surest first, unless any two records of the joined meeting can
// never be one. The result does not depend on the order of the records; each
// group is sorted by record id, groups by their first.
func Group(records []*Told) [][]*Told {
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, byID)
	members := make([][]int, len(sorted))
	home := make([]int, len(sorted))
	for i := range sorted {
		members[i], home[i] = []int{i}, i
	}
	for _, e := range edges(sorted) {
		a, b := home[e.a], home[e.b]
		if a == b || conflict(sorted, members[a], members[b]) {
			continue
		}
		a, b = min(a, b), max(a, b)
		for _, m := range members[b] {
			home[m] = a
		}
		members[a], members[b] = append(members[a], members[b]...), nil
	}
	var out [][]*Told
	for _, m := range members {
		if len(m) == 0 {
			continue
		}
		slices.Sort(m)
		group := make([]*Told, len(m))
		for i, k := range m {
			group[i] = sorted[k]
		}
		out = append(out, group)
	}
	return out
}

// edges are the pairs of one meeting, surest first, then by record id.
func edges(sorted []*Told) []edge {
	var out []edge
	for i, a := range sorted {
		for j, b := range sorted[:i] {
			if a.ArticleID == b.ArticleID {
				continue
			}
			if v := Same(a, b); v.Same {
				out = append(out, edge{j, i, v.Score})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y edge) int { return cmp.Compare(y.score, x.score) })
	return out
}

// conflict tells whether any record of one group can never be one meeting with
// one of the other.
func conflict(sorted []*Told, a, b []int) bool {
	for _, i := range a {
		for _, j := range b {
			if sorted[i].ArticleID == sorted[j].ArticleID || apart(sorted[i], sorted[j]) != "" {
				return true
			}
		}
	}
	return false
}

func byID(a, b *Told) int { return cmp.Compare(a.Record.ID, b.Record.ID) }
