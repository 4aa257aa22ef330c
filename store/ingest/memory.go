package ingest

import (
	"sync"

	"sukien/store/recent"
	"sukien/store/resolve"
)

// The bounds of what a Memory keeps of records and of pairs of them, each once
// more while it is the older half: with about 3 KB a record and 8 bytes a pair
// some 100 MB in all.
const (
	maxKept  = 16384
	maxPairs = 500_000
)

// Memory is what all runs over one store share. It keeps the records that were
// compared lately, prepared, and their scores: news of one meeting comes within
// days, and to prepare a record takes longer than to compare it. It is safe for
// concurrent use.
type Memory struct {
	// People knows who held which office, nil for nobody. It is set before the
	// first run.
	People *resolve.Authority

	mu      sync.Mutex
	records recent.Map[string, memo]
	tables  recent.Map[string, *resolve.Table] // by part
}

// memo is a record and the version of it that was read.
type memo struct {
	version int64
	told    *resolve.Told
}

// NewMemory gives an empty one.
func NewMemory() *Memory {
	return &Memory{records: recent.Map[string, memo]{Most: maxKept}, tables: recent.Map[string, *resolve.Table]{Most: maxPairs, Size: (*resolve.Table).Size}}
}

// get gives the records at places, nil for each whose version is not known. They
// are shared: nobody writes to them.
func (m *Memory) get(places []Place) []*resolve.Told {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := make([]*resolve.Told, len(places))
	for i, p := range places {
		if e, ok := m.records.Get(p.ID); ok && e.version == p.Version {
			list[i] = e.told
		}
	}
	return list
}

// put keeps a record, settled.
func (m *Memory) put(p Place, t *resolve.Told) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records.Put(p.ID, memo{p.Version, t})
}

func (m *Memory) drop(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records.Drop(id)
}

// tablesOf gives the tables of the parts that have one.
func (m *Memory) tablesOf(parts []string) (list []*resolve.Table) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range parts {
		if t, ok := m.tables.Get(p); ok {
			list = append(list, t)
		}
	}
	return list
}

// putTable keeps the table that parts were grouped by.
func (m *Memory) putTable(parts []string, t *resolve.Table) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range parts {
		m.tables.Put(p, t)
	}
}

// Clear forgets all: to be called when a transaction that used it was rolled back.
func (m *Memory) Clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records.Clear()
	m.tables.Clear()
}
