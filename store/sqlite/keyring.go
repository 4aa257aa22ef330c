package sqlite

import (
	"context"
	"slices"
)

// The bounds of a keyring.
const (
	maxPostings = 1_000_000 // in all, of some 40 bytes each
	maxRows     = 150_000   // their records, of some 250 bytes each
	maxSpan     = 250_000   // of one span
	fewPostings = 512       // of a span that is read when it is first looked into
	askedOften  = 4096      // keys that are asked of the disk before their span is read
)

// keyring keeps in memory under which keys records are filed, in the spans of
// time that are looked into most: news of today is compared with that of these
// days, and to ask SQLite for fifty keys takes longer than all of the comparing.
// It is right because one process alone writes the store, through insertKeys,
// Insert, Move and Forget; after a rollback it is forgotten. A span, which is the
// high bits of its keys, is there as a whole or not at all.
type keyring struct {
	spans    map[int64]*span
	first    map[int64]int32 // key → posting, from 1
	postings []posting
	shelf    shelf // the records
}

// span is what is known of the keys of one sort and time.
type span struct {
	whole bool // all of its keys are here
	asked int  // keys that were asked of the disk
}

// posting is a record under a key and the posting before, 0 for none.
type posting struct {
	record int64
	before int32
}

func (k *keyring) reset() { *k = keyring{} }

func (k *keyring) begin() {
	if k.spans == nil {
		*k = keyring{spans: map[int64]*span{}, first: map[int64]int32{}, shelf: newShelf()}
	}
}

// hang files a record under the keys of spans that are here.
func (k *keyring) hang(record int64, keys []int64) {
	for _, key := range keys {
		if s := k.spans[key>>wordBits]; s != nil && s.whole {
			k.put(key, record)
		}
	}
}

func (k *keyring) put(key, record int64) {
	k.postings = append(k.postings, posting{record, k.first[key]})
	k.first[key] = int32(len(k.postings))
}

// take takes a record from under its keys.
func (k *keyring) take(record int64, keys []int64) {
	k.shelf.drop(record)
	for _, key := range keys {
		last := int32(0)
		for at := k.first[key]; at != 0; at = k.postings[at-1].before {
			p := &k.postings[at-1]
			switch {
			case p.record != record:
				last = at
			case last == 0:
				k.first[key] = p.before
			default:
				k.postings[last-1].before = p.before
			}
		}
	}
}

// filedUnder gives the records under any of the keys, sorted; each as often as
// it has one of them.
func (t *txn) filedUnder(ctx context.Context, keys []int64) ([]int64, error) {
	k := &t.w.keys
	k.begin()
	if len(k.postings) > maxPostings || len(k.shelf.rows) > maxRows {
		k.reset()
		k.begin()
	}
	var found, ask []int64
	for _, key := range keys {
		s, err := t.span(ctx, key>>wordBits)
		if err != nil {
			return nil, err
		}
		if !s.whole {
			s.asked++
			ask = append(ask, key)
			continue
		}
		for at := k.first[key]; at != 0; at = k.postings[at-1].before {
			found = append(found, k.postings[at-1].record)
		}
	}
	if len(ask) > 0 {
		ids := padded(ask)
		err := t.each(ctx, func(scan func(...any) error) error {
			var record int64
			err := scan(&record)
			found = append(found, record)
			return err
		}, `SELECT record FROM record_key WHERE key IN (`+marks(len(ids))+`)`, ids...)
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(found)
	return found, nil
}

// span gives what is known of a span, which is read when it is looked into for
// the first time and has little, or often.
func (t *txn) span(ctx context.Context, n int64) (*span, error) {
	k := &t.w.keys
	s := k.spans[n]
	switch {
	case s == nil:
		s = new(span)
		k.spans[n] = s
		return s, t.readSpan(ctx, n, s, fewPostings)
	case !s.whole && s.asked == askedOften:
		return s, t.readSpan(ctx, n, s, maxSpan)
	}
	return s, nil
}

// readSpan reads a span unless it has more than so many postings.
func (t *txn) readSpan(ctx context.Context, n int64, s *span, most int) error {
	var keys, records []int64
	err := t.each(ctx, func(scan func(...any) error) error {
		var key, record int64
		err := scan(&key, &record)
		keys, records = append(keys, key), append(records, record)
		return err
	}, `SELECT key, record FROM record_key WHERE key >= ? AND key < ? LIMIT ?`, n<<wordBits, (n+1)<<wordBits, most+1)
	if err != nil || len(keys) > most {
		return err
	}
	s.whole = true
	for i, key := range keys {
		t.w.keys.put(key, records[i])
	}
	return nil
}

// insertKeys files a record under its keys.
func (t *txn) insertKeys(ctx context.Context, record int64, keys []int64) error {
	t.w.keys.hang(record, keys)
	return t.insertPairs(ctx, `INSERT OR IGNORE INTO record_key (record, key) VALUES (?,?)`, record, keys)
}
