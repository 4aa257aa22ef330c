package resolve

import (
	"cmp"
	"slices"

	"sukien/news"
)

// Meeting is the records of one meeting, sorted by id.
type Meeting struct {
	Records []*Told
	// Part names all records that are joined by Same over any number of steps: the
	// id of the first. What is in one part has to be grouped together, and
	// nothing outside of it has a say.
	Part string
}

// doubt is how far below 0 the mean score between two groups may be when a pair
// of them is of one meeting: reports differ in what they tell.
const doubt = -0.6

// mentionWeight is how much a pair counts beside one of main records: what an
// article mentions in passing it tells loosely.
const mentionWeight = 0.3

// Group parts prepared records into meetings: pairs that Same holds for are
// joined, the surest first, unless two records of the groups can never be one
// meeting or the groups on the whole speak against it. The result does not
// depend on the order of the records; meetings are sorted by their first record.
func Group(records []*Told) []Meeting {
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, byID)
	t := score(sorted)
	parts, meetings := newForest(len(sorted)), newForest(len(sorted))
	for _, e := range t.edges {
		parts.join(e.a, e.b)
		a, b := meetings.home[e.a], meetings.home[e.b]
		if a != b && t.mean(meetings.members[a], meetings.members[b]) >= doubt {
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

// edge is a pair of records of one meeting.
type edge struct {
	a, b  int
	score float64
}

// table has the score of every pair.
type table struct {
	n      int
	scores []float32
	edges  []edge // the pairs of one meeting, surest first, then by record id
	main   []bool // by record
}

func score(sorted []*Told) *table {
	n := len(sorted)
	t := &table{n: n, scores: make([]float32, n*n), main: make([]bool, n)}
	for i, a := range sorted {
		t.main[i] = a.Record.Salience == news.Main
		for j, b := range sorted[:i] {
			v := Same(a, b)
			t.scores[i*n+j], t.scores[j*n+i] = float32(v.Score), float32(v.Score)
			if v.Same && findable(a, b) {
				t.edges = append(t.edges, edge{j, i, v.Score})
			}
		}
	}
	slices.SortStableFunc(t.edges, func(x, y edge) int { return cmp.Compare(y.score, x.score) })
	return t
}

// mean is the mean score between two groups, of the pairs that say something.
// A pair that can never be one meeting
// makes it Never.
func (t *table) mean(a, b []int) float64 {
	sum, n := 0.0, 0.0
	for _, i := range a {
		for _, j := range b {
			s, weight := float64(t.scores[i*t.n+j]), 1.0
			if !t.main[i] || !t.main[j] {
				weight = mentionWeight
			}
			switch {
			case s == Never:
				return Never
			case s != 0:
				sum, n = sum+weight*s, n+weight
			}
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
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

func byID(a, b *Told) int { return cmp.Compare(a.Record.ID, b.Record.ID) }
