package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/store"
)

// DropPages is of store.Keeping.
func (s *Store) DropPages(ctx context.Context, before time.Time, n int) (dropped int, err error) {
	err = s.row(ctx, []any{&dropped}, `WITH old AS (DELETE FROM page WHERE hash IN (SELECT hash FROM page WHERE kept < $1 ORDER BY kept LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING hash),
		freed AS (UPDATE article SET body = NULL WHERE body IN (SELECT hash FROM old))
		SELECT count(*) FROM old`, store.Millis(before), n)
	return dropped, err
}

// aged is an article in the order of its saving.
type aged struct {
	store.Aged
	data []byte
}

// eachAged does something with at most n articles that were saved before an
// instant, behind those it did before. One process at a time does.
func (s *Store) eachAged(ctx context.Context, mark string, before time.Time, n int, do func(pgx.Tx, aged) error) (count int, err error) {
	err = s.tx(ctx, func(tx pgx.Tx, _ int) error {
		list, err := nextAged(ctx, tx, mark, before, n)
		count = len(list)
		if err != nil || count == 0 {
			return err
		}
		for _, a := range list {
			if err := do(tx, a); err != nil {
				return err
			}
		}
		place, err := json.Marshal(list[count-1].Aged)
		if err != nil {
			return err
		}
		return putMark(ctx, tx, store.Bookmark{Name: mark, Place: place})
	})
	return count, err
}

func nextAged(ctx context.Context, tx pgx.Tx, mark string, before time.Time, n int) (list []aged, err error) {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, lockNumber("keep", mark)); err != nil {
		return nil, err
	}
	var place []byte
	var from store.Aged
	err = tx.QueryRow(ctx, `SELECT place FROM bookmark WHERE name = $1`, mark).Scan(&place)
	if err == nil {
		err = json.Unmarshal(place, &from)
	}
	if err != nil && !noRows(err) {
		return nil, err
	}
	rows, err := tx.Query(ctx, `SELECT saved, id, json FROM article WHERE (saved, id) > ($1, $2) AND saved < $3 ORDER BY saved, id LIMIT $4`, from.Saved, from.ID, store.Millis(before), n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a aged
		if err := rows.Scan(&a.Saved, &a.ID, &a.data); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

// DropTexts is of store.Keeping.
func (s *Store) DropTexts(ctx context.Context, before time.Time, n int) (int, error) {
	return s.eachAged(ctx, store.MarkTexts, before, n, func(tx pgx.Tx, a aged) error {
		slim, left, err := store.WithoutText(a.data)
		if err == nil {
			_, err = tx.Exec(ctx, `UPDATE article SET json = $1, words = to_tsvector('simple', $2::text) WHERE id = $3`, slim, words(left), a.ID)
		}
		return err
	})
}

// DropEvidence is of store.Keeping.
func (s *Store) DropEvidence(ctx context.Context, before time.Time, n int) (int, error) {
	return s.eachAged(ctx, store.MarkEvidence, before, n, func(tx pgx.Tx, a aged) error {
		_, err := tx.Exec(ctx, `UPDATE record SET json = (json::jsonb - 'evidence')::json WHERE article = $1`, a.ID)
		return err
	})
}
