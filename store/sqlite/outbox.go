package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"

	"sukien/news"
	"sukien/store"
)

// put writes a message into the outbox; a message id that is there stays as it is.
func put(ctx context.Context, tx *txn, m store.Message) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO outbox (subject, msg, body, trace) VALUES (?,?,?,?) ON CONFLICT (msg) DO UPDATE SET sent = 0, body = excluded.body, trace = excluded.trace
		WHERE outbox.subject LIKE 'sukien.article.%'`, m.Subject, m.ID, m.Body, store.Trace(ctx))
	return err
}

// Pending is of store.Outbox.
func (s *Store) Pending(ctx context.Context, limit int) ([]store.Message, error) {
	return s.messages(ctx, `sent = 0`, limit)
}

// Sent is of store.Outbox.
func (s *Store) Sent(ctx context.Context, since time.Time, after int64, limit int) ([]store.Message, error) {
	return s.messages(ctx, `row > ? AND sent >= ? AND subject LIKE 'sukien.event.%'`, after, max(store.Millis(since), 1), limit)
}

// messages are the rows of the outbox for which a condition holds; the last
// argument is how many at most.
func (s *Store) messages(ctx context.Context, cond string, args ...any) (list []store.Message, err error) {
	err = s.eachRow(ctx, func(scan func(...any) error) error {
		var m store.Message
		err := scan(&m.Row, &m.Subject, &m.ID, &m.Body, &m.Trace)
		list = append(list, m)
		return err
	}, `SELECT row, subject, msg, body, trace FROM outbox WHERE `+cond+` ORDER BY row LIMIT ?`, args...)
	return list, classify(err)
}

// MarkSent is of store.Outbox. The bodies of article messages are dropped: they
// are sent again from the article.
func (s *Store) MarkSent(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	return s.tx(ctx, func(tx *txn) error {
		now := time.Now().UnixMilli()
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, `UPDATE outbox SET sent = ?, body = CASE WHEN subject LIKE 'sukien.article.%' THEN NULL ELSE body END WHERE row = ?`, now, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// BuryRow is of store.Outbox.
func (s *Store) BuryRow(ctx context.Context, row int64, reason string) error {
	return s.tx(ctx, func(tx *txn) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO letter (stage, subject, msg, body, reason, tries, at)
			SELECT 'relay', subject, msg, coalesce(body, ''), ?, 1, ? FROM outbox WHERE row = ? ON CONFLICT DO NOTHING`, reason, time.Now().UnixMilli(), row); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET sent = -1 WHERE row = ?`, row)
		return err
	})
}

// Bury is of store.Letters.
func (s *Store) Bury(ctx context.Context, l store.Letter) error {
	return s.tx(ctx, func(tx *txn) error { return buryLetter(ctx, tx, l) })
}

func buryLetter(ctx context.Context, tx *txn, l store.Letter) error {
	if l.Body == nil {
		l.Body = []byte{}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO letter (stage, subject, msg, body, reason, tries, at) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT (stage, subject, msg) DO NOTHING`, l.Stage, l.Subject, l.MsgID, l.Body, l.Reason, l.Tries, store.Millis(l.When))
	return err
}

// Letters is of store.Letters.
func (s *Store) Letters(ctx context.Context, limit int) ([]store.Letter, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, stage, subject, msg, body, reason, tries, at FROM letter ORDER BY id LIMIT ?`, store.Limit(limit))
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var list []store.Letter
	for rows.Next() {
		var l store.Letter
		var at int64
		if err := rows.Scan(&l.ID, &l.Stage, &l.Subject, &l.MsgID, &l.Body, &l.Reason, &l.Tries, &at); err != nil {
			return nil, classify(err)
		}
		l.When = store.Instant(at)
		list = append(list, l)
	}
	return list, classify(rows.Err())
}

// RetryLetter is of store.Letters.
func (s *Store) RetryLetter(ctx context.Context, id int64) error {
	err := s.tx(ctx, func(tx *txn) error {
		var m store.Message
		var tries int
		if err := tx.QueryRowContext(ctx, `SELECT subject, msg, body, tries FROM letter WHERE id = ?`, id).Scan(&m.Subject, &m.ID, &m.Body, &tries); err != nil {
			return missing(err, id)
		}
		m.ID = fmt.Sprintf("%s-retry%d-%d", m.ID, tries, id)
		if err := put(ctx, tx, m); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM letter WHERE id = ?`, id)
		return err
	})
	if err == nil {
		s.notify()
	}
	return err
}

func missing(err error, id int64) error {
	if err == sql.ErrNoRows {
		return fmt.Errorf("dead letter %d: %w: sukien dead list shows them", id, news.ErrNotFound)
	}
	return err
}

// DropLetter is of store.Letters.
func (s *Store) DropLetter(ctx context.Context, id int64) error {
	return s.tx(ctx, func(tx *txn) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM letter WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return missing(cmp.Or(err, sql.ErrNoRows), id)
		}
		return nil
	})
}
