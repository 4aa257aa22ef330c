package sqlite

import (
	"context"
	"errors"
	"time"

	"sukien/news"
	"sukien/news/viet"
	"sukien/store"
	"sukien/store/ingest"
)

// Purgeable is of store.Purging.
func (s *Store) Purgeable(ctx context.Context, p store.Purge, after string, n int) (list []string, err error) {
	var cond string
	var args []any
	switch {
	case p.URL != "":
		cond, args = `(id = ? OR json_extract(json, '$.url') = ? OR json_extract(json, '$.canonical') = ?)`, []any{news.ArticleID(p.URL), p.URL, p.URL}
	case p.Person != "":
		cond = `(seq IN (SELECT rowid FROM article_text WHERE article_text MATCH ?) OR id IN (SELECT r.article FROM facet f JOIN event_facet x ON x.facet = f.id JOIN event e ON e.seq = x.event JOIN record r ON r.event = e.id WHERE f.name = 'official' AND f.value = ?))`
		args = []any{match(p.Person), viet.Fold(p.Person)}
	default:
		cond, args = `CASE WHEN published <> '' THEN published < substr(?, 1, length(published)) ELSE saved < ? END`, []any{p.Before.In(news.Hanoi).Format(time.DateOnly), store.Millis(p.Before)}
	}
	rows, err := s.read.QueryContext(ctx, `SELECT id FROM article WHERE `+cond+` AND id > ? ORDER BY id LIMIT ?`, append(args, after, n)...)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, classify(err)
		}
		list = append(list, id)
	}
	return list, classify(rows.Err())
}

// PurgeArticle is of store.Purging.
func (s *Store) PurgeArticle(ctx context.Context, id string, p store.Purge, now time.Time) (done store.Purged, err error) {
	err = s.tx(ctx, func(tx *txn) (err error) {
		s.tombs.Store(nil)
		done, err = ingest.Purge(ctx, ingesting{tx}, id, p, now, s.seen)
		return err
	})
	if err == nil && len(done.Changes) > 0 {
		s.notify()
	}
	return done, err
}

// Entomb is of store.Purging.
func (s *Store) Entomb(ctx context.Context, p store.Purge, now time.Time) error {
	return s.tx(ctx, func(tx *txn) error {
		s.tombs.Store(nil)
		return ingesting{tx}.Entomb(ctx, p.Tombs(), now)
	})
}

// Entomb is of ingest.PurgeTx.
func (in ingesting) Entomb(ctx context.Context, tombs []store.Tomb, now time.Time) error {
	for _, t := range tombs {
		if _, err := in.ExecContext(ctx, `INSERT INTO tombstone (key, kind, words, at) VALUES (?,?,?,?) ON CONFLICT DO NOTHING`, t.Key, t.Kind, t.Words, store.Millis(now)); err != nil {
			return err
		}
	}
	return nil
}

// entombed tells whether a page is not to be stored.
func (s *Store) entombed(ctx context.Context, t *txn, keys []string) (yes bool, err error) {
	if known := s.tombs.Load(); known != nil && !known.any {
		return false, nil
	}
	err = t.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM tombstone WHERE key IN (`+marks(len(keys))+`))`, anys(keys)...).Scan(&yes)
	return yes, err
}

// tombs is what every page that is saved has to know of the tombstones; this
// process alone writes them.
type tombs struct {
	any    bool
	people []store.Tomb // whose names are not to be stored
}

// entombments reads it when it is not known.
func (s *Store) entombments(ctx context.Context) (*tombs, error) {
	if known := s.tombs.Load(); known != nil {
		return known, nil
	}
	s.mu.Lock() // none is written meanwhile
	defer s.mu.Unlock()
	known := &tombs{}
	err := s.eachRow(ctx, func(scan func(...any) error) error {
		t := store.Tomb{Kind: store.TombPerson}
		err := scan(&t.Key, &t.Words)
		known.people = append(known.people, t)
		return err
	}, `SELECT key, words FROM tombstone WHERE kind = 'person'`)
	if err == nil {
		err = s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM tombstone)`).Scan(&known.any)
	}
	if err != nil {
		return nil, classify(err)
	}
	s.tombs.Store(known)
	return known, nil
}

