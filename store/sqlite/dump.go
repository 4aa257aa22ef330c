package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sukien/news"
	"sukien/store"
	"sukien/store/dump"
	"sukien/store/ingest"
)

// Dump is of dump.Dumps. A transaction that reads sees one instant, whatever is
// written beside it.
func (s *Store) Dump(ctx context.Context, to dump.Sink) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return classify(err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	tables, err := tablesOf(ctx, tx)
	if err != nil {
		return classify(err)
	}
	for _, t := range tables {
		if err := dumpTable(ctx, tx, t, to); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, classify(err))
		}
	}
	return nil
}

// querier is a connection or transaction that reads.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// tablesOf are the tables that are carried, in their order.
func tablesOf(ctx context.Context, q querier) ([]dump.Table, error) {
	names, err := texts(ctx, q, `SELECT name FROM sqlite_master WHERE type = 'table'`)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(n string) bool { return !dump.Carried(n) })
	dump.Order(names)
	var list []dump.Table
	for _, n := range names {
		cols, err := texts(ctx, q, `SELECT name FROM pragma_table_info(?)`, n)
		if err != nil {
			return nil, err
		}
		list = append(list, dump.Table{Name: n, Columns: dump.Columns(n, cols)})
	}
	return list, nil
}

func texts(ctx context.Context, q querier, query string, args ...any) (list []string, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

func dumpTable(ctx context.Context, q querier, t dump.Table, to dump.Sink) error {
	if err := to.Table(t); err != nil {
		return err
	}
	query := `SELECT ` + strings.Join(quoted(t.Columns), ",") + ` FROM ` + quote(t.Name)
	if by := dump.OrderBy(t.Name); by != "" {
		query += ` ORDER BY ` + quote(by)
	}
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := to.Row(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoted(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = quote(n)
	}
	return out
}

// Load is of dump.Dumps. What feeds it can be read only once: it has a
// transaction of its own.
func (s *Store) Load(ctx context.Context, feed func(dump.Sink) error) error {
	s.mu.Lock()
	err := s.transaction(ctx, true, func(tx *txn) error {
		tables, err := tablesOf(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			var n int
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+quote(t.Name)+` LIMIT 1)`).Scan(&n); err != nil {
				return err
			}
			if n > 0 {
				return fmt.Errorf("%w: the store is not empty (%s): restore into a new one", news.ErrInvalid, t.Name)
			}
		}
		return feed(&loader{ctx: ctx, tx: tx, tables: tables})
	})
	s.forget()
	s.mu.Unlock()
	if err != nil {
		return err
	}
	s.notify()
	return s.rekey(ctx)
}

// loader writes rows with what is worked out of them.
type loader struct {
	ctx    context.Context
	tx     *txn
	tables []dump.Table
	at     dump.Table
	insert string
}

// Table is of dump.Sink.
func (l *loader) Table(t dump.Table) error {
	i := slices.IndexFunc(l.tables, func(o dump.Table) bool { return o.Name == t.Name })
	if i < 0 {
		return fmt.Errorf("%w: no table %s here: the backup is of a newer sukien", news.ErrInvalid, t.Name)
	}
	for _, c := range t.Columns {
		if !slices.Contains(l.tables[i].Columns, c) {
			return fmt.Errorf("%w: no column %s of %s here: the backup is of a newer sukien", news.ErrInvalid, c, t.Name)
		}
	}
	l.at, l.insert = t, `INSERT INTO `+quote(t.Name)+` (`+strings.Join(quoted(t.Columns), ",")+`) VALUES (`+marks(len(t.Columns))+`)`
	return nil
}

// Row is of dump.Sink.
func (l *loader) Row(values []any) error {
	res, err := l.tx.ExecContext(l.ctx, l.insert, values...)
	if err != nil {
		return fmt.Errorf("table %s: %w", l.at.Name, err)
	}
	i := slices.Index(l.at.Columns, "json")
	if i < 0 {
		return nil
	}
	data, ok := values[i].(string)
	if !ok {
		return fmt.Errorf("%w: table %s: json is no text", news.ErrInvalid, l.at.Name)
	}
	seq, err := res.LastInsertId()
	if err == nil {
		err = l.derive([]byte(data), seq)
	}
	return err
}

// main notes with a record's article that the record has its meeting as the main one.
func (l *loader) main(record []byte, seq int64) error {
	var r news.Record
	if err := json.Unmarshal(record, &r); err != nil || r.Salience != news.Main {
		return err
	}
	_, err := l.tx.ExecContext(l.ctx, `UPDATE article SET main = 1 WHERE id = (SELECT article FROM record WHERE seq = ?)`, seq)
	return err
}

// derive writes what a row is found by.
func (l *loader) derive(data []byte, seq int64) error {
	if len(l.tx.words) >= maxWords {
		if err := l.tx.index(l.ctx); err != nil {
			return err
		}
	}
	in := ingesting{l.tx}
	switch l.at.Name {
	case "article":
		var a news.Article
		if err := json.Unmarshal(data, &a); err != nil {
			return err
		}
		l.tx.say("article_text", seq, store.ArticleWords(&a))
	case "event":
		e := ingest.Event{Event: new(news.Event)}
		if err := json.Unmarshal(data, e.Event); err != nil {
			return err
		}
		if err := in.facets(l.ctx, seq, e); err != nil {
			return err
		}
		l.tx.say("event_text", seq, e.Words())
	case "record":
		return l.main(data, seq)
	case "decision":
		var d ingest.Decision
		if err := json.Unmarshal(data, &d); err != nil {
			return err
		}
		return in.about(l.ctx, seq, d)
	case "ruling":
		var r ingest.Ruling
		if err := json.Unmarshal(data, &r); err != nil {
			return err
		}
		return in.anchor(l.ctx, r)
	}
	return nil
}
