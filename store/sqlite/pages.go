package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"sukien/news"
	"sukien/store"
)

// SavePage is of store.Pages.
func (s *Store) SavePage(ctx context.Context, p store.SavedPage) (id string, changed bool, err error) {
	done, err := s.SavePages(ctx, []store.SavedPage{p}, store.Bookmark{})
	if err != nil {
		return "", false, err
	}
	return done[0].ID, done[0].Changed, nil
}

// save writes a page under its lease, with the outcome of its link.
func (s *Store) save(ctx context.Context, t *txn, f filed) (changed bool, err error) {
	at := store.Millis(f.Now)
	switch {
	case f.Done != nil:
		err = s.done(ctx, t, at, f.Lease, *f.Done)
	case f.Lease != nil:
		err = held(ctx, t, at, f.Lease)
	}
	if err != nil {
		return false, err
	}
	if gone, err := s.entombed(ctx, t, f.Keys(f.SavedPage)); gone || err != nil {
		return false, err
	}
	return t.save(ctx, f)
}

// save writes a page whose content is not that which is stored.
func (t *txn) save(ctx context.Context, f filed) (changed bool, err error) {
	var content, data string
	var seq int64
	err = t.QueryRowContext(ctx, `SELECT seq, content, json FROM article WHERE id = ?`, f.Filing.Article.ID).Scan(&seq, &content, &data)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if content == f.Content || f.Outdated(f.Origin, []byte(data)) {
		return false, nil
	}
	body, err := t.keepBody(ctx, f)
	if err != nil {
		return false, err
	}
	if seq, err = t.article(ctx, seq, f, body); err != nil {
		return false, err
	}
	t.say("article_text", seq, f.Words)
	if f.Extracted != "" {
		return true, nil
	}
	return true, put(ctx, t, f.Message)
}

// article writes an article in the place of the row seq, or as a new one when that is 0.
func (t *txn) article(ctx context.Context, seq int64, f filed, body any) (int64, error) {
	a := &f.Filing.Article
	if seq > 0 {
		_, err := t.ExecContext(ctx, `UPDATE article SET source = ?, page_type = ?, published = ?, content = ?, origin = ?, extracted = ?, body = ?, print = ?, json = ? WHERE seq = ?`,
			a.Source, a.PageType, a.Published, f.Content, f.Origin, f.Extracted, body, int64(f.Print), f.JSON, seq)
		return seq, err
	}
	res, err := t.ExecContext(ctx, `INSERT INTO article (id, saved, source, page_type, published, content, origin, extracted, body, print, json) VALUES (?,?,?,?,?,?,?,?,?,?,?)`,
		a.ID, store.Millis(f.Now), a.Source, a.PageType, a.Published, f.Content, f.Origin, f.Extracted, body, int64(f.Print), f.JSON)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// keepBody stores the raw page and gives its hash, nil when it is not to be kept.
func (t *txn) keepBody(ctx context.Context, f filed) (any, error) {
	if f.raw == nil {
		return nil, nil
	}
	_, err := t.ExecContext(ctx, `INSERT INTO page (hash, meta, zstd, kept) VALUES (?,?,?,?) ON CONFLICT (hash) DO UPDATE SET kept = excluded.kept`,
		f.raw.Hash, f.raw.Meta, f.raw.Body, store.Millis(f.Now))
	return f.raw.Hash, err
}

// Article is of store.Pages.
func (s *Store) Article(ctx context.Context, id string) (*news.Article, error) {
	var data string
	err := s.read.QueryRowContext(ctx, `SELECT json FROM article WHERE id = ?`, id).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("article %s: %w", id, news.ErrNotFound)
	}
	if err != nil {
		return nil, classify(err)
	}
	a := new(news.Article)
	return a, json.Unmarshal([]byte(data), a)
}

// Articles is of store.Pages.
func (s *Store) Articles(ctx context.Context, q store.ArticleQuery) ([]news.Article, string, error) {
	w, by := where{}, order{"article", "saved", "article_by_saved"}
	w.and("page_type = ?", string(cmp.Or(q.Type, news.PageArticle)))
	if q.Source != "" {
		w.and("source = ?", q.Source)
	}
	if q.From != "" {
		w.and("substr(published, 1, 10) >= ?", string(q.From))
	}
	if q.To != "" {
		w.and("published <> '' AND substr(published, 1, 10) <= ?", string(q.To))
	}
	if q.NoMain {
		w.and("main = 0 AND extracted NOT IN ('', '-')")
		by.index = "article_missed"
	}
	if q.Words != "" {
		w.and("seq IN (SELECT rowid FROM article_text WHERE article_text MATCH ?)", match(q.Words))
	}
	if err := w.after(by, q.Cursor); err != nil {
		return nil, "", err
	}
	return page[news.Article](ctx, s, w, by, q.Limit)
}

// RawPage is of store.Pages.
func (s *Store) RawPage(ctx context.Context, articleID string) (*news.Page, error) {
	var raw store.RawPage
	err := s.read.QueryRowContext(ctx, `SELECT p.meta, p.zstd FROM article a JOIN page p ON p.hash = a.body WHERE a.id = ?`, articleID).Scan(&raw.Meta, &raw.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("page of article %s: %w", articleID, news.ErrNotFound)
	}
	if err != nil {
		return nil, classify(err)
	}
	return s.archive.Unpack(raw)
}

// requeueBatch bounds the articles of one transaction of Requeue.
const requeueBatch = 200

// Requeue is of store.Pages.
func (s *Store) Requeue(ctx context.Context) (int, error) {
	total, after := 0, ""
	for {
		n, last, err := s.requeue(ctx, after)
		if total += n; err != nil || last == "" {
			return total, err
		}
		after = last
		s.notify()
	}
}

// requeue does one batch of articles after an id and gives the last id, "" at the end.
func (s *Store) requeue(ctx context.Context, after string) (n int, last string, err error) {
	err = s.tx(ctx, func(tx *txn) error {
		n, last = 0, ""
		works, err := waiting(ctx, tx, after)
		if err != nil {
			return err
		}
		for _, w := range works {
			m, err := store.ArticleMessage(w.article, w.content, w.origin)
			if err != nil {
				return err
			}
			if err := put(ctx, tx, m); err != nil {
				return err
			}
			n, last = n+1, w.article.ID
		}
		return nil
	})
	if n < requeueBatch {
		last = ""
	}
	return n, last, err
}

// work is an article that waits for its extraction.
type work struct {
	article *news.Article
	content string
	origin  news.Origin
}

func waiting(ctx context.Context, tx *txn, after string) ([]work, error) {
	rows, err := tx.QueryContext(ctx, `SELECT json, content, origin FROM article WHERE extracted = '' AND id > ? ORDER BY id LIMIT ?`, after, requeueBatch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []work
	for rows.Next() {
		var data string
		w := work{article: new(news.Article)}
		if err := rows.Scan(&data, &w.content, &w.origin); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(data), w.article); err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, rows.Err()
}
