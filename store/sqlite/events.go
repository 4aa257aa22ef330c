package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"sukien/news"
	"sukien/news/viet"
	"sukien/store"
)

// Events is of store.Events.
func (s *Store) Events(ctx context.Context, q store.EventQuery) ([]news.Event, string, error) {
	w := where{}
	w.and("merged = ''")
	if !q.Mentions {
		w.and("salience = 'main'")
	}
	in(&w, "kind", q.Kinds)
	in(&w, "level", q.Levels)
	in(&w, "status", q.Statuses)
	in(&w, "series", q.Series)
	facetIn(&w, "source", q.Source)
	folded(&w, "official", "person", q.Officials)
	folded(&w, "place", "country", q.Places)
	if len(q.Words) > 0 {
		terms := make([]string, len(q.Words))
		for i, words := range q.Words {
			terms[i] = "(" + match(words) + ")"
		}
		w.and("seq IN (SELECT rowid FROM event_text WHERE event_text MATCH ?)", strings.Join(terms, " OR "))
	}
	if q.From != "" {
		w.and("until >= ?", string(q.From))
	}
	if q.To != "" {
		w.and("start <> '' AND start < ? || '~' AND substr(start, 1, 10) <= ?", string(q.To), string(q.To))
	}
	if !q.Since.IsZero() {
		w.and("changed > ?", store.Millis(q.Since))
	}
	by := byStart
	if q.ByChange {
		by = byChange
	}
	if err := w.after(by, q.Cursor); err != nil {
		return nil, "", err
	}
	return page[news.Event](ctx, s, w, by, q.Limit)
}

var (
	byStart  = order{"event", "start", "event_by_start"}
	byChange = order{"event", "changed", "event_by_change"}
)

// Editions is of store.Events.
func (s *Store) Editions(ctx context.Context) (list []store.SeriesCount, err error) {
	err = s.eachRow(ctx, func(scan func(...any) error) error {
		var c store.SeriesCount
		err := scan(&c.Series, &c.Events, &c.Last)
		list = append(list, c)
		return err
	}, `SELECT series, count(*), max(start) FROM event WHERE series <> '' AND merged = '' AND salience = 'main' GROUP BY series ORDER BY series`)
	return list, classify(err)
}

// facet asks for events that have a facet for which cond holds.
func (w *where) facet(cond string, args ...any) {
	w.and("seq IN (SELECT event FROM event_facet WHERE facet IN (SELECT id FROM facet WHERE "+cond+"))", args...)
}

func facetIn(w *where, facet string, values []string) {
	if len(values) == 0 {
		return
	}
	w.facet("name = ? AND value IN ("+marks(len(values))+")", append([]any{facet}, anys(values)...)...)
}

// folded asks for facets that hold one of the values as whole words, without
// diacritics; code is a facet that may equal the value in capitals.
func folded(w *where, facet, code string, values []string) {
	if len(values) == 0 {
		return
	}
	var conds []string
	var args []any
	for _, v := range values {
		conds = append(conds, "(name = ? AND ' ' || value || ' ' LIKE ? ESCAPE '\\')")
		args = append(args, facet, "% "+likeEscape.Replace(viet.Fold(v))+" %")
		if code != "" {
			conds = append(conds, "(name = ? AND value = ?)")
			args = append(args, code, strings.ToUpper(v))
		}
	}
	w.facet(strings.Join(conds, " OR "), args...)
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Event is of store.Events.
func (s *Store) Event(ctx context.Context, id string) (*news.Event, error) {
	var data string
	err := s.read.QueryRowContext(ctx, `SELECT json FROM event WHERE id = ?`, id).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("event %s: %w", id, news.ErrNotFound)
	}
	if err != nil {
		return nil, classify(err)
	}
	e := new(news.Event)
	if err := json.Unmarshal([]byte(data), e); err != nil {
		return nil, fmt.Errorf("event %s: %w", id, err)
	}
	e.History, err = s.history(ctx, id)
	return e, err
}

func (s *Store) history(ctx context.Context, id string) ([]news.Revision, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT json FROM revision WHERE event = ? ORDER BY revision`, id)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var list []news.Revision
	for rows.Next() {
		var data string
		var r news.Revision
		if err := rows.Scan(&data); err != nil {
			return nil, classify(err)
		}
		if err := json.Unmarshal([]byte(data), &r); err != nil {
			return nil, fmt.Errorf("history of event %s: %w", id, err)
		}
		list = append(list, r)
	}
	return list, classify(rows.Err())
}

// Tellings is of store.Events.
func (s *Store) Tellings(ctx context.Context, id string) ([]store.Telling, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT a.id, a.json, r.json FROM record r JOIN article a ON a.id = r.article WHERE r.event = ? ORDER BY a.published, a.id, r.n`, id)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var list []store.Telling
	last := ""
	for rows.Next() {
		var article, a, r string
		var rec news.Record
		if err := rows.Scan(&article, &a, &r); err != nil {
			return nil, classify(err)
		}
		if article != last {
			var t store.Telling
			if err := json.Unmarshal([]byte(a), &t.Article); err != nil {
				return nil, fmt.Errorf("article %s: %w", article, err)
			}
			list, last = append(list, t), article
		}
		if err := json.Unmarshal([]byte(r), &rec); err != nil {
			return nil, fmt.Errorf("record of article %s: %w", article, err)
		}
		t := &list[len(list)-1]
		t.Records = append(t.Records, rec)
	}
	return list, classify(rows.Err())
}

// Counts is of store.Store.
func (s *Store) Counts(ctx context.Context) (c store.Counts, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM article WHERE page_type = 'article'),
		(SELECT count(*) FROM article WHERE extracted = ''),
		(SELECT count(*) FROM record),
		(SELECT count(*) FROM event WHERE merged = '' AND salience = 'main'),
		(SELECT count(*) FROM event WHERE merged = '' AND salience <> 'main'),
		(SELECT count(*) FROM outbox WHERE sent = 0),
		(SELECT count(*) FROM letter)`).Scan(&c.Articles, &c.Unextracted, &c.Records, &c.Events, &c.Mentions, &c.Unsent, &c.Dead)
	return c, classify(err)
}
