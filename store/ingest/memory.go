package ingest

import (
	"sync"

	"sukien/store/resolve"
)

// generation is the number of records of each of the two generations of memory:
// with about 2 KB a record some 50 MB in all.
const generation = 12288

// Memory keeps the records that were compared lately, prepared: news of one
// meeting comes within days, and to prepare a record takes longer than to
// compare it. When the young generation is full the old one is forgotten. The
// zero Memory is empty; it is safe for concurrent use.
type Memory struct {
	mu         sync.Mutex
	young, old map[string]memo
}

// memo is a record and the version of it that was read.
type memo struct {
	version int64
	told    resolve.Told
}

// get gives a record of its own for the caller, nil when that version is not known.
func (m *Memory) get(p Place) *resolve.Told {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, young := m.young[p.ID]
	if !young {
		var ok bool
		if e, ok = m.old[p.ID]; !ok {
			return nil
		}
		m.keep(p.ID, e)
	}
	if e.version != p.Version {
		return nil
	}
	return &e.told
}

func (m *Memory) put(p Place, t *resolve.Told) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(p.ID, memo{p.Version, *t})
}

func (m *Memory) keep(id string, e memo) {
	if len(m.young) >= generation {
		m.old, m.young = m.young, nil
	}
	if m.young == nil {
		m.young = make(map[string]memo, generation)
	}
	m.young[id] = e
}

// Clear forgets all: to be called when a transaction that used it was rolled back.
func (m *Memory) Clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.young, m.old = nil, nil
}

func (m *Memory) drop(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.young, id)
	delete(m.old, id)
}
