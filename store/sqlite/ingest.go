package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

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
	err = s.tx(ctx, func(tx *txn) (err error) {
		done, err = ingest.Run(ctx, ingesting{tx}, x, now, s.seen)
		return err
	})
	if err != nil {
		return store.Ingested{}, err
	}
	if len(done.Changes) > 0 {
		s.notify()
	}
	return done, nil
}

// ingesting is a transaction as ingest.Tx. One process writes, one transaction
// at a time: nothing is to be kept from others.
type ingesting struct{ *txn }

// Claim is of ingest.Tx.
func (ingesting) Claim(context.Context, []string) error { return nil }

// Hold is of ingest.Tx.
func (ingesting) Hold(context.Context, []ingest.Place) error { return nil }

// Article is of ingest.Tx.
func (in ingesting) Article(ctx context.Context, id string) (*ingest.Article, error) {
	a := &ingest.Article{Article: new(news.Article)}
	var data string
	var print int64
	err := in.QueryRowContext(ctx, `SELECT json, extracted, content, print, EXISTS (SELECT 1 FROM record WHERE article = article.id) FROM article WHERE id = ?`, id).
		Scan(&data, &a.Extracted, &a.Content, &print, &a.Told)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("records of article %s: %w", id, news.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	a.Print = uint64(print)
	return a, json.Unmarshal([]byte(data), a.Article)
}

// Mark is of ingest.Tx.
func (in ingesting) Mark(ctx context.Context, article, pack string, main bool) error {
	_, err := in.ExecContext(ctx, `UPDATE article SET extracted = ?, main = ? WHERE id = ?`, pack, main, article)
	return err
}

// Stored is of ingest.Tx.
func (in ingesting) Stored(ctx context.Context, article string) (list []string, err error) {
	rows, err := in.QueryContext(ctx, `SELECT json FROM record WHERE article = ? ORDER BY n`, article)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var data string
		if err := rows.Scan(&data); err != nil {
			return nil, err
		}
		list = append(list, data)
	}
	return list, rows.Err()
}

// Find is of ingest.Tx.
func (in ingesting) Find(ctx context.Context, p ingest.Pick) ([]ingest.Place, error) {
	if p.Parts != nil {
		return in.inParts(ctx, p.Parts, p.Limit)
	}
	cond, args := `article = ?`, []any{p.Article}
	if p.Events != nil {
		cond, args = `event IN (`+marks(len(p.Events))+`)`, anys(p.Events)
	}
	return in.places(ctx, cond, args...)
}

// places are those of the records that a condition names.
func (in ingesting) places(ctx context.Context, cond string, args ...any) (list []ingest.Place, err error) {
	rows, err := in.QueryContext(ctx, `SELECT id, n, event, part FROM record WHERE `+cond, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p ingest.Place
		if err := rows.Scan(&p.ID, &p.N, &p.Event, &p.Part); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys(values []string) []any {
	out := make([]any, 0, len(values)+2)
	for _, v := range values {
		out = append(out, v)
	}
	return out
}

// Told is of ingest.Tx.
func (in ingesting) Told(ctx context.Context, ids []string) ([]*resolve.Told, error) {
	list := make([]*resolve.Told, len(ids))
	for i, id := range ids {
		t := new(resolve.Told)
		var print int64
		var terms, data string
		err := in.QueryRowContext(ctx, `SELECT article, url, source, published, story, reprint, print, title, terms, json FROM record WHERE id = ?`, id).
			Scan(&t.ArticleID, &t.URL, &t.Source, &t.Published, &t.Story, &t.ReprintOf, &print, &t.Title, &terms, &data)
		if err != nil {
			return nil, fmt.Errorf("record %s: %w", id, err)
		}
		if err := json.Unmarshal([]byte(data), &t.Record); err != nil {
			return nil, fmt.Errorf("record %s: %w", id, err)
		}
		t.Print, t.Terms = uint64(print), resolve.ParseTerms(terms)
		list[i] = t
	}
	return list, nil
}

// Forget is of ingest.Tx.
func (in ingesting) Forget(ctx context.Context, article string) error {
	gone, err := in.keysOf(ctx, article)
	if err != nil || len(gone) == 0 {
		return err
	}
	for seq, keys := range gone {
		in.w.keys.take(seq, keys)
		for _, k := range keys {
			if _, err := in.ExecContext(ctx, `DELETE FROM record_key WHERE key = ? AND record = ?`, k, seq); err != nil {
				return err
			}
		}
	}
	_, err = in.ExecContext(ctx, `DELETE FROM record WHERE article = ?`, article)
	return err
}

// keysOf are the keys of an article's records by record.
func (in ingesting) keysOf(ctx context.Context, article string) (map[int64][]int64, error) {
	rows, err := in.QueryContext(ctx, `SELECT seq, keys FROM record WHERE article = ?`, article)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := map[int64][]int64{}
	for rows.Next() {
		var seq int64
		var keys []byte
		if err := rows.Scan(&seq, &keys); err != nil {
			return nil, err
		}
		list[seq] = unpackKeys(keys)
	}
	return list, rows.Err()
}

// Insert is of ingest.Tx.
func (in ingesting) Insert(ctx context.Context, r ingest.Row) error {
	keys := keyNumbers(r.Keys())
	var seq int64
	if err := in.QueryRowContext(ctx, `INSERT INTO record (id, article, n, event, part, url, source, published, story, reprint, print, title, terms, json, keys) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING seq`,
		r.ID, r.ArticleID, r.N, r.Event, r.Part, r.URL, r.Source, r.Published, r.Story, r.ReprintOf, int64(r.Print), r.Title, resolve.FormatTerms(r.Terms), string(r.Data), packKeys(keys)).Scan(&seq); err != nil {
		return err
	}
	in.put(seq, shelved{r.Place, r.ArticleID})
	return in.insertKeys(ctx, seq, keys)
}

// Move is of ingest.Tx.
func (in ingesting) Move(ctx context.Context, p ingest.Place) error {
	var seq int64
	var article string
	if err := in.QueryRowContext(ctx, `UPDATE record SET event = ?, part = ? WHERE id = ? RETURNING seq, article`, p.Event, p.Part, p.ID).Scan(&seq, &article); err != nil {
		return err
	}
	in.put(seq, shelved{p, article})
	return nil
}

// put notes where a record was written.
func (in ingesting) put(seq int64, r shelved) {
	in.w.keys.begin()
	in.w.keys.shelf.put(seq, r)
	in.w.keys.shelf.enter(seq, r.Part)
}
