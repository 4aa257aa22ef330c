package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/store"
)

// tallied is a source's row of the tally, with its links of the hour.
type tallied struct {
	store.LinkCount
	this int
}

// LinkCounts is of store.Frontier. It reads the tally, and looks at the links
// that are due within the hour alone.
func (s *Store) LinkCounts(ctx context.Context, now time.Time) ([]store.LinkCount, error) {
	var list []tallied
	at := store.Millis(now)
	hour := at / store.TallyHour
	err := s.rows(ctx, into(&list, func(rows pgx.Rows, c *tallied) error {
		var changed int64
		err := rows.Scan(&c.Source, &c.Known, &c.Due, &c.Waiting, &c.this, &c.Fetched, &c.Gone, &c.Failed, &changed)
		c.LastNew = store.Instant(changed)
		return err
	}), `SELECT source, sum(links)::bigint, coalesce(sum(links) FILTER (WHERE hour > 0 AND hour < $1), 0)::bigint, coalesce(sum(links) FILTER (WHERE hour > $1), 0)::bigint,
		coalesce(sum(links) FILTER (WHERE hour = $1), 0)::bigint, sum(fetched)::bigint, sum(gone)::bigint, sum(failed)::bigint, max(changed) FROM link_tally GROUP BY source ORDER BY source`, hour)
	var sum store.Tally
	for _, c := range list {
		sum.Add(c.LinkCount, c.this)
	}
	if err == nil && sum.Exact() {
		err = s.ripe(ctx, &sum, hour*store.TallyHour, at)
	}
	return sum.Counts(now), err
}

// ripe counts the links that are due from one instant to another, host by host by
// the index.
func (s *Store) ripe(ctx context.Context, sum *store.Tally, from, to int64) error {
	var list []store.LinkCount
	err := s.rows(ctx, into(&list, func(rows pgx.Rows, c *store.LinkCount) error { return rows.Scan(&c.Source, &c.Due) }),
		`SELECT l.source, count(*) FROM host h CROSS JOIN LATERAL (SELECT source FROM link WHERE host = h.name AND due > 0 AND due BETWEEN $1 AND $2 OFFSET 0) l GROUP BY l.source`, from, to)
	for _, c := range list {
		sum.Ripe(c.Source, c.Due)
	}
	return err
}
