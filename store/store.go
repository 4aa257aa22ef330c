// Package store keeps what Sukien knows: pages, articles, records, events and
// the messages still to be sent. It is the only truth; what a lost stream would
// have carried is sent again from here.
//
//	store.go     the interface that back ends implement, and its values
//	frontier.go  what is known of the crawl; tally.go: how many links stand where
//	watch.go     how the outlets do, and what their operator should look at
//	bulk.go      reading an archive: many pages at once, bookmarks
//	keep.go      what is forgotten in time
//	purge.go     what is removed and not stored again
//	message.go   an event's message: subject and body, fixed with the change
//	change.go    what a revision changes, and how it is called
//	filing.go    what is derived of a page that is saved
//	correction.go what analysts decide
//	archive.go   raw pages, compressed
//	trace.go     the trace that a message is part of
//	paging.go    pages of a query
//
// Below: resolve decides which event a record is of, ingest what follows for
// the events; sqlite and postgres keep the rows; storetest is the suite that
// both pass; pin is what analysts fix, dump all rows as a stream.
package store

import (
	"context"
	"time"

	"sukien/news"
	"sukien/store/dump"
)

// Store is a back end. All methods are safe for concurrent use. Writes are one
// transaction each: when one returns nil nothing of it is lost when the process
// is killed at once. Errors wrap news.ErrTransient when the same call may
// succeed later (disk full, locked), news.ErrNotFound and news.ErrInvalid as
// said at the method.
type Store interface {
	Pages
	Bulk
	Events
	Corrections
	Outbox
	Letters
	Frontier
	Watch
	Backfills
	dump.Dumps
	Keeping
	Purging
	Analysts
	Searches
	// Counts says how much there is.
	Counts(ctx context.Context) (Counts, error)
	Close() error
}

// Pages keeps pages and articles.
type Pages interface {
	// SavePage commits a page with its article and the message that asks for its
	// extraction. The same article with the same content again changes nothing
	// and sends nothing. It returns the article's id and whether it is new or
	// changed.
	SavePage(ctx context.Context, p SavedPage) (id string, changed bool, err error)
	// Article is one article by id; news.ErrNotFound.
	Article(ctx context.Context, id string) (*news.Article, error)
	// Articles lists articles, newest saved first.
	Articles(ctx context.Context, q ArticleQuery) (list []news.Article, next string, err error)
	// RawPage is the page of an article as fetched; news.ErrNotFound when it is not kept.
	RawPage(ctx context.Context, articleID string) (*news.Page, error)
	// Requeue puts the messages of articles whose records were never ingested
	// back into the outbox, and returns how many: what a lost stream carried is
	// sent again. Messages that are still in the stream are found there by the relay.
	Requeue(ctx context.Context) (int, error)
}

// SavedPage is what SavePage takes.
type SavedPage struct {
	Page    *news.Page
	Article *news.Article
	Origin  news.Origin
	// NoArchive asks not to keep the page's body (robots noarchive).
	NoArchive bool
	// Print is the simhash of the article's text, by which reprints are known; 0 when not taken.
	Print uint64
	// Lease is what the page was fetched under; nil for none. Once it is no more
	// nothing is saved: ErrLeaseLost.
	Lease *Lease
	// Done is what came of the page's link, recorded with the page under its lease;
	// nil for nothing.
	Done *Outcome
	Now  time.Time
}

// ArticleQuery chooses articles. Zero fields do not filter.
type ArticleQuery struct {
	// Words are compared with title and text without diacritics or case.
	Words  string
	Source string
	// Type is the page type; articles when empty.
	Type news.PageType
	// From and To bound the publication day.
	From, To news.Date
	// NoMain takes only articles that were read and gave no main record.
	NoMain bool
	// Limit is the largest number of rows, 100 when 0; Cursor continues after the page before.
	Limit  int
	Cursor string
}

