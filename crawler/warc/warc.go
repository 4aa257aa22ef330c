// Package warc reads and writes web archives: WARC 1.0 and 1.1 (ISO 28500), plain
// or gzip, as crawlers and Common Crawl's CC-NEWS have them. Files are streams:
// memory does not grow with them.
//
//	warc.go      positions, errors, bounds
//	tape.go      a stream with its offset, and a way back for some bytes
//	member.go    the gzip members of a file
//	reader.go    records, one after the other, past broken ones
//	header.go    a record's header
//	http.go      the HTTP answer in a record
//	pages.go     the HTML pages of a file, and what was passed over
//	writer.go    records into files of bounded size
//	exchange.go  one request and its answer as records
//	recover.go   what a crash left of a file
package warc

import (
	"fmt"
)

// The bounds of a record.
const (
	// maxHeader bounds a record's header, in bytes: real ones have one to two KB,
	// most of it the address.
	maxHeader = 64 << 10
	// maxHTTPHeader bounds the header of the HTTP answer in it.
	maxHTTPHeader = 256 << 10
)

// Position is where a record starts. Offset is that of its gzip member in the
// file, or, in a plain file, its own; Inner is the record's offset in what the
// member holds, 0 where each record has a member of its own.
type Position struct {
	Offset int64 `json:"offset"`
	Inner  int64 `json:"inner,omitempty"`
}

// String is the form that messages have.
func (p Position) String() string {
	if p.Inner == 0 {
		return fmt.Sprint(p.Offset)
	}
	return fmt.Sprintf("%d+%d", p.Offset, p.Inner)
}

// RecordError is a record that cannot be read, with its place. Reading goes on
// behind it. It wraps news.ErrInvalid or news.ErrTooLarge.
type RecordError struct {
	File string
	At   Position
	Err  error
}

// Error is file:offset and why.
func (e *RecordError) Error() string { return fmt.Sprintf("%s:%s: %v", e.File, e.At, e.Err) }

// Unwrap gives why.
func (e *RecordError) Unwrap() error { return e.Err }
