package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/store"
	"sukien/store/ingest"
)

// Events is of ingest.Tx.
func (in *ingesting) Events(ctx context.Context, ids []string) (list []ingest.Event, err error) {
	err = in.read(ctx, into(&list, func(rows pgx.Rows, e *ingest.Event) error {
		var data []byte
		if err := rows.Scan(&data, &e.Sent, &e.Over); err != nil {
			return err
		}
		e.Event = new(news.Event)
		return json.Unmarshal(data, e.Event)
	}), `SELECT json, sent, merged FROM event WHERE id = ANY ($1)`, ids)
	return list, err
}

// Save is of ingest.Tx.
func (in *ingesting) Save(_ context.Context, e ingest.Event) error {
	data, err := json.Marshal(e.Event)
	if err != nil {
		return fmt.Errorf("event %s: %w", e.ID, err)
	}
	in.queue.add(`INSERT INTO event (id, revision, sent, salience, merged, kind, level, series, status, start, until, changed, json, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, to_tsvector('simple', $14))
		ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sent = excluded.sent, salience = excluded.salience, merged = excluded.merged, kind = excluded.kind,
		level = excluded.level, series = excluded.series, status = excluded.status, start = excluded.start, until = excluded.until, changed = excluded.changed, json = excluded.json, words = excluded.words`,
		e.ID, e.Revision, e.Sent, string(e.Salience), e.Over, string(e.Kind), string(e.Level), e.Series, string(e.Status), string(e.Start), string(e.Until()), store.Millis(e.Updated), string(data), words(e.Words()))
	in.queue.add(`INSERT INTO revision (event, revision, json) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, e.ID, e.Revision, e.LastRevision())
	in.facets(e)
	return nil
}

// maxFacet bounds the value of a facet in bytes: an index holds 2,700 a row.
const maxFacet = 500

// facets writes what an event is found by, where it differs from what is there.
func (in *ingesting) facets(e ingest.Event) {
	var names, values, found []string
	for _, f := range e.Facets() {
		names, values = append(names, f.Name), append(values, plain(f.Value[:min(len(f.Value), maxFacet)]))
		found = append(found, words(f.Value))
	}
	in.queue.add(`DELETE FROM event_facet WHERE event = $1 AND (facet, value) NOT IN (SELECT * FROM unnest($2::text[], $3::text[]))`, e.ID, names, values)
	in.queue.add(`INSERT INTO event_facet (event, facet, value, words) SELECT $1, f, v, to_tsvector('simple', w) FROM unnest($2::text[], $3::text[], $4::text[]) AS u (f, v, w)
		ON CONFLICT DO NOTHING`, e.ID, names, values, found)
}

// Send is of ingest.Tx.
func (in *ingesting) Send(ctx context.Context, m store.Message) error {
	put(ctx, in.queue, m)
	return nil
}