// Delete is of ingest.PurgeTx.
func (in ingesting) Delete(ctx context.Context, id string, urls []string) error {
	if err := errors.Join(in.dropPage(ctx, id), in.index(ctx)); err != nil {
		return err
	}
	for _, q := range []string{
		`DELETE FROM article_text WHERE rowid = (SELECT seq FROM article WHERE id = ?)`,
		`DELETE FROM article WHERE id = ?`,
		`DELETE FROM letter WHERE subject LIKE '%.' || ?`,
		`DELETE FROM outbox WHERE subject LIKE 'sukien.article.%.' || ?`,
	} {
		if _, err := in.ExecContext(ctx, q, id); err != nil {
			return err
		}
	}
	for _, u := range urls {
		if _, err := in.ExecContext(ctx, `UPDATE link SET due = 0, result = 'gone', class = 'purged', etag = '', last_modified = '', signature = '' WHERE url = ?`, u); err != nil {
			return err
		}
	}
	return nil
}

// dropPage forgets an article's raw page, unless another has the same.
func (in ingesting) dropPage(ctx context.Context, id string) error {
	if _, err := in.ExecContext(ctx, `DELETE FROM page WHERE hash = (SELECT body FROM article WHERE id = ?1) AND NOT EXISTS (SELECT 1 FROM article WHERE body = page.hash AND id <> ?1)`, id); err != nil {
		return err
	}
	_, err := in.ExecContext(ctx, `UPDATE article SET body = NULL WHERE id = ?`, id)
	return err
}

// Rewrite is of ingest.PurgeTx.
func (in ingesting) Rewrite(ctx context.Context, f *store.Filing, waiting bool) error {
	if err := in.dropPage(ctx, f.Article.ID); err != nil {
		return err
	}
	var seq int64
	if err := in.QueryRowContext(ctx, `UPDATE article SET json = ?, content = ? WHERE id = ? RETURNING seq`, f.JSON, f.Content, f.Article.ID).Scan(&seq); err != nil {
		return err
	}
	in.say("article_text", seq, f.Words)
	for _, q := range []string{`DELETE FROM letter WHERE subject LIKE '%.' || ?`, `DELETE FROM outbox WHERE subject LIKE 'sukien.article.%.' || ?`} {
		if _, err := in.ExecContext(ctx, q, f.Article.ID); err != nil {
			return err
		}
	}
	if !waiting || f.Extracted != "" {
		return nil
	}
	return put(ctx, in.txn, f.Message)
}

// Rework is of ingest.PurgeTx.
func (in ingesting) Rework(ctx context.Context, events []string, s *store.Scrub) error {
	for _, id := range events {
		revisions, err := in.texts(ctx, `SELECT json FROM revision WHERE event = ? ORDER BY revision`, id)
		if err != nil {
			return err
		}
		for _, data := range revisions {
			slim, err := s.Revision([]byte(data))
			if err != nil {
				return err
			}
			if _, err := in.ExecContext(ctx, `UPDATE revision SET json = ? WHERE event = ? AND json = ?`, slim, id, data); err != nil {
				return err
			}
		}
		// The ids of an event's messages are its own and a revision.
		msgs, err := in.texts(ctx, `SELECT msg FROM outbox WHERE msg > ?1 || '-' AND msg < ?1 || '.' AND body IS NOT NULL`, id)
		if err != nil {
			return err
		}
		for _, m := range msgs {
			if err := in.reworkMessage(ctx, m, s); err != nil {
				return err
			}
		}
		// What still waits to be pushed is not pushed: the change itself will be.
		if _, err := in.ExecContext(ctx, `DELETE FROM push WHERE sent = 0 AND id > ?1 || '-' AND id < ?1 || '.'`, id); err != nil {
			return err
		}
	}
	return nil
}

func (in ingesting) reworkMessage(ctx context.Context, msg string, s *store.Scrub) error {
	var body []byte
	if err := in.QueryRowContext(ctx, `SELECT body FROM outbox WHERE msg = ?`, msg).Scan(&body); err != nil {
		return err
	}
	slim, err := s.Message(body)
	if err != nil {
		return err
	}
	_, err = in.ExecContext(ctx, `UPDATE outbox SET body = ? WHERE msg = ?`, slim, msg)
	return err
}
