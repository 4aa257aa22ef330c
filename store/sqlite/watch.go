package sqlite

import (
	"context"
	"fmt"
	"time"

	"sukien/news"
	"sukien/store"
)

// Observe is of store.Watch.
func (s *Store) Observe(ctx context.Context, o store.Observation) error {
	if o.Source == "" {
		return fmt.Errorf("%w: an observation without its source", news.ErrInvalid)
	}
	return s.quick(ctx, func(tx *txn) error {
		if err := observeCounts(ctx, tx, o); err != nil {
			return err
		}
		if err := observeHost(ctx, tx, o); err != nil {
			return err
		}
		return observeFindings(ctx, tx, o)
	})
}

func observeCounts(ctx context.Context, tx *txn, o store.Observation) error {
	hour := store.HourOf(o.At)
	for name, n := range o.Counts {
		if _, err := tx.ExecContext(ctx, `INSERT INTO source_hour (source, hour, name, n) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n`, o.Source, hour, name, n); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM source_hour WHERE source = ? AND hour < ?`, o.Source, hour-store.WatchHours)
	return err
}

func observeHost(ctx context.Context, tx *txn, o store.Observation) error {
	yield := int64(0)
	if o.Counts[store.CountArticles] > 0 {
		yield = store.Millis(o.At)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO source_host (source, host, yield) VALUES (?,?,?) ON CONFLICT DO UPDATE SET yield = max(yield, excluded.yield)`, o.Source, o.Host, yield); err != nil {
		return err
	}
	if o.State == nil {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE source_host SET robots = ?, pace = ?, rest = ?, seen = ? WHERE source = ? AND host = ?`,
		o.State.Robots, o.State.Pace.Milliseconds(), store.Millis(o.State.Rest), store.Millis(o.At), o.Source, o.Host)
	return err
}

func observeFindings(ctx context.Context, tx *txn, o store.Observation) error {
	for _, about := range o.Well {
		if _, err := tx.ExecContext(ctx, `DELETE FROM source_finding WHERE source = ? AND about = ?`, o.Source, about); err != nil {
			return err
		}
	}
	at := store.Millis(o.At)
	for _, f := range o.Findings {
		if _, err := tx.ExecContext(ctx, `INSERT INTO source_finding (source, about, kind, detail, first, last, times) VALUES (?,?,?,?,?,?,?)
			ON CONFLICT DO UPDATE SET detail = excluded.detail, last = excluded.last, times = times + excluded.times`, o.Source, f.About, f.Kind, f.Detail, at, at, max(f.Times, 1)); err != nil {
			return err
		}
	}
	return nil
}

// SourceHealth is of store.Watch.
func (s *Store) SourceHealth(ctx context.Context, now time.Time) ([]store.SourceHealth, error) {
	all, at, err := s.watchedHosts(ctx)
	if err == nil {
		err = s.watchedHours(ctx, all, at, store.HourOf(now)-store.WatchHours)
	}
	if err == nil {
		err = s.watchedFindings(ctx, all, at)
	}
	list := make([]store.SourceHealth, len(all))
	for i, w := range all {
		list[i] = w.Health(now)
	}
	return list, classify(err)
}

// watchedHosts starts the list of outlets, ordered by source, with the place of each.
func (s *Store) watchedHosts(ctx context.Context) (all []store.Watched, at map[string]int, err error) {
	at = map[string]int{}
	err = s.eachRow(ctx, func(scan func(...any) error) error {
		var source string
		var h store.HostState
		var yield, pace, rest, seen int64
		if err := scan(&source, &h.Host, &yield, &h.Robots, &pace, &rest, &seen); err != nil {
			return err
		}
		if _, ok := at[source]; !ok {
			at[source] = len(all)
			all = append(all, store.Watched{Source: source})
		}
		w := &all[at[source]]
		if y := store.Instant(yield); y.After(w.LastYield) {
			w.LastYield = y
		}
		if seen > 0 {
			h.Pace, h.Rest, h.Seen = time.Duration(pace)*time.Millisecond, store.Instant(rest), store.Instant(seen)
			w.Hosts = append(w.Hosts, h)
		}
		return nil
	}, `SELECT source, host, yield, robots, pace, rest, seen FROM source_host ORDER BY source, host`)
	return all, at, err
}

func (s *Store) watchedHours(ctx context.Context, all []store.Watched, at map[string]int, since int64) error {
	return s.eachRow(ctx, func(scan func(...any) error) error {
		var source string
		var c store.HourCount
		if err := scan(&source, &c.Hour, &c.Name, &c.N); err != nil {
			return err
		}
		if i, ok := at[source]; ok {
			all[i].Hours = append(all[i].Hours, c)
		}
		return nil
	}, `SELECT source, hour, name, n FROM source_hour WHERE hour >= ? ORDER BY source, hour, name`, since)
}

func (s *Store) watchedFindings(ctx context.Context, all []store.Watched, at map[string]int) error {
	return s.eachRow(ctx, func(scan func(...any) error) error {
		var source string
		var f store.Finding
		var first, last int64
		if err := scan(&source, &f.About, &f.Kind, &f.Detail, &first, &last, &f.Times); err != nil {
			return err
		}
		f.First, f.Last = store.Instant(first), store.Instant(last)
		if i, ok := at[source]; ok {
			all[i].Findings = append(all[i].Findings, f)
		}
		return nil
	}, `SELECT source, about, kind, detail, first, last, times FROM source_finding ORDER BY source, about, kind`)
}

// eachRow hands the scan of each row on.
func (s *Store) eachRow(ctx context.Context, take func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
