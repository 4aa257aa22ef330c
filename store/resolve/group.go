package resolve

import (
	"cmp"
	"slices"
)

// Meeting is the records of one meeting, sorted by id.
type Meeting struct {
	Records []*Told
	// Part names all records that are joined by Same over any number of steps: the
	// id of the first. What is in one part has to be grouped together, and
	// nothing outside of it has a say.
	Part string
}

// edge is a pair of records of one meeting.
type edge struct {
	a, b  int
	score float64
}

// Group parts prepared records into meetings: pairs that Same holds for are
// joined, the surest first, unless any two records of the joined meeting can
// never be one. The result does not depend on the order of the records;
// meetings are sorted by their first record.
func Group(records []*Told) []Meeting {
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, byID)
	edges := edges(sorted)
	parts, meetings := newForest(len(sorted)), newForest(len(sorted))
	for _, e := range edges {
		parts.join(e.a, e.b)
		a, b := meetings.home[e.a], meetings.home[e.b]
		if a != b && !conflict(sorted, meetings.members[a], meetings.members[b]) {
			meetings.join(e.a, e.b)
		}
	}
	var out []Meeting
	for i, members := range meetings.members {
		if len(members) == 0 {
			continue
		}
		slices.Sort(members)
		m := Meeting{Part: sorted[parts.home[i]].Record.ID}
		for _, k := range members {
			m.Records = append(m.Records, sorted[k])
		}
		out = append(out, m)
	}
	return out
}

// forest is disjoint sets of 0…n-1, each at home with its least member.
type forest struct {
	home    []int
	members [][]int
}

func newForest(n int) *forest {
	f := &forest{home: make([]int, n), members: make([][]int, n)}
	for i := range n {
		f.home[i], f.members[i] = i, []int{i}
	}
	return f
}

func (f *forest) join(i, j int) {
	a, b := f.home[i], f.home[j]
	if a == b {
		return
	}
	a, b = min(a, b), max(a, b)
	for _, m := range f.members[b] {
		f.home[m] = a
	}
	f.members[a], f.members[b] = append(f.members[a], f.members[b]...), nil
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
