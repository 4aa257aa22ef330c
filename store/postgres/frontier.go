package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"sukien/store"
)

// Leases, paces and rests are by the database's clock, now_ms; due times are by
// the caller's.

// leaseSQL leases the host with the most urgent due link among those that are
// free, or that a dead process had, and that no other worker is just leasing. It
// steps from one priority of a host to the next lower one by the index, so that
// links of a high priority that are due much later cost nothing.
const leaseSQL = `WITH alive AS MATERIALIZED (
		SELECT objid::bigint AS holder FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = $5 AND objsubid = 2
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())),
	pick AS MATERIALIZED (
		SELECT h.name, c.t FROM host h CROSS JOIN (SELECT now_ms() AS t) c CROSS JOIN LATERAL (
			WITH RECURSIVE level (p, since) AS (
				SELECT p, (SELECT min(due) FROM link WHERE host = h.name AND priority = p AND due > 0)
				FROM (SELECT max(priority) AS p FROM link WHERE host = h.name AND due > 0) top WHERE p IS NOT NULL
				UNION ALL
				SELECT below.p, (SELECT min(due) FROM link WHERE host = h.name AND priority = below.p AND due > 0)
				FROM level CROSS JOIN LATERAL (SELECT max(priority) AS p FROM link WHERE host = h.name AND due > 0 AND priority < level.p) below
				WHERE level.since > $1 AND below.p IS NOT NULL)
			SELECT p, since FROM level WHERE since <= $1 LIMIT 1) ripe
		WHERE (h.until <= c.t OR h.holder NOT IN (SELECT holder FROM alive)) AND h.free <= c.t AND h.rest <= c.t
		ORDER BY ripe.p DESC, ripe.since, h.name LIMIT 1 FOR UPDATE OF h SKIP LOCKED)
	UPDATE host h SET token = token + 1, worker = $2, holder = $4, until = pick.t + $3 FROM pick WHERE h.name = pick.name RETURNING h.name, h.token, h.memo`

// dueSQL are a host's due links, one priority after the other.
const dueSQL = `WITH RECURSIVE level (p) AS (
		SELECT max(priority) FROM link WHERE host = $1 AND due > 0
		UNION ALL
		SELECT (SELECT max(priority) FROM link WHERE host = $1 AND due > 0 AND priority < p) FROM level WHERE p IS NOT NULL)
	SELECT ripe.* FROM level CROSS JOIN LATERAL (
		SELECT ` + linkColumns + ` FROM link WHERE host = $1 AND priority = p AND due > 0 ORDER BY due, key LIMIT $3) ripe
	WHERE due <= $2 ORDER BY priority DESC, due LIMIT $3`

// Lease is of store.Frontier.
func (s *Store) Lease(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int) (*store.Lease, error) {
	return s.lease(ctx, now, worker, ttl, n, leaseSQL, dueSQL)
}

// lease leases a host by one statement and reads its due links by another; more
// are the further arguments of both.
func (s *Store) lease(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int, leaseSQL, dueSQL string, more ...any) (*store.Lease, error) {
	l := &store.Lease{Worker: worker, TTL: ttl}
	err := s.again(ctx, func() error {
		return s.alive.with(ctx, s.pool, func(conn *pgxpool.Conn, number int32) error {
			args := append([]any{store.Millis(now), plain(worker), ttl.Milliseconds(), int64(number), int64(presenceClass)}, more...)
			return conn.QueryRow(ctx, leaseSQL, args...).Scan(&l.Host, &l.Token, &l.Memo)
		})
	})
	if noRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	err = s.rows(ctx, into(&l.Links, scanLink), dueSQL, append([]any{l.Host, store.Millis(now), n}, more...)...)
	return l, err
}

// heldSQL is the host of a lease, locked, with the clock; no row when the lease
// is no more. $1 is the host, $2 the token.
const heldSQL = `held AS MATERIALIZED (SELECT h.*, c.t FROM host h CROSS JOIN (SELECT now_ms() AS t) c WHERE h.name = $1 AND h.token = $2 AND h.until > c.t FOR NO KEY UPDATE OF h)`

