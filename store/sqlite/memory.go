package sqlite

import "sukien/store/resolve"

// generation is the number of records of each of the two generations of memory:
// with about 2 KB a record some 16 MB in all.
const generation = 4096

// memory keeps the records that were compared lately, prepared: news of one
// meeting comes within days, and to prepare a record takes longer than to
// compare it. When the young generation is full the old one is forgotten. Only
// the writer uses it.
type memory struct{ young, old map[string]*resolve.Told }

func (m *memory) get(id string) *resolve.Told {
	if t := m.young[id]; t != nil {
		return t
	}
	t := m.old[id]
	if t != nil {
		m.put(id, t)
	}
	return t
}

func (m *memory) put(id string, t *resolve.Told) {
	if len(m.young) >= generation {
		m.old, m.young = m.young, nil
	}
	if m.young == nil {
		m.young = make(map[string]*resolve.Told, generation)
	}
	m.young[id] = t
}

func (m *memory) drop(id string) {
	delete(m.young, id)
	delete(m.old, id)
}
