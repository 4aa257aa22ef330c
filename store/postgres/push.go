package postgres

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/store"
)

// AddSearch is of store.Searches.
func (s *Store) AddSearch(ctx context.Context, q store.Search) error {
	n, err := s.exec(ctx, `INSERT INTO search (name, spec, created) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, q.Name, string(q.Spec), store.Millis(q.Created))
	return taken(n, err, "search", q.Name)
}

// Searches is of store.Searches.
func (s *Store) Searches(ctx context.Context) (list []store.Search, err error) {
	err = s.rows(ctx, into(&list, func(rows pgx.Rows, q *store.Search) error {
		var at int64
		var spec []byte
		err := rows.Scan(&q.Name, &spec, &at)
		q.Spec, q.Created = spec, store.Instant(at)
		return err
	}), `SELECT name, spec, created FROM search ORDER BY name`)
	return list, err
}

// DropSearch is of store.Searches.
func (s *Store) DropSearch(ctx context.Context, name string) error {
	n, err := s.exec(ctx, `WITH waiting AS (DELETE FROM push WHERE search = $1) DELETE FROM search WHERE name = $1`, name)
	return gone(n, err, "search", name)
}

// HoldPush is of store.Searches.
func (s *Store) HoldPush(ctx context.Context, p store.Push) error {
	_, err := s.exec(ctx, `INSERT INTO push (search, id, body, due) SELECT name, $1, $2, $3 FROM search WHERE name = $4 ON CONFLICT DO NOTHING`,
		p.ID, string(p.Body), store.Millis(p.Due), p.Search)
	return err
}

// TakePushes is of store.Searches. Rows that another process takes at the
// moment are passed over.
func (s *Store) TakePushes(ctx context.Context, now time.Time, lease time.Duration, limit int) (list []store.Push, err error) {
	err = s.rows(ctx, into(&list, func(rows pgx.Rows, p *store.Push) error {
		var due int64
		var body string
		err := rows.Scan(&p.Row, &p.Search, &p.ID, &body, &due, &p.Tries)
		p.Body, p.Due = []byte(body), store.Instant(due)
		return err
	}), `UPDATE push SET due = $3 FROM (SELECT row AS id, due AS was FROM push WHERE sent = 0 AND due <= $1 ORDER BY row LIMIT $2 FOR UPDATE SKIP LOCKED) held
		WHERE row = held.id RETURNING row, search, push.id, body, held.was, tries`, store.Millis(now), store.Limit(limit), store.Millis(now.Add(lease)))
	slices.SortFunc(list, func(a, b store.Push) int { return cmp.Compare(a.Row, b.Row) })
	return list, err
}

// SettlePushes is of store.Searches.
func (s *Store) SettlePushes(ctx context.Context, rows []int64, now time.Time) error {
	if len(rows) > 0 {
		if _, err := s.exec(ctx, `UPDATE push SET sent = $1, body = '' WHERE row = ANY ($2)`, store.Millis(now), rows); err != nil {
			return err
		}
	}
	_, err := s.exec(ctx, `DELETE FROM push WHERE sent > 0 AND sent < $1`, store.Millis(now.Add(-store.PushMemory)))
	return err
}

// DelayPushes is of store.Searches.
func (s *Store) DelayPushes(ctx context.Context, rows []int64, due time.Time, tried bool) error {
	n := 0
	if tried {
		n = 1
	}
	// Repeated after a lost answer it would count a try twice, no more.
	_, err := s.exec(ctx, `UPDATE push SET due = $1, tries = tries + $2 WHERE row = ANY ($3) AND sent = 0`, store.Millis(due), n, rows)
	return err
}

// BuryPush is of store.Searches.
func (s *Store) BuryPush(ctx context.Context, row int64, l store.Letter) error {
	if l.Body == nil {
		l.Body = []byte{}
	}
	return s.tx(ctx, func(tx pgx.Tx, _ int) error {
		var b batch
		b.add(`INSERT INTO letter (stage, subject, msg, body, reason, tries, at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
			l.Stage, l.Subject, l.MsgID, l.Body, l.Reason, l.Tries, store.Millis(l.When))
		b.add(`DELETE FROM push WHERE row = $1`, row)
		return b.send(ctx, tx)
	})
}

// PushDepths is of store.Searches.
func (s *Store) PushDepths(ctx context.Context) (list []store.PushDepth, err error) {
	err = s.rows(ctx, into(&list, func(rows pgx.Rows, d *store.PushDepth) error {
		var oldest int64
		err := rows.Scan(&d.Search, &d.Waiting, &d.Failing, &oldest)
		d.Oldest = store.Instant(oldest)
		return err
	}), `SELECT search, count(*), count(*) FILTER (WHERE tries > 0), min(due) FROM push WHERE sent = 0 GROUP BY search ORDER BY search`)
	return list, err
}
