package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"sukien/store"
	"sukien/store/ingest"
)

// Correct is of store.Corrections.
func (s *Store) Correct(ctx context.Context, c store.Correction, now time.Time) (done store.Corrected, err error) {
	err = s.tx(ctx, func(tx *txn) (err error) {
		done, err = ingest.Correct(ctx, ingesting{tx}, c, now, s.seen)
		return err
	})
	if err != nil {
		return store.Corrected{}, err
	}
	s.notify()
	return done, nil
}

// Decisions is of store.Corrections.
func (s *Store) Decisions(ctx context.Context, event string) ([]store.Decision, error) {
	rows, err := s.read.QueryContext(ctx, decisionsOf+`event = ? ORDER BY d.seq`, event)
	if err != nil {
		return nil, classify(err)
	}
	list, err := scanDecisions(rows)
	out := make([]store.Decision, len(list))
	for i, d := range list {
		out[i] = d.Decision
	}
	return out, classify(err)
}

const decisionsOf = `SELECT DISTINCT d.seq, d.json, d.undone FROM decision_event e JOIN decision d ON d.seq = e.decision WHERE `

// scanDecisions reads rows of decisionsOf.
func scanDecisions(rows *sql.Rows) (list []ingest.Decision, err error) {
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var data string
		var d ingest.Decision
		var undone bool
		if err := rows.Scan(&seq, &data, &undone); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(data), &d); err != nil {
			return nil, fmt.Errorf("decision %d: %w", seq, err)
		}
		d.Undone = undone
		list = append(list, d)
	}
	return list, rows.Err()
}

// Decisions is of ingest.Bench.
func (in ingesting) Decisions(ctx context.Context, events []string) ([]ingest.Decision, error) {
	rows, err := in.QueryContext(ctx, decisionsOf+`event IN (`+marks(len(events))+`) ORDER BY d.seq`, anys(events)...)
	if err != nil {
		return nil, err
	}
	return scanDecisions(rows)
}

// Decision is of ingest.Bench.
func (in ingesting) Decision(ctx context.Context, id string) (*ingest.Decision, error) {
	var data string
	err := in.QueryRowContext(ctx, `SELECT json FROM decision WHERE id = ?`, id).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	d := new(ingest.Decision)
	if err == nil {
		err = json.Unmarshal([]byte(data), d)
	}
	return d, err
}

// Decide is of ingest.Bench.
func (in ingesting) Decide(ctx context.Context, d ingest.Decision) error {
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	var seq int64
	if err := in.QueryRowContext(ctx, `INSERT INTO decision (id, json) VALUES (?,?) RETURNING seq`, d.ID, string(data)).Scan(&seq); err != nil {
		return err
	}
	return in.about(ctx, seq, d)
}

// about files a decision under its events.
func (in ingesting) about(ctx context.Context, seq int64, d ingest.Decision) error {
	for _, event := range d.Events() {
		if _, err := in.ExecContext(ctx, `INSERT INTO decision_event (event, decision) VALUES (?,?)`, event, seq); err != nil {
			return err
		}
	}
	return nil
}

// TakeBack is of ingest.Bench.
func (in ingesting) TakeBack(ctx context.Context, id string) error {
	_, err := in.ExecContext(ctx, `UPDATE decision SET undone = 1 WHERE id = ?`, id)
	return err
}

// Redecide is of ingest.Bench.
func (in ingesting) Redecide(ctx context.Context, d ingest.Decision) error {
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	_, err = in.ExecContext(ctx, `UPDATE decision SET json = ? WHERE id = ?`, string(data), d.ID)
	return err
}

// ruled is what a writer knows of rulings.
type ruled int

const (
	unknown ruled = iota
	never         // there are none
	once          // there may be some
)

// anyRuling tells whether there may be rulings.
func (in ingesting) anyRuling(ctx context.Context) (bool, error) {
	if in.w.ruled == unknown {
		var any bool
		if err := in.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM ruling)`).Scan(&any); err != nil {
			return false, err
		}
		if in.w.ruled = never; any {
			in.w.ruled = once
		}
	}
	return in.w.ruled == once, nil
}

// Rulings is of ingest.Bench. Where no analyst has ruled it costs nothing.
func (in ingesting) Rulings(ctx context.Context, events, articles []string) (list []ingest.Ruling, err error) {
	if any, err := in.anyRuling(ctx); !any || err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	look := func(query, key string) error {
		rows, err := in.QueryContext(ctx, query, key)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var data string
			var r ingest.Ruling
			if err := rows.Scan(&data); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(data), &r); err != nil {
				return fmt.Errorf("ruling on an event of %s: %w", key, err)
			}
			if !seen[r.Event] {
				seen[r.Event], list = true, append(list, r)
			}
		}
		return rows.Err()
	}
	for _, id := range articles {
		if err := look(`SELECT r.json FROM ruling_article a JOIN ruling r ON r.event = a.event WHERE a.article = ? ORDER BY r.event`, id); err != nil {
			return nil, err
		}
	}
	for _, id := range events {
		if err := look(`SELECT json FROM ruling WHERE event = ?`, id); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Rule is of ingest.Bench.
func (in ingesting) Rule(ctx context.Context, r ingest.Ruling) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := in.Unrule(ctx, r.Event); err != nil {
		return err
	}
	in.w.ruled = once
	if _, err := in.ExecContext(ctx, `INSERT INTO ruling (event, json) VALUES (?,?)`, r.Event, string(data)); err != nil {
		return err
	}
	return in.anchor(ctx, r)
}

// anchor files a ruling under its articles.
func (in ingesting) anchor(ctx context.Context, r ingest.Ruling) error {
	for _, article := range r.Articles() {
		if _, err := in.ExecContext(ctx, `INSERT INTO ruling_article (article, event) VALUES (?,?)`, article, r.Event); err != nil {
			return err
		}
	}
	return nil
}

// Unrule is of ingest.Bench.
func (in ingesting) Unrule(ctx context.Context, event string) error {
	_, err := in.ExecContext(ctx, `DELETE FROM ruling WHERE event = ?`, event)
	return err
}
