package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/news/viet"
	"sukien/store"
	"sukien/store/ingest"
)

// Purgeable is of store.Purging.
func (s *Store) Purgeable(ctx context.Context, p store.Purge, after string, n int) (list []string, err error) {
	var cond string
	args := []any{after, n}
	switch {
	case p.URL != "":
		cond, args = `(id = $3 OR json->>'url' = $4 OR json->>'canonical' = $4)`, append(args, news.ArticleID(p.URL), p.URL)
	case p.Person != "":
		cond = `(words @@ $3::tsquery OR id IN (SELECT r.article FROM event_facet f JOIN record r ON r.event = f.event WHERE f.facet = 'official' AND f.value = $4))`
		args = append(args, match(p.Person), viet.Fold(p.Person))
	default:
		cond = `CASE WHEN published <> '' THEN published < substr($3, 1, length(published)) ELSE saved < $4 END`
		args = append(args, p.Before.In(news.Hanoi).Format(time.DateOnly), store.Millis(p.Before))
	}
	err = s.rows(ctx, into(&list, func(rows pgx.Rows, id *string) error { return rows.Scan(id) }), `SELECT id FROM article WHERE id > $1 AND `+cond+` ORDER BY id LIMIT $2`, args...)
	return list, err
}

// PurgeArticle is of store.Purging.
func (s *Store) PurgeArticle(ctx context.Context, id string, p store.Purge, now time.Time) (done store.Purged, err error) {
	err = s.tx(ctx, func(tx pgx.Tx, try int) (err error) {
		in := &ingesting{tx: tx, queue: &batch{}, alone: try > 0}
		if done, err = ingest.Purge(ctx, in, id, p, now, s.seen); err != nil {
			return err
		}
		return in.flush(ctx)
	})
	if err == nil && len(done.Changes) > 0 {
		s.notify()
	}
	return done, err
}

// Entomb is of store.Purging.
func (s *Store) Entomb(ctx context.Context, p store.Purge, now time.Time) error {
	for _, t := range p.Tombs() {
		if _, err := s.exec(ctx, entombSQL, t.Key, t.Kind, t.Words, store.Millis(now)); err != nil {
			return err
		}
	}
	return nil
}

const entombSQL = `INSERT INTO tombstone (key, kind, words, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`

// Entomb is of ingest.PurgeTx.
func (in *ingesting) Entomb(_ context.Context, tombs []store.Tomb, now time.Time) error {
	for _, t := range tombs {
		in.queue.add(entombSQL, t.Key, t.Kind, t.Words, store.Millis(now))
	}
	return nil
}

// scrub takes out of pages the people whose names are not to be stored.
func (s *Store) scrub(ctx context.Context) (*store.Scrub, error) {
	var people []store.Tomb
	err := s.rows(ctx, into(&people, func(rows pgx.Rows, t *store.Tomb) error {
		t.Kind = store.TombPerson
		return rows.Scan(&t.Key, &t.Words)
	}), `SELECT key, words FROM tombstone WHERE kind = 'person'`)
	return store.NewScrub(nil, people), err
}

// Delete is of ingest.PurgeTx.
func (in *ingesting) Delete(_ context.Context, id string, urls []string) error {
	in.dropPage(id)
	in.forgetMessages(id)
	in.queue.add(`DELETE FROM article WHERE id = $1`, id)
	for _, u := range urls {
		in.queue.add(`UPDATE link SET due = 0, result = 'gone', class = 'purged', etag = '', last_modified = '', signature = '' WHERE key = $1`, linkKey(u))
	}
	return nil
}

// dropPage forgets an article's raw page, unless another has the same.
func (in *ingesting) dropPage(id string) {
	in.queue.add(`DELETE FROM page p USING article a WHERE a.id = $1 AND p.hash = a.body AND NOT EXISTS (SELECT FROM article o WHERE o.body = p.hash AND o.id <> a.id)`, id)
	in.queue.add(`UPDATE article SET body = NULL WHERE id = $1`, id)
}

// forgetMessages forgets what waits to be done about an article.
func (in *ingesting) forgetMessages(id string) {
	in.queue.add(`DELETE FROM letter WHERE subject LIKE '%.' || $1`, id)
	in.queue.add(`DELETE FROM outbox WHERE subject LIKE 'sukien.article.%.' || $1`, id)
}

// Rewrite is of ingest.PurgeTx.
func (in *ingesting) Rewrite(ctx context.Context, f *store.Filing, waiting bool) error {
	id := f.Article.ID
	in.dropPage(id)
	in.forgetMessages(id)
	in.queue.add(`UPDATE article SET json = $1, content = $2, words = to_tsvector('simple', $3::text) WHERE id = $4`, f.JSON, f.Content, words(f.Words), id)
	if waiting && f.Extracted == "" {
		put(ctx, in.queue, f.Message)
	}
	return in.flush(ctx)
}

// Rework is of ingest.PurgeTx.
func (in *ingesting) Rework(ctx context.Context, events []string, s *store.Scrub) error {
	if err := in.flush(ctx); err != nil {
		return err
	}
	type row struct {
		key  string
		n    int
		data []byte
	}
	read := func(sql string, id string) (list []row, err error) {
		rows, err := in.tx.Query(ctx, sql, id)
		if err != nil {
			return nil, err
		}
		err = into(&list, func(rows pgx.Rows, r *row) error { return rows.Scan(&r.key, &r.n, &r.data) })(rows)
		rows.Close()
		return list, err
	}
	for _, id := range events {
		revisions, err := read(`SELECT event, revision, json FROM revision WHERE event = $1`, id)
		if err != nil {
			return err
		}
		for _, r := range revisions {
			slim, err := s.Revision(r.data)
			if err != nil {
				return err
			}
			in.queue.add(`UPDATE revision SET json = $1 WHERE event = $2 AND revision = $3`, slim, r.key, r.n)
		}
		// The ids of an event's messages are its own and a revision.
		messages, err := read(`SELECT msg, 0, body FROM outbox WHERE msg > $1 || '-' AND msg < $1 || '.' AND body IS NOT NULL`, id)
		if err != nil {
			return err
		}
		for _, m := range messages {
			slim, err := s.Message(m.data)
			if err != nil {
				return err
			}
			in.queue.add(`UPDATE outbox SET body = $1 WHERE msg = $2`, slim, m.key)
		}
		// What still waits to be pushed is not pushed: the change itself will be.
		in.queue.add(`DELETE FROM push WHERE sent = 0 AND id > $1 || '-' AND id < $1 || '.'`, id)
	}
	return nil
}
