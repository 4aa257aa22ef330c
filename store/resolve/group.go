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
func Group(records []*Told) []Meeting { return GroupFixed(records, nil) }

// GroupFixed is Group where fixed says of record ids which event an analyst has
// put them into: records of one are together whatever else speaks against it,
// those of two never. Other records go where they would go by themselves, so
// that what was put together draws in no more than its parts did.
func GroupFixed(records []*Told, fixed map[string]string) []Meeting {
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, byID)
	t := score(sorted)
	parts, meetings := newForest(len(sorted)), newForest(len(sorted))
	labels := labelled(sorted, fixed)
	for _, e := range t.edges {
		parts.join(e.a, e.b)
		a, b := meetings.home[e.a], meetings.home[e.b]
		if a != b && labels.agree(a, b) && t.mean(meetings.members[a], meetings.members[b]) >= doubt {
			meetings.join(e.a, e.b)
			labels.join(a, b)
		}
	}
	labels.unite(meetings, parts)
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

// table has the scores of pairs: those that an index would bring together (what
// it would not must not be joined either, or the order of arrival would decide)
// from the beginning, the others once they are asked for, so that a part of many
// meetings that have little to do with each other is not compared all with all.
type table struct {
	records []*Told
	scores  map[[2]int]float64
	edges   []edge // the pairs of one meeting, surest first, then by record id
	main    []bool // by record
}

func score(sorted []*Told) *table {
	t := &table{records: sorted, scores: map[[2]int]float64{}, main: make([]bool, len(sorted))}
	stored := map[string][]int{}
	for i, a := range sorted {
		t.main[i] = a.Record.Salience == news.Main
		for _, p := range a.probe {
			for _, j := range stored[p] {
				t.meet(j, i)
			}
		}
		for _, k := range a.key {
			stored[k] = append(stored[k], i)
		}
	}
	slices.SortFunc(t.edges, func(x, y edge) int { return cmp.Or(cmp.Compare(y.score, x.score), x.b-y.b, x.a-y.a) })
	return t
}

// meet compares a pair, a before b, and notes when it is of one meeting.
func (t *table) meet(a, b int) {
	if _, ok := t.scores[[2]int{a, b}]; ok {
		return
	}
	v := Same(t.records[b], t.records[a])
	t.scores[[2]int{a, b}] = v.Score
	if v.Same {
		t.edges = append(t.edges, edge{a, b, v.Score})
	}
}

func (t *table) score(a, b int) float64 {
	pair := [2]int{min(a, b), max(a, b)}
	s, ok := t.scores[pair]
	if !ok {
		s = Same(t.records[pair[1]], t.records[pair[0]]).Score
		t.scores[pair] = s
	}
	return s
}

// mean is the mean score between two groups, of the pairs that say something. A
// pair that can never be one meeting makes it Never.
func (t *table) mean(a, b []int) float64 {
	sum, n := 0.0, 0.0
	for _, i := range a {
		for _, j := range b {
			s, weight := t.score(i, j), 1.0
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
