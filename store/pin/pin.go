// Package pin is what an analyst fixes of an event: slots that are set or
// cleared, people, places and bodies added or taken away. It is pure: what is
// written is read and checked (edit.go, slot.go), and applied to what the
// articles say (apply.go).
package pin

import (
	"encoding/json"
	"maps"
	"slices"

	"sukien/news"
	"sukien/news/viet"
)

// Pins are the slots that an analyst has fixed. The zero Pins fix nothing.
type Pins struct {
	// Set has a slot's value as JSON by the slot's name; null clears it.
	Set map[string]json.RawMessage `json:"set,omitempty"`
	// Lists are the changes to list slots that otherwise stay the articles'.
	Lists map[string]Change `json:"lists,omitempty"`
}

// Change adds items to a list slot and takes others away, by their names
// without diacritics or case.
type Change struct {
	Add    []json.RawMessage `json:"add,omitempty"`
	Remove []string          `json:"remove,omitempty"`
}

// The operations of an Edit.
const (
	Set    = "="
	Add    = "+="
	Remove = "-="
)

// Edit changes one slot.
type Edit struct {
	Slot, Op string
	// Value is the slot's value as JSON, null to clear it; of Add one item of the
	// list, of Remove its name.
	Value json.RawMessage
}

// Slots are the names of the slots that are fixed, sorted.
func (p Pins) Slots() []string {
	set := map[string]bool{}
	for s := range p.Set {
		set[s] = true
	}
	for s := range p.Lists {
		set[s] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// With gives the pins after further edits; p stays as it is.
func (p Pins) With(edits []Edit) Pins {
	out := Pins{Set: maps.Clone(p.Set), Lists: maps.Clone(p.Lists)}
	if out.Set == nil {
		out.Set = map[string]json.RawMessage{}
	}
	if out.Lists == nil {
		out.Lists = map[string]Change{}
	}
	for _, e := range edits {
		if e.Op == Set {
			out.Set[e.Slot] = e.Value
			delete(out.Lists, e.Slot)
			continue
		}
		out.Lists[e.Slot] = out.Lists[e.Slot].with(e)
	}
	return out
}

// with gives the change after one more addition or removal: the later of two of
// one name holds.
func (c Change) with(e Edit) Change {
	name := nameOf(e)
	add := slices.DeleteFunc(slices.Clone(c.Add), func(item json.RawMessage) bool { return nameOf(Edit{Value: item}) == name })
	remove := slices.DeleteFunc(slices.Clone(c.Remove), func(n string) bool { return n == name })
	if e.Op == Add {
		return Change{append(add, e.Value), remove}
	}
	return Change{add, append(remove, name)}
}

// nameOf is the folded name of an item or of what a Remove names.
func nameOf(e Edit) string {
	var name string
	if json.Unmarshal(e.Value, &name) != nil {
		var item struct{ Name string }
		if json.Unmarshal(e.Value, &item) == nil {
			name = item.Name
		}
	}
	return viet.Fold(name)
}

// loose are the slots that an analyst who confirms an event leaves to the
// articles: its life goes on.
var loose = []string{"salience", "status", "confidence", "evidence"}

// Confirm are the edits that keep what an event says: single slots as they are;
// of lists what they have, so that more can be learnt.
func Confirm(s news.Slots) ([]Edit, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return nil, err
	}
	var edits []Edit
	for _, slot := range slices.Sorted(maps.Keys(values)) {
		switch {
		case slices.Contains(loose, slot):
		case slices.Contains(listSlots, slot):
			var items []json.RawMessage
			if err := json.Unmarshal(values[slot], &items); err != nil {
				return nil, err
			}
			for _, item := range items {
				edits = append(edits, Edit{slot, Add, item})
			}
		default:
			edits = append(edits, Edit{slot, Set, values[slot]})
		}
	}
	return edits, nil
}

// Empty tells whether nothing is fixed.
func (p Pins) Empty() bool { return len(p.Set)+len(p.Lists) == 0 }
