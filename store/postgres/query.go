package postgres

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"sukien/store"
)

// where collects the conditions of a query. A condition has a ? for each of its
// arguments.
type where struct {
	facets []string
	conds  []string
	args   []any
	// ask answers a question with a number; err is the first that failed.
	ask func(sql string, args []any) (int, error)
	err error
}

func (w *where) and(cond string, args ...any) { w.conds = append(w.conds, w.number(cond, args)) }

// many is how many facets are too many to be looked up all of them.
const many = 8_000

// facet asks for events that have a facet for which cond holds. The facets are
// looked up first and once, whatever the planner knows of the tables: for a page
// of events it would else be tempted to look at the facets of one after the other.
// That is what is done where so many have one that a page of them is soon found.
func (w *where) facet(cond string, args ...any) {
	asked := where{}
	n, err := w.ask(`SELECT count(*) FROM (SELECT FROM event_facet WHERE `+asked.number(cond, args)+` LIMIT `+strconv.Itoa(many)+`) f`, args)
	w.err = cmp.Or(w.err, err)
	if n == many {
		w.and("EXISTS (SELECT FROM event_facet f WHERE f.event = event.id AND ("+cond+") OFFSET 0)", args...)
		return
	}
	if len(w.facets) == 0 {
		w.and("id IN (SELECT event FROM found)")
	}
	w.facets = append(w.facets, "SELECT DISTINCT event FROM event_facet WHERE "+w.number(cond, args))
}

// number puts $1, $2, … for the ? of a condition.
func (w *where) number(cond string, args []any) string {
	for _, a := range args {
		w.args = append(w.args, a)
		cond = strings.Replace(cond, "?", "$"+strconv.Itoa(len(w.args)), 1)
	}
	return cond
}

// with is what goes before the SELECT.
func (w *where) with() string {
	if len(w.facets) == 0 {
		return ""
	}
	return "WITH found AS MATERIALIZED (" + strings.Join(w.facets, " INTERSECT ") + ") "
}

// in asks for one of several values; no values ask for nothing.
func in[T ~string](w *where, column string, values []T) {
	if len(values) > 0 {
		w.and(column+" = ANY (?)", texts(values))
	}
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// matches asks for rows whose words a tsquery finds; an empty one finds none.
func (w *where) matches(query string) {
	if query == "" {
		w.and("false")
		return
	}
	w.and("words @@ to_tsquery('simple', ?)", query)
}

// after continues behind a cursor in an order of column descending, id ascending.
func after(w *where, column, kind, cursor string) error {
	at, err := store.ParseCursor(cursor)
	if err == nil && at.ID != "" {
		w.and(column+" <= ?::text::"+kind+" AND ("+column+" < ?::text::"+kind+" OR id > ?)", at.Value, at.Value, at.ID)
	}
	return err
}

func (w *where) sql() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// page reads a page of a query of order value, id and JSON. The order value has a
// name of its own: ORDER BY takes a result's name before a column's, and would
// else sort by the text, without the index.
func page[T any](ctx context.Context, s *Store, sql string, args []any, limit int) (list []T, next string, err error) {
	limit = store.Limit(limit)
	err = s.rows(ctx, func(rows pgx.Rows) (err error) {
		list, next, err = store.ReadPage[T](rows, limit)
		return err
	}, sql+" LIMIT "+strconv.Itoa(limit+1), args...)
	return list, next, err
}
