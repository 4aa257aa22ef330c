package resolve

import (
	"cmp"
	"math"
	"slices"

	"sukien/news"
)

// Table has the scores of pairs of records: those that an index would bring
// together (what it would not must not be joined either, or the order of arrival
// would decide) from the beginning, the others once they are asked for, so that a
// part of many meetings that have little to do with each other is not compared
// all with all. It is not written to once GroupFixed has given it.
type Table struct {
	records []*Told
	main    []bool    // by record
	scores  []float64 // of the pairs, see at; NaN for one that was not asked for
	edges   []edge    // the pairs of one meeting, surest first, then by record id
}

// edge is a pair of records of one meeting.
type edge struct {
	a, b  int
	score float64
}

// Size is the number of pairs.
func (t *Table) Size() int { return len(t.scores) }

// newTable compares the sorted records, apart from pairs that a known table has.
func newTable(sorted []*Told, known []*Table) *Table {
	n := len(sorted)
	t := &Table{records: sorted, main: make([]bool, n), scores: make([]float64, n*(n-1)/2)}
	for i := range t.scores {
		t.scores[i] = math.NaN()
	}
	home := t.recall(known)
	for i, a := range sorted {
		t.main[i] = a.Record.Salience == news.Main
		for j, b := range sorted[:i] {
			if (home[i] == 0 || home[i] != home[j]) && meets(a.probes, b.keys) {
				t.join(j, i)
			}
		}
	}
	slices.SortFunc(t.edges, func(x, y edge) int { return cmp.Or(cmp.Compare(y.score, x.score), x.b-y.b, x.a-y.a) })
	return t
}

// recall takes over what known tables have of the records, and gives for each
// record the number from 1 of the table that it was in, 0 for none.
func (t *Table) recall(known []*Table) []int {
	home := make([]int, len(t.records))
	if len(known) == 0 {
		return home
	}
	place := make(map[*Told]int, len(t.records))
	for i, r := range t.records {
		place[r] = i
	}
	for k, old := range known {
		was := make([]int, len(old.records)) // place here, -1 for one that is gone or of another table
		for i, r := range old.records {
			was[i] = -1
			if j, ok := place[r]; ok && home[j] == 0 {
				was[i], home[j] = j, k+1
			}
		}
		t.take(old, was)
	}
	return home
}

// take copies the scores of an old table's pairs whose records are here.
func (t *Table) take(old *Table, was []int) {
	for b, j := range was {
		if j < 0 {
			continue
		}
		for a, i := range was[:b] {
			if i >= 0 {
				t.scores[at(i, j)] = old.scores[at(a, b)]
			}
		}
	}
	for _, e := range old.edges {
		if was[e.a] >= 0 && was[e.b] >= 0 {
			t.edges = append(t.edges, edge{was[e.a], was[e.b], e.score})
		}
	}
}

// at is the place of a pair, a before b.
func at(a, b int) int { return b*(b-1)/2 + a }

// join compares a pair, a before b, and notes when it is of one meeting.
func (t *Table) join(a, b int) {
	v := Same(t.records[b], t.records[a])
	t.scores[at(a, b)] = v.Score
	if v.Same {
		t.edges = append(t.edges, edge{a, b, v.Score})
	}
}

func (t *Table) score(a, b int) float64 {
	a, b = min(a, b), max(a, b)
	s := &t.scores[at(a, b)]
	if math.IsNaN(*s) {
		*s = Same(t.records[b], t.records[a]).Score
	}
	return *s
}

// mentionWeight is how much a pair counts beside one of main records: what an
// article mentions in passing it tells loosely.
const mentionWeight = 0.3

// mean is the mean score between two groups, of the pairs that say something. A
// pair that can never be one meeting makes it Never.
func (t *Table) mean(a, b []int) float64 {
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
