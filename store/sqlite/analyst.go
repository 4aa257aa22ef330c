package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"sukien/news"
	"sukien/store"
)

// AddAnalyst is of store.Analysts.
func (s *Store) AddAnalyst(ctx context.Context, a store.Analyst) error {
	return s.tx(ctx, func(tx *txn) error {
		res, err := tx.ExecContext(ctx, `INSERT INTO analyst (name, hash, created) VALUES (?,?,?) ON CONFLICT DO NOTHING`, a.Name, a.Hash, store.Millis(a.Created))
		return taken(res, err, "analyst", a.Name)
	})
}

// Analysts is of store.Analysts.
func (s *Store) Analysts(ctx context.Context) (list []store.Analyst, err error) {
	err = s.eachRow(ctx, func(scan func(...any) error) error {
		var a store.Analyst
		var at int64
		err := scan(&a.Name, &a.Hash, &at)
		a.Created = store.Instant(at)
		list = append(list, a)
		return err
	}, `SELECT name, hash, created FROM analyst ORDER BY name`)
	return list, classify(err)
}

// AnalystByHash is of store.Analysts.
func (s *Store) AnalystByHash(ctx context.Context, hash string) (store.Analyst, error) {
	a := store.Analyst{Hash: hash}
	var at int64
	err := s.read.QueryRowContext(ctx, `SELECT name, created FROM analyst WHERE hash = ?`, hash).Scan(&a.Name, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Analyst{}, fmt.Errorf("analyst of this token: %w", news.ErrNotFound)
	}
	a.Created = store.Instant(at)
	return a, classify(err)
}

// Seen is of store.Analysts.
func (s *Store) Seen(ctx context.Context, name string) (time.Time, error) {
	var at int64
	err := s.read.QueryRowContext(ctx, `SELECT seen FROM analyst WHERE name = ?`, name).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, fmt.Errorf("analyst %s: %w", name, news.ErrNotFound)
	}
	return store.Instant(at), classify(err)
}

// MarkSeen is of store.Analysts.
func (s *Store) MarkSeen(ctx context.Context, name string, at time.Time) error {
	return s.tx(ctx, func(tx *txn) error {
		res, err := tx.ExecContext(ctx, `UPDATE analyst SET seen = ? WHERE name = ?`, store.Millis(at), name)
		return gone(res, err, "analyst", name)
	})
}

// DropAnalyst is of store.Analysts.
func (s *Store) DropAnalyst(ctx context.Context, name string) error {
	return s.tx(ctx, func(tx *txn) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM analyst WHERE name = ?`, name)
		return gone(res, err, "analyst", name)
	})
}