// Reserve is of store.Frontier.
func (s *Store) Reserve(ctx context.Context, _ time.Time, l *store.Lease, delay, ttl time.Duration) (time.Duration, error) {
	var wait int64
	err := s.row(ctx, []any{&wait}, `WITH `+heldSQL+`, next AS (SELECT name, t, CASE WHEN at > 0 THEN greatest(t, at + $3) ELSE t END AS next FROM held)
		UPDATE host h SET at = next, free = next + $3, until = greatest(h.until, next + $4) FROM next n WHERE h.name = n.name RETURNING next - t`,
		l.Host, l.Token, delay.Milliseconds(), ttl.Milliseconds())
	return time.Duration(wait) * time.Millisecond, lost(err)
}

// lost says of no row that the lease is no more.
func lost(err error) error {
	if noRows(err) {
		return store.ErrLeaseLost
	}
	return err
}

// Done is of store.Frontier.
func (s *Store) Done(ctx context.Context, _ time.Time, l *store.Lease, o store.Outcome) error {
	return s.again(ctx, func() error {
		held := false
		b := &batch{}
		quick(b)
		b.done(l, o, &held)
		if err := b.send(ctx, s.pool); err != nil {
			return err
		}
		if !held {
			return store.ErrLeaseLost
		}
		return nil
	})
}

// done queues the record of an outcome, and whether its lease is held.
func (b *batch) done(l *store.Lease, o store.Outcome, held *bool) {
	b.add(`WITH `+heldSQL+`, done AS (
			UPDATE link SET result = $4, class = $5, status = $6, target = $7, due = $8, priority = $9, fetched = $10, changed = $11, interval = $12,
				fetches = $13, failures = $14, etag = $15, last_modified = $16, signature = $17 FROM held WHERE key = $3 AND host = held.name)
		SELECT count(*) > 0 FROM held`, l.Host, l.Token, linkKey(o.URL), o.Result, o.Class, o.Status, o.Target, store.Millis(o.Due), o.Priority, store.Millis(o.Fetched),
		store.Millis(o.Changed), o.Interval.Milliseconds(), o.Fetches, o.Failures, o.ETag, o.LastModified, o.Signature).
		QueryRow(func(row pgx.Row) error { return row.Scan(held) })
}

// Release is of store.Frontier.
func (s *Store) Release(ctx context.Context, now time.Time, l *store.Lease, rest time.Time, memo []byte) error {
	var wait int64
	if !rest.IsZero() {
		wait = rest.Sub(now).Milliseconds()
	}
	var name string
	return lost(s.row(ctx, []any{&name}, `WITH `+heldSQL+`
		UPDATE host h SET until = 0, rest = CASE WHEN $3 > 0 THEN greatest(h.rest, t + $3) ELSE h.rest END, memo = coalesce($4, h.memo) FROM held WHERE h.name = held.name RETURNING h.name`,
		l.Host, l.Token, wait, memo))
}

// Next is of store.Frontier. What is by the database's clock is told by the caller's.
func (s *Store) Next(ctx context.Context, now time.Time) (at time.Time, due bool, err error) {
	var soonest *int64
	var ripe *bool
	err = s.row(ctx, []any{&soonest, &ripe}, `SELECT min(greatest(l.due, h.until + ahead, h.free + ahead, h.rest + ahead)), bool_or(l.due <= $1 AND h.rest + ahead <= $1)
		FROM host h CROSS JOIN (SELECT $1 - now_ms() AS ahead) c CROSS JOIN LATERAL (SELECT due FROM link WHERE host = h.name AND due > 0 ORDER BY due LIMIT 1) l`, store.Millis(now))
	if err != nil || soonest == nil {
		return time.Time{}, false, err
	}
	return store.Instant(*soonest), *ripe, nil
}
