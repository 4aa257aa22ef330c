package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sukien/news"
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
	if cursor == "" {
		return nil
	}
	value, id, ok := strings.Cut(cursor, "~")
	if !ok {
		return fmt.Errorf("%w: cursor %q: use the one that came with the page before", news.ErrInvalid, cursor)
	}
	w.and("("+column+" < ? OR ("+column+" = ? AND id > ?))", value, value, id)
	return nil
}

func (w *where) sql() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// page reads rows of (order, id, json), at most limit, and the cursor of the
// next page when there is one row more.
func page[T any](rows *sql.Rows, limit int) (list []T, next string, err error) {
	defer rows.Close()
	last := ""
	for rows.Next() {
		var order, id, data string
		if err := rows.Scan(&order, &id, &data); err != nil {
			return nil, "", classify(err)
		}
		if len(list) == limit {
			return list, last, nil
		}
		var v T
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			return nil, "", fmt.Errorf("row %s: %w", id, err)
		}
		list, last = append(list, v), order+"~"+id
	}
	return list, "", classify(rows.Err())
}

// defaultLimit is the number of rows of a query that names none.
const defaultLimit = 100

func limited(n int) int {
	if n <= 0 {
		return defaultLimit
	}
	return n
}

// millis is t as the tables keep it, 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
