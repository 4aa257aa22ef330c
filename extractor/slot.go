package extractor

import "sukien/news"

// slotValue is a slot read by a rule.
type slotValue struct {
	slot     string
	from, to int
	rule     string
	value    string // a fixed value
}

// fillSlots gives the slots that rules found to the meetings they were said of.
func (d *document) fillSlots() {
	for i := range d.links {
		l := &d.links[i]
		if l.Rule.Emit != d.x.sym.slot {
			continue
		}
		m := d.meetingOf(l)
		if m < 0 {
			m = d.nearest(l.From)
		}
		if m < 0 {
			continue
		}
		cl := &d.clusters[d.mentions[m].cluster]
		for _, c := range l.Caps() {
			name := d.x.set.Name(c.Name)
			if name == "m" || name == "p" {
				continue
			}
			cl.slots = append(cl.slots, slotValue{name, c.From, c.To, l.Rule.ID, l.Rule.Set[name]})
		}
	}
}

// nearest gives the mention that words at token i are said of: the last one
// before in the sentence, the first one after, or the last before at all.
func (d *document) nearest(i int) int {
	s := d.sentence(i)
	before, after, any := -1, -1, -1
	for k := range d.mentions {
		m := &d.mentions[k]
		switch {
		case m.sent == s && m.from <= i && (before < 0 || !m.aside):
			before = k
		case m.sent == s && m.from > i && after < 0:
			after = k
		case m.sent < s && !m.aside:
			any = k
		}
	}
	switch {
	case before >= 0:
		return before
	case after >= 0:
		return after
	}
	return any
}

// slot gives the first value of a slot.
func (cl *cluster) slot(name string) (slotValue, bool) {
	for _, v := range cl.slots {
		if v.slot == name {
			return v, true
		}
	}
	return slotValue{}, false
}

var _ news.Kind