// Events keeps records and the events they are fused to.
type Events interface {
	// Ingest replaces the records of an article, finds or makes their events and
	// writes the changed events with the messages about them. Repeating it
	// changes nothing. news.ErrNotFound when the article is not known.
	Ingest(ctx context.Context, x news.Extraction, now time.Time) (Ingested, error)
	// Events lists events that are not merged away, latest start first.
	Events(ctx context.Context, q EventQuery) (list []news.Event, next string, err error)
	// Editions counts the events of each series that has any, ordered by series.
	Editions(ctx context.Context) ([]SeriesCount, error)
	// Event is one event by id with all of its history; news.ErrNotFound.
	Event(ctx context.Context, id string) (*news.Event, error)
	// Tellings are the articles of an event with the records that are of it.
	Tellings(ctx context.Context, id string) ([]Telling, error)
}

// Ingested says what Ingest did.
type Ingested struct {
	Records, Events int
	// Changes counts the messages written, by change.
	Changes map[news.Change]int
}

// EventQuery chooses events. Zero fields do not filter; several values of one
// field are alternatives.
type EventQuery struct {
	Series, Source    []string
	Places, Officials []string // compared without diacritics or case; a place also as country code, an official also as id
	Words             []string
	Kinds             []news.Kind
	Levels            []news.Level
	Statuses          []news.Status
	From, To          news.Date
	// Since takes only events that changed after it; the millisecond counts.
	Since time.Time
	// ByChange lists the last changed first, not the latest start.
	ByChange bool
	// Mentions takes in events that are only mentioned.
	Mentions bool
	Limit    int // 100 when 0
	Cursor   string
}

// SeriesCount is how many events of a series are known, and the latest start
// among them.
type SeriesCount struct {
	Series string
	Events int
	Last   news.Date
}

// Telling is one article's part in an event.
type Telling struct {
	Article news.Article
	Records []news.Record
}

// Outbox holds messages that were fixed with a change until they are sent.
type Outbox interface {
	// Pending gives unsent messages, lowest row first.
	Pending(ctx context.Context, limit int) ([]Message, error)
	// Sent gives event messages that were stored in the stream since an instant,
	// behind a row, lowest row first: what a lost stream had.
	Sent(ctx context.Context, since time.Time, after int64, limit int) ([]Message, error)
	// MarkSent notes that rows were stored in the stream.
	MarkSent(ctx context.Context, rows []int64) error
	// BuryRow moves a message that can never be sent to the dead letters.
	BuryRow(ctx context.Context, row int64, reason string) error
	// Wake is signalled when messages were added; it may be signalled for none.
	Wake() <-chan struct{}
}

// Message is one row of the outbox.
type Message struct {
	Row     int64
	Subject string
	// ID is the Nats-Msg-Id: the same however often the row is sent.
	ID   string
	Body []byte
	// Trace is the trace that it is part of, as W3C traceparent; "" for none. The
	// outbox takes it from the context in which the message is written.
	Trace string
}

// Letters are the messages that could not be processed.
type Letters interface {
	// Bury keeps a letter; the same subject, id and stage again changes nothing.
	Bury(ctx context.Context, l Letter) error
	// Letters lists them, oldest first.
	Letters(ctx context.Context, limit int) ([]Letter, error)
	// RetryLetter puts a letter's message back into the outbox and drops the letter; news.ErrNotFound.
	RetryLetter(ctx context.Context, id int64) error
	// DropLetter forgets a letter; news.ErrNotFound.
	DropLetter(ctx context.Context, id int64) error
}

// Letter is a message that could not be processed, with the reason.
type Letter struct {
	ID      int64
	Stage   string
	Subject string
	MsgID   string
	Body    []byte
	Reason  string
	Tries   int
	When    time.Time
}

// Counts says how much a store holds.
type Counts struct {
	Articles    int `json:"articles"`
	Unextracted int `json:"unextracted"`
	Records     int `json:"records"`
	Events      int `json:"events"`
	Mentions    int `json:"mentions"`
	Unsent      int `json:"unsent"`
	Dead        int `json:"dead"`
}
