package crawlertest

import (
	"container/heap"
	"slices"
)

// urgent orders links that are due.
func urgent(a, b *entry) bool {
	if a.Priority != b.Priority {
		return a.Priority > b.Priority
	}
	return sooner(a, b)
}

// sooner orders links by when they are due; the URL makes the order total.
func sooner(a, b *entry) bool {
	if !a.Due.Equal(b.Due) {
		return a.Due.Before(b.Due)
	}
	return a.URL < b.URL
}

// queue is a heap of entries that know their places.
type queue struct {
	items []*entry
	less  func(a, b *entry) bool
}

// Len is of heap.Interface.
func (q *queue) Len() int { return len(q.items) }

// Less is of heap.Interface.
func (q *queue) Less(i, j int) bool { return q.less(q.items[i], q.items[j]) }

// Swap is of heap.Interface.
func (q *queue) Swap(i, j int) {
	q.items[i], q.items[j] = q.items[j], q.items[i]
	q.items[i].index, q.items[j].index = i, j
}

// Push is of heap.Interface.
func (q *queue) Push(x any) { q.items = append(q.items, x.(*entry)) }

// Pop is of heap.Interface.
func (q *queue) Pop() any {
	last := len(q.items) - 1
	e := q.items[last]
	q.items[last] = nil
	q.items = q.items[:last]
	return e
}

func (q *queue) push(e *entry) {
	e.queue, e.index = q, len(q.items)
	heap.Push(q, e)
}

func (q *queue) remove(e *entry) {
	heap.Remove(q, e.index)
	e.queue = nil
}

// first are the n first entries in order, which stay.
func (q *queue) first(n int) []*entry {
	var out []*entry
	for len(out) < n && len(q.items) > 0 {
		e := q.items[0]
		q.remove(e)
		out = append(out, e)
	}
	for _, e := range slices.Clone(out) {
		q.push(e)
	}
	return out
}
