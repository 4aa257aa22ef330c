package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"sukien/store"
)

// backfillLevels are the hosts of a source's backfill with each priority of their
// links and the soonest due time of it. It steps by the index from one host and
// one priority to the next, so that it costs the same however many links there are.
const backfillLevels = `WITH RECURSIVE
	hosts (name) AS (
		SELECT (SELECT min(host) FROM link WHERE origin = 'backfill' AND due > 0 AND source = ?2)
		UNION ALL SELECT (SELECT min(host) FROM link WHERE origin = 'backfill' AND due > 0 AND source = ?2 AND host > name) FROM hosts WHERE name IS NOT NULL),
	level (host, p) AS (
		SELECT name, (SELECT max(priority) FROM link WHERE origin = 'backfill' AND due > 0 AND source = ?2 AND host = name) FROM hosts WHERE name IS NOT NULL
		UNION ALL SELECT host, (SELECT max(priority) FROM link WHERE origin = 'backfill' AND due > 0 AND source = ?2 AND link.host = level.host AND priority < p) FROM level WHERE p IS NOT NULL),
	ripe AS (SELECT host, p, (SELECT min(due) FROM link WHERE origin = 'backfill' AND due > 0 AND source = ?2 AND link.host = level.host AND priority = p) AS since
		FROM level WHERE p IS NOT NULL)
	`

// LeaseBackfill is of store.Backfills.
func (s *Store) LeaseBackfill(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int, source string) (*store.Lease, error) {
	ripest := func(ctx context.Context, tx *txn, at int64) (string, error) {
		return ripestBackfill(ctx, tx, at, source)
	}
	return s.lease(ctx, worker, ttl, func(tx *txn, l *store.Lease) error {
		return s.leaseHost(ctx, tx, l, store.Millis(now), n, ofBackfill(source), ripest)
	})
}

// ripestBackfill is the free host with the most urgent due link, "" when there is none.
func ripestBackfill(ctx context.Context, tx *txn, at int64, source string) (host string, err error) {
	err = tx.QueryRowContext(ctx, backfillLevels+`SELECT host FROM ripe JOIN host h ON h.name = host
		WHERE since <= ?1 AND h.until <= ?1 AND h.free <= ?1 AND h.rest <= ?1 ORDER BY p DESC, since, host LIMIT 1`, at, source).Scan(&host)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return host, err
}

// NextBackfill is of store.Backfills.
func (s *Store) NextBackfill(ctx context.Context, now time.Time, source string) (at time.Time, due bool, err error) {
	var soonest sql.NullInt64
	var ripe sql.NullBool
	err = s.read.QueryRowContext(ctx, backfillLevels+`SELECT min(max(since, h.until, h.free, h.rest)), max(since <= ?1) FROM ripe JOIN host h ON h.name = host`,
		store.Millis(now), source).Scan(&soonest, &ripe)
	return store.Instant(soonest.Int64), ripe.Bool, classify(err)
}

// BackfillWaiting is of store.Backfills.
func (s *Store) BackfillWaiting(ctx context.Context, source string) (n int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM link WHERE origin = 'backfill' AND due > 0 AND source = ?`, source).Scan(&n)
	return n, classify(err)
}
