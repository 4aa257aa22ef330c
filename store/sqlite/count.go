package sqlite

import (
	"context"
	"time"

	"sukien/store"
)

// LinkCounts is of store.Frontier. It reads the tally, and looks at the links
// that are due within the hour alone.
func (s *Store) LinkCounts(ctx context.Context, now time.Time) ([]store.LinkCount, error) {
	var sum store.Tally
	at := store.Millis(now)
	hour := at / store.TallyHour
	err := s.eachRow(ctx, func(scan func(...any) error) error {
		var c store.LinkCount
		var this, changed int64
		err := scan(&c.Source, &c.Known, &c.Due, &c.Waiting, &this, &c.Fetched, &c.Gone, &c.Failed, &changed)
		c.LastNew = store.Instant(changed)
		sum.Add(c, int(this))
		return err
	}, `SELECT source, sum(links), coalesce(sum(links) FILTER (WHERE hour > 0 AND hour < ?1), 0), coalesce(sum(links) FILTER (WHERE hour > ?1), 0),
		coalesce(sum(links) FILTER (WHERE hour = ?1), 0), sum(fetched), sum(gone), sum(failed), max(changed) FROM link_tally GROUP BY source ORDER BY source`, hour)
	if err == nil && sum.Exact() {
		err = s.ripeOf(ctx, &sum, hour*store.TallyHour, at)
	}
	return sum.Counts(now), classify(err)
}

// ripeOf counts the links that are due from one instant to another, stepping by
// the index from one host and one priority to the next.
func (s *Store) ripeOf(ctx context.Context, sum *store.Tally, from, to int64) error {
	return s.eachRow(ctx, func(scan func(...any) error) error {
		var source string
		var n int
		err := scan(&source, &n)
		sum.Ripe(source, n)
		return err
	}, `WITH RECURSIVE level (host, p) AS (
			SELECT name, (SELECT max(priority) FROM link WHERE host = name AND due > 0) FROM host
			UNION ALL SELECT host, (SELECT max(priority) FROM link WHERE link.host = level.host AND due > 0 AND priority < p) FROM level WHERE p IS NOT NULL)
		SELECT source, count(*) FROM level CROSS JOIN link ON link.host = level.host AND priority = p AND due BETWEEN ?1 AND ?2 WHERE due > 0 GROUP BY source`, from, to)
}
