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

// AddSearch is of store.Searches.
func (s *Store) AddSearch(ctx context.Context, q store.Search) error {
	return s.tx(ctx, func(tx *txn) error {
		res, err := tx.ExecContext(ctx, `INSERT INTO search (name, spec, created) VALUES (?,?,?) ON CONFLICT DO NOTHING`, q.Name, string(q.Spec), store.Millis(q.Created))
		return taken(res, err, "search", q.Name)
	})
}

// taken refuses an insert that found its name there already.
func taken(res sql.Result, err error, what, name string) error {
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return fmt.Errorf("%w: there is %s %s already", news.ErrInvalid, what, name)
}

// gone refuses a deletion that found nothing.
func gone(res sql.Result, err error, what, name string) error {
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return fmt.Errorf("%s %s: %w", what, name, news.ErrNotFound)
}

// Searches is of store.Searches.
func (s *Store) Searches(ctx context.Context) (list []store.Search, err error) {
	err = s.eachRow(ctx, func(scan func(...any) error) error {
		var q store.Search
		var spec string
		var at int64
		err := scan(&q.Name, &spec, &at)
		q.Spec, q.Created = []byte(spec), store.Instant(at)
		list = append(list, q)
		return err
	}, `SELECT name, spec, created FROM search ORDER BY name`)
	return list, classify(err)
}

// DropSearch is of store.Searches.
func (s *Store) DropSearch(ctx context.Context, name string) error {
	return s.tx(ctx, func(tx *txn) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM push WHERE search = ?`, name); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `DELETE FROM search WHERE name = ?`, name)
		return gone(res, err, "search", name)
	})
}

// HoldPush is of store.Searches.
func (s *Store) HoldPush(ctx context.Context, p store.Push) error {
	return s.tx(ctx, func(tx *txn) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO push (search, id, body, due) SELECT name, ?, ?, ? FROM search WHERE name = ? ON CONFLICT DO NOTHING`,
			p.ID, string(p.Body), store.Millis(p.Due), p.Search)
		return err
	})
}

// TakePushes is of store.Searches.
func (s *Store) TakePushes(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]store.Push, error) {
	var list []store.Push
	if due, err := s.anyDue(ctx, now); err != nil || !due {
		return nil, err
	}
	err := s.quick(ctx, func(tx *txn) error {
		list = nil
		rows, err := tx.QueryContext(ctx, `SELECT row, search, id, body, due, tries FROM push WHERE sent = 0 AND due <= ? ORDER BY row LIMIT ?`, store.Millis(now), store.Limit(limit))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var p store.Push
			var due int64
			if err := rows.Scan(&p.Row, &p.Search, &p.ID, &p.Body, &due, &p.Tries); err != nil {
				return err
			}
			p.Due = store.Instant(due)
			list = append(list, p)
		}
		return errors.Join(rows.Err(), rows.Close(), setDue(ctx, tx, rowsOf(list), now.Add(lease), 0))
	})
	return list, err
}

// anyDue looks without a lock whether there is something to take.
func (s *Store) anyDue(ctx context.Context, now time.Time) (due bool, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM push WHERE sent = 0 AND due <= ?)`, store.Millis(now)).Scan(&due)
	return due, classify(err)
}

func rowsOf(list []store.Push) []int64 {
	rows := make([]int64, len(list))
	for i, p := range list {
		rows[i] = p.Row
	}
	return rows
}

func setDue(ctx context.Context, tx *txn, rows []int64, due time.Time, tries int) error {
	for _, row := range rows {
		if _, err := tx.ExecContext(ctx, `UPDATE push SET due = ?, tries = tries + ? WHERE row = ? AND sent = 0`, store.Millis(due), tries, row); err != nil {
			return err
		}
	}
	return nil
}

// SettlePushes is of store.Searches.
func (s *Store) SettlePushes(ctx context.Context, rows []int64, now time.Time) error {
	return s.tx(ctx, func(tx *txn) error {
		for _, row := range rows {
			if _, err := tx.ExecContext(ctx, `UPDATE push SET sent = ?, body = '' WHERE row = ?`, store.Millis(now), row); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM push WHERE sent > 0 AND sent < ?`, store.Millis(now.Add(-store.PushMemory)))
		return err
	})
}

// DelayPushes is of store.Searches.
func (s *Store) DelayPushes(ctx context.Context, rows []int64, due time.Time, tried bool) error {
	n := 0
	if tried {
		n = 1
	}
	return s.tx(ctx, func(tx *txn) error { return setDue(ctx, tx, rows, due, n) })
}

// BuryPush is of store.Searches.
func (s *Store) BuryPush(ctx context.Context, row int64, l store.Letter) error {
	return s.tx(ctx, func(tx *txn) error {
		if err := buryLetter(ctx, tx, l); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM push WHERE row = ?`, row)
		return err
	})
}

// PushDepths is of store.Searches.
func (s *Store) PushDepths(ctx context.Context) (list []store.PushDepth, err error) {
	err = s.eachRow(ctx, func(scan func(...any) error) error {
		var d store.PushDepth
		var oldest int64
		err := scan(&d.Search, &d.Waiting, &d.Failing, &oldest)
		d.Oldest = store.Instant(oldest)
		list = append(list, d)
		return err
	}, `SELECT search, count(*), sum(tries > 0), min(due) FROM push WHERE sent = 0 GROUP BY search ORDER BY search`)
	return list, classify(err)
}
