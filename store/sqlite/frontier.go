package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"sukien/store"
)

// Frontier results that are never due again when found anew.
const ended = `('gone', 'redirected')`

// freeLeases gives every host back: under the lock on the data directory no
// other process can hold one.
func (s *Store) freeLeases(ctx context.Context) error {
	return s.quick(ctx, func(tx *txn) error {
		_, err := tx.ExecContext(ctx, `UPDATE host SET until = 0 WHERE until > 0`)
		return err
	})
}

// Add is of store.Frontier.
func (s *Store) Add(ctx context.Context, links []store.Link) (fresh int, err error) {
	now := time.Now().UnixMilli()
	err = s.quick(ctx, func(tx *txn) error {
		fresh = 0
		for _, l := range links {
			known, err := s.add(ctx, tx, l, now)
			if err != nil {
				return err
			}
			if !known {
				fresh++
			}
		}
		return nil
	})
	return fresh, err
}

// add adds one link, and tells whether it was known.
func (s *Store) add(ctx context.Context, tx *txn, l store.Link, now int64) (known bool, err error) {
	_, knownHost := s.heads.hosts[l.Host]
	s.heads.touch(l.Host)
	res, err := tx.ExecContext(ctx, `INSERT INTO link (url, host, source, kind, priority, due, via, hops, published, modified, origin, added)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (url) DO NOTHING`, l.URL, l.Host, l.Source, l.Kind, l.Priority, store.Millis(l.Due), l.Via, l.Hops, store.Millis(l.Published), store.Millis(l.Modified), l.Origin, now)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return false, err
	}
	if n == 0 {
		return true, again(ctx, tx, l)
	}
	if knownHost {
		return false, nil
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO host (name) VALUES (?) ON CONFLICT DO NOTHING`, l.Host)
	return false, err
}

// again takes what a link that is known already may change.
func again(ctx context.Context, tx *txn, l store.Link) error {
	if _, err := tx.ExecContext(ctx, `UPDATE link SET priority = ? WHERE url = ? AND fetches = 0 AND priority < ?`, l.Priority, l.URL, l.Priority); err != nil {
		return err
	}
	if l.Modified.IsZero() || l.Due.IsZero() {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE link SET due = ? WHERE url = ? AND fetched > 0 AND fetched < ? AND result NOT IN `+ended+` AND (due = 0 OR due > ?)`,
		store.Millis(l.Due), l.URL, store.Millis(l.Modified), store.Millis(l.Due))
	return err
}

// part is a part of the links, by an index that ends in priority and due time:
// the condition on links that holds on it, beside their host, with its arguments.
type part struct {
	cond string
	args []any
}

var allLinks = part{cond: `due > 0`}

func ofBackfill(source string) part {
	return part{cond: `origin = 'backfill' AND due > 0 AND source = ?`, args: []any{source}}
}

// Lease is of store.Frontier.
func (s *Store) Lease(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int) (*store.Lease, error) {
	return s.lease(ctx, worker, ttl, func(tx *txn, l *store.Lease) error {
		return s.leaseHost(ctx, tx, l, store.Millis(now), n, allLinks, s.ripest)
	})
}

// lease runs take, which fills in a lease; nil when it leaves its host empty.
func (s *Store) lease(ctx context.Context, worker string, ttl time.Duration, take func(*txn, *store.Lease) error) (l *store.Lease, err error) {
	err = s.quick(ctx, func(tx *txn) error {
		l = &store.Lease{Worker: worker, TTL: ttl}
		return take(tx, l)
	})
	if err != nil || l.Host == "" {
		return nil, err
	}
	return l, nil
}

// leaseHost takes the host that ripest names, with its due links of a part.
func (s *Store) leaseHost(ctx context.Context, tx *txn, l *store.Lease, at int64, n int, p part, ripest func(context.Context, *txn, int64) (string, error)) error {
	host, err := ripest(ctx, tx, at)
	if err != nil || host == "" {
		return err
	}
	s.heads.touchRow(host)
	if err := tx.QueryRowContext(ctx, `UPDATE host SET token = token + 1, worker = ?, until = ? WHERE name = ? RETURNING token, memo`,
		l.Worker, at+l.TTL.Milliseconds(), host).Scan(&l.Token, &l.Memo); err != nil {
		return err
	}
	l.Host = host
	l.Links, err = dueLinks(ctx, tx, p, host, at, n)
	return err
}

