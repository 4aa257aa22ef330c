package main

import (
	"encoding/json"
	"fmt"
	"io"
)

// terminalRows is the number of rows shown on a terminal without --limit.
const terminalRows = 50

// pageRows is how many rows are asked of the store at a time.
const pageRows = 500

// rowLimit is how many rows to print: what was asked for; else, on a terminal,
// as many as one looks through; else 0, all.
func rowLimit(asked int, out io.Writer) int {
	if asked == 0 && isTerminal(out) {
		return terminalRows
	}
	return asked
}

// eachRows asks for pages of rows until limit (0: none) is reached or no cursor
// to a next page comes, and hands each on.
func eachRows[T any](limit int, ask func(limit int, cursor string) ([]T, string, error), show func([]T) error) error {
	cursor := ""
	for n := 0; limit == 0 || n < limit; {
		size := pageRows
		if limit > 0 {
			size = min(size, limit-n)
		}
		list, next, err := ask(size, cursor)
		if err != nil {
			return err
		}
		if err := show(list); err != nil {
			return err
		}
		n += len(list)
		if cursor = next; next == "" {
			break
		}
	}
	return nil
}

// rowWriter prints rows in one of the formats.
type rowWriter[T any] struct {
	write func([]T) error
	end   func() error
}

// jsonLines prints a row a line.
func jsonLines[T any](out io.Writer) *rowWriter[T] {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return &rowWriter[T]{func(list []T) error {
		for i := range list {
			if err := enc.Encode(&list[i]); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
		return nil
	}, func() error { return nil }}
}
