package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/store"
)

// AddAnalyst is of store.Analysts.
func (s *Store) AddAnalyst(ctx context.Context, a store.Analyst) error {
	n, err := s.exec(ctx, `INSERT INTO analyst (name, hash, created) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, a.Name, a.Hash, store.Millis(a.Created))
	return taken(n, err, "analyst", a.Name)
}

// taken refuses an insert that found its name there already.
func taken(n int64, err error, what, name string) error {
	if err == nil && n == 0 {
		return fmt.Errorf("%w: there is %s %s already", news.ErrInvalid, what, name)
	}
	return err
}

// gone refuses a deletion that found nothing.
func gone(n int64, err error, what, name string) error {
	if err == nil && n == 0 {
		return fmt.Errorf("%s %s: %w", what, name, news.ErrNotFound)
	}
	return err
}

// Analysts is of store.Analysts.
func (s *Store) Analysts(ctx context.Context) (list []store.Analyst, err error) {
	err = s.rows(ctx, into(&list, func(rows pgx.Rows, a *store.Analyst) error {
		var at int64
		err := rows.Scan(&a.Name, &a.Hash, &at)
		a.Created = store.Instant(at)
		return err
	}), `SELECT name, hash, created FROM analyst ORDER BY name`)
	return list, err
}

// AnalystByHash is of store.Analysts.
func (s *Store) AnalystByHash(ctx context.Context, hash string) (store.Analyst, error) {
	a := store.Analyst{Hash: hash}
	var at int64
	err := s.row(ctx, []any{&a.Name, &at}, `SELECT name, created FROM analyst WHERE hash = $1`, hash)
	if noRows(err) {
		return store.Analyst{}, fmt.Errorf("analyst of this token: %w", news.ErrNotFound)
	}
	a.Created = store.Instant(at)
	return a, err
}

// Seen is of store.Analysts.
func (s *Store) Seen(ctx context.Context, name string) (time.Time, error) {
	var at int64
	err := s.row(ctx, []any{&at}, `SELECT seen FROM analyst WHERE name = $1`, name)
	return store.Instant(at), missing(err, "analyst "+name)
}

// MarkSeen is of store.Analysts.
func (s *Store) MarkSeen(ctx context.Context, name string, at time.Time) error {
	n, err := s.exec(ctx, `UPDATE analyst SET seen = $1 WHERE name = $2`, store.Millis(at), name)
	return gone(n, err, "analyst", name)
}

// DropAnalyst is of store.Analysts.
func (s *Store) DropAnalyst(ctx context.Context, name string) error {
	n, err := s.exec(ctx, `DELETE FROM analyst WHERE name = $1`, name)
	return gone(n, err, "analyst", name)
}
