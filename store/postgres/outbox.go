package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/store"
)

// put queues a message for the outbox.
func put(ctx context.Context, b *batch, m store.Message) {
	b.add(putOne, m.Subject, m.ID, m.Body, store.Trace(ctx))
}

var putOne = fmt.Sprintf(putSQL, `VALUES ($1, $2, $3, $4)`)

// Pending is of store.Outbox. Rows that several processes send at the same time
// have the same ids, of which the stream takes one.
func (s *Store) Pending(ctx context.Context, limit int) ([]store.Message, error) {
	return s.messages(ctx, `sent = 0 ORDER BY row LIMIT $1`, limit)
}

// Sent is of store.Outbox.
func (s *Store) Sent(ctx context.Context, since time.Time, after int64, limit int) ([]store.Message, error) {
	return s.messages(ctx, `row > $1 AND sent >= $2 AND subject LIKE 'sukien.event.%' ORDER BY row LIMIT $3`, after, max(store.Millis(since), 1), limit)
}

// messages are the rows of the outbox for which a condition holds.
func (s *Store) messages(ctx context.Context, cond string, args ...any) (list []store.Message, err error) {
	err = s.rows(ctx, into(&list, func(rows pgx.Rows, m *store.Message) error {
		return rows.Scan(&m.Row, &m.Subject, &m.ID, &m.Body, &m.Trace)
	}), `SELECT row, subject, msg, body, trace FROM outbox WHERE `+cond, args...)
	return list, err
}

// MarkSent is of store.Outbox. The bodies of article messages are dropped: they
// are sent again from the article.
func (s *Store) MarkSent(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := s.exec(ctx, `UPDATE outbox SET sent = now_ms(), body = CASE WHEN subject LIKE 'sukien.article.%' THEN NULL ELSE body END
		FROM (SELECT row AS id FROM outbox WHERE row = ANY ($1) ORDER BY row FOR UPDATE) held WHERE row = held.id`, ids)
	return err
}

// BuryRow is of store.Outbox.
func (s *Store) BuryRow(ctx context.Context, row int64, reason string) error {
	_, err := s.exec(ctx, `WITH buried AS (UPDATE outbox SET sent = -1 WHERE row = $1 RETURNING subject, msg, body)
		INSERT INTO letter (stage, subject, msg, body, reason, tries, at)
		SELECT 'relay', subject, msg, coalesce(body, ''), $2, 1, now_ms() FROM buried ON CONFLICT DO NOTHING`, row, reason)
	return err
}

// Bury is of store.Letters.
func (s *Store) Bury(ctx context.Context, l store.Letter) error {
	if l.Body == nil {
		l.Body = []byte{}
	}
	_, err := s.exec(ctx, `INSERT INTO letter (stage, subject, msg, body, reason, tries, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT DO NOTHING`, l.Stage, l.Subject, l.MsgID, l.Body, l.Reason, l.Tries, store.Millis(l.When))
	return err
}

// Letters is of store.Letters.
func (s *Store) Letters(ctx context.Context, limit int) (list []store.Letter, err error) {
	err = s.rows(ctx, into(&list, func(rows pgx.Rows, l *store.Letter) error {
		var at int64
		err := rows.Scan(&l.ID, &l.Stage, &l.Subject, &l.MsgID, &l.Body, &l.Reason, &l.Tries, &at)
		l.When = store.Instant(at)
		return err
	}), `SELECT id, stage, subject, msg, body, reason, tries, at FROM letter ORDER BY id LIMIT $1`, store.Limit(limit))
	return list, err
}

// RetryLetter is of store.Letters.
func (s *Store) RetryLetter(ctx context.Context, id int64) error {
	err := s.tx(ctx, func(tx pgx.Tx, _ int) error {
		var m store.Message
		var tries int
		if err := tx.QueryRow(ctx, `DELETE FROM letter WHERE id = $1 RETURNING subject, msg, body, tries`, id).Scan(&m.Subject, &m.ID, &m.Body, &tries); err != nil {
			return noLetter(err, id)
		}
		m.ID = fmt.Sprintf("%s-retry%d-%d", m.ID, tries, id)
		_, err := tx.Exec(ctx, putOne, m.Subject, m.ID, m.Body, store.Trace(ctx))
		return err
	})
	if err == nil {
		s.notify()
	}
	return err
}

// DropLetter is of store.Letters.
func (s *Store) DropLetter(ctx context.Context, id int64) error {
	n, err := s.exec(ctx, `DELETE FROM letter WHERE id = $1`, id)
	if err == nil && n == 0 {
		err = noLetter(pgx.ErrNoRows, id)
	}
	return err
}

func noLetter(err error, id int64) error {
	if noRows(err) {
		return fmt.Errorf("dead letter %d: %w: sukien dead list shows them", id, news.ErrNotFound)
	}
	return err
}
