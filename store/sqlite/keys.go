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
const padding = 8

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

// insertPairs inserts one row for each of a list of numbers, with a number that
// all have before it; the statement is for a single row.
func (t *txn) insertPairs(ctx context.Context, insert string, first int64, list []int64) error {
	for some := range slices.Chunk(list, 4*padding) {
		all := padded(some)
		args := make([]any, 0, 2*len(all))
		for _, v := range all {
			args = append(args, first, v)
		}
		if _, err := t.ExecContext(ctx, insert+strings.Repeat(",(?,?)", len(all)-1), args...); err != nil {
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
		all, err := in.sharing(ctx, article, keyNumbers(list))
		if err != nil {
			return nil, err
		}
		if len(all) > limit {
			slices.SortFunc(all, func(a, b sharer) int { return cmp.Or(b.keys-a.keys, strings.Compare(a.ID, b.ID)) })
			all = all[:limit]
		}
		found[i] = make([]ingest.Place, len(all))
		for j, s := range all {
			found[i][j] = s.Place
		}
	}
	return found, nil
}

// sharer is a record with the number of keys that it has in common.
type sharer struct {
	shelved
	keys int
}

// sharing are the records of other articles under any of the keys.
func (in ingesting) sharing(ctx context.Context, article string, keys []int64) ([]sharer, error) {
	filed, err := in.filedUnder(ctx, keys)
	if err != nil {
		return nil, err
	}
	var records []int64
	var times []int
	for i, r := range filed {
		if i == 0 || r != filed[i-1] {
			records, times = append(records, r), append(times, 0)
		}
		times[len(times)-1]++
	}
	rows, err := in.placesOf(ctx, records)
	if err != nil {
		return nil, err
	}
	list := make([]sharer, 0, len(rows))
	for i, r := range rows {
		if r.article != article {
			list = append(list, sharer{r, times[i]})
		}
	}
	return list, nil
}
