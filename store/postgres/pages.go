package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/store"
)

// putSQL writes messages into the outbox; an id that is there stays as it is, but
// an article is asked for again. What follows the column list is to be filled in.
const putSQL = `INSERT INTO outbox (subject, msg, body, trace) %s ON CONFLICT (msg) DO UPDATE SET sent = 0, body = excluded.body, trace = excluded.trace
	WHERE outbox.subject LIKE 'sukien.article.%%'`

// saveSQL writes an article whose content changed, with its page and its message,
// and tells whether it did, and whether the lease ($18, $19) is held or none is asked for. A page with a tomb
// ($20) is not written.
var saveSQL = `WITH held AS MATERIALIZED (SELECT name FROM host WHERE name = $18 AND token = $19 AND until > now_ms() FOR NO KEY UPDATE),
	may AS MATERIALIZED (SELECT 1 WHERE $18::text IS NULL OR EXISTS (SELECT FROM held)),
	saved AS (
		INSERT INTO article (id, saved, source, page_type, published, content, origin, extracted, body, print, json, words)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_tsvector('simple', $12::text) FROM may WHERE NOT EXISTS (SELECT FROM tombstone WHERE key = ANY ($20::text[]))
		ON CONFLICT (id) DO UPDATE SET source = excluded.source, page_type = excluded.page_type, published = excluded.published, content = excluded.content,
			origin = excluded.origin, extracted = excluded.extracted, body = excluded.body, print = excluded.print, json = excluded.json, words = excluded.words
		WHERE article.content <> excluded.content RETURNING 1),
	kept AS (INSERT INTO page (hash, meta, zstd, kept) SELECT $9::text, $13::json, $14::bytea, $2 FROM saved WHERE $9::text IS NOT NULL ON CONFLICT (hash) DO UPDATE SET kept = excluded.kept),
	sent AS (` + fmt.Sprintf(putSQL, `SELECT $15::text, $16::text, $17::bytea, $21::text FROM saved WHERE $15::text <> ''`) + `)
	SELECT (SELECT count(*) > 0 FROM saved), (SELECT count(*) > 0 FROM may)`

// SavePage is of store.Pages.
func (s *Store) SavePage(ctx context.Context, p store.SavedPage) (id string, changed bool, err error) {
	if p.Origin == news.Backfill {
		saved, err := s.SavePages(ctx, []store.SavedPage{p}, store.Bookmark{})
		if err != nil {
			return "", false, err
		}
		return saved[0].ID, saved[0].Changed, nil
	}
	scrub, err := s.scrub(ctx)
	if err != nil {
		return "", false, err
	}
	f, err := s.file(scrub.Page(p))
	if err != nil {
		return "", false, err
	}
	err = s.again(ctx, func() (err error) {
		changed, err = f.write(ctx, s.pool)
		return err
	})
	if changed {
		s.notify()
	}
	return f.Article.ID, changed, err
}

// filed is a page ready to be written.
type filed struct {
	*store.Filing
	raw    *store.RawPage
	now    time.Time
	origin news.Origin
	print  uint64
	lease  *store.Lease
	done   *store.Outcome
	keys   []string // of tombs
}

// write writes the page with the outcome of its link, in one transaction of its
// own when db is the pool. Nothing is written under a lease that is no more.
func (f *filed) write(ctx context.Context, db sender) (changed bool, err error) {
	var may, held bool
	b := &batch{}
	b.add(saveSQL, f.args(ctx)...).QueryRow(func(row pgx.Row) error { return row.Scan(&changed, &may) })
	if f.done != nil {
		b.done(f.lease, *f.done, &held)
	}
	if err := b.send(ctx, db); err != nil {
		return false, err
	}
	if !may || f.done != nil && !held {
		return false, store.ErrLeaseLost
	}
	return changed, nil
}

// file does what needs no transaction.
func (s *Store) file(p store.SavedPage) (*filed, error) {
	f, err := store.File(p)
	if err != nil {
		return nil, err
	}
	raw, err := s.archive.Pack(p)
	return &filed{f, raw, p.Now, p.Origin, p.Print, p.Lease, p.Done, f.Keys(p)}, err
}

// args are those of saveSQL.
func (f *filed) args(ctx context.Context) []any {
	var hash, meta, host *string
	var body []byte
	var token int64
	if f.raw != nil {
		hash, meta, body = &f.raw.Hash, &f.raw.Meta, f.raw.Body
	}
	if f.lease != nil {
		host, token = &f.lease.Host, f.lease.Token
	}
	a := &f.Article
	return []any{a.ID, store.Millis(f.now), a.Source, string(a.PageType), string(a.Published), f.Content, string(f.origin), f.Extracted,
		hash, int64(f.print), f.JSON, words(f.Words), meta, body, f.Message.Subject, f.Message.ID, f.Message.Body, host, token, f.keys, store.Trace(ctx)}
}

// Article is of store.Pages.
func (s *Store) Article(ctx context.Context, id string) (*news.Article, error) {
	var data string
	if err := s.row(ctx, []any{&data}, `SELECT json FROM article WHERE id = $1`, id); err != nil {
		return nil, missing(err, "article "+id)
	}
	a := new(news.Article)
	return a, json.Unmarshal([]byte(data), a)
}

// Articles is of store.Pages.
func (s *Store) Articles(ctx context.Context, q store.ArticleQuery) ([]news.Article, string, error) {
	w := where{}
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
		w.and("NOT main AND extracted NOT IN ('', '-')")
	}
	if q.Words != "" {
		w.matches(match(q.Words))
	}
	if err := after(&w, "saved", "bigint", q.Cursor); err != nil {
		return nil, "", err
	}
	return page[news.Article](ctx, s, `SELECT saved::text AS at, id, json FROM article`+w.sql()+` ORDER BY saved DESC, id`, w.args, q.Limit)
}

// RawPage is of store.Pages.
func (s *Store) RawPage(ctx context.Context, articleID string) (*news.Page, error) {
	var raw store.RawPage
	if err := s.row(ctx, []any{&raw.Meta, &raw.Body}, `SELECT p.meta, p.zstd FROM article a JOIN page p ON p.hash = a.body WHERE a.id = $1`, articleID); err != nil {
		return nil, missing(err, "page of article "+articleID)
	}
	return s.archive.Unpack(raw)
}

// missing says of a row that is not there what it would have been.
func missing(err error, what string) error {
	if noRows(err) {
		return fmt.Errorf("%s: %w", what, news.ErrNotFound)
	}
	return err
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
	err = s.tx(ctx, func(tx pgx.Tx, _ int) error {
		list, err := waiting(ctx, tx, after)
		if err != nil {
			return err
		}
		b := &batch{}
		for _, m := range list {
			put(ctx, b, m.Message)
		}
		n, last = len(list), ""
		if n == requeueBatch {
			last = list[n-1].article
		}
		return b.send(ctx, tx)
	})
	return n, last, err
}

// asked is the message of an article that waits for its extraction.
type asked struct {
	store.Message
	article string
}

func waiting(ctx context.Context, tx pgx.Tx, after string) ([]asked, error) {
	rows, err := tx.Query(ctx, `SELECT json, content, origin FROM article WHERE extracted = '' AND id > $1 ORDER BY id LIMIT $2`, after, requeueBatch)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (m asked, err error) {
		var data, content, origin string
		var a news.Article
		if err := row.Scan(&data, &content, &origin); err != nil {
			return m, err
		}
		if err := json.Unmarshal([]byte(data), &a); err != nil {
			return m, err
		}
		m.article = a.ID
		m.Message, err = store.ArticleMessage(&a, content, news.Origin(origin))
		return m, err
	})
}
