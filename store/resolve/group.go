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

// doubt is how far below 0 the mean score between two groups may be when a pair
// of them is of one meeting: reports differ in what they tell.
const doubt = -0.6

// Group parts prepared records into meetings: pairs that Same holds for are
// joined, the surest first, unless two records of the groups can never be one
// meeting or the groups on the whole speak against it. The result does not
// depend on the order of the records; meetings are sorted by their first record.
func Group(records []*Told) []Meeting {
	list, _ := GroupFixed(records, nil, nil)
	return list
}

// GroupFixed is Group where fixed says of record ids which event an analyst has
// put them into: records of one are together whatever else speaks against it,
// those of two never. Other records go where they would go by themselves, so
// that what was put together draws in no more than its parts did.
//
// known are tables that earlier calls gave: of two records that are in one of
// them the comparison is not made again. The result is the same without.
func GroupFixed(records []*Told, fixed map[string]string, known []*Table) ([]Meeting, *Table) {
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, byID)
	t := newTable(sorted, known)
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
	return out, t
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
