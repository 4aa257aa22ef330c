package postgres

import (
	"context"
	"encoding/binary"
	"slices"

	"github.com/jackc/pgx/v5"

	"crypto/sha256"

	"sukien/store/ingest"
)

// Ingests in any number of processes are kept apart by advisory locks that end
// with their transaction, taken in this order:
//
//  1. the article's row: its records are replaced by one at a time;
//  2. everything, shared;
//  3. each key that a record is stored or looked for under, so that of two records
//     of one meeting the second finds the first;
//  4. each part that is resolved anew: no other transaction then reads or moves
//     its records or touches its events. What was read before the lock is
//     compared after it, and when it has moved the ingest begins anew.
//
// Keys and parts are each taken in the order of their numbers, so that none wait
// in a circle. An ingest that needs very many locks, or begins anew, takes
// everything for itself and needs no other lock.
const (
	maxClaims  = 400            // of the some 6,400 locks that a server holds by default
	everything = 0x73756b69656e // "sukien"
)

// lockNumber makes an advisory lock's number of a kind and a name.
func lockNumber(kind, name string) int64 {
	sum := sha256.Sum256([]byte(kind + "\x00" + name))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// Claim is of ingest.Tx.
func (in *ingesting) Claim(_ context.Context, keys []string) error {
	if in.alone = in.alone || len(keys) > maxClaims; in.alone {
		in.queue.add(`SELECT pg_advisory_xact_lock($1)`, int64(everything))
		return nil
	}
	in.queue.add(`SELECT pg_advisory_xact_lock_shared($1)`, int64(everything))
	in.lock("key", keys)
	return nil
}

func (in *ingesting) lock(kind string, names []string) {
	numbers := make([]int64, len(names))
	for i, n := range names {
		numbers[i] = lockNumber(kind, n)
	}
	slices.Sort(numbers)
	if len(numbers) > 0 {
		in.queue.add(`SELECT pg_advisory_xact_lock(n) FROM unnest($1::bigint[]) AS n`, slices.Compact(numbers))
	}
}

// Hold is of ingest.Tx.
func (in *ingesting) Hold(ctx context.Context, places []ingest.Place) error {
	if in.alone || len(places) == 0 {
		return nil
	}
	was := map[string]ingest.Place{}
	var ids, parts []string
	for _, p := range places {
		was[p.ID] = p
		ids, parts = append(ids, p.ID), append(parts, p.Part)
	}
	if len(parts) > maxClaims {
		return errMoved
	}
	in.lock("part", parts)
	var now []ingest.Place
	if err := in.places(ctx, &now, `id = ANY ($1)`, ids); err != nil {
		return err
	}
	for _, p := range now {
		if was[p.ID] != p {
			return errMoved
		}
	}
	if len(now) < len(was) {
		return errMoved
	}
	return nil
}

// read sends what is queued, with a query at its end.
func (in *ingesting) read(ctx context.Context, read func(pgx.Rows) error, sql string, args ...any) error {
	in.queue.add(sql, args...).Query(read)
	return in.flush(ctx)
}

// flush sends what is queued.
func (in *ingesting) flush(ctx context.Context) error {
	b := in.queue
	in.queue = &batch{}
	return b.send(ctx, in.tx)
}
