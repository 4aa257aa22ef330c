package postgres

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/store"
)

// Observe is of store.Watch. Rows are written in one order by all processes, so
// that they do not wait for one another in a circle.
func (s *Store) Observe(ctx context.Context, o store.Observation) error {
	if o.Source == "" {
		return fmt.Errorf("%w: an observation without its source", news.ErrInvalid)
	}
	return s.tx(ctx, func(tx pgx.Tx, _ int) error {
		var b batch
		observeCounts(&b, o)
		observeHost(&b, o)
		observeFindings(&b, o)
		return b.send(ctx, tx)
	})
}

func observeCounts(b *batch, o store.Observation) {
	hour := store.HourOf(o.At)
	for _, name := range slices.Sorted(maps.Keys(o.Counts)) {
		b.add(`INSERT INTO source_hour AS h (source, hour, name, n) VALUES ($1, $2, $3, $4)
			ON CONFLICT (source, hour, name) DO UPDATE SET n = h.n + excluded.n`, o.Source, hour, name, o.Counts[name])
	}
	b.add(`DELETE FROM source_hour WHERE source = $1 AND hour < $2`, o.Source, hour-store.WatchHours)
}

func observeHost(b *batch, o store.Observation) {
	yield := int64(0)
	if o.Counts[store.CountArticles] > 0 {
		yield = store.Millis(o.At)
	}
	b.add(`INSERT INTO source_host AS h (source, host, yield) VALUES ($1, $2, $3)
		ON CONFLICT (source, host) DO UPDATE SET yield = greatest(h.yield, excluded.yield)`, o.Source, o.Host, yield)
	if o.State != nil {
		b.add(`UPDATE source_host SET robots = $1, pace = $2, rest = $3, seen = $4 WHERE source = $5 AND host = $6`,
			o.State.Robots, o.State.Pace.Milliseconds(), store.Millis(o.State.Rest), store.Millis(o.At), o.Source, o.Host)
	}
}

func observeFindings(b *batch, o store.Observation) {
	if len(o.Well) > 0 {
		b.add(`DELETE FROM source_finding WHERE source = $1 AND about = ANY ($2)`, o.Source, o.Well)
	}
	at := store.Millis(o.At)
	for _, f := range o.Findings {
		b.add(`INSERT INTO source_finding AS f (source, about, kind, detail, first, last, times) VALUES ($1, $2, $3, $4, $5, $5, $6)
			ON CONFLICT (source, about, kind) DO UPDATE SET detail = excluded.detail, last = excluded.last, times = f.times + excluded.times`,
			o.Source, f.About, f.Kind, f.Detail, at, max(f.Times, 1))
	}
}

// SourceHealth is of store.Watch.
func (s *Store) SourceHealth(ctx context.Context, now time.Time) ([]store.SourceHealth, error) {
	hosts, err := s.watchedHosts(ctx)
	if err != nil {
		return nil, err
	}
	hours, err := s.watchedHours(ctx, store.HourOf(now)-store.WatchHours)
	if err != nil {
		return nil, err
	}
	findings, err := s.watchedFindings(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]store.SourceHealth, len(hosts))
	for i, w := range hosts {
		w.Hours, w.Findings = hours[w.Source], findings[w.Source]
		list[i] = w.Health(now)
	}
	return list, nil
}

// watchedHosts starts the list of outlets, ordered by source.
func (s *Store) watchedHosts(ctx context.Context) (all []store.Watched, err error) {
	err = s.rows(ctx, func(rows pgx.Rows) error {
		all = nil
		for rows.Next() {
			var source string
			var h store.HostState
			var yield, pace, rest, seen int64
			if err := rows.Scan(&source, &h.Host, &yield, &h.Robots, &pace, &rest, &seen); err != nil {
				return err
			}
			if len(all) == 0 || all[len(all)-1].Source != source {
				all = append(all, store.Watched{Source: source})
			}
			w := &all[len(all)-1]
			if y := store.Instant(yield); y.After(w.LastYield) {
				w.LastYield = y
			}
			if seen > 0 {
				h.Pace, h.Rest, h.Seen = time.Duration(pace)*time.Millisecond, store.Instant(rest), store.Instant(seen)
				w.Hosts = append(w.Hosts, h)
			}
		}
		return nil
	}, `SELECT source, host, yield, robots, pace, rest, seen FROM source_host ORDER BY source COLLATE "C", host COLLATE "C"`)
	return all, err
}

func (s *Store) watchedHours(ctx context.Context, since int64) (map[string][]store.HourCount, error) {
	var hours map[string][]store.HourCount
	err := s.rows(ctx, bySource(&hours, func(rows pgx.Rows, source *string, c *store.HourCount) error {
		return rows.Scan(source, &c.Hour, &c.Name, &c.N)
	}), `SELECT source, hour, name, n FROM source_hour WHERE hour >= $1 ORDER BY source, hour, name COLLATE "C"`, since)
	return hours, err
}

func (s *Store) watchedFindings(ctx context.Context) (map[string][]store.Finding, error) {
	var findings map[string][]store.Finding
	err := s.rows(ctx, bySource(&findings, func(rows pgx.Rows, source *string, f *store.Finding) error {
		var first, last int64
		err := rows.Scan(source, &f.About, &f.Kind, &f.Detail, &first, &last, &f.Times)
		f.First, f.Last = store.Instant(first), store.Instant(last)
		return err
	}), `SELECT source, about, kind, detail, first, last, times FROM source_finding ORDER BY source, about COLLATE "C", kind COLLATE "C"`)
	return findings, err
}

// bySource collects the values of rows by their outlet, begun anew with each try.
func bySource[T any](all *map[string][]T, scan func(rows pgx.Rows, source *string, v *T) error) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		*all = map[string][]T{}
		for rows.Next() {
			var source string
			var v T
			if err := scan(rows, &source, &v); err != nil {
				return err
			}
			(*all)[source] = append((*all)[source], v)
		}
		return rows.Err()
	}
}
