// Package recent keeps what was used lately, within a bound.
package recent

// Map keeps values by key in two generations: when those of the young one have
// Most together, the old one is forgotten. What is asked for moves into the
// young one. It costs a map's look-up and nothing beside; the zero Map with a
// Most is empty. It is not safe for concurrent use.
type Map[K comparable, V any] struct {
	// Most bounds the sizes of a generation's values: twice as much is kept.
	Most int
	// Size is a value's, nil for 1.
	Size func(V) int

	young, old map[K]V
	size       int // of young
}

// Get gives the value of a key.
func (m *Map[K, V]) Get(key K) (v V, ok bool) {
	if v, ok = m.young[key]; ok {
		return v, true
	}
	if v, ok = m.old[key]; ok {
		m.Put(key, v)
	}
	return v, ok
}

// Put keeps a value, in the place of what was there.
func (m *Map[K, V]) Put(key K, v V) {
	m.drop(key)
	if m.size >= m.Most {
		m.old, m.young, m.size = m.young, nil, 0
	}
	if m.young == nil {
		m.young = map[K]V{}
	}
	m.young[key] = v
	m.size += m.sizeOf(v)
}

func (m *Map[K, V]) sizeOf(v V) int {
	if m.Size == nil {
		return 1
	}
	return m.Size(v)
}

// drop takes a key out of the young generation.
func (m *Map[K, V]) drop(key K) {
	if v, ok := m.young[key]; ok {
		m.size -= m.sizeOf(v)
		delete(m.young, key)
	}
}

// Drop forgets a key.
func (m *Map[K, V]) Drop(key K) {
	m.drop(key)
	delete(m.old, key)
}

// Clear forgets all.
func (m *Map[K, V]) Clear() { m.young, m.old, m.size = nil, nil, 0 }
