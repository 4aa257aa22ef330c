package resolve

import (
	"maps"
	"slices"
)

// labels are the events that groups of records are fixed to, by the group's home.
type labels map[int]string

// labelled are the labels of single records.
func labelled(sorted []*Told, fixed map[string]string) labels {
	l := labels{}
	if len(fixed) == 0 {
		return l
	}
	for i, t := range sorted {
		if event := fixed[t.Record.ID]; event != "" {
			l[i] = event
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
		delete(l, max(a, b))
	}
}

// unite joins the groups that are fixed to one event, and the parts they are in.
func (l labels) unite(meetings, parts *forest) {
	first := map[string]int{}
	for _, home := range slices.Sorted(maps.Keys(l)) {
		i, seen := first[l[home]]
		if !seen {
			first[l[home]] = home
			continue
		}
		meetings.join(i, home)
		parts.join(i, home)
	}
}
