package sqlite

import (
	"database/sql"
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

// after continues behind a cursor in an order of column descending, id ascending.
func (w *where) after(column, cursor string) error {
	at, err := store.ParseCursor(cursor)
	if err == nil && at.ID != "" {
		w.and("("+column+" < ? OR ("+column+" = ? AND id > ?))", at.Value, at.Value, at.ID)
	}
	return err
}

func (w *where) sql() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// page reads a page of a query.
func page[T any](rows *sql.Rows, limit int) ([]T, string, error) {
	defer rows.Close()
	list, next, err := store.ReadPage[T](rows, limit)
	return list, next, classify(err)
}
