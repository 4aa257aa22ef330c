package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/store"
	"sukien/store/dump"
	"sukien/store/ingest"
	"sukien/store/resolve"
)

// carried is a table with the types of its columns.
type carried struct {
	dump.Table
	types map[string]string
}

// tablesOf are the tables that are carried, in their order.
func tablesOf(ctx context.Context, tx pgx.Tx) ([]carried, error) {
	rows, err := tx.Query(ctx, `SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
		WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types := map[string]map[string]string{}
	for rows.Next() {
		var table, column, kind string
		if err := rows.Scan(&table, &column, &kind); err != nil {
			return nil, err
		}
		if types[table] == nil {
			types[table] = map[string]string{}
		}
		types[table][column] = kind
	}
	var names []string
	for n := range types {
		if dump.Carried(n) {
			names = append(names, n)
		}
	}
	dump.Order(names)
	var list []carried
	for _, n := range names {
		var cols []string
		for c := range types[n] {
			cols = append(cols, c)
		}
		list = append(list, carried{dump.Table{Name: n, Columns: dump.Columns(n, cols)}, types[n]})
	}
	return list, rows.Err()
}

// Dump is of dump.Dumps.
func (s *Store) Dump(ctx context.Context, to dump.Sink) error {
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SET LOCAL enable_seqscan = on`); err != nil {
			return err
		}
		tables, err := tablesOf(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			if err := dumpTable(ctx, tx, t, to); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
		return nil
	})
	return classify(err)
}

func dumpTable(ctx context.Context, tx pgx.Tx, t carried, to dump.Sink) error {
	if err := to.Table(t.Table); err != nil {
		return err
	}
	cols := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		cols[i] = pgx.Identifier{c}.Sanitize() + map[string]string{"boolean": "::int::bigint", "integer": "::bigint", "smallint": "::bigint", "bigint": "", "bytea": ""}[t.types[c]]
		if !slices.Contains([]string{"boolean", "integer", "smallint", "bigint", "bytea"}, t.types[c]) {
			cols[i] += "::text"
		}
	}
	query := `SELECT ` + strings.Join(cols, ",") + ` FROM ` + pgx.Identifier{t.Name}.Sanitize()
	if by := dump.OrderBy(t.Name); by != "" {
		query += ` ORDER BY ` + pgx.Identifier{by}.Sanitize()
	}
	rows, err := tx.Query(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return err
		}
		if err := to.Row(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Load is of dump.Dumps.
func (s *Store) Load(ctx context.Context, feed func(dump.Sink) error) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SET LOCAL idle_in_transaction_session_timeout = 0`); err != nil {
			return err
		}
		tables, err := tablesOf(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			var any bool
			if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM `+pgx.Identifier{t.Name}.Sanitize()+`)`).Scan(&any); err != nil {
				return err
			}
			if any {
				return fmt.Errorf("%w: the store is not empty (%s): restore into a new one", news.ErrInvalid, t.Name)
			}
		}
		l := &loader{ctx: ctx, in: &ingesting{tx: tx, queue: &batch{}, alone: true}, tables: tables}
		if err := feed(l); err != nil {
			return err
		}
		return l.in.flush(ctx)
	})
	if err == nil {
		s.notify()
	}
	return classify(err)
}

// loadBatch bounds the statements of one round trip.
const loadBatch = 500

// loader writes rows with what is worked out of them.
type loader struct {
	ctx    context.Context
	in     *ingesting
	tables []carried
	at     carried
	insert string
}

