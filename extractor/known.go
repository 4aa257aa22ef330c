package extractor

import (
	"slices"
	"strings"

	"sukien/news/viet"
)

// known finds the one meeting told of so far that is called as mention i is
// and that the mention speaks of as known, naming nobody else: "… hội đàm với
// người đồng cấp Lào. Tại cuộc hội đàm với Bộ trưởng X".
func (d *document) known(i int) int {
	m := &d.mentions[i]
	if !m.definite || m.introduced || m.verb || m.aside || m.from < d.rd.TitleEnd || m.ordinal > 0 {
		return -1
	}
	found := -1
	for c := range d.clusters {
		cl := &d.clusters[c]
		if cl.kind != m.kind || d.headKey(cl.best) != d.headKey(i) || d.allAside(c) || cl.ordinal > 1 && d.isFirst(m) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = c
	}
	if found >= 0 && d.namesOther(d.clusters[found].best, i) {
		return -1
	}
	return found
}

// namesOther tells whether both mentions name people, and not one in common.
func (d *document) namesOther(a, b int) bool {
	pa, pb := d.peopleIn(&d.mentions[a]), d.peopleIn(&d.mentions[b])
	if len(pa) == 0 || len(pb) == 0 {
		return false
	}
	return !slices.ContainsFunc(pa, func(p string) bool {
		return slices.ContainsFunc(pb, func(q string) bool { return sameName(p, q) })
	})
}

// sameName tells whether two names may be of one person: one holds the other,
// or they end alike: "Donald Trump", "Trump".
func sameName(a, b string) bool {
	return alike(a, b) || a[strings.LastIndexByte(a, ' ')+1:] == b[strings.LastIndexByte(b, ' ')+1:]
}

// peopleIn are the keys of the names of people within a mention.
func (d *document) peopleIn(m *mention) []string {
	var out []string
	for t := m.from; t < m.to; t++ {
		if p := d.personAt[t]; p > 0 && d.people[p-1].Name != "" {
			out = append(out, viet.Key(d.people[p-1].Name))
		}
	}
	return out
}