// dueLinks are a host's due links of a part, at most n, one priority after the other.
func dueLinks(ctx context.Context, tx *txn, p part, host string, at int64, n int) (list []store.Link, err error) {
	var level sql.NullInt64
	args := append(slices.Clone(p.args), host)
	if err := tx.QueryRowContext(ctx, `SELECT max(priority) FROM link WHERE `+p.cond+` AND host = ?`, args...).Scan(&level); err != nil {
		return nil, err
	}
	for level.Valid && len(list) < n {
		if list, err = dueLevel(ctx, tx, list, p, host, level.Int64, at, n-len(list)); err != nil {
			return nil, err
		}
		if err := tx.QueryRowContext(ctx, `SELECT max(priority) FROM link WHERE `+p.cond+` AND host = ? AND priority < ?`, append(args, level.Int64)...).Scan(&level); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func dueLevel(ctx context.Context, tx *txn, list []store.Link, p part, host string, priority, at int64, n int) ([]store.Link, error) {
	rows, err := tx.QueryContext(ctx, `SELECT url, host, source, kind, priority, due, via, hops, published, modified, origin, fetched, changed, interval, fetches, failures,
		etag, last_modified, signature FROM link WHERE `+p.cond+` AND host = ? AND priority = ? AND due <= ? ORDER BY due, url LIMIT ?`, append(slices.Clone(p.args), host, priority, at, n)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l store.Link
		var due, published, modified, fetched, changed, interval int64
		if err := rows.Scan(&l.URL, &l.Host, &l.Source, &l.Kind, &l.Priority, &due, &l.Via, &l.Hops, &published, &modified, &l.Origin,
			&fetched, &changed, &interval, &l.Fetches, &l.Failures, &l.ETag, &l.LastModified, &l.Signature); err != nil {
			return nil, err
		}
		l.Due, l.Published, l.Modified, l.Fetched, l.Changed = store.Instant(due), store.Instant(published), store.Instant(modified), store.Instant(fetched), store.Instant(changed)
		l.Interval = time.Duration(interval) * time.Millisecond
		list = append(list, l)
	}
	return list, rows.Err()
}

// held is store.ErrLeaseLost when the lease is no more.
func held(ctx context.Context, tx *txn, at int64, l *store.Lease) error {
	var ok bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM host WHERE name = ? AND token = ? AND until > ?)`, l.Host, l.Token, at).Scan(&ok); err != nil {
		return err
	}
	if !ok {
		return store.ErrLeaseLost
	}
	return nil
}

// Reserve is of store.Frontier. The instant before is 0 when there was none.
func (s *Store) Reserve(ctx context.Context, now time.Time, l *store.Lease, delay, ttl time.Duration) (time.Duration, error) {
	var next int64
	at := store.Millis(now)
	err := s.quick(ctx, func(tx *txn) error {
		s.heads.touchRow(l.Host)
		err := tx.QueryRowContext(ctx, `UPDATE host SET at = max(?1, at + ?2), free = max(?1, at + ?2) + ?2, until = max(until, max(?1, at + ?2) + ?3)
			WHERE name = ?4 AND token = ?5 AND until > ?1 RETURNING at`, at, delay.Milliseconds(), ttl.Milliseconds(), l.Host, l.Token).Scan(&next)
		return lost(err)
	})
	return time.Duration(next-at) * time.Millisecond, err
}

// lost says of no row that the lease is no more.
func lost(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrLeaseLost
	}
	return err
}

// Done is of store.Frontier.
func (s *Store) Done(ctx context.Context, now time.Time, l *store.Lease, o store.Outcome) error {
	return s.quick(ctx, func(tx *txn) error { return s.done(ctx, tx, store.Millis(now), l, o) })
}

// done records an outcome under its lease.
func (s *Store) done(ctx context.Context, tx *txn, at int64, l *store.Lease, o store.Outcome) error {
	s.heads.touch(l.Host)
	res, err := tx.ExecContext(ctx, `UPDATE link SET result = ?, class = ?, status = ?, target = ?, due = ?, priority = ?, fetched = ?, changed = ?, interval = ?,
		fetches = ?, failures = ?, etag = ?, last_modified = ?, signature = ? WHERE url = ? AND host = ? AND EXISTS (SELECT 1 FROM host WHERE name = ? AND token = ? AND until > ?)`,
		o.Result, o.Class, o.Status, o.Target, store.Millis(o.Due), o.Priority, store.Millis(o.Fetched), store.Millis(o.Changed), o.Interval.Milliseconds(),
		o.Fetches, o.Failures, o.ETag, o.LastModified, o.Signature, o.URL, l.Host, l.Host, l.Token, at)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); n > 0 || err != nil {
		return err
	}
	return held(ctx, tx, at, l)
}

// Release is of store.Frontier.
func (s *Store) Release(ctx context.Context, now time.Time, l *store.Lease, rest time.Time, memo []byte) error {
	return s.quick(ctx, func(tx *txn) error {
		s.heads.touchRow(l.Host)
		var token int64
		err := tx.QueryRowContext(ctx, `UPDATE host SET until = 0, rest = max(rest, ?), memo = coalesce(?, memo) WHERE name = ? AND token = ? AND until > ? RETURNING token`,
			store.Millis(rest), memo, l.Host, l.Token, store.Millis(now)).Scan(&token)
		return lost(err)
	})
}

// Next is of store.Frontier. It finds a host's soonest link by its priorities,
// which are few, so that the links need no index by their due time alone.
func (s *Store) Next(ctx context.Context, now time.Time) (at time.Time, due bool, err error) {
	var soonest sql.NullInt64
	var ripe sql.NullBool
	err = s.read.QueryRowContext(ctx, `WITH RECURSIVE level (host, p) AS (
			SELECT name, (SELECT max(priority) FROM link WHERE host = name AND due > 0) FROM host
			UNION ALL SELECT host, (SELECT max(priority) FROM link WHERE link.host = level.host AND due > 0 AND priority < p) FROM level WHERE p IS NOT NULL),
		soon AS (SELECT host, min((SELECT min(due) FROM link WHERE link.host = level.host AND priority = p AND due > 0)) AS due FROM level WHERE p IS NOT NULL GROUP BY host)
		SELECT min(max(soon.due, h.until, h.free, h.rest)), max(soon.due <= ?1 AND h.rest <= ?1) FROM soon JOIN host h ON h.name = soon.host`, store.Millis(now)).Scan(&soonest, &ripe)
	return store.Instant(soonest.Int64), ripe.Bool, classify(err)
}
