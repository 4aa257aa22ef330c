package sqlite

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"sukien/news"
	"sukien/news/viet"
	"sukien/store"
)

// SavePage is of store.Pages.
func (s *Store) SavePage(ctx context.Context, p store.SavedPage) (id string, changed bool, err error) {
	a := *p.Article
	if a.ID == "" {
		a.ID = news.ArticleID(cmp.Or(a.Canonical, a.URL, p.Page.URL))
	}
	content := signature(&a)
	data, err := json.Marshal(&a)
	if err != nil {
		return "", false, fmt.Errorf("article %s: %w", a.URL, err)
	}
	err = s.tx(ctx, func(tx *txn) error {
		var old string
		err := tx.QueryRowContext(ctx, `SELECT content FROM article WHERE id = ?`, a.ID).Scan(&old)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if changed = old != content; !changed {
			return nil
		}
		body, err := s.keepBody(ctx, tx, p)
		if err != nil {
			return err
		}
		var seq int64
		if err := tx.QueryRowContext(ctx, `INSERT INTO article (id, saved, source, page_type, published, content, origin, extracted, body, print, json) VALUES (?,?,?,?,?,?,?,?,?,?,?)
			ON CONFLICT (id) DO UPDATE SET source = excluded.source, page_type = excluded.page_type, published = excluded.published,
			content = excluded.content, origin = excluded.origin, extracted = excluded.extracted, body = excluded.body, print = excluded.print, json = excluded.json RETURNING seq`,
			a.ID, millis(p.Now), a.Source, a.PageType, a.Published, content, p.Origin, toExtract(&a), body, int64(p.Print), string(data)).Scan(&seq); err != nil {
			return err
		}
		if err := index(ctx, tx, "article_text", seq, a.Title+"\n"+a.Text); err != nil {
			return err
		}
		if toExtract(&a) != "" {
			return nil
		}
		m, err := store.ArticleMessage(&a, content, p.Origin)
		if err != nil {
			return err
		}
		return put(ctx, tx, m)
	})
	if err == nil && changed {
		s.notify()
	}
	return a.ID, changed, err
}

// toExtract is the extracted column of a fresh article: articles, and photo
// stories with words, are to be read.
func toExtract(a *news.Article) string {
	if a.Text != "" && (a.PageType == news.PageArticle || a.PageType == news.PageMedia) {
		return ""
	}
	return "-"
}

// signature names what the extractor reads of an article.
func signature(a *news.Article) string {
	h := sha256.New()
	for _, part := range []string{a.Title, a.Text, string(a.Published), string(a.PageType)} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// keepBody stores the raw page and gives its hash, nil when it is not to be kept.
func (s *Store) keepBody(ctx context.Context, tx *txn, p store.SavedPage) (any, error) {
	if p.NoArchive || len(p.Page.Body) == 0 {
		return nil, nil
	}
	sum := sha256.Sum256(p.Page.Body)
	hash := hex.EncodeToString(sum[:])
	meta, err := json.Marshal(p.Page)
	if err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO page (hash, meta, zstd) VALUES (?,?,?) ON CONFLICT (hash) DO NOTHING`,
		hash, string(meta), s.pack.EncodeAll(p.Page.Body, nil))
	return hash, err
}

// index puts the folded words of a thing into a full text table, in the place of
// those it had.
func index(ctx context.Context, tx *txn, table string, seq int64, text string) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO `+table+` (rowid, words) VALUES (?,?)`, seq, viet.Fold(text))
	return err
}

// match makes an FTS5 query of words: all of them, as phrases of what is
// written together.
func match(words string) string {
	var terms []string
	for _, w := range strings.FieldsFunc(viet.Fold(words), func(r rune) bool { return r == ' ' || r == '"' }) {
		terms = append(terms, `"`+w+`"`)
	}
	return strings.Join(terms, " ")
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
	w := where{}
	w.and("page_type = ?", string(cmpType(q.Type)))
	if q.Source != "" {
		w.and("source = ?", q.Source)
	}
	if q.From != "" {
		w.and("substr(published, 1, 10) >= ?", string(q.From))
	}
	if q.To != "" {
		w.and("published <> '' AND substr(published, 1, 10) <= ?", string(q.To))
	}
	if q.Words != "" {
		w.and("seq IN (SELECT rowid FROM article_text WHERE article_text MATCH ?)", match(q.Words))
	}
	if err := w.after("saved", q.Cursor); err != nil {
		return nil, "", err
	}
	limit := limited(q.Limit)
	rows, err := s.read.QueryContext(ctx, `SELECT CAST(saved AS TEXT), id, json FROM article`+w.sql()+` ORDER BY saved DESC, id LIMIT ?`, append(w.args, limit+1)...)
	if err != nil {
		return nil, "", classify(err)
	}
	return page[news.Article](rows, limit)
}

func cmpType(t news.PageType) news.PageType {
	if t == "" {
		return news.PageArticle
	}
	return t
}

// RawPage is of store.Pages.
func (s *Store) RawPage(ctx context.Context, articleID string) (*news.Page, error) {
	var meta string
	var packed []byte
	err := s.read.QueryRowContext(ctx, `SELECT p.meta, p.zstd FROM article a JOIN page p ON p.hash = a.body WHERE a.id = ?`, articleID).Scan(&meta, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("page of article %s: %w", articleID, news.ErrNotFound)
	}
	if err != nil {
		return nil, classify(err)
	}
	p := new(news.Page)
	if err := json.Unmarshal([]byte(meta), p); err != nil {
		return nil, fmt.Errorf("page of article %s: %w", articleID, err)
	}
	p.Body, err = s.unpack.DecodeAll(packed, nil)
	return p, err
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
