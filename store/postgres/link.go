package postgres

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"sukien/store"
)

// ended are the results of links that are never due again when found anew.
const ended = `('gone', 'redirected')`

// linkBatch bounds the links of one transaction of Add.
const linkBatch = 1000

// linkKey is the key of a URL as it is kept.
func linkKey(url string) (key [16]byte) {
	sum := sha256.Sum256([]byte(plain(url)))
	copy(key[:], sum[:])
	return key
}

// quick queues that the commit need not reach the disk: a crash of the server may
// lose the last moments.
func quick(b *batch) { b.add(`SELECT set_config('synchronous_commit', 'off', true)`) }

// Add is of store.Frontier. Links and hosts are written in the order of their
// keys, so that no two processes wait for each other.
func (s *Store) Add(ctx context.Context, links []store.Link) (fresh int, err error) {
	for part := range slices.Chunk(links, linkBatch) {
		n, err := s.add(ctx, inOrder(part))
		if fresh += n; err != nil {
			return fresh, err
		}
	}
	return fresh, nil
}

// add adds links in one transaction.
func (s *Store) add(ctx context.Context, links []store.Link) (fresh int, err error) {
	all := columnsOf(links)
	changed := columnsOf(slices.DeleteFunc(links, func(l store.Link) bool { return l.Modified.IsZero() || l.Due.IsZero() }))
	err = s.again(ctx, func() error {
		b := &batch{}
		quick(b)
		b.add(addSQL, all.keys, all.urls, all.hosts, all.sources, all.kinds, all.priorities, all.dues, all.vias, all.hops, all.published, all.modified, all.origins, time.Now().UnixMilli()).
			Exec(func(tag pgconn.CommandTag) error { fresh = int(tag.RowsAffected()); return nil })
		b.add(`INSERT INTO host (name) SELECT DISTINCT n FROM unnest($1::text[]) AS n ORDER BY n ON CONFLICT DO NOTHING`, all.hosts)
		b.add(raiseSQL, all.keys, all.priorities)
		if len(changed.keys) > 0 {
			b.add(soonerSQL, changed.keys, changed.dues, changed.modified)
		}
		return b.send(ctx, s.pool)
	})
	return fresh, err
}

const (
	addSQL = `INSERT INTO link (key, url, host, source, kind, priority, due, via, hops, published, modified, origin, added)
		SELECT u.*, $13 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::text[], $9::int[], $10::bigint[], $11::bigint[], $12::text[]) AS u
		ON CONFLICT (key) DO NOTHING`

	// What a link that is known already may change: its priority before its first
	// fetch, its due time when it was modified since its last.
	raiseSQL = `WITH up AS (
			SELECT l.key, i.priority FROM link l JOIN (SELECT key, max(priority) AS priority FROM unnest($1::uuid[], $2::int[]) AS u (key, priority) GROUP BY key) i ON i.key = l.key
			WHERE l.fetches = 0 AND l.priority < i.priority ORDER BY l.key FOR NO KEY UPDATE OF l)
		UPDATE link l SET priority = up.priority FROM up WHERE l.key = up.key`
	soonerSQL = `WITH known AS (
			SELECT key, due, fetched FROM link WHERE key = ANY ($1::uuid[]) AND fetched > 0 AND result NOT IN ` + ended + ` ORDER BY key FOR NO KEY UPDATE),
		soon AS (
			SELECT k.key, min(u.due) AS due FROM known k JOIN unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS u (key, due, modified) ON u.key = k.key
			WHERE u.due > 0 AND u.modified > k.fetched AND (k.due = 0 OR u.due < k.due) GROUP BY k.key)
		UPDATE link l SET due = soon.due FROM soon WHERE l.key = soon.key`
)

// inOrder are the links in the order of their keys.
func inOrder(links []store.Link) []store.Link {
	sorted := slices.Clone(links)
	slices.SortStableFunc(sorted, func(a, b store.Link) int {
		x, y := linkKey(a.URL), linkKey(b.URL)
		return bytes.Compare(x[:], y[:])
	})
	return sorted
}

// columns are links as arrays.
type columns struct {
	keys                                       [][16]byte
	urls, hosts, sources, kinds, vias, origins []string
	priorities, hops                           []int32
	dues, published, modified                  []int64
}

func columnsOf(links []store.Link) (c columns) {
	for _, l := range links {
		c.keys = append(c.keys, linkKey(l.URL))
		c.urls, c.hosts, c.sources = append(c.urls, l.URL), append(c.hosts, l.Host), append(c.sources, l.Source)
		c.kinds, c.vias, c.origins = append(c.kinds, l.Kind), append(c.vias, l.Via), append(c.origins, string(l.Origin))
		c.priorities, c.hops = append(c.priorities, int32(l.Priority)), append(c.hops, int32(l.Hops))
		c.dues, c.published, c.modified = append(c.dues, store.Millis(l.Due)), append(c.published, store.Millis(l.Published)), append(c.modified, store.Millis(l.Modified))
	}
	return c
}

// scanLink reads the columns of linkColumns.
func scanLink(rows pgx.Rows, l *store.Link) error {
	var due, published, modified, fetched, changed, interval int64
	err := rows.Scan(&l.URL, &l.Host, &l.Source, &l.Kind, &l.Priority, &due, &l.Via, &l.Hops, &published, &modified, (*string)(&l.Origin),
		&fetched, &changed, &interval, &l.Fetches, &l.Failures, &l.ETag, &l.LastModified, &l.Signature)
	l.Due, l.Published, l.Modified, l.Fetched, l.Changed = store.Instant(due), store.Instant(published), store.Instant(modified), store.Instant(fetched), store.Instant(changed)
	l.Interval = time.Duration(interval) * time.Millisecond
	return err
}

const linkColumns = `url, host, source, kind, priority, due, via, hops, published, modified, origin, fetched, changed, interval, fetches, failures, etag, last_modified, signature`
