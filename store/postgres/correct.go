package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/store"
	"sukien/store/ingest"
)

// Correct is of store.Corrections. No ingest runs beside it.
func (s *Store) Correct(ctx context.Context, c store.Correction, now time.Time) (done store.Corrected, err error) {
	err = s.tx(ctx, func(tx pgx.Tx, _ int) (err error) {
		in := &ingesting{tx: tx, queue: &batch{}, alone: true}
		if done, err = ingest.Correct(ctx, in, c, now, s.seen); err != nil {
			return err
		}
		return in.flush(ctx)
	})
	if err != nil {
		return store.Corrected{}, err
	}
	s.notify()
	return done, nil
}

const decisionsOf = `SELECT d.json, d.undone FROM decision d WHERE d.seq IN (SELECT decision FROM decision_event WHERE event = ANY ($1)) ORDER BY d.seq`

// Decisions is of store.Corrections.
func (s *Store) Decisions(ctx context.Context, event string) ([]store.Decision, error) {
	var list []ingest.Decision
	err := s.rows(ctx, into(&list, scanDecision), decisionsOf, []string{event})
	out := make([]store.Decision, len(list))
	for i, d := range list {
		out[i] = d.Decision
	}
	return out, err
}

func scanDecision(rows pgx.Rows, d *ingest.Decision) error {
	var data []byte
	var undone bool
	if err := rows.Scan(&data, &undone); err != nil {
		return err
	}
	if err := json.Unmarshal(data, d); err != nil {
		return fmt.Errorf("decision: %w", err)
	}
	d.Undone = undone
	return nil
}

// Decisions is of ingest.Bench.
func (in *ingesting) Decisions(ctx context.Context, events []string) (list []ingest.Decision, err error) {
	err = in.read(ctx, into(&list, scanDecision), decisionsOf, events)
	return list, err
}

// Decision is of ingest.Bench.
func (in *ingesting) Decision(ctx context.Context, id string) (*ingest.Decision, error) {
	var list []ingest.Decision
	err := in.read(ctx, into(&list, scanDecision), `SELECT json, undone FROM decision WHERE id = $1`, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Decide is of ingest.Bench.
func (in *ingesting) Decide(_ context.Context, d ingest.Decision) error {
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	in.queue.add(`WITH d AS (INSERT INTO decision (id, json) VALUES ($1, $2) RETURNING seq)
		INSERT INTO decision_event (event, decision) SELECT e, seq FROM d, unnest($3::text[]) AS e`, d.ID, string(data), d.Events())
	return nil
}

// TakeBack is of ingest.Bench.
func (in *ingesting) TakeBack(_ context.Context, id string) error {
	in.queue.add(`UPDATE decision SET undone = true WHERE id = $1`, id)
	return nil
}

// Redecide is of ingest.Bench.
func (in *ingesting) Redecide(_ context.Context, d ingest.Decision) error {
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	in.queue.add(`UPDATE decision SET json = $1 WHERE id = $2`, string(data), d.ID)
	return nil
}

// Rulings is of ingest.Bench.
func (in *ingesting) Rulings(ctx context.Context, events, articles []string) (list []ingest.Ruling, err error) {
	err = in.read(ctx, into(&list, func(rows pgx.Rows, r *ingest.Ruling) error {
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return err
		}
		return json.Unmarshal(data, r)
	}), `SELECT json FROM ruling WHERE event = ANY ($1) OR event IN (SELECT event FROM ruling_article WHERE article = ANY ($2)) ORDER BY event`, listOf(events), listOf(articles))
	return list, err
}

// listOf is a list that is not NULL.
func listOf(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// Rule is of ingest.Bench.
func (in *ingesting) Rule(ctx context.Context, r ingest.Ruling) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := in.Unrule(ctx, r.Event); err != nil {
		return err
	}
	in.queue.add(`INSERT INTO ruling (event, json) VALUES ($1, $2)`, r.Event, string(data))
	in.anchor(r)
	return nil
}

// anchor files a ruling under its articles.
func (in *ingesting) anchor(r ingest.Ruling) {
	in.queue.add(`INSERT INTO ruling_article (article, event) SELECT a, $2 FROM unnest($1::text[]) AS a`, listOf(r.Articles()), r.Event)
}

// Unrule is of ingest.Bench.
func (in *ingesting) Unrule(_ context.Context, event string) error {
	in.queue.add(`DELETE FROM ruling WHERE event = $1`, event)
	return nil
}
