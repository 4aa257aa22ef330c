package sqlite

import (
	"cmp"
	"context"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"

	"sukien/store/ingest"
)

// A record's keys are kept as integers: 24 bits of the hash of a key's sort and
// span of time before 40 of its words', so that what is told at one time lies
// together and a backfill works in a few pages of the table. Two keys of one
// number bring a candidate too many, which comparison turns down.
const wordBits = 40

// keyNumber is the integer of a key.
func keyNumber(key string) int64 {
	sort := len(key)
	if i := strings.LastIndexByte(key, '|'); i > 0 {
		sort = i
	}
	return int64(hash(key[:sort])&(1<<(63-wordBits)-1)<<wordBits | hash(key[sort:])&(1<<wordBits-1))
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s)) // never fails
	v := h.Sum64()
	return v ^ v>>29 // the high bits of FNV-1a are the better mixed ones
}

// keyNumbers are the keys' integers, sorted, each once.
func keyNumbers(keys []string) []int64 {
	out := make([]int64, len(keys))
	for i, k := range keys {
		out[i] = keyNumber(k)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// packKeys and unpackKeys are how a record keeps its own keys, by which they are
// deleted.
func packKeys(keys []int64) []byte {
	out := make([]byte, 0, 8*len(keys))
	for _, k := range keys {
		out = binary.LittleEndian.AppendUint64(out, uint64(k))
	}
	return out
}

func unpackKeys(data []byte) []int64 {
	var out []int64
	for ; len(data) >= 8; data = data[8:] {
		out = append(out, int64(binary.LittleEndian.Uint64(data)))
	}
	return out
}

// padding is the step of the lengths of lists in statements, so that few
// statements serve all; a list is filled up with its last value.
const padding = 16

func padded(values []int64) []any {
	out := make([]any, 0, len(values)+2*padding)
	for _, v := range values {
		out = append(out, v)
	}
	for len(out)%padding != 0 {
		out = append(out, out[len(out)-1])
	}
	return out
}

// insertKeys files a record under its keys.
func (t *txn) insertKeys(ctx context.Context, record int64, keys []int64) error {
	for batch := range slices.Chunk(keys, 4*padding) {
		ids := padded(batch)
		args := make([]any, 0, 2*len(ids))
		for _, k := range ids {
			args = append(args, k, record)
		}
		if _, err := t.ExecContext(ctx, `INSERT OR IGNORE INTO record_key (key, record) VALUES (?,?)`+strings.Repeat(",(?,?)", len(ids)-1), args...); err != nil {
			return err
		}
	}
	return nil
}

// Sharing is of ingest.Tx.
func (in ingesting) Sharing(ctx context.Context, article string, keys [][]string, limit int) ([][]ingest.Place, error) {
	found := make([][]ingest.Place, len(keys))
	for i, list := range keys {
		if len(list) == 0 {
			continue
		}
		all, err := in.sharing(ctx, article, padded(keyNumbers(list)))
		if err != nil {
			return nil, err
		}
		if len(all) > limit {
			slices.SortFunc(all, func(a, b sharer) int { return cmp.Or(b.keys-a.keys, strings.Compare(a.ID, b.ID)) })
			all = all[:limit]
		}
		for _, s := range all {
			found[i] = append(found[i], s.Place)
		}
	}
	return found, nil
}

// sharer is a record with the number of keys that it has in common.
type sharer struct {
	ingest.Place
	keys int
}

func (in ingesting) sharing(ctx context.Context, article string, keys []any) ([]sharer, error) {
	rows, err := in.QueryContext(ctx, `SELECT r.id, r.n, r.event, r.part, k.keys FROM
		(SELECT record, count(*) AS keys FROM record_key WHERE key IN (`+marks(len(keys))+`) GROUP BY record) k JOIN record r ON r.seq = k.record WHERE r.article <> ?`, append(keys, article)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []sharer
	for rows.Next() {
		var s sharer
		if err := rows.Scan(&s.ID, &s.N, &s.Event, &s.Part, &s.keys); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}
