package sqlite

import (
	"context"
	"slices"

	"sukien/store/ingest"
)

// shelved is where a record is, and of which article.
type shelved struct {
	ingest.Place
	article string
}

// shelf keeps in memory where records are, by their numbers, and the records of
// parts. A part is there as a whole or not at all: what is resolved together is
// asked for first, and a part that a record comes into unasked is a new one,
// named by that record or another that came with it. Parts of more records than
// are resolved together are left on the disk.
type shelf struct {
	rows  map[int64]shelved
	parts map[string][]int64
	large map[string]bool
}

func newShelf() shelf {
	return shelf{rows: map[int64]shelved{}, parts: map[string][]int64{}, large: map[string]bool{}}
}

// put notes where a record is now, whether it is new, or was moved, or is what
// the disk says.
func (s *shelf) put(record int64, r shelved) {
	was, known := s.rows[record]
	s.rows[record] = r
	if known && was.Part != r.Part {
		s.leave(record, was.Part)
	}
}

// enter puts a record that is new, or was moved, into its part.
func (s *shelf) enter(record int64, part string) {
	if !s.large[part] && !slices.Contains(s.parts[part], record) {
		s.parts[part] = append(s.parts[part], record)
	}
}

func (s *shelf) leave(record int64, part string) {
	list, known := s.parts[part]
	if !known {
		return
	}
	if list = slices.DeleteFunc(list, func(r int64) bool { return r == record }); len(list) == 0 {
		delete(s.parts, part)
		return
	}
	s.parts[part] = list
}

func (s *shelf) drop(record int64) {
	if r, known := s.rows[record]; known {
		s.leave(record, r.Part)
		delete(s.rows, record)
	}
}

// placesOf gives the places of records by their numbers, in their order.
func (t *txn) placesOf(ctx context.Context, records []int64) ([]shelved, error) {
	s := &t.w.keys.shelf
	var unread []int64
	for _, r := range records {
		if _, ok := s.rows[r]; !ok {
			unread = append(unread, r)
		}
	}
	for some := range slices.Chunk(unread, 16*padding) {
		ids := padded(some)
		if _, err := t.shelve(ctx, `seq IN (`+marks(len(ids))+`)`, ids...); err != nil {
			return nil, err
		}
	}
	list := make([]shelved, len(records))
	for i, r := range records {
		list[i] = s.rows[r]
	}
	return list, nil
}

// shelve reads the places of the records that a condition names, and gives their
// numbers.
func (t *txn) shelve(ctx context.Context, cond string, args ...any) (records []int64, err error) {
	err = t.each(ctx, func(scan func(...any) error) error {
		var seq int64
		var r shelved
		if err := scan(&seq, &r.ID, &r.N, &r.Event, &r.Part, &r.article); err != nil {
			return err
		}
		t.w.keys.shelf.put(seq, r)
		records = append(records, seq)
		return nil
	}, `SELECT seq, id, n, event, part, article FROM record WHERE `+cond, args...)
	return records, err
}

// inParts gives the places of the records of parts, at most so many of each.
func (t *txn) inParts(ctx context.Context, parts []string, most int) (list []ingest.Place, err error) {
	k := &t.w.keys
	k.begin()
	for _, part := range parts {
		records, known := k.shelf.parts[part]
		if !known {
			if records, err = t.shelve(ctx, `part = ? LIMIT ?`, part, most); err != nil {
				return nil, err
			}
			if len(records) < most {
				k.shelf.parts[part] = records
			} else {
				k.shelf.large[part] = true
			}
		}
		for _, r := range records {
			list = append(list, k.shelf.rows[r].Place)
		}
	}
	return list, nil
}
