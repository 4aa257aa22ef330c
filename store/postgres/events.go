package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/news/viet"
	"sukien/store"
)

// Events is of store.Events.
func (s *Store) Events(ctx context.Context, q store.EventQuery) ([]news.Event, string, error) {
	w := where{ask: func(sql string, args []any) (n int, err error) { return n, s.row(ctx, []any{&n}, sql, args...) }}
	w.and("merged = ''")
	if !q.Mentions {
		w.and("salience = 'main'")
	}
	in(&w, "kind", q.Kinds)
	in(&w, "level", q.Levels)
	in(&w, "status", q.Statuses)
	in(&w, "series", q.Series)
	if len(q.Source) > 0 {
		w.facet("facet = 'source' AND value = ANY (?)", q.Source)
	}
	folded(&w, "official", "person", q.Officials)
	folded(&w, "place", "country", q.Places)
	if len(q.Words) > 0 {
		w.matches(anyOf(q.Words))
	}
	if q.From != "" {
		w.and("until >= ?", string(q.From))
	}
	if q.To != "" {
		w.and("start <> '' AND start < ?::text || '~' AND substr(start, 1, 10) <= ?", string(q.To), string(q.To))
	}
	if !q.Since.IsZero() {
		w.and("changed > ?", store.Millis(q.Since))
	}
	order, kind := "start", "text"
	if q.ByChange {
		order, kind = "changed", "bigint"
	}
	if err := after(&w, order, kind, q.Cursor); err != nil {
		return nil, "", err
	}
	if w.err != nil {
		return nil, "", w.err
	}
	limit := store.Limit(q.Limit)
	found := `SELECT ` + order + `, id FROM event` + w.sql() + ` ORDER BY ` + order + ` DESC, id LIMIT ` + strconv.Itoa(limit+1)
	return page[news.Event](ctx, s, w.with()+`SELECT p.`+order+`::text AS at, id, json FROM (`+found+`) p JOIN event USING (id) ORDER BY p.`+order+` DESC, id`, w.args, limit)
}

// Editions is of store.Events.
func (s *Store) Editions(ctx context.Context) (list []store.SeriesCount, err error) {
	err = s.rows(ctx, into(&list, func(rows pgx.Rows, c *store.SeriesCount) error {
		return rows.Scan(&c.Series, &c.Events, (*string)(&c.Last))
	}), `SELECT series, count(*), max(start) FROM event WHERE series <> '' AND merged = '' AND salience = 'main' GROUP BY series ORDER BY series`)
	return list, err
}

// anyOf is a tsquery of alternatives; words without a word among them find nothing.
func anyOf(list []string) string {
	var terms []string
	for _, words := range list {
		if t := match(words); t != "" {
			terms = append(terms, "("+t+")")
		}
	}
	return strings.Join(terms, " | ")
}

// folded asks for facets that hold one of the values as whole words, without
// diacritics; code is a facet that may equal the value in capitals. The index of
// words finds them, the comparison is as SQLite's.
func folded(w *where, facet, code string, values []string) {
	if len(values) == 0 {
		return
	}
	var conds []string
	var args []any
	for _, v := range values {
		cond := "(facet = ? AND ' ' || value || ' ' LIKE ?)"
		args = append(args, facet, "% "+likeEscape.Replace(viet.Fold(v))+" %")
		if all := strings.Join(strings.Fields(words(v)), " & "); all != "" {
			// facet || '': half of all facets may be of one name, which is no index to look in.
			cond = "(facet || '' = ? AND ' ' || value || ' ' LIKE ? AND words @@ to_tsquery('simple', ?))"
			args = append(args, all)
		}
		conds = append(conds, cond)
		if code != "" {
			conds = append(conds, "(facet = ? AND value = ?)")
			args = append(args, code, strings.ToUpper(v))
		}
	}
	w.facet(strings.Join(conds, " OR "), args...)
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Event is of store.Events.
func (s *Store) Event(ctx context.Context, id string) (*news.Event, error) {
	var data string
	if err := s.row(ctx, []any{&data}, `SELECT json FROM event WHERE id = $1`, id); err != nil {
		return nil, missing(err, "event "+id)
	}
	e := new(news.Event)
	if err := json.Unmarshal([]byte(data), e); err != nil {
		return nil, fmt.Errorf("event %s: %w", id, err)
	}
	e.History = nil
	err := s.rows(ctx, into(&e.History, func(rows pgx.Rows, r *news.Revision) error {
		var data string
		if err := rows.Scan(&data); err != nil {
			return err
		}
		return json.Unmarshal([]byte(data), r)
	}), `SELECT json FROM revision WHERE event = $1 ORDER BY revision`, id)
	return e, err
}

// telling is a record with its article.
type telling struct {
	id              string
	article, record []byte
}

// Tellings is of store.Events.
func (s *Store) Tellings(ctx context.Context, id string) (list []store.Telling, err error) {
	var rows []telling
	err = s.rows(ctx, into(&rows, func(rows pgx.Rows, t *telling) error {
		return rows.Scan(&t.id, &t.article, &t.record)
	}), `SELECT a.id, a.json, r.json FROM record r JOIN article a ON a.id = r.article WHERE r.event = $1 ORDER BY a.published, a.id, r.n`, id)
	if err != nil {
		return nil, err
	}
	last := ""
	for _, t := range rows {
		if t.id != last {
			list, last = append(list, store.Telling{}), t.id
			if err := json.Unmarshal(t.article, &list[len(list)-1].Article); err != nil {
				return nil, fmt.Errorf("article %s: %w", t.id, err)
			}
		}
		var r news.Record
		if err := json.Unmarshal(t.record, &r); err != nil {
			return nil, fmt.Errorf("record of article %s: %w", t.id, err)
		}
		told := &list[len(list)-1]
		told.Records = append(told.Records, r)
	}
	return list, nil
}

// Counts is of store.Store.
func (s *Store) Counts(ctx context.Context) (c store.Counts, err error) {
	err = s.row(ctx, []any{&c.Articles, &c.Unextracted, &c.Records, &c.Events, &c.Mentions, &c.Unsent, &c.Dead}, `SELECT
		(SELECT count(*) FROM article WHERE page_type = 'article'),
		(SELECT count(*) FROM article WHERE extracted = ''),
		(SELECT count(*) FROM record),
		(SELECT count(*) FROM event WHERE merged = '' AND salience = 'main'),
		(SELECT count(*) FROM event WHERE merged = '' AND salience <> 'main'),
		(SELECT count(*) FROM outbox WHERE sent = 0),
		(SELECT count(*) FROM letter)`)
	return c, err
}
