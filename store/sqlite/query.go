package sqlite

import (
	"context"
	"strings"

	"sukien/store"
)

// where collects the conditions of a query.
type where struct {
	conds []string
	args  []any
}

func (w *where) and(cond string, args ...any) {
	w.conds = append(w.conds, cond)
	w.args = append(w.args, args...)
}

// in asks for one of several values; no values ask for nothing.
func in[T ~string](w *where, column string, values []T) {
	if len(values) == 0 {
		return
	}
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = string(v)
	}
	w.and(column+" IN (?"+strings.Repeat(",?", len(values)-1)+")", args...)
}

// order is one in which rows are listed, a column descending, id ascending, with
// the index that holds all that the conditions ask.
type order struct{ table, column, index string }

// after continues behind a cursor.
func (w *where) after(o order, cursor string) error {
	at, err := store.ParseCursor(cursor)
	if err == nil && at.ID != "" {
		w.and(o.column+" <= ? AND ("+o.column+" < ? OR id > ?)", at.Value, at.Value, at.ID)
	}
	return err
}

// page is the SQL of a page: the rows are found in the index alone, and those of
// the page are read. To walk through a hundred thousand entries of the index takes
// some 15 ms, so that a page's time is bounded whatever is asked; which index is
// written down, for the planner does not know how rare what is asked is.
func (w *where) page(o order, limit int) (query string, args []any) {
	return `SELECT CAST(p.at AS TEXT), t.id, t.json FROM (SELECT seq, id, ` + o.column + ` AS at FROM ` + o.table + ` INDEXED BY ` + o.index + w.sql() +
		` ORDER BY ` + o.column + ` DESC, id LIMIT ?) p JOIN ` + o.table + ` t ON t.seq = p.seq ORDER BY p.at DESC, p.id`, append(w.args, limit+1)
}

func (w *where) sql() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// page reads a page.
func page[T any](ctx context.Context, s *Store, w where, o order, limit int) ([]T, string, error) {
	limit = store.Limit(limit)
	query, args := w.page(o, limit)
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, "", classify(err)
	}
	defer rows.Close()
	list, next, err := store.ReadPage[T](rows, limit)
	return list, next, classify(err)
}
