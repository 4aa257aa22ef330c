package store

import (
	"encoding/json"
	"fmt"
	"strings"

	"sukien/news"
)

// defaultLimit is the number of rows of a query that names none.
const defaultLimit = 100

// Limit is the number of rows that a query asks for.
func Limit(n int) int {
	if n <= 0 {
		return defaultLimit
	}
	return n
}

// Place is where a page of a query ended: behind the row with this value in the
// descending order, then this id.
type Place struct{ Value, ID string }

// Cursor is the place as text, "" for the beginning.
func (p Place) Cursor() string {
	if p.ID == "" {
		return ""
	}
	return p.Value + "~" + p.ID
}

// ParseCursor reads a cursor; news.ErrInvalid.
func ParseCursor(cursor string) (p Place, err error) {
	if cursor == "" {
		return p, nil
	}
	value, id, ok := strings.Cut(cursor, "~")
	if !ok || id == "" {
		return p, fmt.Errorf("%w: cursor %q: use the one that came with the page before", news.ErrInvalid, cursor)
	}
	return Place{value, id}, nil
}

// Rows are a query's rows of order value, id and JSON.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
}

// ReadPage reads at most limit values, and the cursor of the next page when there
// is a row more.
func ReadPage[T any](rows Rows, limit int) (list []T, next string, err error) {
	var last Place
	for rows.Next() {
		var at Place
		var data string
		if err := rows.Scan(&at.Value, &at.ID, &data); err != nil {
			return nil, "", err
		}
		if len(list) == limit {
			return list, last.Cursor(), nil
		}
		var v T
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			return nil, "", fmt.Errorf("row %s: %w", at.ID, err)
		}
		list, last = append(list, v), at
	}
	return list, "", rows.Err()
}