// Table is of dump.Sink.
func (l *loader) Table(t dump.Table) error {
	i := slices.IndexFunc(l.tables, func(o carried) bool { return o.Name == t.Name })
	if i < 0 {
		return fmt.Errorf("%w: no table %s here: the backup is of a newer sukien", news.ErrInvalid, t.Name)
	}
	l.at = carried{t, l.tables[i].types}
	var names, places []string
	for n, c := range t.Columns {
		if !slices.Contains(l.tables[i].Columns, c) {
			return fmt.Errorf("%w: no column %s of %s here: the backup is of a newer sukien", news.ErrInvalid, c, t.Name)
		}
		names, places = append(names, pgx.Identifier{c}.Sanitize()), append(places, fmt.Sprintf("$%d", n+1))
	}
	switch t.Name {
	case "article", "event":
		names, places = append(names, "words"), append(places, fmt.Sprintf("to_tsvector('simple', $%d)", len(places)+1))
	case "link":
		names, places = append(names, "key"), append(places, fmt.Sprintf("$%d", len(places)+1))
	}
	l.insert = `INSERT INTO ` + pgx.Identifier{t.Name}.Sanitize() + ` (` + strings.Join(names, ",") + `) VALUES (` + strings.Join(places, ",") + `)`
	if t.Name == "decision" {
		l.insert = `WITH d AS (` + l.insert + fmt.Sprintf(` RETURNING seq) INSERT INTO decision_event (event, decision) SELECT e, seq FROM d, unnest($%d::text[]) AS e`, len(places)+1)
	}
	return nil
}

// Row is of dump.Sink.
func (l *loader) Row(values []any) error {
	row := map[string]any{}
	args := make([]any, len(values))
	for i, c := range l.at.Columns {
		row[c], args[i] = values[i], values[i]
		if n, ok := values[i].(int64); ok && l.at.types[c] == "boolean" {
			args[i] = n != 0
		}
	}
	more, after, err := l.derive(row)
	if err != nil {
		return fmt.Errorf("table %s: %w", l.at.Name, err)
	}
	l.in.queue.add(l.insert, append(args, more...)...)
	if after != nil {
		after()
	}
	if l.in.queue.list.Len() >= loadBatch {
		return l.in.flush(l.ctx)
	}
	return nil
}

// derive gives what a row is found by: further values of its statement, and what
// is to be queued behind it.
func (l *loader) derive(row map[string]any) (more []any, after func(), err error) {
	data, _ := row["json"].(string)
	switch l.at.Name {
	case "article":
		var a news.Article
		err = json.Unmarshal([]byte(data), &a)
		return []any{words(store.ArticleWords(&a))}, nil, err
	case "event":
		e := ingest.Event{Event: new(news.Event)}
		err = json.Unmarshal([]byte(data), e.Event)
		return []any{words(e.Words())}, func() { l.in.facets(e) }, err
	case "link":
		url, _ := row["url"].(string)
		return []any{linkKey(url)}, nil, nil
	case "decision":
		var d ingest.Decision
		err = json.Unmarshal([]byte(data), &d)
		return []any{d.Events()}, nil, err
	case "ruling":
		var r ingest.Ruling
		err = json.Unmarshal([]byte(data), &r)
		return nil, func() { l.in.anchor(r) }, err
	case "record":
		t, err := toldOf(row)
		if err != nil {
			return nil, nil, err
		}
		return nil, func() {
			if t.Record.Salience == news.Main {
				l.in.queue.add(`UPDATE article SET main = true WHERE id = $1`, t.ArticleID)
			}
			l.in.queue.add(`INSERT INTO record_key (key, record) SELECT k, $2 FROM unnest($1::text[]) AS k`, t.Keys(), row["id"])
		}, nil
	}
	return nil, nil, nil
}

// toldOf is a record ready to say its keys.
func toldOf(row map[string]any) (*resolve.Told, error) {
	text := func(c string) string { s, _ := row[c].(string); return s }
	print, _ := row["print"].(int64)
	t := &resolve.Told{ArticleID: text("article"), URL: text("url"), Source: text("source"), Published: news.Stamp(text("published")), Story: text("story"),
		ReprintOf: text("reprint"), Title: text("title"), Terms: resolve.ParseTerms(text("terms")), Print: uint64(print)}
	if err := json.Unmarshal([]byte(text("json")), &t.Record); err != nil {
		return nil, err
	}
	t.Record.Evidence = nil
	t.Prepare()
	return t, nil
}
