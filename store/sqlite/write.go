package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"sukien/news"
	"sukien/store"
	"sukien/store/ingest"
)

// Events is of ingest.Tx.
func (in ingesting) Events(ctx context.Context, ids []string) ([]ingest.Event, error) {
	var list []ingest.Event
	for _, id := range ids {
		e, known := in.w.events.Get(id)
		if !known {
			var err error
			if e, err = in.event(ctx, id); errors.Is(err, sql.ErrNoRows) {
				continue
			} else if err != nil {
				return nil, fmt.Errorf("event %s: %w", id, err)
			}
			in.keep(e)
		}
		own := *e.Event // the slots of events are replaced, not written to
		list = append(list, ingest.Event{Event: &own, Sent: e.Sent, Over: e.Over})
	}
	return list, nil
}

func (in ingesting) event(ctx context.Context, id string) (ingest.Event, error) {
	e := ingest.Event{Event: new(news.Event)}
	var data string
	err := in.QueryRowContext(ctx, `SELECT json, sent, merged FROM event WHERE id = ?`, id).Scan(&data, &e.Sent, &e.Over)
	if err == nil {
		err = json.Unmarshal([]byte(data), e.Event)
	}
	return e, err
}

// keep keeps an event in memory as it is stored.
func (in ingesting) keep(e ingest.Event) {
	own := *e.Event
	in.w.events.Put(e.ID, ingest.Event{Event: &own, Sent: e.Sent, Over: e.Over})
}

// Save is of ingest.Tx.
func (in ingesting) Save(ctx context.Context, e ingest.Event) error {
	data, err := json.Marshal(e.Event)
	if err != nil {
		return err
	}
	var seq int64
	if err := in.QueryRowContext(ctx, `INSERT INTO event (id, revision, sent, salience, merged, kind, level, series, status, start, until, changed, json) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sent = excluded.sent, salience = excluded.salience, merged = excluded.merged, kind = excluded.kind,
		level = excluded.level, series = excluded.series, status = excluded.status, start = excluded.start, until = excluded.until, changed = excluded.changed, json = excluded.json RETURNING seq`,
		e.ID, e.Revision, e.Sent, e.Salience, e.Over, e.Kind, e.Level, e.Series, e.Status, e.Start, e.Until(), store.Millis(e.Updated), string(data)).Scan(&seq); err != nil {
		return err
	}
	if _, err := in.ExecContext(ctx, `INSERT INTO revision (event, revision, json) VALUES (?,?,?) ON CONFLICT DO NOTHING`, e.ID, e.Revision, e.LastRevision()); err != nil {
		return err
	}
	in.keep(e)
	if err := in.facets(ctx, seq, e); err != nil || !e.NewWords() {
		return err
	}
	in.say("event_text", seq, e.Words())
	return nil
}

// facets writes those that are new and deletes those that are no more.
func (in ingesting) facets(ctx context.Context, seq int64, e ingest.Event) error {
	more, less := e.NewFacets()
	for _, f := range less {
		if err := in.unfacet(ctx, seq, f); err != nil {
			return err
		}
	}
	var ids []int64
	for _, f := range more {
		id, err := in.facet(ctx, f)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	return in.insertPairs(ctx, `INSERT OR IGNORE INTO event_facet (event, facet) VALUES (?,?)`, seq, ids)
}

// unfacet deletes one. A value that no event has any more is forgotten: it may be
// the name of a person who was purged.
func (in ingesting) unfacet(ctx context.Context, seq int64, f ingest.Facet) error {
	var id int64
	if err := in.QueryRowContext(ctx, `DELETE FROM event_facet WHERE facet = (SELECT id FROM facet WHERE name = ? AND value = ?) AND event = ? RETURNING facet`, f.Name, f.Value, seq).Scan(&id); err != nil {
		return err
	}
	in.w.facets.Drop(f)
	_, err := in.ExecContext(ctx, `DELETE FROM facet WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM event_facet WHERE facet = ?1)`, id)
	return err
}

// facet gives the number of a value, which it gets when it has none.
func (in ingesting) facet(ctx context.Context, f ingest.Facet) (int64, error) {
	id, known := in.w.facets.Get(f)
	if known {
		return id, nil
	}
	err := in.QueryRowContext(ctx, `SELECT id FROM facet WHERE name = ? AND value = ?`, f.Name, f.Value).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = in.QueryRowContext(ctx, `INSERT INTO facet (name, value) VALUES (?,?) RETURNING id`, f.Name, f.Value).Scan(&id)
	}
	if err == nil {
		in.w.facets.Put(f, id)
	}
	return id, err
}

// Send is of ingest.Tx.
func (in ingesting) Send(ctx context.Context, m store.Message) error { return put(ctx, in.txn, m) }
