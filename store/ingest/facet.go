package ingest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/viet"
)

// Until is the last day of the event, as far as it is known.
func (e Event) Until() news.Date { return cmp.Or(e.End, e.Start) }

// LastRevision is the history entry of the event's revision as JSON.
func (e Event) LastRevision() string {
	if len(e.History) == 0 {
		return "{}"
	}
	data, err := json.Marshal(e.History[len(e.History)-1])
	if err != nil {
		return "{}"
	}
	return string(data)
}

// Facet is a value that an event is found by, beside its own columns: place and
// official without diacritics, country, source; codes, country and the id of an
// official, in capitals.
type Facet struct{ Name, Value string }

// Facets are the event's facets, each once.
func (e Event) Facets() []Facet { return once(append(slotFacets(e.Event), sourceFacets(e.Event)...)) }

// slotFacets are those of an event's slots.
func slotFacets(e *news.Event) (list []Facet) {
	for _, p := range e.Places {
		list = append(list, Facet{"place", viet.Fold(p.Name)}, Facet{"place", viet.Fold(p.AsWritten)}, Facet{"country", p.Country})
	}
	for _, o := range e.Officials {
		list = append(list, Facet{"official", viet.Fold(o.Name)}, Facet{"person", strings.ToUpper(o.ID)})
	}
	return list
}

// sourceFacets are those of its records.
func sourceFacets(e *news.Event) (list []Facet) {
	for _, r := range e.Records {
		list = append(list, Facet{"source", r.Source})
	}
	return list
}

func once(list []Facet) []Facet {
	list = slices.DeleteFunc(list, func(f Facet) bool { return f.Value == "" })
	slices.SortFunc(list, func(a, b Facet) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
	})
	return slices.Compact(list)
}

// NewFacets are the facets that the event has and what is stored of it has not,
// and the other way round. Most often another article tells the same once more,
// and only its source is new.
func (e Event) NewFacets() (more, less []Facet) {
	if e.Before == nil {
		return e.Facets(), nil
	}
	now, old := sourceFacets(e.Event), sourceFacets(e.Before)
	if !slices.Equal(e.Places, e.Before.Places) || !slices.Equal(e.Officials, e.Before.Officials) {
		now, old = append(now, slotFacets(e.Event)...), append(old, slotFacets(e.Before)...)
	}
	now, old = once(now), once(old)
	without := func(list, other []Facet) []Facet {
		return slices.DeleteFunc(slices.Clone(list), func(f Facet) bool { return slices.Contains(other, f) })
	}
	return without(now, old), without(old, now)
}

// NewWords tells whether a full text search finds the event by other words than
// what is stored of it.
func (e Event) NewWords() bool { return e.Before == nil || Event{Event: e.Before}.Words() != e.Words() }

// Words are what a full text search of events looks through.
func (e Event) Words() string {
	parts := []string{e.Name, e.Abbreviation, e.Theme}
	for _, p := range e.Places {
		parts = append(parts, p.Name, p.AsWritten)
	}
	for _, o := range e.Organizers {
		parts = append(parts, o.Name)
	}
	for _, o := range e.Officials {
		parts = append(parts, o.Name, o.Title, o.Org)
	}
	return strings.Join(parts, "\n")
}
