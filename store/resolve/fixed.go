package resolve

// labels are the events that groups of records are fixed to, by the group's home.
type labels map[int]string

// fix joins the records that are fixed to one event. sorted is in the order of
// the forests.
func fix(sorted []*Told, fixed map[string]string, forests ...*forest) labels {
	l, first := labels{}, map[string]int{}
	if len(fixed) == 0 {
		return l
	}
	for i, t := range sorted {
		event := fixed[t.Record.ID]
		if event == "" {
			continue
		}
		home, seen := first[event]
		if !seen {
			first[event], l[i] = i, event
			continue
		}
		for _, f := range forests {
			f.join(home, i)
		}
	}
	return l
}

// agree tells whether two groups, by their homes, are not fixed to two events.
func (l labels) agree(a, b int) bool { return l[a] == "" || l[b] == "" || l[a] == l[b] }

// join notes that two groups have become one.
func (l labels) join(a, b int) {
	if event := l[max(a, b)]; event != "" {
		l[min(a, b)] = event
	}
}

// passed tells whether member i of a group is passed over when record j is
// compared with the group.
func (t *table) passed(group []int, i, j int) bool {
	if !t.any {
		return false
	}
	best := t.best(group, j)
	return best >= 0 && best != i
}

// best is the fixed record of a group that record i is most like, of equals the first.
func (t *table) best(group []int, i int) int {
	best := -1
	for _, j := range group {
		if t.fixed[j] && (best < 0 || t.score(i, j) > t.score(i, best) || t.score(i, j) == t.score(i, best) && j < best) {
			best = j
		}
	}
	return best
}
