package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"sukien/store"
)

// DropPages is of store.Keeping.
func (s *Store) DropPages(ctx context.Context, before time.Time, n int) (dropped int, err error) {
	err = s.tx(ctx, func(tx *txn) error {
		hashes, err := tx.texts(ctx, `SELECT hash FROM page WHERE kept < ? ORDER BY kept LIMIT ?`, store.Millis(before), n)
		if err != nil {
			return err
		}
		dropped = len(hashes)
		for _, h := range hashes {
			if _, err := tx.ExecContext(ctx, `UPDATE article SET body = NULL WHERE body = ?`, h); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM page WHERE hash = ?`, h); err != nil {
				return err
			}
		}
		return nil
	})
	return dropped, err
}

// texts reads one column of texts.
func (t *txn) texts(ctx context.Context, query string, args ...any) (list []string, err error) {
	rows, err := t.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// aged is an article in the order of its saving.
type aged struct {
	seq int64
	store.Aged
	data string
}

// eachAged does something with at most n articles that were saved before an
// instant, behind those it did before.
func (s *Store) eachAged(ctx context.Context, mark string, before time.Time, n int, do func(*txn, aged) error) (count int, err error) {
	err = s.tx(ctx, func(tx *txn) error {
		list, err := tx.nextAged(ctx, mark, before, n)
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
		return tx.mark(ctx, store.Bookmark{Name: mark, Place: place})
	})
	return count, err
}

func (t *txn) nextAged(ctx context.Context, mark string, before time.Time, n int) (list []aged, err error) {
	var place string
	var from store.Aged
	err = t.QueryRowContext(ctx, `SELECT place FROM bookmark WHERE name = ?`, mark).Scan(&place)
	if err == nil {
		err = json.Unmarshal([]byte(place), &from)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	rows, err := t.QueryContext(ctx, `SELECT seq, saved, id, json FROM article WHERE (saved, id) > (?, ?) AND saved < ? ORDER BY saved, id LIMIT ?`, from.Saved, from.ID, store.Millis(before), n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a aged
		if err := rows.Scan(&a.seq, &a.Saved, &a.ID, &a.data); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

// DropTexts is of store.Keeping.
func (s *Store) DropTexts(ctx context.Context, before time.Time, n int) (int, error) {
	return s.eachAged(ctx, store.MarkTexts, before, n, func(tx *txn, a aged) error {
		slim, words, err := store.WithoutText([]byte(a.data))
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE article SET json = ? WHERE seq = ?`, slim, a.seq); err != nil {
			return err
		}
		tx.say("article_text", a.seq, words)
		return nil
	})
}

// DropEvidence is of store.Keeping.
func (s *Store) DropEvidence(ctx context.Context, before time.Time, n int) (int, error) {
	return s.eachAged(ctx, store.MarkEvidence, before, n, func(tx *txn, a aged) error {
		_, err := tx.ExecContext(ctx, `UPDATE record SET json = json_remove(json, '$.evidence') WHERE article = ?`, a.ID)
		return err
	})
}
