// Package dump is a store as a stream of rows that every back end reads and
// writes: JSON lines under zstd, with a last line that says how many rows of each
// table there were and what they sum up to. What a back end works out by itself
// (indexes, facets, keys, its own numbers) is not in it.
//
//	dump.go    tables, rows, sums
//	stream.go  written and read
package dump

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Dumps is what a back end does for a backup.
type Dumps interface {
	// Dump hands on all rows as they are at one instant, also beside a writer.
	Dump(ctx context.Context, to Sink) error
	// Load writes the rows that feed hands to its sink into an empty store, all or
	// none. news.ErrInvalid when the store is not empty or lacks a column.
	Load(ctx context.Context, feed func(Sink) error) error
}

// Sink takes tables with their rows.
type Sink interface {
	// Table begins a table.
	Table(t Table) error
	// Row is a row of it: nil, int64, string or []byte in the order of its columns.
	Row(values []any) error
}

// Table is a table with the columns that are carried, sorted.
type Table struct {
	Name    string   `json:"table"`
	Columns []string `json:"columns"`
}

// derived are the tables that a back end fills by itself, by the beginning of
// their names.
var derived = []string{"sqlite_", "goose_", "article_text", "event_text", "event_facet", "facet", "record_key", "decision_event", "ruling_article", "link_tally"}

// own are columns that are a back end's or a process's own.
var own = map[string][]string{
	"article": {"seq", "words", "main"}, "record": {"seq", "version", "keys"}, "event": {"seq", "words"}, "link": {"key"}, "decision": {"seq"},
	"outbox": {"row"}, "push": {"row"}, "letter": {"id"}, "host": {"holder", "worker", "until", "token"},
}

// order has the tables to which others refer before those, and by which columns
// the rows of some are to be written so that their numbers keep their order.
var (
	order     = []string{"page", "article", "event", "record", "revision"}
	rowsOrder = map[string]string{"outbox": "row", "push": "row", "letter": "id", "decision": "seq"}
)

// Carried tells whether a table is carried.
func Carried(table string) bool {
	return !slices.ContainsFunc(derived, func(d string) bool { return strings.HasPrefix(table, d) })
}

// Columns are the columns of a table that are carried, sorted.
func Columns(table string, all []string) []string {
	out := slices.DeleteFunc(slices.Clone(all), func(c string) bool { return slices.Contains(own[table], c) })
	slices.Sort(out)
	return out
}

// Order sorts tables into the order in which they are written.
func Order(tables []string) {
	place := func(t string) int {
		if i := slices.Index(order, t); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(tables, func(a, b string) int {
		if d := place(a) - place(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
}

// OrderBy is the column by which a table's rows are read, "" for any order.
func OrderBy(table string) string { return rowsOrder[table] }

// Plain makes a text one that every back end can hold.
func Plain(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// Sum is how many rows a table has and what they add up to, in whatever order.
type Sum struct {
	Rows int    `json:"rows"`
	A    uint64 `json:"a"`
	B    uint64 `json:"b"`
}

// Sums is a Sink that adds up. The zero Sums is empty.
type Sums struct {
	Tables map[string]Sum
	at     Table
}

// Table is of Sink.
func (s *Sums) Table(t Table) error {
	if s.Tables == nil {
		s.Tables = map[string]Sum{}
	}
	s.at = t
	return nil
}

// Row is of Sink.
func (s *Sums) Row(values []any) error {
	data, err := encode(values)
	if err != nil {
		return err
	}
	s.add(data)
	return nil
}

func (s *Sums) add(row []byte) {
	h := sha256.New()
	fmt.Fprintf(h, "%q", s.at.Columns)
	h.Write(row)
	hash := h.Sum(nil)
	sum := s.Tables[s.at.Name]
	s.Tables[s.at.Name] = Sum{sum.Rows + 1, sum.A + binary.BigEndian.Uint64(hash), sum.B + binary.BigEndian.Uint64(hash[8:])}
}

// Differences names the tables whose sums differ.
func (s *Sums) Differences(o *Sums) (list []string) {
	for t, a := range s.Tables {
		if b := o.Tables[t]; a != b {
			list = append(list, fmt.Sprintf("%s: %d and %d rows", t, a.Rows, b.Rows))
		}
	}
	for t, b := range o.Tables {
		if _, ok := s.Tables[t]; !ok {
			list = append(list, fmt.Sprintf("%s: 0 and %d rows", t, b.Rows))
		}
	}
	slices.Sort(list)
	return list
}

// blob is how bytes stand in a line.
type blob struct {
	Bytes []byte `json:"b"`
}

// encode writes a row as a line's JSON.
func encode(values []any) ([]byte, error) {
	out := make([]any, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case string:
			out[i] = Plain(v)
		case []byte:
			out[i] = blob{v}
		case int64, nil:
			out[i] = v
		default:
			return nil, fmt.Errorf("column %d: a value of type %T cannot be carried", i, v)
		}
	}
	return json.Marshal(out)
}
