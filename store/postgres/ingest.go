package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/store"
	"sukien/store/ingest"
	"sukien/store/resolve"
)

// Know makes the store tell people apart by their dated offices. It is to be
// called before anything is ingested.
func (s *Store) Know(people *resolve.Authority) { s.seen.People = people }

// Ingest is of store.Events.
func (s *Store) Ingest(ctx context.Context, x news.Extraction, now time.Time) (done store.Ingested, err error) {
	err = s.tx(ctx, func(tx pgx.Tx, try int) (err error) {
		in := &ingesting{tx: tx, queue: &batch{}, alone: try > 0}
		if done, err = ingest.Run(ctx, in, x, now, s.seen); err != nil {
			return err
		}
		return in.flush(ctx)
	})
	if err == nil && len(done.Changes) > 0 {
		s.notify()
	}
	return done, err
}

// ingesting is a transaction as ingest.Tx. Writes are queued and sent with the
// next read, so that a round trip carries as much as it can.
type ingesting struct {
	tx    pgx.Tx
	queue *batch
	alone bool // no other ingest is under way: see Claim
}

// Article is of ingest.Tx.
func (in *ingesting) Article(ctx context.Context, id string) (*ingest.Article, error) {
	a := &ingest.Article{Article: new(news.Article), Told: true} // one statement cannot wait for another ingest and see its records
	var data []byte
	var print int64
	err := in.tx.QueryRow(ctx, `SELECT json, extracted, content, print FROM article WHERE id = $1 FOR NO KEY UPDATE`, id).Scan(&data, &a.Extracted, &a.Content, &print)
	if err != nil {
		return nil, missing(err, "records of article "+id)
	}
	a.Print = uint64(print)
	return a, json.Unmarshal(data, a.Article)
}

// Mark is of ingest.Tx.
func (in *ingesting) Mark(_ context.Context, article, pack string, main bool) error {
	in.queue.add(`UPDATE article SET extracted = $1, main = $2 WHERE id = $3`, pack, main, article)
	return nil
}

// Stored is of ingest.Tx.
func (in *ingesting) Stored(ctx context.Context, article string) (list []string, err error) {
	err = in.read(ctx, into(&list, func(rows pgx.Rows, data *string) error { return rows.Scan(data) }),
		`SELECT json FROM record WHERE article = $1 ORDER BY n`, article)
	return list, err
}

// Find is of ingest.Tx.
func (in *ingesting) Find(ctx context.Context, p ingest.Pick) (list []ingest.Place, err error) {
	limit := ""
	if p.Limit > 0 {
		limit = fmt.Sprint(" LIMIT ", p.Limit)
	}
	switch {
	case p.Parts != nil:
		err = in.places(ctx, &list, `part = ANY ($1)`+limit, p.Parts)
	case p.Events != nil:
		err = in.places(ctx, &list, `event = ANY ($1)`+limit, p.Events)
	default:
		err = in.places(ctx, &list, `article = $1`+limit, p.Article)
	}
	return list, err
}

func (in *ingesting) places(ctx context.Context, list *[]ingest.Place, cond string, arg any) error {
	return in.read(ctx, into(list, scanPlace), `SELECT id, n, event, part, version FROM record WHERE `+cond, arg)
}

func scanPlace(rows pgx.Rows, p *ingest.Place) error {
	return rows.Scan(&p.ID, &p.N, &p.Event, &p.Part, &p.Version)
}

// Sharing is of ingest.Tx.
func (in *ingesting) Sharing(ctx context.Context, article string, keys [][]string, limit int) ([][]ingest.Place, error) {
	found := make([][]ingest.Place, len(keys))
	for i, list := range keys {
		in.queue.add(`SELECT r.id, r.n, r.event, r.part, r.version
			FROM (SELECT record, count(*) AS n FROM record_key WHERE key = ANY ($1) AND record NOT IN (SELECT id FROM record WHERE article = $2) GROUP BY record ORDER BY 2 DESC, 1 LIMIT $3) k
			JOIN record r ON r.id = k.record`, list, article, limit).Query(into(&found[i], scanPlace))
	}
	return found, in.flush(ctx)
}

// Told is of ingest.Tx.
func (in *ingesting) Told(ctx context.Context, ids []string) (list []*resolve.Told, err error) {
	err = in.read(ctx, into(&list, func(rows pgx.Rows, t **resolve.Told) error {
		*t = new(resolve.Told)
		return scanTold(rows, *t)
	}), `SELECT id, article, url, source, published, story, reprint, print, title, terms, json FROM record WHERE id = ANY ($1)`, ids)
	if err == nil && len(list) < len(ids) {
		err = errMoved
	}
	return list, err
}

func scanTold(rows pgx.Rows, t *resolve.Told) error {
	var print int64
	var terms string
	var data []byte
	var id string
	if err := rows.Scan(&id, &t.ArticleID, &t.URL, &t.Source, (*string)(&t.Published), &t.Story, &t.ReprintOf, &print, &t.Title, &terms, &data); err != nil {
		return err
	}
	t.Print, t.Terms = uint64(print), resolve.ParseTerms(terms)
	if err := json.Unmarshal(data, &t.Record); err != nil {
		return fmt.Errorf("record %s: %w", id, err)
	}
	return nil
}

// Forget is of ingest.Tx.
func (in *ingesting) Forget(_ context.Context, article string) error {
	in.queue.add(`WITH gone AS (DELETE FROM record WHERE article = $1 RETURNING id) DELETE FROM record_key WHERE record IN (SELECT id FROM gone)`, article)
	return nil
}

// Insert is of ingest.Tx.
func (in *ingesting) Insert(_ context.Context, r ingest.Row) error {
	in.queue.add(`INSERT INTO record (id, article, n, event, part, url, source, published, story, reprint, print, title, terms, json)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, r.ID, r.ArticleID, r.N, r.Event, r.Part, r.URL, r.Source, string(r.Published), r.Story,
		r.ReprintOf, int64(r.Print), r.Title, resolve.FormatTerms(r.Terms), string(r.Data))
	in.queue.add(`INSERT INTO record_key (key, record) SELECT k, $2 FROM unnest($1::text[]) AS k`, r.Keys(), r.ID)
	return nil
}

// Move is of ingest.Tx.
func (in *ingesting) Move(_ context.Context, p ingest.Place) error {
	in.queue.add(`UPDATE record SET event = $1, part = $2 WHERE id = $3`, p.Event, p.Part, p.ID)
	return nil
}
