package postgres

import (
	"context"
	"strings"
	"time"

	"sukien/store"
)

// ofBackfill makes of a statement about all links one about those of a source's
// backfill; source is the argument that has it.
func ofBackfill(sql, source string) string {
	return strings.ReplaceAll(sql, `FROM link WHERE host`, `FROM link WHERE origin = 'backfill' AND source = `+source+` AND host`)
}

var (
	leaseBackfillSQL = ofBackfill(leaseSQL, "$6")
	dueBackfillSQL   = ofBackfill(dueSQL, "$4")
)

// LeaseBackfill is of store.Backfills.
func (s *Store) LeaseBackfill(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int, source string) (*store.Lease, error) {
	return s.lease(ctx, now, worker, ttl, n, leaseBackfillSQL, dueBackfillSQL, source)
}

// nextBackfillSQL steps from priority to priority, as leaseSQL does.
var nextBackfillSQL = ofBackfill(`SELECT min(greatest(since, h.until + ahead, h.free + ahead, h.rest + ahead)), bool_or(since <= $1)
	FROM host h CROSS JOIN (SELECT $1 - now_ms() AS ahead) c CROSS JOIN LATERAL (
		WITH RECURSIVE level (p) AS (
			SELECT max(priority) FROM link WHERE host = h.name AND due > 0
			UNION ALL
			SELECT (SELECT max(priority) FROM link WHERE host = h.name AND due > 0 AND priority < p) FROM level WHERE p IS NOT NULL)
		SELECT min((SELECT min(due) FROM link WHERE host = h.name AND priority = p AND due > 0)) AS since FROM level WHERE p IS NOT NULL) l
	WHERE since IS NOT NULL`, "$2")

// NextBackfill is of store.Backfills.
func (s *Store) NextBackfill(ctx context.Context, now time.Time, source string) (at time.Time, due bool, err error) {
	var soonest *int64
	var ripe *bool
	err = s.row(ctx, []any{&soonest, &ripe}, nextBackfillSQL, store.Millis(now), source)
	if err != nil || soonest == nil {
		return time.Time{}, false, err
	}
	return store.Instant(*soonest), *ripe, nil
}

// BackfillWaiting is of store.Backfills.
func (s *Store) BackfillWaiting(ctx context.Context, source string) (n int, err error) {
	err = s.row(ctx, []any{&n}, `SELECT count(*) FROM link WHERE origin = 'backfill' AND due > 0 AND source = $1`, source)
	return n, err
}
