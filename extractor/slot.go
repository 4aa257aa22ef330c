package extractor

import (
	"slices"

	"sukien/extractor/place"
)

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
		switch {
		case m >= 0:
		case l.Rule.Set["reach"] == "name":
			m = d.wordsOf(l.From)
		default:
			m = d.nearest(l.From)
		}
		if m < 0 || l.Rule.Set["reach"] == "sentence" && d.mentions[m].sent != d.sentence(l.From) {
			continue
		}
		cl := &d.clusters[d.mentions[m].cluster]
		for c := range l.Caps() {
			name := d.x.set.Name(c.Name)
			if name == "m" || name == "p" || c.From >= c.To || name == "organizer" && d.inVenue(c.From, c.To) {
				continue
			}
			cl.slots = append(cl.slots, slotValue{name, c.From, c.To, l.Rule.ID, l.Rule.Set[name]})
		}
	}
}

// inVenue tells whether tokens from to to are but a part of a place: the
// Assembly in "tại Nhà Quốc hội" holds nothing there.
func (d *document) inVenue(from, to int) bool {
	k, _ := slices.BinarySearchFunc(d.places, to, func(p place.Mention, at int) int { return p.From - at })
	return k > 0 && d.places[k-1].To >= to && d.places[k-1].From < from
}

// wordsOf is the mention whose words token i is one of, -1 when there is none.
func (d *document) wordsOf(i int) int {
	return slices.IndexFunc(d.mentions, func(m mention) bool { return i >= m.from && i < m.to })
}

// nearest gives the mention that words at token i are said of: the last one
// before in the sentence, the first one after, or of those before the one of the
// meeting that is named most.
func (d *document) nearest(i int) int {
	s := d.sentence(i)
	before, after, any := -1, -1, -1
	for k := range d.mentions {
		m := &d.mentions[k]
		only := d.onlyNamed(k)
		switch {
		case m.sent == s && m.from <= i && (before < 0 || !only):
			before = k
		case m.sent == s && m.from > i && (after < 0 || d.onlyNamed(after) && !only):
			after = k
		case m.sent < s && !only && (any < 0 || d.weight(k) > d.weight(any)):
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

// weight is how often the meeting of a mention is named.
func (d *document) weight(k int) int { return len(d.clusters[d.mentions[k].cluster].mentions) }

// onlyNamed tells whether a mention only refers to its meeting.
func (d *document) onlyNamed(k int) bool { return d.mentions[k].aside || d.mentions[k].veto < 0 }

// slot gives the first value of a slot.
func (cl *cluster) slot(name string) (slotValue, bool) {
	for _, v := range cl.slots {
		if v.slot == name {
			return v, true
		}
	}
	return slotValue{}, false
}
